"""The sync as a pure machine: `step` takes what came of the last action and gives the next ones.

No thread, socket, clock, file or dice in here: the runner carries the actions out in a thread, the
simulator in virtual time. One answer is waited for at a time.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from typing import Any

from tierline.domain.errors import WorldError
from tierline.sync import exchange, starting
from tierline.sync.errors import HubError
from tierline.sync.greeting import greet
from tierline.sync.hub import Console, Presence
from tierline.sync.run import Run
from tierline.sync.status import Link, SyncStatus
from tierline.sync.steps import (
    Action,
    Event,
    Failed,
    Moment,
    Shut,
    Steps,
    Tell,
    TroubleError,
)

_log = logging.getLogger(__name__)
SHORTEST, LONGEST = 0.25, 30.0  # seconds before the hub is tried again


class Core:
    """Keeps one replica and one hub together, whatever happens to either or in between."""

    def __init__(self, console: Console, prefixes: Sequence[str] = ()) -> None:
        """Sync as this program on this machine; `prefixes` are of the ticket numbers it gives.

        The console's id is the replica's own.
        """
        self._run = Run(console, prefixes)
        self._life = _life(self._run)
        self._waiting = 0

    @property
    def status(self) -> SyncStatus:
        """How it stands."""
        return self._run.status

    def view(self, viewing: Sequence[Presence]) -> None:
        """What the person has open, told with every heartbeat."""
        if tuple(viewing) != self._run.viewing:
            self._run.viewing = tuple(viewing)
            self._run.beat_at = 0.0

    def watch(self, watched: bool) -> None:
        """Whether somebody is told to the second how fresh the data are: hear the hub as often."""
        if watched != self._run.watched:
            self._run.watched = watched
            self._run.beat_at = 0.0

    def number(self, prefixes: Sequence[str]) -> None:
        """What the numbers of new tickets begin with by now: blocks of them are leased ahead."""
        wanted = tuple(dict.fromkeys(prefixes))
        if wanted != self._run.prefixes:
            self._run.prefixes = wanted
            self._run.lease_due = True

    def seek(self, numbers: Iterable[str]) -> None:
        """Somebody looks for these tickets, which are not here (yet): they come before the rest."""
        self._run.sought.update(dict.fromkeys(numbers))

    def step(self, event: Event | None, now: Moment, rng: random.Random) -> list[Action]:
        """What to do next, at most one of it to be answered; [] for an answer nobody waits for.

        The first step takes no event, and no other does.
        """
        if (0 if event is None else event.token) != self._waiting:
            return []
        self._run.now, self._run.rng = now, rng
        actions = [self._resume(event)]
        while isinstance(actions[-1], Shut | Tell):
            actions.append(next(self._life))
        self._waiting = actions[-1].token
        return actions

    def _resume(self, event: Event | None) -> Action:
        if isinstance(event, Failed):
            return self._life.throw(TroubleError(event.error))
        return self._life.send(None if event is None else event.value)


def _life(run: Run) -> Steps[None]:
    while True:
        try:
            yield from _serve(run)
        except Exception as error:  # noqa: BLE001 - an answer without sense must not end the sync
            yield Shut()
            yield from _until_again(run, _cause(error))
        run.reset()


def _cause(error: Exception) -> Exception:
    if isinstance(error, TroubleError):
        return error.error
    _log.warning("the sync met something unexpected", exc_info=error)
    return error


def _serve(run: Run) -> Steps[None]:
    """Connect and work for as long as it goes well."""
    yield from run.open()
    while True:
        if not run.greeted:
            yield from greet(run)
        elif run.now.steady >= run.beat_at:
            yield from exchange.beat(run)
        elif run.gathered and run.now.steady >= run.calm_at:
            yield from exchange.take_news(run)
        elif run.behind and run.now.steady >= run.pull_at:
            yield from exchange.pull(run)
        elif run.sought:
            yield from starting.seek(run)
        elif run.missing:
            yield from starting.fetch(run)
        elif run.lease_due:
            yield from exchange.lease(run)
        elif run.may_push and run.now.steady >= run.push_at:
            yield from exchange.push(run)
        else:
            yield from _rest(run)


def _rest(run: Run) -> Steps[None]:
    """Sleep until something is due, or copy one more chunk and only look up in between."""
    copying = run.state.boot not in starting.WHOLE
    if copying:
        yield from starting.chunk(run)
    pushes = run.may_push and run.stuck < exchange.STUCK
    settled = not (copying or run.behind or run.gathered or pushes)
    if settled:
        run.attempts = 0
    yield from run.tell(link=_link(run))
    woke = yield from run.rest(run.now.steady if copying else run.due, settled=settled)
    for news in woke.news:
        if run.greeted:
            exchange.hear(run, news)
    if woke.hurried:
        run.beat_at = run.push_at = run.pull_at = 0.0
        run.held = False
        run.greeted = run.greeted and not run.only_reads  # it may have been given its rights again
    if woke.poked or woke.hurried:
        yield from run.recount()


def _link(run: Run) -> Link:
    return "online" if run.state.boot in starting.USABLE else "joining"


def _until_again(run: Run, error: Exception) -> Steps[None]:
    """Wait until the hub is worth another try: soon, or when a person has done something."""
    stopped = isinstance(error, HubError)
    wait = run.rng.uniform(0, min(LONGEST, SHORTEST * 2**run.attempts))
    until = None if stopped else run.now.steady + max(wait, SHORTEST / 5)
    run.attempts = min(run.attempts + 1, 16)
    yield from run.tell(**_said(run, error, until))
    while until is None or run.now.steady < until:
        woke = yield from run.rest(until)
        if woke.hurried:
            run.attempts = 0
            return
        if woke.poked:
            yield from _count_at_least(run)


def _count_at_least(run: Run) -> Steps[None]:
    """Say how many acts wait; a disk that is in trouble is told of in its turn."""
    try:
        yield from run.recount()
    except Exception as error:  # noqa: BLE001 - as in `_life`
        _cause(error)


def _said(run: Run, error: Exception, until: float | None) -> dict[str, Any]:
    """What the status tells of an error."""
    now = run.hub_now
    later = None if until is None else run.at(until)
    link: Link = "stopped" if until is None else "offline"
    since = run.status.since if run.status.link == link else now
    words = {"what": f"The sync met something unexpected: {error!r}.", "safe": _SAFE, "todo": _TODO}
    if isinstance(error, WorldError):
        words = {"what": error.what, "safe": error.safe, "todo": error.todo}
    return {"link": link, "since": since, "next_try": later, "present": (), **words}


_SAFE = "Everything done here is kept on this machine."
_TODO = "Nothing: it tries again by itself."

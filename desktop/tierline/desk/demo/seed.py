"""Fill an empty demo desk: directory, views, two weeks of tickets; all legal, all at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from tierline.desk import timed_rules
from tierline.desk.demo.chance import chance
from tierline.desk.demo.earlier import QUICK, Earlier, ended_count
from tierline.desk.demo.mixture import wishes
from tierline.desk.demo.past import NotThisWayError, Past
from tierline.desk.demo.present_day import Heat, PresentDay, Wish
from tierline.desk.demo.stage import Stage
from tierline.desk.demo.tale import NUMBER
from tierline.desk.demo.visits import Visits
from tierline.desk.queues import is_soon
from tierline.domain.countdown import Countdown
from tierline.domain.errors import WorldError
from tierline.domain.events import Operation, decode_events, encode_events
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import fold_operations
from tierline.storage.projection import all_words, is_over, project
from tierline.storage.records import Projection, SavedView
from tierline.storage.replica import Replica
from tierline.storage.writing import Writing

POLICY, OPEN = "demo_policy", "demo_open"
Progress = Callable[[int, int], None]
_TRIES, _PATIENCE, _MOST_OVER = 14, 300, 3 * 3600
_TIMERS_AT_MOST = 6
_VIEWS = (
    ("Starters, leavers", "type:onboarding,exit,starter,leaver"),
    ("Key clients", 'client:"Pellow","Quillham","Kestrelbrook" priority:1,2'),
    ("Consulting me", '"asked mira"'),
    ("Replied", "is:replied"),
)


def make(
    replica: Replica,
    book: PolicyBook,
    now: datetime,
    *,
    tickets: int = 400,
    policy: str = "",
    seed: int = 1,
    progress: Progress | None = None,
) -> None:
    """Make the demo desk as of `now` (aware): `tickets` open ones and the ended ones behind them.

    The same now, seed and figures make the same desk. `policy` puts every client under one
    policy; `progress` is told tickets done and all. Tickets are written in one transaction.

    Raises:
        WorldError: this is a real desk, or not an empty one, or there is no such policy.
    """
    _check(replica, book, policy)
    stage = Stage(book, policy)
    rng = chance(seed, now.isoformat(), tickets, policy)
    pasts = list(_pasts(stage, book, rng, now, tickets, progress or (lambda _, __: None)))
    pasts.sort(key=lambda past: (past.ticket.logged_at, past.ticket.id))
    _directory(replica, stage, now)
    _settings(replica, book, stage, policy, tickets)
    with replica.writing() as writing:
        writing.record_all([_numbered(past, writing) for past in pasts])
    timed_rules.run(replica, book, now)  # so that whoever opens it finds them up to date


def _check(replica: Replica, book: PolicyBook, policy: str) -> None:
    if replica.kind != "demo" or replica.tickets.count():
        what = "a real desk" if replica.kind != "demo" else "not empty"
        raise WorldError(
            f"The desk in {replica.path.parent} is {what}; a demo needs an empty one of its own.",
            safe="Nothing was changed: demo and real tickets are never mixed.",
            todo="Choose another folder with --data.",
        )
    if policy and not book.knows(policy):
        raise WorldError(
            f'There is no policy "{policy}" here.',
            safe="Nothing was made.",
            todo=f"One of: {', '.join(book.names())}.",
        )


def _pasts(
    stage: Stage,
    book: PolicyBook,
    rng: random.Random,
    now: datetime,
    tickets: int,
    progress: Progress,
) -> Iterator[Past]:
    ended = ended_count(tickets)
    done, total = 0, tickets + ended
    present, earlier = PresentDay(stage, rng, now), Earlier(stage, rng, now)
    timers = _timers(stage, rng, now, tickets)
    visits = Visits(now)
    for wish in wishes(stage, rng, tickets, timers):
        past = _wished(present, wish, book, now)
        visits.plan(past)
        yield past
        done += 1
        progress(done, total)
    for _ in range(ended):
        quick = rng.random() < QUICK
        yield _led_somewhere(partial(earlier.past, quick=quick))
        done += 1
        progress(done, total)


def _timers(stage: Stage, rng: random.Random, now: datetime, tickets: int) -> Sequence[str]:
    """Whose work timer runs: mine, and that of some who are in."""
    me = stage.cast.me
    others = [p.id for p in stage.roster.in_at(now) if p.id != me and p.role == "technician"]
    return (me, *rng.sample(others, min(len(others), _TIMERS_AT_MOST, tickets // 50)))


def _wished(present: PresentDay, wish: Wish, book: PolicyBook, now: datetime) -> Past:
    """A past that ends as wished; where the hour allows none, a calm one."""
    calm = wish._replace(heat="calm")
    spare: Past | None = None
    for turn in range(2 * _TRIES):
        try:
            past = present.past(wish if turn < _TRIES else calm)
        except NotThisWayError:
            continue
        heat = _heat(past, book, now)
        if heat == (wish.heat if turn < _TRIES else "calm"):
            return past
        spare = past if heat in ("calm", "soon") or (heat and not spare) else spare
    return spare or _led_somewhere(lambda: present.past(calm._replace(look="new", trouble=None)))


def _led_somewhere(past: Callable[[], Past]) -> Past:
    refused = ""
    for _ in range(_PATIENCE):
        try:
            return past()
        except NotThisWayError as failure:
            refused = str(failure)
    raise WorldError(
        f"The demo's stories cannot be told under this desk's policies: {refused}",
        safe="Nothing was made.",
        todo="Choose another policy for the demo.",
    )


def _heat(past: Past, book: PolicyBook, now: datetime) -> Heat | None:
    """How the ticket's clocks stand at `now`; None when one is over by more than is believable."""
    found = project(past.ticket, past.policy).deadlines
    over = [each for each in found if is_over(each, now)]
    if over:
        at = now.timestamp()
        left = min(Countdown(d, book.calendar(d.calendar)).face(at).left for d in over)
        return "over" if -left < _MOST_OVER else None
    return "soon" if any(is_soon(each, now, book) for each in found) else "calm"


def _directory(replica: Replica, stage: Stage, now: datetime) -> None:
    cast, there = stage.cast, {p.id for p in stage.roster.in_at(now)} | {stage.cast.me}
    replica.directory.put_people(p.person(present=p.id in there) for p in cast.people)
    replica.directory.put_clients(c.client(stage.policy_of(c).name) for c in cast.clients)
    replica.directory.put_contacts(each for c in cast.clients for each in c.people())
    for place, (name, filter_) in enumerate(_VIEWS):
        replica.templates.put([SavedView(f"demo-{place}", name, filter_, position=place)])


def _settings(replica: Replica, book: PolicyBook, stage: Stage, policy: str, tickets: int) -> None:
    """Who sits here and which policy gives the desk its zone, for whoever opens it next."""
    replica.set_meta("me", stage.cast.me)
    replica.set_meta(POLICY, policy)
    replica.set_meta(OPEN, str(tickets))
    own = policy or stage.cast.policy
    if book.knows(own):
        replica.set_meta("policy", own)


def _numbered(past: Past, writing: Writing) -> tuple[Sequence[Operation], Projection]:
    """The past under the next free number, wherever it was told."""
    number = writing.next_number(past.policy.file.number_prefix)
    operations = [_told(operation, number) for operation in past.operations]
    events = [event for operation in operations for event in operation.events]
    ticket = fold_operations(operations)
    return operations, project(ticket, past.policy, all_words(ticket, events))


def _told(operation: Operation, number: str) -> Operation:
    raw = encode_events(operation.events)
    if NUMBER.encode() not in raw:
        return operation
    return replace(operation, events=decode_events(raw.replace(NUMBER.encode(), number.encode())))

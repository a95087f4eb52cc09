"""The simulator must notice when a safeguard is missing: each is switched off in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from tests.sync.simulator.judge import wrong
from tests.sync.simulator.story import tell
from tierline.domain.log import Line, Offer
from tierline.storage import applying, losing, rewinding
from tierline.storage.journal import Entry
from tierline.storage.sync_meta import write_state
from tierline.storage.syncing import Applied, Syncing
from tierline.storage.taking import Taking
from tierline.sync import greeting
from tierline.sync.hub import Answer
from tierline.sync.hubs import judging
from tierline.sync.hubs.memory_state import State

MOST = 150  # seeds: the rarest of these bugs shows in one story of twenty
Patch = pytest.MonkeyPatch


def no_dedup(patch: Patch) -> None:
    """The hub takes an act as often as it is offered."""
    judged = judging._answer

    def answer(ledger: Any, caller: Any, offer: Offer) -> Answer:
        patch.setattr(State, "recorded", lambda *_: None)
        try:
            return judged(ledger, caller, offer)
        finally:
            patch.setattr(State, "recorded", recorded)

    recorded = State.recorded
    patch.setattr(State, "line_of", lambda *_: 0)
    patch.setattr(judging, "_answer", answer)


def forget_after_ack(patch: Patch) -> None:
    """What the hub had acknowledged once is not offered again."""

    def lose(connection: Any, entries: Sequence[Entry]) -> losing.Lost:
        return losing.lose(connection, [each._replace(mine=0) for each in entries])

    patch.setattr(rewinding, "lose", lose)
    patch.setattr(applying, "lose", lose)


def no_chain(patch: Patch) -> None:
    """Nobody compares the hashes of the log."""
    healed = greeting._healed
    patch.setattr(applying, "check_follows", lambda *_: None)
    patch.setattr(
        greeting, "_healed", lambda run, hello: healed(run, replace(hello, chain=run.state.chain))
    )


def cursor_first(patch: Patch) -> None:
    """The cursor is written before the lines, in a transaction of its own."""

    def apply(
        self: Syncing, lines: Sequence[Line], cursor: int, chain: str, safe_seq: int
    ) -> Applied:
        state = self.state()
        changes = {"boot": "directory"} if state.boot == "begin" else {}
        with self._store.writing() as connection:
            write_state(connection, cursor=cursor, chain=chain, safe_seq=safe_seq, **changes)
        with self._store.writing() as connection:
            taking = Taking(connection, self._book())
            taking.take([line for line in lines if line.seq > state.cursor])
        return taking.applied

    patch.setattr(Syncing, "apply", apply)


def no_base(patch: Patch) -> None:
    """The hub does not look whether a ticket has moved on."""
    patch.setattr(judging, "_stale", lambda *_: False)


def no_lines(patch: Patch) -> None:
    """A console goes on from a stale answer without merging the lines that came with it."""
    answered, offers = Syncing.answered, Syncing.offers
    reached: dict[tuple[int, str], int] = {}

    def forget(self: Syncing, answers: Iterable[Answer]) -> Applied:
        told = list(answers)
        for line in (line for each in told for line in each.lines):
            reached[id(self), line.ticket_id] = line.seq
        return answered(self, [replace(each, lines=()) for each in told])

    def pretend(self: Syncing, limit: int) -> tuple[Offer, ...]:
        return tuple(
            replace(each, base_seq=max(each.base_seq, reached.get((id(self), each.ticket_id), 0)))
            for each in offers(self, limit)
        )

    patch.setattr(Syncing, "answered", forget)
    patch.setattr(Syncing, "offers", pretend)


@pytest.mark.parametrize(
    "switch_off", [no_dedup, forget_after_ack, no_chain, cursor_first, no_base, no_lines]
)
def test_the_simulator_notices_a_safeguard_that_is_missing(
    switch_off: Callable[[Patch], None], monkeypatch: Patch
) -> None:
    switch_off(monkeypatch)
    assert any(_fails(seed) for seed in range(MOST)), f"{MOST} stories went well without it"


def _fails(seed: int) -> bool:
    try:
        with tell(seed) as told:
            return bool(wrong(told))
    except (AssertionError, KeyError, RuntimeError, ValueError):
        return True

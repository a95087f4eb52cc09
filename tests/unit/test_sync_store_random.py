"""Whatever consoles do in whatever order they hear of it: in the end they have the same rows."""

from __future__ import annotations

import random

import pytest

from tests.fakes.desks import done, log
from tests.fakes.tiny_desks import Desks, desks, hub
from tests.fakes.tiny_log import TinyLog, pull, rows, settle
from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.log import GENESIS

__all__ = ["desks", "hub"]
ROUNDS = 60


class Life:
    """Some desks living side by side for a while."""

    def __init__(self, rng: random.Random, hub: TinyLog, desks: list[Desk]) -> None:
        self.rng, self.hub, self.desks = rng, hub, desks
        self.written: set[str] = set()
        self.ids = [log(desks[0], f"Printer {number}") for number in range(2)]
        self.ids += [self._with_rules(desk) for desk in desks[:2]]

    def _with_rules(self, desk: Desk) -> str:
        command = cmd.Log(
            number="",
            subject="Till",
            channel="mail",
            client="Marrowby Foods",
            contact="Ada Prior",
            impact=3,
            urgency=2,
        )
        return done(desk.log(command, "tiered")).ticket.id

    def step(self) -> None:
        desk = self.rng.choice(self.desks)
        chosen = self.rng.choices(
            (self.act, self.pull, self.push, self.undo, self.wait, self.lose, self.mint),
            (40, 20, 20, 6, 8, 2, 2),
        )[0]
        chosen(desk)

    def act(self, desk: Desk) -> None:
        known = [each for each in self.ids if desk.replica.tickets.get(each)]
        if not known or self.rng.random() < 0.08:
            self.ids.append(log(desk, "One more"))
            return
        ticket_id = self.rng.choice(known)
        stored = desk.replica.tickets.get(ticket_id)
        assert stored is not None
        shown = stored.seq if self.rng.random() < 0.8 else max(1, stored.seq - 3)
        self._note(desk.act(ticket_id, self._command(), shown))

    def undo(self, desk: Desk) -> None:
        known = self.rng.choice(self.ids)
        history = desk.replica.tickets.operations(known)
        if history:
            self._note(desk.undo(history[-1].operation.op_id))

    def pull(self, desk: Desk) -> None:
        pull(desk.replica, self.hub, self.rng.choice((1, 2, 5, 50)))

    def push(self, desk: Desk) -> None:
        # An answer that is lost on the way is told again the next time.
        state = desk.replica.sync.state()
        offers = desk.replica.sync.offers(self.rng.choice((1, 3, 25)))
        answers = self.hub.push(state.login, state.console_id, offers)
        if self.rng.random() < 0.8:
            desk.replica.sync.answered(answers)

    def wait(self, desk: Desk) -> None:
        desk.clock.turn(minutes=self.rng.choice((1, 7, 90)))  # type: ignore[attr-defined]
        desk.run_rules()  # its acts may give way, so they are not among what must be there

    def lose(self, _: Desk) -> None:
        self.hub.cut(self.rng.randrange(len(self.hub.lines) + 1))
        for desk in self.desks:
            self._heal(desk)

    def mint(self, desk: Desk) -> None:
        desk.replica.sync.mint(f"00000000-0000-7000-8000-{self.rng.getrandbits(48):012x}")

    def _heal(self, desk: Desk) -> None:
        sync, lines = desk.replica.sync, self.hub.lines
        state = sync.state()
        points = [(state.cursor, state.chain), *sync.chain_points(9999), (0, GENESIS)]
        common = next(
            (seq, hash_)
            for seq, hash_ in points
            if seq <= len(lines) and hash_ == (lines[seq - 1].chain if seq else GENESIS)
        )
        if common != points[0]:
            sync.rewind(*common)
        sync.greeted(1, 0, len(lines))
        sync.reoffer(self.hub.counted.get(state.console_id, 0))

    def _command(self) -> cmd.Command:
        word = f"words {self.rng.randrange(10**6)}"
        return self.rng.choice(
            (
                cmd.Note(text=word),
                cmd.Note(text=word),
                cmd.Message(text=word, channel="phone"),
                cmd.Take(),
                cmd.Release(),
                cmd.Prioritise(
                    impact=self.rng.randint(1, 3), urgency=self.rng.randint(1, 3), reason=word
                ),
                cmd.Resolve(steps=word),
                cmd.Reopen(reason=word),
                cmd.StartTimer(),
                cmd.StopTimer(text=word),
                cmd.LogTime(seconds=300, text=word),
                cmd.FillDetails(subject=word),
                cmd.FillDetails(description=word),
            )
        )

    def _note(self, answer: object) -> None:
        if isinstance(answer, Done):
            self.written.add(answer.op_id)


@pytest.mark.parametrize("number", range(12))
def test_all_replicas_end_alike_and_nothing_written_is_lost(
    number: int, seed: int, desks: Desks, hub: TinyLog
) -> None:
    print("seed", seed, number)
    rng = random.Random(seed * 1000 + number)
    life = Life(rng, hub, [desks("mira"), desks("tobias"), desks("priya")])
    for _ in range(ROUNDS):
        life.step()
    for desk in life.desks:
        life._heal(desk)
    settle(hub, *(desk.replica for desk in life.desks))
    first, *others = [rows(desk.replica) for desk in life.desks]
    assert first.keys() >= set(life.ids)
    for other in others:
        for ticket_id, row in first.items():
            assert other[ticket_id] == row
        assert other == first
    in_log = [line.op_id for line in hub.lines]
    assert len(in_log) == len(set(in_log))
    assert life.written <= set(in_log)

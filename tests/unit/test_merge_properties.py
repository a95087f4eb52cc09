"""Random acts of three desks on one ticket: the merge never fails, forgets or overrides anyone."""

from __future__ import annotations

import random
from functools import cache
from itertools import product

import pytest

from tests.oracles.shared_log import (
    LEAD,
    POLICIES,
    Console,
    SharedLog,
    Written,
    done,
    meet,
    some_command,
    words_of,
)
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.clocks import clocks
from tierline.domain.errors import Refusal
from tierline.domain.rules.due import next_at
from tierline.domain.ticket import Ticket, evolve

LIVES = 300
PEOPLE = ["mira", "dana", LEAD, "tobias"]
VALUES = {ev.Prioritised: "priority", ev.PolicyChanged: "policy", ev.Restricted: "restricted"}
FIELDS = ("subject", "client", "contact", "category", "type")


class _Life:
    """One ticket's life on three desks, most of the time out of touch."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.log = SharedLog.of(rng.choice(POLICIES))
        self.desks = [Console("a", "mira"), Console("b", "dana"), Console("c", LEAD)]
        self.minute = 1.0
        self.latest: dict[str, Written] = {}
        for step in range(rng.randint(5, 25)):
            self._step(f"word{step}")
        for desk in self.desks:
            self.log.push(desk)

    def _step(self, word: str) -> None:
        rng, log, desk = self.rng, self.log, self.rng.choice(self.desks)
        # Clocks go their own ways: some acts are dated before what is in the log.
        self.minute += rng.choice((0.1, 1, 5, 60, 900)) if rng.random() < 0.8 else -rng.random() * 9
        match rng.choices(("act", "undo", "rules", "settle", "pull", "push"), (9, 1, 1, 2, 2, 3))[
            0
        ]:
            case "act":
                self._act(desk, some_command(rng, log.policy, word, PEOPLE))
            case "undo" if desk.name in self.latest:
                log.undo(desk, self.latest.pop(desk.name), self.minute)
            case "rules":
                log.rules(desk, self.minute)
            case "settle":
                for conflict in log.shown(desk).conflicts[:1]:
                    self._act(desk, _answer(rng, conflict.key, word))
            case "pull":
                log.pull(desk)
            case "push":
                log.push(desk)

    def _act(self, desk: Console, command: cmd.Command) -> None:
        act = self.log.act(desk, command, self.minute)
        if not isinstance(act, Refusal):
            self.latest[desk.name] = act


def _answer(rng: random.Random, key: str, word: str) -> cmd.Settle:
    choices: tuple[ev.Choice, ...] = ("keep", "mine", "both")
    return cmd.Settle(conflict=key, choice=rng.choice(choices), text=rng.choice(("", word)))


@cache
def _lives(seed: int) -> list[_Life]:
    return [_Life(random.Random(f"{seed}/{number}")) for number in range(LIVES)]


def test_no_history_breaks_the_merge_and_every_fold_has_its_clocks(seed: int) -> None:
    met = 0
    for life in _lives(seed):
        ticket, policy = life.log.ticket, life.log.policy
        clocks(ticket, policy, ticket.changed_at)
        next_at(ticket, policy)
        assert life.log.ticket == ticket
        assert ev.decode_events(ev.encode_events(tuple(ticket.conflicts))) == ticket.conflicts
        met += sum(bool(others) for _, others, _, _ in life.log.merges)
    assert met > LIVES, "hardly any act met another one"


def test_nothing_that_anybody_wrote_is_lost(seed: int) -> None:
    for life in _lives(seed):
        assert words_of(life.log.lines) >= words_of(life.log.written.values())


def test_nobody_signs_for_another_but_the_time_of_a_timer_that_is_handed_over(seed: int) -> None:
    for life in _lives(seed):
        for op in life.log.lines:
            signed = {e.by for e in op.events if not isinstance(e, ev.TimeLogged)}
            assert signed <= {"", op.by}, op


def test_I4_a_value_is_not_overridden_by_who_had_not_seen_it(seed: int) -> None:
    checked = 0
    for life in _lives(seed):
        for act, others, before, merged in life.log.merges:
            touched = {what for op in others for e in op.events for what in _values(e)}
            wanted = {what for e in act.events for what in _values(e)} & touched
            after = _after(before, merged.events)
            for what in wanted:
                assert _value(after, what) == _value(before, what), (act, what)
            checked += len(wanted)
    assert checked


def test_I4_an_owner_is_not_pushed_off_by_who_had_not_seen_them(seed: int) -> None:
    checked = 0
    for life in _lives(seed):
        for act, others, before, merged in life.log.merges:
            held = any(isinstance(e, ev.Assigned) for op in others for e in op.events)
            wants = any(isinstance(e, ev.Assigned) for e in act.events)
            moves = any(isinstance(e, ev.Escalated) for e in merged.events)
            if held and wants and not moves and act.by != LEAD:
                assert _after(before, merged.events).assignee == before.assignee
                checked += 1
    assert checked


def test_what_loses_is_told_and_can_be_done_anew(seed: int) -> None:
    """Whatever is missing in the log of what an act did is in its conflict, with its events."""
    for life in _lives(seed):
        for _, _, _, merged in life.log.merges:
            told = [e for e in merged.events if isinstance(e, ev.Conflicted)]
            assert all(c.kept != c.lost for c in told if c.what != "undo")
            assert all(c.events for c in told if c.grave)


STATE: tuple[cmd.Command, ...] = (
    cmd.Take(),
    cmd.ChangeStatus(status="waiting-client", reason="asked"),
    cmd.ChangeStatus(status="in-progress", reason="on it"),
    cmd.Escalate(tier=2, reason="skill", handover="look", message="goes on"),
    cmd.Escalate(tier=3, reason="skill", handover="look", message="goes on"),
    cmd.Resolve(steps="restarted it", message="it works"),
    cmd.Cancel(reason="not ours"),
    cmd.Reopen(reason="still broken"),
    cmd.Close(confirmed_by="Ada"),
)
RANKS = {"cancel": 0, "close": 0, "resolve": 1, "changestatus": 2, "take": 2, "reopen": 3}


def _possible(first: list[cmd.Command]) -> list[cmd.Command]:
    found = []
    for command in STATE:
        log = SharedLog.of("tiered")
        desk = Console("x", "ravi")
        for minute, before in enumerate(first, 10):
            done(log, desk, before, minute)
        if not isinstance(log.act(desk, command, 20), Refusal):
            found.append(command)
    return found


@pytest.mark.parametrize(
    "first",
    [
        [],
        [cmd.Take()],
        [cmd.Take(), cmd.ChangeStatus(status="waiting-client", reason="x")],
        [cmd.Take(), cmd.Resolve(steps="done")],
        [cmd.Take(), cmd.Resolve(steps="done"), cmd.Close(confirmed_by="Ada")],
    ],
    ids=lambda first: "-".join(each.kind for each in first) or "new",
)
def test_status_and_line_do_not_depend_on_who_came_first(first: list[cmd.Command]) -> None:
    """Of equal rank the log's stays; otherwise both orders lead to the same ticket."""
    for one, other in product(_possible(first), repeat=2):
        ends = [_end(meet([a], [b], first=first).ticket) for a, b in ((one, other), (other, one))]
        if ends[0] != ends[1]:
            assert RANKS.get(one.kind, 4) == RANKS.get(other.kind, 4), (one, other, ends)
            alone = [_end(meet([each], [], first=first).ticket) for each in (one, other)]
            assert ends == alone


def _end(ticket: Ticket) -> tuple[str, int, str]:
    return ticket.status, ticket.tier, ticket.ended


def _after(ticket: Ticket, events: tuple[ev.AnyEvent, ...]) -> Ticket:
    for event in events:
        ticket = evolve(ticket, event)
    return ticket


def _values(event: ev.Event) -> set[str]:
    if isinstance(event, ev.Detailed):
        return {f for f in FIELDS if getattr(event, f) is not None} | set(event.details)
    return {VALUES[type(event)]} if type(event) in VALUES else set()


def _value(ticket: Ticket, what: str) -> object:
    return getattr(ticket, what, None) or ticket.details.get(what)

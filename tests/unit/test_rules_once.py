"""Any number of runners, at any instants, in any order, make each act once, and the same acts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.books import bundled_book
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.rules.due import RuleAct, due_acts, next_at
from tierline.domain.ticket import Ticket, evolve

START = datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
POLICIES = ("playbook", "tiered", "three-line", "service-definition")
DETAILS = {"computer": "MF-017"}
ACTS: tuple[cmd.Command, ...] = (
    cmd.StartTimer(),
    cmd.StopTimer(),
    cmd.LogTime(seconds=600),
    cmd.Message(text="Looking"),
    cmd.Receive(text="Any news?"),
    cmd.ChangeStatus(status="waiting-client", reason="asked"),
    cmd.ChangeStatus(status="in-progress"),
    cmd.Prioritise(priority=2, reason="worse"),
    cmd.Prioritise(priority=3, reason="better"),
    cmd.Consult(tier=3, whom="Hana", text="?"),
    cmd.Stay(reason="nearly there"),
    cmd.Resolve(steps="done"),
    cmd.Reopen(reason="again"),
)
moments = st.lists(st.integers(0, 60 * 24 * 14), min_size=1, max_size=8).map(sorted)
people = st.lists(st.tuples(st.integers(0, 60 * 24 * 6), st.sampled_from(ACTS)), max_size=6)


def _policy(name: str) -> Policy:
    return bundled_book().get(name)


def _logged(policy: Policy, priority: int) -> Ticket:
    log = cmd.Log(
        number="CS1", subject="x", channel="phone", client="c", contact="Ada", contact_reach="1",
        description="d", priority=priority, details=DETAILS,
    )  # fmt: skip
    events = decide(None, log, policy, START, "mira")
    assert not isinstance(events, Refusal)
    ticket: Ticket | None = None
    for event in events:
        ticket = evolve(ticket, event, "t-1")
    assert ticket is not None
    return ticket


def _lived(policy: Policy, priority: int, acts: list[tuple[int, cmd.Command]]) -> Ticket:
    """A ticket with some of a person's acts behind it; what is refused did not happen."""
    ticket = _logged(policy, priority)
    for minute, command in sorted(acts, key=lambda each: each[0]):
        answer = decide(ticket, command, policy, START + timedelta(minutes=minute), "mira")
        for event in () if isinstance(answer, Refusal) else answer:
            ticket = evolve(ticket, event)
    return ticket


def _run(ticket: Ticket, policy: Policy, minute: int) -> tuple[Ticket, list[RuleAct]]:
    acts = due_acts(ticket, policy, START + timedelta(minutes=minute))
    for act in acts:
        for event in act.events:
            ticket = evolve(ticket, event)
    return ticket, list(acts)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(POLICIES), st.integers(1, 4), people, moments, st.integers(1, 4))
def test_more_runners_make_the_same_acts_once(
    name: str, priority: int, acts: list[tuple[int, cmd.Command]], at: list[int], runners: int
) -> None:
    policy = _policy(name)
    alone = crowd = _lived(policy, priority, acts)
    made: list[str] = []
    for minute in at:
        alone, one = _run(alone, policy, minute)
        made += [act.op_id for act in one]
        together: list[str] = []
        for _ in range(runners):
            crowd, more = _run(crowd, policy, minute)
            together += [act.op_id for act in more]
        assert together == [act.op_id for act in one]
    assert crowd == alone
    assert len(made) == len(set(made))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(POLICIES), st.integers(1, 4), people, moments)
def test_two_who_do_not_see_each_other_name_their_acts_alike(
    name: str, priority: int, acts: list[tuple[int, cmd.Command]], at: list[int]
) -> None:
    """Offline consoles decide from the same ticket at other moments: the ids are the same."""
    policy = _policy(name)
    ticket = _lived(policy, priority, acts)
    first = {act.op_id: act for act in due_acts(ticket, policy, START + timedelta(minutes=at[0]))}
    last = {act.op_id: act for act in due_acts(ticket, policy, START + timedelta(minutes=at[-1]))}
    assert set(first) <= set(last)
    assert all(last[each].at == act.at for each, act in first.items())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(POLICIES), st.integers(1, 4), people, st.integers(0, 60 * 24 * 14))
def test_next_at_is_when_the_next_act_becomes_due(
    name: str, priority: int, acts: list[tuple[int, cmd.Command]], minute: int
) -> None:
    policy = _policy(name)
    ticket, _ = _run(_lived(policy, priority, acts), policy, minute)
    now = max(START + timedelta(minutes=minute), ticket.changed_at)
    ticket, _ = _run(ticket, policy, int((now - START).total_seconds() // 60) + 1)
    following = next_at(ticket, policy)
    if following is None:
        assert due_acts(ticket, policy, now + timedelta(days=400)) == ()
        return
    assert following > ticket.changed_at
    assert due_acts(ticket, policy, following - timedelta(seconds=1)) == ()
    assert due_acts(ticket, policy, following)[0].at == following

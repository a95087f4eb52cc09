"""Acts of rules, acts on acts, and the answers to conflicts, each met by what was not seen."""

from __future__ import annotations

import pytest

from tests.oracles.shared_log import START, Console, SharedLog, done, meet
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.merge import merge
from tierline.domain.rules.keys import KIND
from tierline.domain.ticket import fold_operations
from tierline.domain.visiting import visit_rules

P1, P2 = cmd.Prioritise(priority=1, reason="all stop"), cmd.Prioritise(priority=2, reason="worse")
UP = cmd.Escalate(tier=2, reason="skill", handover="look", message="goes on")
SET_OUT = cmd.SetOut(reason="I am near.")
RESOLVE = cmd.Resolve(steps="restarted it", message="it works")


def _desks(log: SharedLog) -> tuple[Console, Console]:
    mira, dana = Console("m", "mira"), Console("d", "dana")
    for desk in (mira, dana):
        log.pull(desk)
    return mira, dana


def _for(command: cmd.Command, person: str) -> cmd.Command:
    """What gives somebody else's desk the same as this one's."""
    return cmd.Assign(assignee=person) if isinstance(command, cmd.Take) else command


def _operation(kind: str, *events: ev.AnyEvent, by: str = "") -> ev.Operation:
    at = events[0].at
    return ev.Operation(op_id=f"{kind}{by}", ticket_id="t", kind=kind, at=at, events=events, by=by)


RAISED = ev.Prioritised(at=START, priority=2, reason="late", rule="late, x v1", occasion="late/1")


@pytest.mark.parametrize(
    ("met", "void"),
    [
        (ev.Noted(at=START, text="x"), False),
        (ev.TimeLogged(at=START, by="dana", seconds=60), False),
        (ev.StatusChanged(at=START, status="in-progress"), True),
        (ev.Escalated(at=START, tier=2, reason="x"), True),
        (ev.Assigned(at=START, assignee="dana"), True),
        (ev.Messaged(at=START, text="x", direction="in"), True),
        (ev.Prioritised(at=START, priority=1, reason="x"), True),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_rules_act_gives_way_to_what_it_did_not_see(met: ev.AnyEvent, *, void: bool) -> None:
    log = SharedLog.of("tiered")
    others = [_operation("x", met, by="dana")]
    before = fold_operations([*log.lines, *others])
    merged = merge(before, others, _operation(KIND, RAISED), log.policy, seen=log.ticket)
    assert merged.void == void
    assert merged.events == (() if void else (RAISED,))


def test_a_rules_act_that_both_desks_made_is_not_unseen() -> None:
    """Two rules in a row, made on two desks: the second one still stands."""
    log = SharedLog.of("tiered")
    first = _operation(KIND, RAISED)
    seen = fold_operations([*log.lines, first])
    told = ev.Tasked(at=START, role="lead", text="look", key="k", rule="b, x v1", occasion="b/1")
    second = _operation(KIND, told)
    assert not merge(seen, [first], second, log.policy, seen=seen).void


def test_an_act_that_met_nothing_is_as_it_was_written() -> None:
    log = meet([], [cmd.Take(timer=True)], first=())
    act, others, _, merged = log.merges[-1]
    assert others == ()
    assert merged.events is act.events


def test_my_own_act_is_taken_back_whatever_others_did_before_it() -> None:
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    done(log, dana, P1, 10)
    log.push(dana)
    act = done(log, mira, cmd.Take(), 11)
    log.undo(mira, act, 11.1)
    log.push(mira)
    assert (log.ticket.assignee, log.ticket.conflicts) == ("", ())


def test_an_act_others_went_on_from_is_not_taken_back() -> None:
    """Mira resolves, Dana closes what she sees resolved, Mira takes it back unseen."""
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    act = done(log, mira, RESOLVE, 10)
    log.push(mira)
    log.pull(dana)
    done(log, dana, cmd.Close(confirmed_by="Ada"), 10.05)
    log.push(dana)
    log.undo(mira, act, 10.1)
    log.push(mira)
    assert log.ticket.ended == "closed"
    assert [(c.what, c.kept_by, c.lost_by) for c in log.ticket.conflicts] == [
        ("undo", "dana", "mira")
    ]


@pytest.mark.parametrize("command", [RESOLVE, P1, cmd.Take()], ids=lambda each: each.kind)
def test_an_act_another_made_too_is_not_taken_back(command: cmd.Command) -> None:
    """Both do the same unseen, which is one act in the log; one of them takes it back unseen."""
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    act = done(log, mira, command, 10)
    done(log, dana, _for(command, "mira"), 10.05)
    log.push(mira)
    log.push(dana)
    before = log.ticket
    log.undo(mira, act, 10.1)
    log.push(mira)
    after = log.ticket
    assert (after.ended, after.priority, after.assignee) == (
        *(before.ended, before.priority, before.assignee),
    )
    told = after.conflicts[-1]
    assert (told.what, told.kept_by, told.lost_by) == ("undo", "dana", "mira")


def test_two_who_set_out_at_once_and_one_comes_back() -> None:
    """Setting out is a status, too: it is not taken back from under the other who is on the way."""
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    act = done(log, mira, SET_OUT, 10)
    done(log, dana, SET_OUT, 10.05)
    log.push(mira)
    log.push(dana)
    on_the_way = log.ticket.status
    log.undo(mira, act, 10.1)
    log.push(mira)
    assert log.ticket.status == on_the_way == visit_rules(log.policy).travel
    assert log.ticket.conflicts[-1].what == "undo"


def test_an_act_others_only_wrote_beside_is_taken_back() -> None:
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    act = done(log, mira, RESOLVE, 10)
    log.push(mira)
    log.pull(dana)
    done(log, dana, cmd.Note(text="good"), 10.05)
    log.push(dana)
    log.undo(mira, act, 10.1)
    log.push(mira)
    assert log.ticket.open


def test_what_was_taken_back_does_not_count_as_met() -> None:
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    log.undo(dana, done(log, dana, P1, 10), 10.1)
    done(log, mira, P2, 11)
    log.push(dana)
    log.push(mira)
    assert (log.ticket.priority, log.ticket.conflicts) == (2, ())


def test_what_somebody_took_back_of_what_I_saw_is_a_change_too() -> None:
    """Dana resolves, Mira sees and closes it, Dana has taken it back meanwhile."""
    log = SharedLog.of("tiered")
    mira, dana = _desks(log)
    act = done(log, dana, RESOLVE, 10)
    log.push(dana)
    log.pull(mira)
    log.undo(dana, act, 10.1)
    log.push(dana)
    done(log, mira, cmd.Close(confirmed_by="Ada"), 11)
    log.push(mira)
    assert log.ticket.open
    assert [c.lost for c in log.ticket.conflicts] == ["closed"]


def test_what_would_have_been_sent_of_a_lost_act_is_kept_and_what_was_said_stays() -> None:
    log = meet([UP], [cmd.LogTime(seconds=300, text="looked"), RESOLVE])
    [conflict] = log.ticket.conflicts
    kept = [type(e).__name__ for e in conflict.events if not e.rule]
    texts = [e.text for op in log.lines for e in op.events if isinstance(e, ev.Messaged)]
    assert kept == ["Resolved", "Messaged"]
    assert "it works" not in texts
    assert log.ticket.work == {2: 300}


def test_two_acts_of_mine_that_lost_to_one_are_one_conflict() -> None:
    log = meet([P1], [P2, cmd.Prioritise(priority=4, reason="no"), cmd.Note(text="x")])
    [conflict] = log.ticket.conflicts
    assert (conflict.was, conflict.kept, conflict.lost) == ("3", "1", "4")


def _settled(
    log: SharedLog, choice: str, minute: float = 60, text: str = ""
) -> SharedLog | Refusal:
    desk = Console("s", "sam")
    log.pull(desk)
    key = log.ticket.conflicts[0].key
    command = cmd.Settle(conflict=key, choice=choice, text=text)  # type: ignore[arg-type]
    refusal = log.act(desk, command, minute)
    log.push(desk)
    return refusal if isinstance(refusal, Refusal) else log


def _done_settling(log: SharedLog, choice: str, text: str = "") -> SharedLog:
    answer = _settled(log, choice, text=text)
    assert isinstance(answer, SharedLog), answer
    assert answer.ticket.conflicts == ()
    return answer


def test_keeping_what_stands_changes_nothing() -> None:
    assert _done_settling(meet([P1], [P2]), "keep").ticket.priority == 1


def test_what_was_lost_is_done_anew_now_by_who_answers() -> None:
    log = _done_settling(meet([P1], [P2]), "mine")
    assert (log.ticket.priority, log.ticket.priorities[-1].by) == (2, "sam")
    assert log.ticket.priorities[-1].at.minute == 0


def test_both_values_can_be_noted() -> None:
    log = _done_settling(meet([P1], [P2]), "both", "P1 and P2")
    notes = [e.text for op in log.lines for e in op.events if isinstance(e, ev.Noted)]
    assert (log.ticket.priority, notes) == (1, ["P1 and P2"])


def test_a_lost_resolution_is_brought_back_with_its_message() -> None:
    log = _done_settling(meet([UP], [RESOLVE]), "mine")
    assert (log.ticket.ended, log.ticket.steps) == ("resolved", "restarted it")
    sent = [e for e in log.lines[-1].events if isinstance(e, ev.Messaged)]
    assert [(e.text, e.delivery) for e in sent] == [("it works", "to send")]


def test_what_is_not_possible_any_more_is_refused_with_the_way_on() -> None:
    log = meet([P1], [P2])
    desk = Console("x", "sam")
    log.pull(desk)
    done(log, desk, cmd.Cancel(reason="withdrawn"), 50)
    log.push(desk)
    answer = _settled(log, "mine")
    assert isinstance(answer, Refusal)
    assert "cancelled" in answer.what
    assert log.ticket.conflicts


@pytest.mark.parametrize(
    ("choice", "assignee", "assists"),
    [("keep", "dana", ()), ("mine", "mira", ()), ("both", "dana", ("mira",))],
)
def test_two_owners_hand_over_keep_or_work_together(
    choice: str, assignee: str, assists: tuple[str, ...]
) -> None:
    log = _done_settling(meet([cmd.Take()], [cmd.Take()]), choice)
    assert (log.ticket.assignee, log.ticket.assists) == (assignee, assists)


@pytest.mark.parametrize(
    ("theirs", "mine", "then", "choice"),
    [
        (P1, P2, P2, "mine"),
        (P1, P2, cmd.Prioritise(priority=4, reason="neither"), "keep"),
        (cmd.Take(), cmd.Take(), cmd.Assign(assignee="tobias"), "keep"),
        (cmd.Take(), cmd.Take(), cmd.Assign(assignee="mira"), "mine"),
        (UP, RESOLVE, cmd.Resolve(steps="really"), "mine"),
        (
            cmd.FillDetails(subject="a"),
            cmd.FillDetails(subject="b"),
            cmd.FillDetails(subject="c"),
            "keep",
        ),
    ],
)
def test_who_sees_a_conflict_and_changes_the_same_has_answered_it(
    theirs: cmd.Command, mine: cmd.Command, then: cmd.Command, choice: str
) -> None:
    log = meet([theirs], [mine])
    desk = Console("s", "sam")
    log.pull(desk)
    act = done(log, desk, then, 50)
    assert [e.choice for e in act.events if isinstance(e, ev.Settled)] == [choice]
    log.push(desk)
    assert log.ticket.conflicts == ()


def test_another_line_does_not_answer_what_becomes_of_a_resolution() -> None:
    log = meet([UP], [RESOLVE])
    desk = Console("s", "sam")
    log.pull(desk)
    done(log, desk, cmd.ChangeStatus(status="waiting-client", reason="asked"), 50)
    assert len(log.shown(desk).conflicts) == 1


def test_who_confirmed_a_second_closing_is_noted() -> None:
    first = (cmd.Take(), RESOLVE)
    log = meet([cmd.Close(confirmed_by="Ada")], [cmd.Close(confirmed_by="Ben")], first=first)
    notes = [e.text for op in log.lines for e in op.events if isinstance(e, ev.Noted)]
    assert notes == ["confirmed by: Ben"]


def test_a_quote_that_was_declined_is_not_approved_by_who_had_not_seen_it() -> None:
    first = (cmd.GiveQuote(cents=10_000, text="a switch"),)
    no = cmd.AnswerQuote(person="Ada", accepted=False, text="too dear")
    yes = cmd.AnswerQuote(person="Ben", way="1")
    log = meet([no], [yes], first=first, policy="playbook")
    assert log.ticket.quote is not None
    assert log.ticket.quote.state == "declined"
    assert [(c.what, c.kept, c.lost, c.grave) for c in log.ticket.conflicts] == [
        ("quote", "declined", "approved", True)
    ]


def test_who_may_read_it_is_not_answered_by_whoever_settles() -> None:
    log = meet(
        [cmd.Restrict(on=True, reason="a"), cmd.Restrict(on=False)],
        [cmd.Restrict(on=True, reason="b")],
    )
    assert isinstance(_settled(log, "mine"), Refusal)


def test_a_conflict_that_is_not_open_is_not_settled() -> None:
    log = SharedLog.of("tiered")
    answer = log.act(Console("s", "sam"), cmd.Settle(conflict="x", choice="keep"), 60)
    assert isinstance(answer, Refusal)


@pytest.mark.parametrize(
    ("theirs", "mine", "priority", "left"),
    [("keep", "keep", 1, []), ("mine", "mine", 2, []), ("keep", "mine", 1, ["2"])],
)
def test_of_two_answers_the_first_counts(
    theirs: str, mine: str, priority: int, left: list[str]
) -> None:
    log = meet([P1], [P2])
    desks = _desks(log)
    key = log.ticket.conflicts[0].key
    for desk, choice in zip(desks, (theirs, mine), strict=True):
        done(log, desk, cmd.Settle(conflict=key, choice=choice), 60)  # type: ignore[arg-type]
    for desk in desks:
        log.push(desk)
    assert log.ticket.priority == priority
    assert [c.lost for c in log.ticket.conflicts] == left


def test_restricting_needs_a_reason_and_is_said_once() -> None:
    log = SharedLog.of("tiered")
    desk = Console("s", "sam")
    log.pull(desk)
    assert isinstance(log.act(desk, cmd.Restrict(on=True), 10), Refusal)
    done(log, desk, cmd.Restrict(on=True, reason="a personal matter"), 11)
    assert log.shown(desk).restricted
    assert isinstance(log.act(desk, cmd.Restrict(on=True, reason="again"), 12), Refusal)
    done(log, desk, cmd.Restrict(on=False), 13)
    assert not log.shown(desk).restricted

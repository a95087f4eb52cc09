"""Bad days of the rules: two consoles at once, a clock set back, a changed policy, a circle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.fakes.books import bundled_book
from tests.process.floor import Floor, did
from tierline.desk.acting import Done
from tierline.desk.timed_rules import run
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import evolve

Make = Callable[..., Floor]
DESKTOP = Path(__file__).parents[2] / "desktop"


def test_two_consoles_at_once_make_one_act(floor: Make) -> None:
    """Two programs on one desk file, started together: each act is in the journal once."""
    desk = floor("three-line")
    for _ in range(40):
        desk.log("2026-11-04 11:20")
    desk.close()
    words = ["--data", str(desk.replica.path.parent), "--json", "agent", "--once", "--now"]
    when = desk.utc("2026-11-05 14:20").isoformat()
    command = [sys.executable, "-m", "tierline", *words, when]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=DESKTOP) for _ in range(2)
    ]
    said = [msgspec.json.decode(each.communicate(timeout=120)[0]) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    made = [act["op_id"] for answer in said for act in answer["acts"]]
    assert len(made) == len(set(made)) == 80  # a prompt and an escalation each
    again = floor("three-line")
    for stored in again.replica.tickets.open():
        history = again.replica.tickets.operations(stored.ticket.id)
        moved = [e for r in history for e in r.operation.events if isinstance(e, ev.Escalated)]
        assert len(moved) == 1


def test_an_act_that_is_known_but_does_not_count_is_not_made_again(floor: Make) -> None:
    """The operation is in the journal and the ticket shows nothing of it (a hub refused it)."""
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    before = desk.ticket
    desk.run("2026-11-05 11:20")
    with desk.replica.writing() as writing:
        from tierline.storage.projection import project  # noqa: PLC0415

        stored = writing.stored(desk.id)
        assert stored is not None
        writing.project([(stored.seq, project(before, desk.policy))])
    assert desk.run("2026-11-05 11:21") == []
    assert desk.ticket.acted == ()


def test_catching_up_after_a_night_is_one_notice(floor: Make) -> None:
    desk = floor("three-line")
    for _ in range(3):
        desk.log("2026-11-04 11:20")
    report = desk.at("2026-11-06 08:00").desk.run_rules()
    assert report.counts == {"escalate": 3, "prompt": 3}
    assert report.sentence() == "3 escalated, 3 asked by the rules."
    assert desk.desk.run_rules().sentence() == ""


def test_a_clock_set_back_a_year_makes_nothing_act_and_shows(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.do("2026-11-05 11:00", cmd.Note(text="Still silent"))
    assert desk.run("2025-11-05 14:20") == []
    with desk.replica.writing() as writing:  # even where an old index said that it is due
        stored = writing.stored(desk.id)
        assert stored is not None
        from tierline.storage.projection import project  # noqa: PLC0415

        early = replace(project(stored.ticket, desk.policy), rule_at=desk.utc("2025-01-01 00:00"))
        writing.project([(stored.seq, early)])
    report = desk.at("2025-11-05 14:20").desk.run_rules()
    assert (report.made, report.held) == ((), (desk.ticket.number,))
    assert "check the time" in report.sentence()
    assert desk.run("2026-11-05 14:20") == ["first-line prompt", "first-line-stop escalate"]


def test_a_policy_changed_while_tickets_wait_in_a_status_it_no_longer_has(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.do("2026-11-04 12:20", cmd.ChangeStatus(status="awaiting-rebuild", reason="Image"))
    desk.close()
    again = floor("three-line", book=_book("three-line", _without("awaiting-rebuild")))
    again.id = desk.id
    again.at("2026-11-04 13:00")
    assert again.desk.recompute() == 1
    view = again.desk.open_ticket(again.id)
    assert view is not None
    assert [flag.kind for flag in view.flags] == ["unknown status"]
    assert again.run("2026-11-05 14:20") == ["first-line prompt", "first-line-stop escalate"]
    assert again.do("2026-11-05 14:30", cmd.ChangeStatus(status="in-progress")) is None
    view = again.desk.open_ticket(again.id)
    assert view is not None
    assert view.flags == ()


def test_an_unknown_status_from_an_import_is_kept_seen_and_worked_on(floor: Make) -> None:
    desk = floor("three-line")
    ticket = desk.log("2026-11-04 11:20")
    odd = evolve(ticket, ev.StatusChanged(at=desk.utc("2026-11-04 11:30"), status="Awaiting Moon"))
    with desk.replica.writing() as writing:
        from tierline.storage.projection import project  # noqa: PLC0415

        stored = writing.stored(desk.id)
        assert stored is not None
        writing.project([(stored.seq, project(odd, desk.policy))])
    view = desk.at("2026-11-04 12:00").desk.open_ticket(desk.id)
    assert view is not None
    assert "Awaiting Moon" in view.flags[0].text
    assert desk.run("2026-11-05 11:20") == ["first-line prompt"]
    assert desk.do("2026-11-05 11:30", cmd.Take()) is None


def test_an_emptied_list_of_reasons_takes_a_sentence_and_shows(floor: Make) -> None:
    desk = floor("three-line", book=_book("three-line", _no_reasons))
    desk.log("2026-11-04 11:20")
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert [flag.kind for flag in view.flags] == ["no reasons"]
    up = cmd.Escalate(tier=2, reason="", handover="Board is silent", message="We come.")
    refused = desk.do("2026-11-04 12:00", up)
    assert refused is not None
    assert refused.field == "reason"
    assert desk.do("2026-11-04 12:00", replace(up, reason="Needs a screwdriver")) is None


def test_a_rule_that_goes_round_in_circles_rests_and_a_lead_is_told(floor: Make) -> None:
    """Up by the rule, down by hand, up again: the fourth time someone has to look at it."""
    desk = floor("three-line", book=_book("three-line", _way_down))
    desk.log("2026-11-02 09:00")
    down = cmd.Escalate(tier=1, reason="back", handover="Nothing to do here", message="Back.")
    for day in (4, 6, 10, 12):
        done = desk.run(f"2026-11-{day:02} 12:00")
        if "first-line-stop loop" in done:
            break
        assert "first-line-stop escalate" in done
        assert desk.do(f"2026-11-{day:02} 12:00", down) is None
    assert desk.ticket.tier == 1
    (task,) = desk.ticket.tasks
    assert "again and again" in task.text
    assert desk.run("2026-12-24 12:00") == []
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert "rule loop" in [flag.kind for flag in view.flags]


def test_a_disk_that_refuses_loses_no_act(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    book = desk.book

    class Torn(PolicyBook):
        def get(self, name: str) -> Policy:
            raise RuntimeError(name)

    torn = Torn([desk.policy])
    with pytest.raises(RuntimeError):
        run(desk.replica, torn, desk.utc("2026-11-05 14:20"))
    assert desk.ticket.acted == ()
    assert did(run(desk.replica, book, desk.utc("2026-11-05 14:20"))) == [
        "first-line prompt",
        "first-line-stop escalate",
    ]


def _book(name: str, change: Callable[[dict[str, object]], None]) -> PolicyBook:
    """The bundled policies, one of them changed as a person might change its file."""
    book = bundled_book()
    file = msgspec.to_builtins(book.get(name).file)
    change(file)
    changed = Policy(msgspec.convert(file, type(book.get(name).file)))
    others = (book.get(each) for each in book.names() if each != name)
    return PolicyBook([changed, *others], name)


def _without(status: str) -> Callable[[dict[str, object]], None]:
    def change(file: dict[str, object]) -> None:
        statuses = file["statuses"]
        assert isinstance(statuses, dict)
        del statuses[status]
        clocks = file["clocks"]
        assert isinstance(clocks, dict)
        for clock in clocks.values():
            clock["pauses"] = [each for each in clock["pauses"] if each != status]

    return change


def _no_reasons(file: dict[str, object]) -> None:
    paths = file["escalations"]
    assert isinstance(paths, list | tuple)
    for path in paths:
        path["reasons"] = []


def _way_down(file: dict[str, object]) -> None:
    reasons = [{"key": "back", "text": "Not for this line"}]
    paths = file["escalations"]
    assert isinstance(paths, list | tuple)
    file["escalations"] = [*paths, {"from": 2, "to": 1, "reasons": reasons}]


def test_a_window_does_a_few_at_a_time_and_says_it_once(floor: Make) -> None:
    desk = floor("three-line")
    for _ in range(120):
        desk.log("2026-11-04 11:20")
    desk.at("2026-11-05 14:20")
    report = desk.desk.run_rules(most=50)
    rounds = 1
    while report.more:
        report = report.then(desk.desk.run_rules(most=50))
        rounds += 1
    assert rounds == 3
    assert report.sentence() == "120 escalated, 120 asked by the rules."


def test_nobody_takes_back_what_a_rule_did(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.at("2026-11-05 11:19:58")
    note = desk.desk.act(desk.id, cmd.Note(text="Looking"))
    report = desk.at("2026-11-05 11:20").desk.run_rules()
    answer = desk.desk.undo(report.made[0].op_id)
    assert "A rule of the policy did that." in str(answer)
    assert isinstance(note, Done)
    assert "A rule has acted on it since." in str(desk.desk.undo(note.op_id))


def test_tickets_from_the_future_keep_nobody_else_waiting(floor: Make) -> None:
    """The longest overdue ones cannot be acted on; those behind them are, and it ends."""
    desk = floor("three-line")
    for _ in range(3):
        desk.log("2026-11-04 11:20")
        desk.do("2026-11-20 11:00", cmd.Note(text="Written with a wrong clock"))
    desk.log("2026-11-04 11:30")
    report = desk.at("2026-11-05 14:30").desk.run_rules(most=1)
    assert len(report.held) == 3
    assert report.counts == {"escalate": 1, "prompt": 1}
    assert not report.more

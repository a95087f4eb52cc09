"""A technician at the console: takes, notes, filters, sorts, undoes, moves between panes by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tierline.domain import commands as cmd
from tierline.present.acts import TICKET, WINDOW

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    for at in range(6):
        log(desk, f"Label printer {at} prints blank", urgency=3 - at % 3)
    log(desk, "Scanner cannot reach dispatch", client="Marrowby Foods")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    yield made
    made.close()


def test_t_takes_the_current_ticket_and_t_again_releases_it(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    assert desktop.parts.queue.current_id() == first
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).assignee == "mira"
    assert desktop.made.console.ticket.current is not None
    assert desktop.made.console.ticket.current.mine
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).assignee == ""


def test_taking_a_ticket_up_starts_the_work_timer_and_releasing_it_stops_it(
    desktop: Desktop,
) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).timer_by == "mira"
    assert desktop.parts.status.timer.isVisible()
    desktop.desk.clock.turn(minutes=3)  # type: ignore[attr-defined]
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).timer_by == ""
    assert desktop.ticket(first).work == {1: 180}
    assert not desktop.parts.status.timer.isVisible()


def test_undoing_a_take_takes_its_timer_back(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_T)
    desktop.press(KEY.Key_Z, CTRL)
    assert (desktop.ticket(first).assignee, desktop.ticket(first).timer_by) == ("", "")
    assert not desktop.parts.status.timer.isVisible()


def test_a_timer_that_runs_elsewhere_goes_on_when_another_ticket_is_taken(
    desktop: Desktop,
) -> None:
    first, second = desktop.ids()[:2]
    desktop.press(KEY.Key_T)
    desktop.parts.queue.choose(second)
    desktop.settle()
    desktop.press(KEY.Key_T)
    assert desktop.ticket(second).assignee == "mira"
    assert [desktop.ticket(each).timer_by for each in (first, second)] == ["mira", ""]


def test_several_tickets_taken_at_once_start_no_timer(desktop: Desktop) -> None:
    desktop.press(KEY.Key_J, SHIFT)
    chosen = desktop.parts.queue.chosen_ids()
    desktop.press(KEY.Key_T)
    assert [desktop.ticket(each).assignee for each in chosen] == ["mira", "mira"]
    assert [desktop.ticket(each).timer_by for each in chosen] == ["", ""]


def test_the_keys_say_that_taking_starts_the_timer(desktop: Desktop) -> None:
    desktop.press(KEY.Key_F1)
    sheet = desktop.parts.book.current
    assert sheet is not None
    rows = {row.keys: row.text for row in sheet.left.rows if row.what}  # type: ignore[attr-defined]
    assert rows["T",] == "Take and start the timer, or release"


def test_ctrl_z_takes_the_act_back_within_ten_seconds(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_T)
    footer = desktop.parts.footer
    assert footer._stack.currentWidget() is footer._undo
    assert footer._undo.text.text() == f"Taken {desktop.ticket(first).number}."
    desktop.press(KEY.Key_Z, CTRL)
    assert desktop.ticket(first).assignee == ""
    assert footer._stack.currentWidget() is footer._hints


def test_after_ten_seconds_there_is_nothing_to_undo(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_T)
    later = desktop.desk.clock.turn(seconds=10)  # type: ignore[attr-defined]
    desktop.made.console.tick(later.timestamp())
    desktop.press(KEY.Key_Z, CTRL)
    assert desktop.ticket(first).assignee == "mira"
    assert "nothing to undo" in desktop.parts.footer._note.text.text()


def test_one_key_acts_on_all_that_are_selected_and_one_undo_takes_it_back(desktop: Desktop) -> None:
    desktop.press(KEY.Key_J, SHIFT)
    desktop.press(KEY.Key_J, SHIFT)
    chosen = desktop.parts.queue.chosen_ids()
    assert len(chosen) == 3
    desktop.press(KEY.Key_T)
    assert [desktop.ticket(each).assignee for each in chosen] == ["mira"] * 3
    assert desktop.parts.footer._undo.text.text() == "Taken 3 tickets."
    desktop.press(KEY.Key_Z, CTRL)
    assert [desktop.ticket(each).assignee for each in chosen] == [""] * 3


def test_letters_typed_in_a_text_field_are_text(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_N)
    assert desktop.window.panes.current() == "Composer"
    desktop.type("trecord w")
    desktop.settle()
    assert desktop.ticket(first).assignee == ""
    desktop.press(KEY.Key_Escape)
    assert desktop.parts.queue.hasFocus()
    assert desktop.parts.queue.current_id() == first


def test_a_note_is_in_the_history_after_ctrl_enter(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_N)
    desktop.type("Cleared the spooler")
    desktop.press(KEY.Key_Return, CTRL)
    view = desktop.desk.open_ticket(first)
    assert view is not None
    assert any("Cleared the spooler" in str(entry) for entry in view.timeline)
    assert view.drafts == ()


def test_a_slash_filters_and_escape_shows_all_again(desktop: Desktop) -> None:
    desktop.press(KEY.Key_Slash)
    assert desktop.parts.header.field.hasFocus()
    desktop.type("scanner")
    desktop.press(KEY.Key_Return)
    assert len(desktop.ids()) == 1
    assert desktop.parts.queue.hasFocus()
    desktop.press(KEY.Key_Escape)
    assert len(desktop.ids()) == 7


def test_a_filter_that_makes_no_sense_is_told_and_leaves_the_list(desktop: Desktop) -> None:
    desktop.press(KEY.Key_Slash)
    desktop.type("tier:many")
    desktop.press(KEY.Key_Return)
    assert len(desktop.ids()) == 7
    assert "tier:many" in desktop.parts.footer._note.text.text()


def test_a_filter_without_hits_says_how_to_clear_it(desktop: Desktop) -> None:
    desktop.press(KEY.Key_Slash)
    desktop.type("zebra")
    desktop.press(KEY.Key_Return)
    assert desktop.ids() == []
    assert desktop.parts.queue._empty_text == "No ticket matches. Clear filter (Esc)."


def test_g_then_a_letter_goes_to_a_view(desktop: Desktop) -> None:
    desktop.press(KEY.Key_G)
    desktop.press(KEY.Key_M)
    assert desktop.made.console.queue.state.view == "my"
    assert desktop.parts.header.name.text() == "My work"
    assert "T takes the top of Unassigned (7)" in desktop.parts.queue._empty_text
    desktop.press(KEY.Key_T)
    mine = desktop.desk.ids("my")
    assert isinstance(mine, list)
    assert len(mine) == 1


def test_sorting_by_subject_turns_round_the_second_time(desktop: Desktop) -> None:
    feed = desktop.made.console.queue
    desktop.parts.queue.sort_asked.emit(3)
    desktop.settle()
    subjects = [row.subject for row in desktop.desk.rows(desktop.ids())]
    assert subjects == sorted(subjects)
    desktop.parts.queue.sort_asked.emit(3)
    desktop.settle()
    assert [row.subject for row in desktop.desk.rows(desktop.ids())] == subjects[::-1]
    assert feed.state.descending


def test_f6_goes_round_the_panes_in_reading_order(desktop: Desktop) -> None:
    seen = [desktop.window.panes.current()]
    for _ in range(6):
        desktop.press(KEY.Key_F6)
        seen.append(desktop.window.panes.current())
    assert seen == ["Queue", "Ticket", "Composer", "Warnings", "Status", "Views", "Queue"]
    desktop.press(KEY.Key_F6, SHIFT)
    assert desktop.window.panes.current() == "Views"


def test_what_another_program_does_waits_while_the_list_is_looked_at(desktop: Desktop) -> None:
    before = desktop.ids()
    other = open_desk(desktop.folder, "tobias", desktop.desk.clock)  # type: ignore[arg-type]
    new = log(other, "A fresh one", impact=1, urgency=1)
    other.replica.close()
    desktop.made.console.pulse.beat()
    desktop.settle()
    assert desktop.ids() == before
    header = desktop.parts.header
    assert header.held.isVisible()
    assert header.held.text() == "Order held: 1 new"
    desktop.press(KEY.Key_Period)
    assert new in desktop.ids()
    assert not header.held.isVisible()
    assert desktop.parts.queue.current_id() == before[0]


def test_a_ticket_that_someone_takes_stays_in_its_row(desktop: Desktop) -> None:
    desktop.press(KEY.Key_G)
    desktop.press(KEY.Key_U)
    desktop.parts.queue.choose(desktop.ids()[2])
    desktop.settle()
    third = desktop.parts.queue.current_id()
    desktop.made.console.actor.act([third], cmd.Take())
    desktop.settle()
    assert desktop.ids()[2] == third
    assert desktop.parts.header.held.text() == "Order held: 1 gone"


def test_settings_come_back_with_the_next_run(
    desktop: Desktop, qtbot: QtBot, qapp: QApplication
) -> None:
    desktop.press(KEY.Key_G)
    desktop.press(KEY.Key_1)
    desktop.parts.queue.choose(desktop.ids()[3])
    desktop.settle()
    chosen = desktop.parts.queue.current_id()
    desktop.window.resize(1300, 800)
    desktop.parts.frame.divide([640, 471])
    QApplication.processEvents()
    sizes = desktop.parts.frame.sizes()
    desktop.window.close()
    again = Desktop(qtbot, qapp, desktop.folder)
    assert again.made.console.queue.state.view == "tier:1"
    assert again.parts.queue.current_id() == chosen
    assert (again.window.width(), again.window.height()) == (1300, 800)
    assert again.parts.frame.sizes() == sizes
    again.close()


def test_a_refused_act_says_why(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.made.console.actor.act([first], cmd.Close(confirmed_by="Elspeth"))
    desktop.settle()
    assert desktop.parts.footer._stack.currentWidget() is desktop.parts.footer._note


def test_the_work_timer_starts_and_stops_by_b(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_B)
    assert desktop.ticket(first).timer_by == "mira"
    assert desktop.parts.status.timer.isVisible()
    later = desktop.desk.clock.turn(minutes=12, seconds=31)  # type: ignore[attr-defined]
    desktop.made.ticker.tick.emit(later.timestamp())
    assert desktop.parts.status.timer._time.text() == "00:12:31"
    desktop.press(KEY.Key_B)
    assert desktop.ticket(first).timer_by == ""
    assert desktop.ticket(first).work[1] == 751
    assert not desktop.parts.status.timer.isVisible()


def test_the_demo_lives_through_the_pulse(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    mine = log(desk)
    played: list[str] = []

    def live(now: object) -> list[str]:
        del now
        desk.acting.act(mine, cmd.Note(text="lived"), desk.clock(), "tobias")
        played.append(mine)
        return [mine]

    made = Desktop(qtbot, qapp, tmp_path, desk=desk, live=live)
    made.made.console.pulse.beat()
    made.settle()
    assert played
    view = made.made.console.ticket.current
    assert view is not None
    assert any("lived" in str(entry) for entry in view.timeline)
    made.close()


def test_a_ticket_in_its_own_window_takes_a_note_and_follows(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.window.deeds.do("popout")
    desktop.settle()
    window = desktop.window._popped[first]
    assert desktop.ticket(first).number in window.windowTitle()
    window.pane.composed.emit(cmd.Note(text="From the second window"))
    desktop.settle()
    view = desktop.made.console.ticket.current
    assert view is not None
    assert any("From the second window" in str(entry) for entry in view.timeline)
    window.pane.act_asked.emit("take")
    desktop.settle()
    assert desktop.ticket(first).assignee == "mira"
    window.close()
    QApplication.processEvents()


def test_every_act_can_be_asked_for_at_any_time(desktop: Desktop) -> None:
    """Whatever the ticket allows, an act is done, opens its sheet, or says why not."""
    for act in (*TICKET, *WINDOW):
        desktop.window.deeds.do(act.name)
        desktop.settle()
        desktop.parts.book.leave()
        assert not desktop.parts.bands.messages, act
    for window in list(desktop.window._popped.values()):
        window.close()


def test_acts_without_any_ticket_say_so(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    made = Desktop(qtbot, qapp, tmp_path)
    for act in TICKET:
        made.window.deeds.do(act.name)
        made.settle()
    assert made.parts.footer._stack.currentWidget() is made.parts.footer._note
    assert made.desk.replica.tickets.count() == 0
    made.close()

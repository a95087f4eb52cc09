"""The sheets of a shared desk: what is unsent, what was refused, the password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START
from tests.qt.test_sync_window import OFFLINE, Joined
from tierline.domain import commands as cmd
from tierline.domain.events import Noted
from tierline.storage.sync_records import Aside
from tierline.system.secrets import Secret

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PASSWORD = "correct horse"
STOPPED = msgspec.structs.replace(
    OFFLINE, link="stopped", what="The password of mira was not accepted.",
    safe="Everything done here is kept.", todo="Type it once more.",
)  # fmt: skip


@pytest.fixture
def joined(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Joined]:
    made = Joined(qtbot, qapp, tmp_path, size=(1180, 760))
    yield made
    made.close()


def refused(joined: Joined, op_id: str, text: str, kind: str = "note") -> Aside:
    ticket = joined.tickets[0]
    number = joined.ticket(ticket).number
    return Aside(
        op_id=op_id, ticket_id=ticket, number=number, kind=kind, at=START, by="mira", text=text,
        why="Only a lead may do that.",
    )  # fmt: skip


def test_show_3_lists_every_act_by_ticket_with_its_text(joined: Joined) -> None:
    joined.desk.act(joined.tickets[1], cmd.Note(text="Switch in aisle 4\nhad no power."))
    joined.parts.link.show_button.click()
    sheet = joined.parts.book.current
    assert sheet is not None
    assert sheet.kind == "unsent"
    rows = sheet.list.rows  # type: ignore[attr-defined]
    heads = [row for row in rows if not row.icon]
    assert [row.words for row in heads] == [joined.ticket(t).number for t in joined.tickets]
    told = [row for row in rows if row.icon and row.ticket_id == joined.tickets[1]]
    assert [row.words for row in told] == ["Logged it by e-mail", "Note"]
    assert told[1].text == "Switch in aisle 4 had no power."
    assert told[1].time == "10:42"
    said = sheet.said.text()  # type: ignore[attr-defined]
    assert "When the connection is back" in said
    assert "both are kept" in said


def test_enter_opens_the_ticket_of_the_act_and_f5_tries(joined: Joined) -> None:
    joined.parts.link.show_button.click()
    sheet = joined.parts.book.current
    assert sheet is not None
    sheet.retry.click()  # type: ignore[attr-defined]
    assert joined.engine.tries == 1
    joined.press(KEY.Key_Down)
    joined.press(KEY.Key_Return)
    assert joined.parts.book.current is None
    assert joined.made.console.ticket.current_id == joined.tickets[1]


def test_a_refused_act_is_sent_again_as_it_was(joined: Joined) -> None:
    joined.sync.refused = [refused(joined, "op-1", "Closed it.", "close")]
    joined.counted.aside = 1
    joined.made.console.sync.poke()
    joined.settle()
    assert joined.parts.status.sync.attention.text() == "1 needs attention"
    joined.parts.status.sync.attention.click()
    sheet = joined.parts.book.current
    assert sheet is not None
    assert sheet.title.text() == "1 change was not accepted"
    assert sheet.why.text() == "The hub did not accept “close”. Your text is kept."  # type: ignore[attr-defined]
    assert sheet.list.rows[0].under == "Only a lead may do that."  # type: ignore[attr-defined]
    sheet.primary.click()
    joined.settle()
    assert joined.sync.settled == [("resend", "op-1")]
    assert sheet.none.isVisible()  # type: ignore[attr-defined]


def test_an_edited_text_goes_out_as_a_new_act(joined: Joined) -> None:
    joined.sync.refused = [refused(joined, "op-1", "Cabel checked")]
    joined.window.deeds.do("attention")
    sheet = joined.parts.book.current
    assert sheet is not None
    sheet.text.entry.setPlainText("Cable checked")  # type: ignore[attr-defined]
    sheet.primary.click()
    joined.settle()
    assert joined.sync.settled == [("withdraw", "op-1")]
    history = joined.desk.replica.tickets.operations(joined.tickets[0])
    texts = [e.text for r in history for e in r.operation.events if isinstance(e, Noted)]
    assert texts == ["Cable checked"]


def test_an_act_that_is_more_than_its_text_cannot_be_reworded(joined: Joined) -> None:
    joined.sync.refused = [refused(joined, "op-1", "Confirmed by Elspeth", "close")]
    joined.window.deeds.do("attention")
    sheet = joined.parts.book.current
    assert sheet is not None
    sheet.text.entry.setPlainText("Confirmed by Wes")  # type: ignore[attr-defined]
    sheet.primary.click()
    joined.settle()
    assert joined.sync.settled == []
    assert "cannot be changed here" in sheet.trouble.text()


@pytest.mark.parametrize(
    ("button", "way"), [("note_button", "note"), ("withdraw_button", "withdraw")]
)
def test_its_text_is_kept_as_a_note_or_it_is_withdrawn(
    joined: Joined, button: str, way: str
) -> None:
    joined.sync.refused = [
        refused(joined, "op-1", "Closed it.", "close"),
        refused(joined, "op-2", "Closed that.", "close"),
    ]
    joined.window.deeds.do("attention")
    sheet = joined.parts.book.current
    assert sheet is not None
    getattr(sheet, button).click()
    joined.settle()
    assert joined.sync.settled == [(way, "op-1")]
    assert sheet.act.op_id == "op-2"  # type: ignore[attr-defined]


def test_the_password_is_asked_for_without_a_dialog_in_the_way(joined: Joined) -> None:
    joined.engine.wants_password = True
    joined.say(STOPPED)
    sheet = joined.parts.book.current
    assert sheet is not None
    assert sheet.kind == "password"
    assert sheet.title.text() == "Password of mira"
    joined.press(KEY.Key_Escape)
    assert joined.parts.book.current is None
    joined.parts.queue.setFocus()
    joined.press(KEY.Key_T)
    assert joined.ticket(joined.ids()[0]).assignee == "mira"
    assert joined.parts.link.password_button.isVisible()
    joined.parts.link.password_button.click()
    assert joined.parts.book.current is sheet


def test_what_is_typed_leaves_as_a_secret_and_stays_nowhere(joined: Joined) -> None:
    joined.engine.wants_password = True
    joined.say(STOPPED)
    sheet = joined.parts.book.current
    assert sheet is not None
    joined.type(PASSWORD)
    keep = sheet.keep  # type: ignore[attr-defined]
    assert isinstance(keep, QCheckBox)
    assert keep.isChecked()
    joined.press(KEY.Key_Return)
    assert joined.engine.given == [(Secret(PASSWORD), True)]
    assert sheet.password.entry.text() == ""  # type: ignore[attr-defined]
    assert joined.parts.book.current is None
    joined.settle()
    assert PASSWORD.encode() not in b"".join(
        each.read_bytes() for each in joined.folder.rglob("*") if each.is_file()
    )


def test_without_a_keyring_it_says_so_and_offers_no_keeping(joined: Joined) -> None:
    joined.engine.wants_password = True
    joined.engine.keyring_trouble = "there is no keyring here"
    joined.say(STOPPED)
    sheet = joined.parts.book.current
    assert sheet is not None
    assert not sheet.keep.isVisible()  # type: ignore[attr-defined]
    assert sheet.trouble_note.text() == "There is no keyring here."  # type: ignore[attr-defined]
    joined.type(PASSWORD)
    joined.press(KEY.Key_Return)
    assert joined.engine.given == [(Secret(PASSWORD), False)]


def test_it_does_not_open_over_what_is_being_written(joined: Joined) -> None:
    joined.engine.wants_password = True
    joined.press(KEY.Key_N)
    joined.type("The switch in aisle 4")
    joined.say(STOPPED)
    assert joined.parts.book.current is None
    assert joined.parts.link.password_button.isVisible()


def test_the_inbox_of_conflicts_is_a_view(joined: Joined) -> None:
    joined.parts.status.sync.conflict.click()
    joined.settle()
    assert joined.made.console.queue.state.view == "conflicts"
    assert joined.ids() == []
    assert "Nothing is in conflict" in joined.parts.queue._empty_text

"""The window of a shared desk: band, status bar, age of the list, and F5; nothing when alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import START, log, open_desk
from tests.fakes.engines import HandEngine, HandSync
from tierline.domain import commands as cmd
from tierline.present.queue_model import SPOKEN
from tierline.storage.sync_records import Applied
from tierline.sync.hub import Presence
from tierline.sync.status import SyncStatus
from tierline.widgets.sheets.palette_entries import Habits, Offers

LOST = START - timedelta(minutes=10)
ONLINE = SyncStatus(
    link="online", hub="db.example.org/desk", login="mira", last_sync=START, caught_up=True
)
OFFLINE = msgspec.structs.replace(ONLINE, link="offline", since=LOST, caught_up=False)


class Joined(Desktop):
    """A console on a joined desk; `engine` says what the hub does, `counted` what waits."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, **more: object) -> None:
        desk = open_desk(folder)
        self.tickets = [log(desk, f"Label printer {at} prints blank") for at in range(3)]
        self.sync = HandSync(pending=3, conflicts=1)
        self.counted = self.sync.counted
        desk.replica.sync = self.sync  # type: ignore[attr-defined]
        desk.standing = OFFLINE
        self.engine = HandEngine()
        super().__init__(qtbot, app, folder, desk=desk, engine=self.engine, **more)
        self.qtbot.waitUntil(lambda: self.engine.started)
        self.settle()

    def say(self, status: SyncStatus) -> None:
        """The engine says this, and the window has heard it."""
        self.engine.say(status)
        self.qtbot.waitUntil(lambda: self.desk.standing.present == status.present)
        self.qtbot.waitUntil(lambda: self.desk.standing.link == status.link)
        self.settle()


def test_a_number_that_is_not_here_is_looked_for_on_the_hub_and_opened_when_it_comes(
    joined: Joined,
) -> None:
    joined.say(ONLINE)
    offers = Offers(joined.desk, None, joined.desk.counts(), Habits())
    wanted = [row for row in offers.rows("#CS0000077") if row.what == "seek"]
    assert [row.value for row in wanted] == ["CS0000077"]
    joined.parts.book.chosen.emit(wanted[0].what, wanted[0].value)
    assert joined.engine.sought == ["CS0000077"]
    joined.made.console.sync.arrived.emit(tuple(joined.tickets))  # others came, it did not
    joined.settle()
    shown = joined.parts.ticket.ticket_id
    other = next(each for each in joined.tickets if each != shown)
    stored = joined.desk.replica.tickets.get(other)
    assert stored
    joined.parts.book.chosen.emit("seek", stored.ticket.number)
    joined.made.console.sync.arrived.emit((other,))
    joined.qtbot.waitUntil(lambda: joined.parts.ticket.ticket_id == other)


def test_offline_nothing_is_offered_to_look_for(joined: Joined) -> None:
    offers = Offers(joined.desk, None, joined.desk.counts(), Habits())
    assert not [row for row in offers.rows("#CS0000077") if row.what == "seek"]


@pytest.fixture
def joined(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Joined]:
    made = Joined(qtbot, qapp, tmp_path, size=(1180, 760))
    yield made
    made.made.hub.set_scale(100)
    made.close()


def test_a_desk_that_is_alone_says_nothing_of_a_hub(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    alone = Desktop(qtbot, qapp, tmp_path, desk=open_desk(tmp_path))
    assert alone.parts.link.isHidden()
    assert alone.parts.status.sync.isHidden()
    assert alone.parts.status.desk.isVisible()
    assert not alone.parts.header.age.isVisible()
    alone.press(Qt.Key.Key_F5)
    assert "nothing to send" in alone.parts.footer._note.text.text()
    alone.close()


def test_offline_the_band_and_the_bar_say_what_the_design_says(joined: Joined) -> None:
    parts = joined.parts
    assert parts.link.isVisible()
    assert parts.link.accessibleName() == (
        "Offline since 10:32. Keep working. "
        "3 changes are saved on this laptop and go out by themselves."
    )
    assert parts.link.show_button.text() == "Show 3"
    assert parts.status.sync.link.text() == "Offline"
    assert parts.status.sync.waiting.text() == "3 changes pending"
    assert parts.status.sync.conflict.text() == "1 conflict"
    assert parts.status.sync.last.text() == "Last sync 10:42:08"
    assert parts.status.sync.clock.text() == "Clock known to 1 s"
    assert not parts.status.desk.isVisible()
    assert not parts.status.saved.isVisible()
    assert parts.header.age.text() == "as of 10:42"


def test_online_again_the_band_goes_and_nothing_is_marked(joined: Joined) -> None:
    joined.counted.pending = 0
    joined.say(ONLINE)
    assert not joined.parts.link.isVisible()
    assert joined.parts.status.sync.plain.text() == "Online"
    assert not joined.parts.status.sync.waiting.isVisible()
    assert not joined.parts.header.age.isVisible()


def test_f5_and_the_button_try_at_once(joined: Joined) -> None:
    joined.parts.queue.setFocus()
    joined.press(Qt.Key.Key_F5)
    joined.parts.link.retry_button.click()
    joined.settle()
    assert joined.engine.tries == 2


def test_an_act_pokes_the_engine_once_it_is_on_the_disk(joined: Joined) -> None:
    joined.counted.pending = 4
    joined.press(Qt.Key.Key_T)
    assert joined.engine.pokes >= 1
    assert joined.parts.link.show_button.text() == "Show 4"


def test_a_ticket_that_came_is_painted_anew(joined: Joined) -> None:
    first = joined.ids()[0]
    joined.desk.act(first, cmd.Take())
    joined.engine.status = OFFLINE
    joined.engine.bring(Applied(tickets=(first,)))
    joined.qtbot.waitUntil(lambda: bool(joined.made.console.queue.model.row_at(0)))
    joined.settle()
    model = joined.made.console.queue.model
    row = model.row_at(model.position(first))
    assert row is not None
    assert row.mine


def test_offline_each_unsent_act_is_marked_and_online_none(joined: Joined) -> None:
    first = joined.ids()[0]
    joined.sync.unsent = {first: 2}
    joined.desk.act(first, cmd.Note(text="Switch in aisle 4 had no power."))
    joined.made.console.changed(())
    joined.settle()
    model, pane = joined.made.console.queue.model, joined.parts.ticket
    row = model.row_at(model.position(first))
    assert row is not None
    assert (row.gutter, row.status_note) == ("cloud-upload", "2 unsent")
    assert "2 unsent" in str(model.data(model.index(0, 3), SPOKEN))
    assert pane._view is not None
    assert pane._view.unsent == 2  # it was logged, and noted on
    assert [entry.mark for entry in pane._view.timeline if entry.op_id] == ["unsent", "unsent"]
    assert "2 unsent" in pane.head.accessibleName()
    joined.say(ONLINE)
    row = model.row_at(model.position(first))
    assert row is not None
    assert (row.gutter, row.status_note) == ("", "")
    assert pane._view.unsent == 0
    assert {entry.mark for entry in pane._view.timeline} == {""}


def test_rules_rest_until_the_desk_is_online_and_caught_up(joined: Joined) -> None:
    ran: list[int] = []
    joined.desk.run_rules = lambda most=0: ran.append(most)  # type: ignore[method-assign,assignment]
    joined.made.console.rules.run()
    joined.say(msgspec.structs.replace(ONLINE, caught_up=False))
    joined.made.console.rules.run()
    assert ran == []


def test_a_stop_is_amber_and_keeps_the_desk_usable(joined: Joined) -> None:
    joined.say(
        msgspec.structs.replace(
            OFFLINE, link="stopped", what="The password of mira was not accepted.",
            safe="Everything done here is kept.", todo="Type it once more.",
        )
    )  # fmt: skip
    assert joined.parts.link.words is not None
    assert joined.parts.link.words.tone == "soon"
    assert "not accepted. Everything done here is kept." in joined.parts.link.accessibleName()
    joined.press(Qt.Key.Key_T)
    assert joined.ticket(joined.tickets[0]).assignee or joined.ids()


@pytest.mark.parametrize(("wide", "scale"), [(1180, 100), (1180, 200), (720, 100), (1440, 150)])
def test_no_word_of_the_band_is_cut(joined: Joined, wide: int, scale: int) -> None:
    joined.made.hub.set_scale(scale)
    joined.window.resize(wide, 760)
    joined.settle()
    band = joined.parts.link
    assert band._text is not None
    last = band._text.layout.lineAt(band._text.lines - 1)
    assert last.textStart() + last.textLength() == len(band._text.layout.text())
    assert band.height() >= band._text.high
    for button in (band.show_button, band.retry_button):
        assert band.rect().contains(button.geometry())


def test_f6_reaches_the_bands_buttons(joined: Joined) -> None:
    joined.parts.link.show_button.setFocus()
    assert joined.window.panes.current() == "Link"


def test_who_else_has_the_ticket_open_is_in_its_head(joined: Joined) -> None:
    ticket = joined.ids()[0]
    joined.parts.queue.choose(ticket)
    joined.settle()
    assert joined.engine.viewing == (Presence(ticket_id=ticket, login="mira", mode="reading"),)
    hana = Presence(ticket_id=ticket, login="hana", mode="reading")
    joined.say(msgspec.structs.replace(ONLINE, present=(hana,)))
    assert joined.parts.ticket.head.accessibleDescription() == "Hana is reading"
    joined.press(Qt.Key.Key_N)
    assert joined.engine.viewing[0].mode == "writing"
    joined.say(msgspec.structs.replace(ONLINE, present=(), done=1))
    assert joined.parts.ticket.head.accessibleDescription() == ""


def test_closing_stops_the_engine(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    made = Joined(qtbot, qapp, tmp_path)
    made.close()
    assert made.engine.stopped

"""Two real consoles on one hub: what one does the other sees, offline too, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log
from tests.fakes.shared_desks import SharedDesks
from tierline.desk.rows import QueueRow
from tierline.domain import commands as cmd

KEY = Qt.Key
PATIENCE = 60_000


class Pair:
    """Mira at the desk, Ravi in a basement."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.shared = SharedDesks(folder)
        mira = self.shared.desk("mira")
        self.ticket = log(mira, "Scanners cannot reach dispatch")
        self.mira = self.shared.console(qtbot, app, mira, size=(1180, 760))
        self.ravi = self.shared.console(qtbot, app, self.shared.desk("ravi"), size=(1180, 760))
        self.both = (self.mira, self.ravi)
        self.wait(lambda: all(each.ids() == [self.ticket] for each in self.both))
        self.wait(lambda: all(each.desk.standing.link == "online" for each in self.both))
        for each in self.both:
            each.parts.queue.choose(self.ticket)

    def wait(self, over: object) -> None:
        self.qtbot.waitUntil(over, timeout=PATIENCE)
        for each in (self.mira, self.ravi):
            each.settle()

    def activate(self, who: Desktop) -> None:
        who.window.activateWindow()
        self.qtbot.waitUntil(who.window.isActiveWindow, timeout=PATIENCE)

    def offline(self) -> None:
        self.shared.networks["ravi"].cut()
        self.wait(lambda: self.ravi.desk.standing.link == "offline")

    def online(self) -> None:
        self.shared.networks["ravi"].up = True
        self.ravi.window.deeds.do("sync")
        self.wait(lambda: self.ravi.desk.standing.link == "online")
        self.wait(lambda: self.ravi.desk.standing.pending == 0)

    def act(self, who: Desktop, command: cmd.Command) -> None:
        who.made.console.actor.act([self.ticket], command)
        who.settle()

    def row(self, who: Desktop) -> QueueRow:
        """The ticket as that person's list shows it."""
        model = who.made.console.queue.model
        row = model.row_at(model.position(self.ticket))
        assert row is not None
        return row

    def notes(self, who: Desktop) -> list[str]:
        view = who.desk.open_ticket(self.ticket)
        assert view is not None
        return [entry.text for entry in view.timeline if entry.kind == "note"]

    def close(self) -> None:
        for each in self.both:
            each.close()


@pytest.fixture
def pair(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(qtbot, qapp, tmp_path)
    yield made
    made.close()


def test_an_act_is_on_the_others_screen(pair: Pair) -> None:
    pair.activate(pair.mira)
    pair.mira.parts.queue.setFocus()
    pair.mira.press(KEY.Key_T)
    pair.wait(lambda: pair.ravi.ticket(pair.ticket).assignee == "mira")
    pair.wait(lambda: pair.row(pair.ravi).assignee == "Mira O.")


def test_offline_one_goes_on_and_on_return_it_goes_out(pair: Pair) -> None:
    pair.offline()
    pair.act(pair.ravi, cmd.Note(text="Switch in aisle 4 had no power."))
    pair.wait(lambda: pair.ravi.desk.standing.pending == 1)
    pair.wait(lambda: pair.row(pair.ravi).gutter == "cloud-upload")
    assert pair.row(pair.ravi).status_note == "1 unsent"
    pair.online()
    pair.wait(lambda: "Switch in aisle 4 had no power." in pair.notes(pair.mira))
    pair.wait(lambda: pair.row(pair.ravi).gutter == "")


def test_two_who_changed_the_same_see_one_card_and_one_answer_settles_it(pair: Pair) -> None:
    pair.offline()
    pair.act(pair.ravi, cmd.Prioritise(priority=2, reason="one shift cannot scan"))
    pair.act(pair.mira, cmd.Prioritise(priority=1, reason="dispatch stopped, whole site"))
    pair.wait(lambda: pair.mira.desk.standing.pending == 0)
    pair.online()
    pair.wait(lambda: bool(pair.mira.ticket(pair.ticket).conflicts))
    for each in pair.both:
        pair.wait(lambda each=each: each.parts.ticket.conflicts.card.isVisible())
        card = each.parts.ticket.conflicts.card.card
        assert card is not None
        assert card.title == "Two people changed the priority"
        assert [side.priority for side in card.sides] == [2, 1]
        assert [side.kept for side in card.sides] == [False, True]
        assert each.ticket(pair.ticket).priority == 1
        assert each.parts.status.sync.conflict.text() == "1 conflict"
    mine = pair.ravi.parts.ticket.conflicts.card.card
    assert mine is not None
    assert mine.sides[0].who == "You"
    pair.activate(pair.ravi)
    pair.ravi.parts.ticket.head.setFocus()
    pair.ravi.press(KEY.Key_2)
    for each in pair.both:
        pair.wait(lambda each=each: each.ticket(pair.ticket).priority == 2)
        pair.wait(lambda each=each: not each.parts.ticket.conflicts.card.isVisible())
        pair.wait(lambda each=each: each.parts.status.sync.conflict.text() == "")


def test_who_else_is_on_the_ticket_and_writes_is_said_and_taken_back(pair: Pair) -> None:
    def ravi_reads(words: str) -> None:
        polls = count()

        def so() -> bool:
            if not next(polls) % 10:
                pair.ravi.made.console.sync.try_now()  # the next heartbeat, now
            return pair.ravi.parts.ticket.head.accessibleDescription() == words

        pair.wait(so)

    ravi_reads("Mira is reading")
    pair.activate(pair.mira)
    pair.mira.parts.queue.setFocus()
    pair.mira.press(KEY.Key_N)
    ravi_reads("Mira is writing")
    pair.mira.press(KEY.Key_Escape)
    ravi_reads("Mira is reading")
    pair.mira.made.console.sync.stop()
    ravi_reads("")


def test_closing_offline_keeps_what_was_done_for_the_next_run(
    pair: Pair, qapp: QApplication
) -> None:
    pair.offline()
    pair.act(pair.ravi, cmd.Note(text="Written in the basement."))
    desk = pair.ravi.desk
    state = desk.replica.sync.state()
    assert desk.replica.sync.counts().pending == 1
    assert state.login == "ravi"

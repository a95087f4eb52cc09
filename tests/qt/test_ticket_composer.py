"""Writing on a ticket: drafts that never get lost, and sending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, log
from tests.qt.ticket_scene import TicketScene
from tierline.domain import commands as cmd
from tierline.storage.records import Draft
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket import spent
from tierline.widgets.ticket.composer import Composer
from tierline.widgets.ticket.drafts import DraftTimer
from tierline.widgets.ticket.writing import MOST, Writing

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_scale(100)


class Heard:
    """What the pane asks for and hands out; `saves` keeps drafts on the desk as the window does."""

    def __init__(self, scene: TicketScene, *, saves: bool = False) -> None:
        self.commands: list[cmd.Command] = []
        self.drafts: list[tuple[str, str, str]] = []
        self._scene, self._saves = scene, saves
        scene.pane.composed.connect(self.commands.append)
        scene.pane.drafted.connect(self._drafted)

    def _drafted(self, kind: str, text: str) -> None:
        scene = self._scene
        self.drafts.append((scene.pane.ticket_id, kind, text))
        if self._saves:
            scene.pane.draft_saved(scene.desk.save_draft(scene.pane.ticket_id, kind, text))


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> TicketScene:
    return TicketScene(qtbot, hub, tmp_path)


def composer(scene: TicketScene) -> Composer:
    return scene.pane.composer


def box(scene: TicketScene) -> Writing:
    shown = composer(scene)._stack.currentWidget()
    assert isinstance(shown, Writing)
    return shown


def said(scene: TicketScene) -> str:
    return composer(scene)._tabs._said


def test_a_draft_goes_out_when_the_keys_pause(scene: TicketScene, qtbot: QtBot) -> None:
    scene.pane.compose("note")
    with qtbot.waitSignal(scene.pane.drafted, timeout=30_000) as told:
        QTest.keyClicks(box(scene), "Cleared")
    assert told.args == ["note", "Cleared"]


def test_a_pause_of_400_ms_or_a_second_of_typing_saves() -> None:
    holder = QObject()
    timer = DraftTimer(holder)
    assert (timer._idle.interval(), timer._most.interval()) == (400, 1000)


def test_a_pause_is_enough(qtbot: QtBot) -> None:
    holder = QObject()
    timer = DraftTimer(holder, idle_ms=10, most_ms=3_600_000)
    with qtbot.waitSignal(timer.due, timeout=30_000):
        timer.touch()
    assert not timer.pending


def test_it_does_not_wait_for_a_pause_while_keys_keep_coming(qtbot: QtBot) -> None:
    holder = QObject()
    timer, keys = DraftTimer(holder, idle_ms=3_600_000, most_ms=50), QTimer(holder)
    keys.timeout.connect(timer.touch)
    with qtbot.waitSignal(timer.due, timeout=30_000):
        timer.touch()
        keys.start(5)
    keys.stop()


def test_no_draft_without_a_key(scene: TicketScene, qtbot: QtBot) -> None:
    heard = Heard(scene)
    scene.pane.compose("message")
    scene.show()
    composer(scene)._saver.flush()
    assert heard.drafts == []


def test_the_composer_says_when_the_draft_was_saved(scene: TicketScene) -> None:
    heard = Heard(scene, saves=True)
    assert said(scene) == "No draft"
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "Cleared 2 of 4")
    assert said(scene) == ""
    composer(scene)._saver.flush()
    assert said(scene) == "Draft saved 10:42:08"
    assert heard.drafts == [(scene.id, "note", "Cleared 2 of 4")]


def test_a_draft_saved_before_the_last_key_is_not_called_saved(scene: TicketScene) -> None:
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "a")
    scene.pane.draft_saved(Draft(scene.id, "note", "a", 0, START))
    assert said(scene) == ""


def test_drafts_are_there_again(scene: TicketScene) -> None:
    scene.desk.save_draft(scene.id, "message", "Hi Elspeth")
    other = log(scene.desk, "Scanner")
    scene.show(other)
    assert box(scene).toPlainText() == ""
    scene.show()
    assert composer(scene).kind == "message"
    assert box(scene).toPlainText() == "Hi Elspeth"
    assert said(scene) == "Draft saved 10:42:08"


def test_going_to_another_ticket_saves_under_the_one_it_was_written_on(
    scene: TicketScene,
) -> None:
    heard = Heard(scene, saves=True)
    other = log(scene.desk, "Scanner")
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "on the first")
    scene.show(other)
    assert heard.drafts == [(scene.id, "note", "on the first")]
    assert box(scene).toPlainText() == ""
    scene.show()
    assert box(scene).toPlainText() == "on the first"
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "X")
    scene.pane.show_ticket(None)
    assert heard.drafts[-1] == (scene.id, "note", "on the firstX")


def test_a_refresh_of_the_ticket_leaves_what_is_being_written(scene: TicketScene) -> None:
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "half a sen")
    scene.act(cmd.Note(text="Someone else wrote meanwhile."))
    scene.show()
    assert box(scene).toPlainText() == "half a sen"
    QTest.keyClicks(box(scene), "tence")
    assert box(scene).toPlainText() == "half a sentence"


def test_each_tab_keeps_its_own_text(scene: TicketScene) -> None:
    for kind in ("note", "message", "time"):
        scene.pane.compose(kind)
        assert composer(scene).kind == kind
        assert box(scene).hasFocus()
        QTest.keyClicks(box(scene), kind)
    for kind in ("note", "message", "time"):
        scene.pane.compose(kind)
        assert box(scene).toPlainText() == kind


def test_ctrl_enter_sends_and_the_text_stays_until_it_is_done(scene: TicketScene) -> None:
    heard = Heard(scene)
    scene.pane.compose("message")
    QTest.keyClicks(box(scene), "It prints again.")
    QTest.keyClick(box(scene), KEY.Key_Return, CTRL)
    assert heard.commands == [
        cmd.Message(text="It prints again.", channel="mail", to="Elspeth Marlow")
    ]
    assert box(scene).toPlainText() == "It prints again."
    scene.pane.sent("message")
    assert box(scene).toPlainText() == ""
    assert heard.drafts[-1] == (scene.id, "message", "")
    assert said(scene) == "No draft"


def test_a_text_changed_since_it_was_sent_is_not_cleared(scene: TicketScene) -> None:
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "One")
    composer(scene).send()
    QTest.keyClicks(box(scene), " more")
    scene.pane.sent("note")
    assert box(scene).toPlainText() == "One more"


def test_what_is_done_late_clears_nothing_on_another_ticket(scene: TicketScene) -> None:
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "One")
    composer(scene).send()
    other = log(scene.desk, "Scanner")
    scene.show(other)
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "One")
    scene.pane.sent("note")
    assert box(scene).toPlainText() == "One"


def test_nothing_is_sent_without_words(scene: TicketScene) -> None:
    heard = Heard(scene)
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "   ")
    QTest.keyClick(box(scene), KEY.Key_Return, CTRL)
    assert heard.commands == []
    send = composer(scene)._foot._send
    assert not send.isEnabled()
    assert send.accessibleDescription() == "Write something first."


def test_a_plan_is_marked_once(scene: TicketScene) -> None:
    heard = Heard(scene)
    scene.pane.compose("note")
    QTest.keyClicks(box(scene), "Change the ribbon")
    QTest.keyClick(composer(scene)._foot._plan, KEY.Key_Space)
    QTest.keyClick(composer(scene)._foot._plan, KEY.Key_Return, CTRL)
    scene.pane.sent("note")
    assert heard.commands == [cmd.Note(text="Change the ribbon", plan=True)]
    assert not composer(scene)._foot.plan


def test_by_phone_when_chosen(scene: TicketScene) -> None:
    heard = Heard(scene)
    scene.pane.compose("message")
    composer(scene)._foot.set_channel("phone")
    assert composer(scene)._foot._to.text() == "Elspeth, on the phone"
    QTest.keyClicks(box(scene), "Told her.")
    composer(scene).send()
    assert [getattr(each, "channel", "") for each in heard.commands] == ["phone"]


def test_time_needs_an_amount_and_keeps_it_in_the_draft(scene: TicketScene) -> None:
    heard = Heard(scene, saves=True)
    scene.pane.compose("time")
    QTest.keyClicks(box(scene), "Ribbon")
    composer(scene).send()
    assert heard.commands == []
    assert composer(scene)._foot._time.hasFocus()
    QTest.keyClicks(composer(scene)._foot._time, "1h 30m")
    composer(scene)._saver.flush()
    other = log(scene.desk, "Scanner")
    scene.show(other)
    scene.show()
    assert composer(scene).text("time") == "1h 30m\nRibbon"
    QTest.keyClick(composer(scene)._foot._time, KEY.Key_Return)
    assert heard.commands == [cmd.LogTime(seconds=5400, text="Ribbon")]
    scene.pane.sent("time")
    assert composer(scene).text("time") == ""


@pytest.mark.parametrize(
    ("typed", "seconds"), [("15m", 900), ("20", 1200), ("1:30", 5400), (" 1h 5m ", 3900)]
)
def test_an_amount_is_understood(typed: str, seconds: int) -> None:
    assert spent.seconds(typed) == seconds
    assert spent.problem(typed) == ""


@pytest.mark.parametrize("typed", ["", "0", "soon", "2bd", "-5m", "25h", "99999999999999m", "1:75"])
def test_what_is_no_amount_says_what_would_be(typed: str) -> None:
    assert spent.problem(typed).endswith(".")
    with pytest.raises(ValueError):
        spent.seconds(typed)


def test_the_hint_says_what_it_does_to_the_clocks(scene: TicketScene) -> None:
    hints = {}
    for kind in ("note", "message", "time"):
        scene.pane.compose(kind)
        hints[kind] = composer(scene)._foot._hint
    assert hints["note"] == "colleagues only, no clock changes"
    assert "update clock" in hints["message"] or "response" in hints["message"]
    assert hints["time"]


def test_a_paste_is_text_only_and_a_huge_one_is_refused_whole(scene: TicketScene) -> None:
    scene.pane.compose("note")
    rich = QMimeData()
    rich.setHtml("<b>bold</b>")
    rich.setText("bold\x00\u202e <i>")
    box(scene).insertFromMimeData(rich)
    assert box(scene).toPlainText() == "bold <i>"
    huge = QMimeData()
    huge.setText("x" * 10_000_000)
    box(scene).insertFromMimeData(huge)
    assert box(scene).toPlainText() == "bold <i>"
    assert "too long to paste" in said(scene)
    fitting = QMimeData()
    fitting.setText("y" * (MOST // 2))
    box(scene).insertFromMimeData(fitting)
    assert len(box(scene).toPlainText()) > MOST // 2


def test_the_box_grows_with_its_text_up_to_a_limit(scene: TicketScene) -> None:
    scene.pane.compose("note")
    empty = box(scene).height()
    box(scene).insertPlainText("line\n" * 5)
    some = box(scene).height()
    box(scene).insertPlainText("line\n" * 50)
    assert empty < some < box(scene).height() < 200


def test_a_low_pane_shows_the_box_only_where_one_writes(
    qtbot: QtBot, hub: ThemeHub, tmp_path: Path
) -> None:
    scene = TicketScene(qtbot, hub, tmp_path, high=400)
    assert not composer(scene)._stack.isVisible()
    scene.pane.compose("note")
    QApplication.processEvents()
    assert box(scene).isVisible()
    assert box(scene).hasFocus()
    assert not scene.pane.clocks.isVisible()
    QTest.keyClicks(box(scene), "kept")
    scene.pane.head.setFocus()
    QApplication.processEvents()
    assert not composer(scene)._stack.isVisible()
    assert scene.pane.clocks.isVisible()
    scene.pane.compose("note")
    assert box(scene).toPlainText() == "kept"


def test_a_day_old_draft_still_says_its_time(scene: TicketScene) -> None:
    scene.pane.draft_saved(Draft(scene.id, "note", "a", 0, START + timedelta(seconds=4)))
    assert said(scene) == "Draft saved 10:42:12"

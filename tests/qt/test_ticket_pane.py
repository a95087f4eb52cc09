"""The pane as a whole: what it shows, what it asks for, and that it costs nothing when hidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import log
from tests.qt.ticket_scene import TicketScene
from tierline.domain import commands as cmd
from tierline.widgets.controls import Button
from tierline.widgets.theme import ThemeHub


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_mode("light")
    made.set_scale(100)


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[TicketScene]:
    hub.set_scale(100)
    yield TicketScene(qtbot, hub, tmp_path)
    hub.set_mode("light")
    hub.set_scale(100)


def button(scene: TicketScene, text: str) -> Button:
    found = [b for b in scene.pane.findChildren(Button) if b.text() == text and b.isVisible()]
    assert len(found) == 1, text
    return found[0]


def picture(scene: TicketScene) -> QImage:
    QApplication.processEvents()
    return scene.window.grab().toImage()


def test_every_button_asks_for_its_act(scene: TicketScene) -> None:
    asked: list[str] = []
    scene.pane.act_asked.connect(asked.append)
    for text in ("Release", "Escalate", "Consult", "Wait for…", "Resolve"):
        QTest.mouseClick(button(scene, text), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(scene, "Identify"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(scene, "Why this deadline?"), Qt.MouseButton.LeftButton)
    scene.pane.head._copy.click()
    scene.pane.head._pop.click()
    assert asked == [
        *("release", "escalate", "consult", "wait", "resolve"),
        *("verify", "why", "copy", "popout"),
    ]


def test_another_ones_ticket_offers_take(scene: TicketScene) -> None:
    other = log(scene.desk, "Scanner")
    scene.show(other)
    assert button(scene, "Take").isEnabled()
    assert "Release" not in [
        b.text() for b in scene.pane.acts.findChildren(Button) if b.isVisible()
    ]


def test_a_resolved_ticket_offers_reopen_and_close(scene: TicketScene) -> None:
    scene.act(cmd.Resolve(steps="Changed the ribbon.", message="It prints again."))
    scene.show()
    shown = [b.text() for b in scene.pane.acts.findChildren(Button) if b.isVisible()]
    assert {"Re-open", "Close"} <= set(shown)
    assert "Escalate" not in shown


def test_a_disabled_act_says_why(scene: TicketScene) -> None:
    scene.act(cmd.Resolve(steps="Changed the ribbon.", message="It prints again."))
    scene.act(cmd.Close(confirmed_by="Elspeth Marlow"))
    scene.show()
    close = button(scene, "Close")
    assert not close.isEnabled()
    assert scene.view().action("close").reason in close.accessibleDescription()
    assert close.toolTip().startswith("<p")


def test_more_has_the_rest_and_those_that_are_not_allowed_last(scene: TicketScene) -> None:
    menu = scene.pane.acts.menu()
    kinds = [action.data() for action in menu.actions()]
    assert {"assign", "prioritise", "cancel", "reopen", "close"} <= set(kinds)
    assert not {"release", "take", "note", "escalate"} & set(kinds)
    enabled = [action.isEnabled() for action in menu.actions()]
    assert enabled == sorted(enabled, reverse=True)
    asked: list[str] = []
    scene.pane.act_asked.connect(asked.append)
    next(action for action in menu.actions() if action.data() == "assign").trigger()
    assert asked == ["assign"]
    menu.deleteLater()


@pytest.mark.parametrize("wide", [330, 420, 500, 900])
def test_no_act_is_lost_at_any_width(scene: TicketScene, wide: int) -> None:
    scene.window.resize(wide, 756)
    QApplication.processEvents()
    bar = scene.pane.acts
    shown = [b for b in bar.findChildren(Button) if b.isVisible()]
    menu = bar.menu()
    words = {b.text() for b in shown} | {a.text().split("\t")[0] for a in menu.actions()}
    assert {"Release", "Escalate", "Consult", "Wait for…", "Resolve"} <= words
    for each in shown:
        assert bar.rect().contains(each.geometry())
    for one in shown:
        assert not any(one.geometry().intersects(b.geometry()) for b in shown if b is not one)
    menu.deleteLater()


def test_without_a_ticket_it_says_what_to_do(scene: TicketScene, hub: ThemeHub) -> None:
    full = picture(scene)
    scene.pane.show_ticket(None)
    assert scene.pane.ticket_id == ""
    assert not scene.pane.head.isVisible()
    empty = picture(scene)
    assert empty != full
    colours = {empty.pixelColor(x, y).name() for x in range(120, 380, 2) for y in range(330, 400)}
    assert hub.theme.ink2.name() in colours


def test_missing_details_are_listed_with_the_way_to_fill_them_in(scene: TicketScene) -> None:
    assert not scene.pane.missing.isVisible()
    quick = log(scene.desk, "Everything is down", contact="", later=True)
    scene.show(quick)
    missing = scene.view(quick).missing
    assert missing
    assert scene.pane.missing.isVisible()
    for _, word in missing:
        assert word in scene.pane.missing.accessibleName()
    with qt_signal(scene) as asked:
        button(scene, "Fill in").click()
    assert asked == ["fill"]


class qt_signal:  # noqa: N801 - reads as a statement
    """What the pane asks for meanwhile."""

    def __init__(self, scene: TicketScene) -> None:
        self.scene = scene
        self.asked: list[str] = []

    def __enter__(self) -> list[str]:
        self.scene.pane.act_asked.connect(self.asked.append)
        return self.asked

    def __exit__(self, *_: object) -> None:
        self.scene.pane.act_asked.disconnect(self.asked.append)


def test_every_part_says_what_it_is(scene: TicketScene) -> None:
    pane = scene.pane
    assert pane.accessibleName() == "Ticket CS0000001"
    assert "P2 High, CS0000001, Label printer prints blank" in pane.head.accessibleName()
    assert "1st line, here: Mira" in pane.stepper.accessibleName()
    assert pane.clocks.accessibleName().startswith("Clocks: ")
    assert "Elspeth Marlow, Manager" in pane.parties.accessibleName()
    assert pane.timeline.accessibleName() == f"Timeline, {len(scene.view().timeline)} entries"
    for each in pane.findChildren(Button):
        assert each.accessibleName() or each.text()


def test_focus_goes_to_the_head_where_the_single_keys_work(scene: TicketScene) -> None:
    scene.pane.setFocus()
    assert scene.pane.head.hasFocus()


def test_nothing_ticks_while_hidden(scene: TicketScene) -> None:
    assert scene.ticker.running
    scene.window.hide()
    assert not scene.ticker.running
    scene.window.show()
    assert scene.ticker.running
    scene.pane.show_ticket(None)
    assert not scene.ticker.running


def test_a_low_pane_folds_its_panels_into_the_head(scene: TicketScene) -> None:
    pane = scene.pane
    assert pane.stepper.isVisible()
    scene.window.resize(516, 560)
    QApplication.processEvents()
    assert not pane.stepper.isVisible()
    assert not pane.parties.isVisible()
    assert pane.timeline.height() > 100
    scene.window.resize(516, 756)
    QApplication.processEvents()
    assert pane.stepper.isVisible()


@pytest.mark.parametrize(
    ("scale", "wide", "high"), [(100, 500, 756), (150, 760, 756), (200, 900, 640)]
)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_follows_theme_and_text_size(
    scene: TicketScene, hub: ThemeHub, mode: str, scale: int, wide: int, high: int
) -> None:
    before = picture(scene)
    hub.set_mode(mode)
    hub.set_scale(scale)
    scene.window.resize(wide, high)
    QApplication.processEvents()
    drawn = picture(scene)
    assert (drawn == before) == (mode == "light" and scale == 100)
    assert drawn.pixelColor(3, 3) == hub.theme.pane
    parts = [part for part in scene.pane._parts() if part.isVisible()]
    for above, below in pairwise(parts):
        assert above.geometry().bottom() < below.geometry().top()
    assert parts[-1].geometry().bottom() < scene.pane.height()
    for each in scene.pane.findChildren(Button):
        if each.isVisible() and each.text():
            assert each.width() >= each.sizeHint().width() or each is scene.pane.composer._foot._to


def test_hostile_text_is_shown_as_text_and_quickly(scene: TicketScene, qtbot: QtBot) -> None:
    nasty = '<img src="file:///etc/hostname"><b>x</b>\x00\u202egnp.exe\u202c 😀'
    other = log(scene.desk, nasty, description=nasty * 50, contact=nasty, client=nasty)
    scene.show(other)
    for name in (scene.pane.head.accessibleName(), scene.pane.parties.accessibleName()):
        assert "\u202e" not in name
        assert "\x00" not in name
    for tip in (scene.pane.head.toolTip(), scene.pane.parties.toolTip()):
        assert "<img" not in tip
        assert "&lt;img" in tip
    scene.window.grab()

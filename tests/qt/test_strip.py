"""The warnings strip: what it shows, what a card asks for, and that it never shifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes.desks import TurnedClock, done, log, open_desk
from tests.qt.ticket_scene import hosted
from tierline.desk.warnings import Card, Strip
from tierline.domain import commands as cmd
from tierline.present.ticker import Ticker
from tierline.storage.records import Client
from tierline.widgets.strip.calm import coming_text
from tierline.widgets.strip.card import CardView
from tierline.widgets.strip.herald import Herald
from tierline.widgets.strip.pulse import HALVES, Pulse
from tierline.widgets.strip.strip import WarningsStrip
from tierline.widgets.theme import ThemeHub

KEY = Qt.Key


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_mode("light")
    made.set_scale(100)


class Scene:
    """A strip over a desk with three tickets over, four soon; one of the first is a P1."""

    def __init__(self, qtbot: QtBot, hub: ThemeHub, folder: Path) -> None:
        self.clock = TurnedClock()
        self.desk = open_desk(folder, clock=self.clock)
        client = Client(name="Pellow & Voss Legal", policy="tiered")
        self.desk.replica.directory.put_clients((client,))
        self.clock.turn(minutes=-110)
        self._log_all()
        self.ticker = Ticker(self.seconds)
        self.strip = WarningsStrip(hub, self.ticker)
        self.strip.set_people(self.desk.people.first, self.desk.me)
        self.window = hosted(qtbot, self.strip, 1440, 72)
        self.told: list[tuple[str, object]] = []
        self._listen()

    def seconds(self) -> float:
        return self.clock.now.timestamp()

    def _log_all(self) -> None:
        log(self.desk, "VPN", impact=2, urgency=2)
        mine = log(self.desk, "Printer", impact=2, urgency=2)
        done(self.desk.act(mine, cmd.Take()))
        self.clock.turn(minutes=5)
        log(self.desk, "Scanners", impact=1, urgency=1)
        self.clock.turn(minutes=55)
        for at in range(4):
            made = log(self.desk, f"Mail {at}", impact=2, urgency=2)
            if at == 1:
                done(self.desk.act(made, cmd.Assign(assignee="priya")))
        self.clock.turn(minutes=50)

    def _listen(self) -> None:
        strip, told = self.strip, self.told
        strip.opened.connect(lambda card: told.append(("opened", card)))
        strip.acted.connect(lambda card: told.append(("acted", card)))
        strip.put_off.connect(lambda card: told.append(("off", card)))
        strip.acknowledged.connect(lambda card: told.append(("acknowledged", card)))
        strip.all_asked.connect(lambda level: told.append(("all", level)))

    def warnings(self) -> Strip:
        """Those of one clock: a ticket may have a card for each."""
        found = self.desk.strip(everyone=True)
        over, soon = (
            tuple(card for card in cards if card.clock == "response")
            for cards in (found.over, found.soon)
        )
        return found._replace(over=over, soon=soon)

    def show(self) -> Strip:
        found = self.warnings()
        self.strip.show_strip(found)
        QApplication.processEvents()
        return found

    def views(self) -> list[CardView]:
        return [view for view in self.strip._cards if view.isVisible()]

    def shown(self) -> list[Card]:
        return [view.card for view in self.views() if view.card]


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Scene:
    return Scene(qtbot, hub, tmp_path)


def test_two_of_each_line_and_the_rest_as_a_number(scene: Scene) -> None:
    found = scene.show()
    assert (len(found.over), len(found.soon)) == (3, 4)
    assert scene.shown() == [*found.over[:2], *found.soon[:2]]
    words = {level: button.text() for level, button in scene.strip._more.items()}
    assert words == {"over": "1 more", "soon": "2 more"}
    scene.strip._more["soon"].click()
    assert scene.told == [("all", "soon")]
    assert scene.strip.accessibleName() == "Warnings, 7 tickets"


def test_each_card_has_one_action_by_its_name(scene: Scene) -> None:
    found = scene.show()
    by_action = {card.action: card for card in (*found.over, *found.soon)}
    assert {"take", "message", "ask"} <= set(by_action)
    texts = {}
    for action, card in by_action.items():
        scene.strip.show_strip(Strip((card,), (), 0))
        view = scene.views()[0]
        texts[action] = view._act.text()
        view._act.click()
        assert scene.told[-1] == ("acted", card)
    assert texts["take"] == "Take"
    assert texts["message"] == "Message"
    assert texts["ask"] == "Ask Priya"


def test_a_click_beside_the_buttons_opens_the_ticket(scene: Scene) -> None:
    scene.show()
    view = scene.views()[1]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    assert scene.told == [("opened", view.card)]


def test_f8_goes_round_and_enter_runs_the_action(scene: Scene) -> None:
    scene.show()
    order = []
    for _ in range(5):
        scene.strip.next()
        order.append(scene.views().index(next(v for v in scene.views() if v.hasFocus())))
    assert order == [0, 1, 2, 3, 0]
    scene.strip.previous()
    assert scene.views()[3].hasFocus()
    QTest.keyClick(scene.views()[3], KEY.Key_Return)
    assert scene.told == [("acted", scene.views()[3].card)]
    scene.strip.run_action()
    assert scene.told[-1] == ("acted", scene.views()[3].card)


def test_previous_begins_at_the_end(scene: Scene) -> None:
    scene.show()
    scene.strip.previous()
    assert scene.views()[-1].hasFocus()


def test_the_pane_is_entered_at_the_most_urgent_card(scene: Scene) -> None:
    scene.show()
    scene.strip.clearFocus()
    scene.strip.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert scene.views()[0].hasFocus()


def test_what_is_soon_is_snoozed_and_what_is_over_is_acknowledged(scene: Scene) -> None:
    found = scene.show()
    over, soon = scene.views()[1], scene.views()[2]
    assert soon._off.accessibleName() == f"Snooze {found.soon[0].number}"
    soon.setFocus()
    scene.strip.snooze()
    assert scene.told[-1] == ("off", found.soon[0])
    assert over._off.accessibleName() == f"Acknowledge {found.over[1].number}"
    over.setFocus()
    scene.strip.snooze()
    assert scene.told[-1] == ("acknowledged", found.over[1])


def test_what_a_colleague_put_off_says_so(scene: Scene) -> None:
    found = scene.show()
    until = scene.clock.now + timedelta(minutes=5)
    off = found.soon[0]._replace(
        snoozed_by="priya", snoozed_until=until, snooze_reason="She calls back"
    )
    scene.strip.show_strip(Strip((), (off,), 0))
    said = f"snoozed until {until:%H:%M} by Priya: She calls back"
    assert said in scene.views()[0].accessibleName()


def test_a_p1_is_acknowledged_and_not_snoozed(scene: Scene) -> None:
    scene.show()
    view = scene.views()[0]
    assert view.card is not None
    assert view.card.priority == 1
    assert view._off.accessibleName() == f"Acknowledge {view.card.number}"
    view.setFocus()
    scene.strip.snooze()
    assert scene.told == [("acknowledged", view.card)]
    done(scene.desk.act(view.card.ticket_id, cmd.Acknowledge(clock=view.card.clock)))
    scene.show()
    assert not scene.views()[0]._off.isVisible()
    assert "acknowledged" in scene.views()[0].accessibleName()


def test_the_keyboard_follows_its_warning(scene: Scene) -> None:
    found = scene.show()
    scene.views()[3].setFocus()
    kept = scene.views()[3].card
    scene.strip.show_strip(found._replace(soon=found.soon[1:]))
    QApplication.processEvents()
    focused = next(view for view in scene.views() if view.hasFocus())
    assert focused.card == kept
    scene.strip.show_strip(found._replace(soon=found.soon[2:]))
    assert scene.strip.hasFocus()


def test_nothing_shifts(scene: Scene, hub: ThemeHub) -> None:
    found = scene.show()
    for strip in (found, found._replace(over=()), Strip((), (), 0)):
        scene.strip.show_strip(strip)
        assert scene.strip.height() == 72
    scene.strip.set_calm(True)
    for strip in (found, Strip((), (), 0)):
        scene.strip.show_strip(strip)
        assert scene.strip.height() == 38
    scene.strip.show_strip(found)
    assert scene.shown() == list(found.over[:2])
    assert scene.strip._more["over"].text() == "5 more"


def test_calm_says_what_comes_next_and_counts_down(scene: Scene) -> None:
    found = scene.show()
    coming = found.soon[0]._replace(level="next")
    scene.strip.show_strip(Strip((), (), 0, coming))
    assert scene.views() == []
    assert scene.strip.accessibleName() == "Warnings, none"
    text = scene.strip._coming
    assert text.startswith(f"Next is {coming.number}, response in ")
    assert text.endswith(coming.client)
    scene.ticker.tick.emit(scene.clock.turn(seconds=1).timestamp())
    assert scene.strip._coming != text
    assert coming_text(Strip((), (), 0), 0.0) == "Nothing counts down."


def test_a_second_changes_the_figures(scene: Scene) -> None:
    scene.show()
    before = [view._look.text for view in scene.views()]
    scene.ticker.tick.emit(scene.clock.turn(seconds=1).timestamp())
    after = [view._look.text for view in scene.views()]
    assert before[2:] != after[2:]


def test_nothing_ticks_while_hidden(scene: Scene) -> None:
    scene.show()
    assert scene.ticker.running
    scene.window.hide()
    assert not scene.ticker.running
    assert not scene.strip._pulse.running
    scene.window.show()
    assert scene.ticker.running


def test_only_an_unacknowledged_p1_pulses_and_for_ten_seconds(scene: Scene) -> None:
    scene.show()
    pulse = scene.strip._pulse
    assert pulse.running
    lit = []
    for _ in range(HALVES):
        lit.append([view._lit for view in scene.views()])
        pulse.step()
    assert not pulse.running
    assert lit[0] == [True, False, False, False]
    assert lit[1] == [False, False, False, False]
    assert sum(each[0] for each in lit) == HALVES // 2
    scene.show()
    assert not pulse.running


def test_a_p1_that_is_acknowledged_stops_at_once(scene: Scene) -> None:
    found = scene.show()
    seen = found.over[0]._replace(acknowledged="mira")
    scene.strip.show_strip(found._replace(over=(seen, *found.over[1:])))
    assert not scene.strip._pulse.running
    assert not any(view._lit for view in scene.views())


def test_nothing_pulses_with_reduced_motion(scene: Scene) -> None:
    scene.strip.set_reduced_motion(True)
    scene.show()
    assert not scene.strip._pulse.running
    pulse = Pulse(scene.window)
    pulse.allowed = False
    pulse.start()
    assert not pulse.lit


def test_new_warnings_are_announced_once(scene: Scene) -> None:
    said: list[tuple[str, bool]] = []
    scene.strip._herald = Herald(lambda words, assertive: said.append((words, assertive)))
    found = scene.warnings()
    scene.strip.show_strip(found._replace(over=(), soon=found.soon[:1]))
    assert said == []
    scene.strip.show_strip(found._replace(soon=found.soon[:2]))
    assert said[0][0].startswith("P1, CS0000003, response over by")
    assert said[0][1]
    assert said[1:] == [("3 new warnings", False)]
    said.clear()
    scene.strip.show_strip(found._replace(soon=found.soon[:2]))
    assert said == []
    scene.strip.show_strip(found._replace(soon=found.soon[:3]))
    assert said[0][0].startswith("P2, ")
    assert not said[0][1]


@pytest.mark.parametrize(("scale", "per_line"), [(100, 2), (150, 1), (200, 1)])
def test_one_card_a_line_from_150_percent(
    scene: Scene, hub: ThemeHub, scale: int, per_line: int
) -> None:
    hub.set_scale(scale)
    found = scene.show()
    try:
        assert scene.strip.height() == 72 * scale // 100
        assert scene.shown() == [*found.over[:per_line], *found.soon[:per_line]]
        for view in scene.views():
            assert scene.strip.rect().contains(view.geometry())
            for button in view.findChildren(QPushButton):
                assert view.rect().contains(button.geometry())
                assert button.width() >= button.sizeHint().width()
    finally:
        hub.set_scale(100)


def test_the_theme_is_followed(scene: Scene, hub: ThemeHub) -> None:
    scene.strip.set_reduced_motion(True)
    scene.show()
    light = scene.window.grab().toImage()
    hub.set_mode("dark")
    dark = scene.window.grab().toImage()
    assert dark.pixelColor(4, 60) == hub.theme.win
    hub.set_mode("light")
    assert dark != light


def test_hostile_names_are_text(scene: Scene) -> None:
    found = scene.show()
    nasty = found.soon[0]._replace(client="<img src=x>\u202e\x00" + "w" * 100_000)
    scene.strip.show_strip(Strip((), (nasty,), 0))
    view = scene.views()[0]
    assert "\u202e" not in view.accessibleName()
    assert "<img" not in view.toolTip()
    scene.window.grab()


def test_ten_thousand_warnings_are_four_cards_and_a_count(scene: Scene) -> None:
    (first, *_), soon = scene.desk.strip().over, scene.desk.strip().soon
    over = tuple(first._replace(ticket_id=f"t{n}", number=f"CS{n:07}") for n in range(10_000))
    scene.strip.show_strip(Strip(over, soon, 0))
    QApplication.processEvents()
    shown = [view for view in scene.strip.findChildren(CardView) if view.isVisible()]
    assert len(shown) == 4
    more = [button.text() for button in scene.strip.findChildren(QPushButton) if button.isVisible()]
    assert any("9998" in text.replace("\u202f", "").replace(",", "") for text in more), more
    assert not scene.window.grab().isNull()

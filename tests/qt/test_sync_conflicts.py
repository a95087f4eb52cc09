"""The card of a conflict: both sides in words, three answers by key or click, never in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.conflict_cards import CATEGORY, PRIORITY, STATUS, WORDS
from tests.qt.ticket_scene import hosted
from tierline.desk.conflicts import ConflictWords
from tierline.widgets import fonts
from tierline.widgets.sync_parts.conflict_look import plan_side
from tierline.widgets.sync_parts.conflicts import Conflicts
from tierline.widgets.theme import ThemeHub

KEY = Qt.Key


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    fonts.load()
    made = ThemeHub(qapp, "light")
    yield made
    made.set_mode("light")
    made.set_scale(100)


class Scene:
    def __init__(self, qtbot: QtBot, hub: ThemeHub, wide: int = 516) -> None:
        self.part = Conflicts(hub)
        self.window = hosted(qtbot, self.part, wide, 600)
        self.answered: list[tuple[str, str]] = []
        self.part.settled.connect(lambda key, choice: self.answered.append((key, choice)))

    def show(self, *cards: ConflictWords) -> None:
        self.part.show_cards(cards)
        self.part.show()
        QApplication.processEvents()


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub) -> Scene:
    hub.set_scale(100)
    return Scene(qtbot, hub)


def test_without_a_conflict_nothing_is_there(scene: Scene) -> None:
    scene.show()
    assert not scene.part.any
    assert scene.part.first_key == ""
    assert not scene.part.card.isVisible()


def test_the_card_says_both_sides_to_eye_and_ear(scene: Scene) -> None:
    scene.show(PRIORITY)
    said = scene.part.card.accessibleName()
    assert said.startswith("Two people changed the priority, it was P3.")
    assert "You, 10:02, offline, P2, one shift cannot scan, fix would be due Fri 09:21" in said
    assert "dispatch stopped, whole site, fix due today 13:21, kept now" in said
    assert [button.text() for button in scene.part.card.buttons] == [
        "Keep P1", "Use mine, P2", "Keep P1, note both"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "choice"), [(KEY.Key_1, "keep"), (KEY.Key_2, "mine"), (KEY.Key_3, "both")]
)
def test_the_digits_answer_while_the_keys_are_in_the_card(
    scene: Scene, key: Qt.Key, choice: str
) -> None:
    scene.show(PRIORITY)
    scene.part.card.buttons[0].setFocus()
    QTest.keyClick(scene.part.card.buttons[0], key)
    assert scene.answered == [("op-priority", choice)]


def test_a_click_answers_and_other_keys_do_not(scene: Scene) -> None:
    scene.show(PRIORITY)
    scene.part.card.buttons[1].click()
    QTest.keyClick(scene.part.card.buttons[0], KEY.Key_4)
    QTest.keyClick(scene.part.card.buttons[0], KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert scene.answered == [("op-priority", "mine")]


def test_of_several_the_first_is_shown_until_it_is_answered(scene: Scene) -> None:
    scene.show(PRIORITY, STATUS, CATEGORY)
    assert scene.part.first_key == "op-priority"
    assert scene.part.card._more == 1
    scene.part.card.buttons[0].setFocus()
    scene.show(STATUS, CATEGORY)
    assert scene.part.first_key == "op-status"
    assert scene.part.card.buttons[0].hasFocus()
    scene.show(CATEGORY)
    assert not scene.part.card.isVisible()
    assert scene.part.first_key == "op-category"


def test_a_light_conflict_is_a_line_with_a_way_back(scene: Scene) -> None:
    scene.show(CATEGORY)
    assert not scene.part.card.isVisible()
    assert scene.part.lines.accessibleName() == CATEGORY.line
    take, keep = scene.part.lines.buttons[0]
    take.click()
    keep.click()
    assert scene.answered == [("op-category", "mine"), ("op-category", "keep")]
    assert keep.accessibleName() == "Keep Network"


@pytest.mark.parametrize(("wide", "scale"), [(516, 100), (516, 200), (320, 100), (1100, 200)])
def test_everything_is_inside_and_nothing_lies_over_anything(
    qtbot: QtBot, hub: ThemeHub, wide: int, scale: int
) -> None:
    hub.set_scale(scale)
    made = Scene(qtbot, hub, wide)
    many = [numbered(CATEGORY, str(at)) for at in range(4)]
    made.show(PRIORITY, *many)
    card, lines = made.part.card, made.part.lines
    assert card.geometry().bottom() < lines.geometry().top()
    assert made.part.height() >= lines.geometry().bottom()
    boxes = [button.geometry() for button in card.buttons]
    assert all(card.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    sides = card._sides_high()
    assert min(box.top() for box in boxes) >= sides
    for pair in lines.buttons:
        assert all(lines.rect().contains(button.geometry()) for button in pair)
    assert made.window.grab().width() == wide


def numbered(card: ConflictWords, key: str) -> ConflictWords:
    return card._replace(key=key)


def test_low_down_the_answers_stay(scene: Scene) -> None:
    scene.show(PRIORITY)
    high = scene.part.height()
    scene.part.set_dense(True)
    assert scene.part.height() < high
    assert all(button.isVisible() for button in scene.part.card.buttons)


def test_of_two_long_texts_the_words_that_differ_stand_out(hub: ThemeHub) -> None:
    hub.set_scale(100)
    mine, theirs = WORDS.sides
    plan = plan_side(mine, theirs, hub, 240, mirrored=False)
    formats = plan.body.layout.formats()
    text = plan.body.layout.text()
    strong = [
        text[f.start : f.start + f.length].strip()  # type: ignore[attr-defined]
        for f in formats
        if f.format.font().weight() >= 600  # type: ignore[attr-defined]
    ]
    assert strong == ["at all"]


def test_markup_and_controls_in_a_text_are_shown_as_they_are(scene: Scene) -> None:
    nasty = "<b>x</b>\u202egpj.exe\x00" * 40
    sides = tuple(side._replace(text=nasty) for side in PRIORITY.sides)
    scene.show(PRIORITY._replace(sides=sides))
    assert scene.window.grab().width() == 516
    assert scene.part.card.height() < 400

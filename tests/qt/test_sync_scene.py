"""The design's picture of an engineer offline, made by two desks, one hub and a real conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.offline_scene import OfflineScene


@pytest.fixture
def scene(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OfflineScene]:
    made = OfflineScene(qtbot, qapp, tmp_path, size=(1180, 760))
    made.open()
    yield made
    made.console.made.hub.set_scale(100)
    made.close()


def test_the_totals_agree_with_each_other(scene: OfflineScene) -> None:
    parts = scene.console.parts
    assert parts.link.accessibleName() == (
        "Offline since 10:21. Keep working. "
        "3 changes are saved on this laptop and go out by themselves."
    )
    rows = [scene.console.made.console.queue.model.row_at(at) for at in range(10)]
    notes = {row.number: row.status_note for row in rows if row and row.gutter == "cloud-upload"}
    assert notes == {"CS0012372": "2 unsent", "CS0012355": "1 unsent"}
    view = parts.ticket._view
    assert view is not None
    assert view.unsent == 2
    assert [entry.mark for entry in view.timeline if entry.mark] == ["conflict", "unsent", "unsent"]
    assert parts.status.sync.conflict.text() == "1 conflict"
    assert parts.header.age.text() == "as of 10:19"
    assert "Clocks run on this laptop while offline" in parts.strip._remark


def test_the_card_says_what_each_does_to_the_deadline(scene: OfflineScene) -> None:
    card = scene.console.parts.ticket.conflicts.card.card
    assert card is not None
    assert (card.title, card.was) == ("Two people changed the priority", "it was P3")
    assert card.known == "from the 10:19 sync"
    you, dana = card.sides
    assert (you.who, you.when, you.priority, you.text) == (
        "You", "10:02, offline", 2, "one shift cannot scan"
    )  # fmt: skip
    assert (dana.who, dana.when, dana.kept) == ("Dana Whitlock", "10:05", True)
    assert you.effect == "fix would be due Fri 09:21"
    assert dana.effect == "fix due 13:21"


@pytest.fixture
def large(scene: OfflineScene) -> OfflineScene:
    """Twice the text size, where a laptop has no room for card and history."""
    scene.console.made.hub.set_scale(200)
    scene.console.parts.frame.open_ticket(True)
    scene.console.settle()
    return scene


def test_with_large_text_the_card_takes_the_place_of_the_history(large: OfflineScene) -> None:
    pane = large.console.parts.ticket
    card, place = pane.conflicts.card, pane.met
    assert place.isVisible()
    assert not pane.timeline.isVisible()
    assert len(card._plans) == 2, "both sides can be read"
    first = card.buttons[0]
    first.setFocus()
    place.ensureWidgetVisible(first)
    top = first.mapTo(place, first.rect().topLeft()).y()
    assert 0 <= top <= place.height() - first.height()
    large.console.press(Qt.Key.Key_1)
    assert not place.isVisible()
    assert pane.timeline.isVisible()


def test_who_writes_with_large_text_reads_a_word_for_the_card(large: OfflineScene) -> None:
    pane = large.console.parts.ticket
    large.console.window.activateWindow()
    pane.head.setFocus()
    large.console.press(Qt.Key.Key_N)
    assert pane.composer.writing
    assert not pane.met.isVisible()
    assert pane.head._met == 1
    pane.head.setFocus()
    large.console.settle()
    assert pane.met.isVisible()
    large.console.made.hub.set_scale(100)
    large.console.settle()
    assert pane.met.isVisible()
    assert pane.timeline.isVisible()
    assert pane.head._met == 0

"""Two consoles and a wallboard on one PostgreSQL, while one is offline in a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.server_scene import ServerScene
from tests.fakes.servers import running
from tests.sync.hubs.server_place import Server
from tierline.desk.conflicts import ConflictWords


@pytest.fixture
def scene(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[ServerScene]:
    with running() as server:
        made = ServerScene(qtbot, qapp, tmp_path, Server(server))
        yield made
        made.close()


def _card(who: Desktop) -> ConflictWords:
    card = who.parts.ticket.conflicts.card
    assert card.isVisible()
    assert card.card is not None
    return card.card


def test_I5_both_are_told_and_the_desk_goes_on_with_what_stands(scene: ServerScene) -> None:
    for who, sides in ((scene.ravi, ["You", "Dana Whitlock"]), (scene.dana, ["Ravi Menon", "You"])):
        assert _card(who).title == "Two people changed the priority"
        assert [side.who for side in _card(who).sides] == sides
        assert [side.kept for side in _card(who).sides] == [False, True]
        assert who.ticket(scene.scene.ticket).priority == 1
    assert _card(scene.ravi).known == "from the 10:19 sync"
    assert _card(scene.dana).known == "", "in touch, it is as of now"
    assert scene.ravi.desk.standing.link == "offline"
    assert scene.ravi.desk.standing.pending == 3
    assert scene.dana.desk.standing.link == "online"
    assert scene.board.cells[1, 2].total == 1
    assert scene.board.everything.total == 10


def test_the_clocks_stay_beside_the_card(scene: ServerScene) -> None:
    for who in (scene.ravi, scene.dana):
        pane = who.parts.ticket
        assert pane.clocks.isVisible()
        assert pane.conflicts.height() == pane.conflicts.card.height()

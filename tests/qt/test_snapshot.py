"""The pictures for machines without a display: all three, in full size, of the desk as it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.fakes.desks import log, open_desk
from tierline.app.snapshot import render
from tierline.widgets.theme import DARK, LIGHT


def test_three_pictures_and_nothing_else(qapp: QApplication, tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "desk")
    for at in range(20):
        log(desk, f"Label printer {at} prints blank")
    out = tmp_path / "pictures"
    paths = render(desk, out)
    names = ["console-light.png", "console-dark.png", "wallboard.png"]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    light, dark, board = (QImage(str(path)) for path in paths)
    assert (light.width(), light.height()) == (dark.width(), dark.height()) == (1440, 900)
    assert (board.width(), board.height()) == (1920, 1080)
    # The middle of the list's ground, between two rows of words.
    assert light.pixelColor(188 + 190, 44 + 44 + 26 + 2) != dark.pixelColor(378, 116)
    assert light.pixelColor(4, 300) == LIGHT.win
    assert dark.pixelColor(4, 300) == DARK.win
    assert board.pixelColor(4, 4) == LIGHT.win
    assert light.pixelColor(1000, 500) != light.pixelColor(4, 300)

"""A story as pictures: one after each sentence, captioned with it, and a page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from tierline.widgets import fonts

PAD, LINE, BAND = 24, 28, 24
_INK, _QUIET, _PAPER = QColor("#17202A"), QColor("#54606C"), QColor("#FFFFFF")
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Tierline, told in pictures</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2em auto; color: #17202A }}
img {{ width: 100%; border: 1px solid #CBD2D8 }} li {{ margin: 0 0 2em }} small {{ color: #54606C }}
</style>
<h1>Tierline, told in pictures</h1>
<p>{stories} stories in {sentences} sentences, each played by keys on the whole program.</p>
<ul>{contents}</ul>
{chapters}
</html>
"""


class Scene(NamedTuple):
    """One sentence of a story, what was pressed for it, and its picture's file name."""

    story: str
    sentence: str
    pressed: str
    picture: str


class Album:
    """Pictures in one folder, numbered in the order they were taken."""

    def __init__(self, folder: Path) -> None:
        """The folder is made if it is not there."""
        self.folder = folder
        self.scenes: list[Scene] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, story: str, sentence: str, pressed: Sequence[str], window: QWidget) -> None:
        """Keep what the window shows, a menu over it too, with the sentence below."""
        fonts.load()
        name = f"{len(self.scenes) + 1:03d}.png"
        scene = Scene(story, sentence, "  ".join(pressed), name)
        if not _captioned(_seen(window), scene).save(str(self.folder / name)):
            raise OSError(self.folder / name)
        self.scenes.append(scene)

    def bind(self) -> Path:
        """Write the page that shows all of them; where it is."""
        stories = dict.fromkeys(scene.story for scene in self.scenes)
        links = (f'<li><a href="#{n}">{escape(name)}</a></li>' for n, name in enumerate(stories))
        chapters = (self._chapter(n, name) for n, name in enumerate(stories))
        page = self.folder / "index.html"
        text = _PAGE.format(
            stories=len(stories),
            sentences=len(self.scenes),
            contents="\n".join(links),
            chapters="\n".join(chapters),
        )
        page.write_text(text, encoding="utf-8")
        return page

    def _chapter(self, at: int, name: str) -> str:
        told = "\n".join(
            f"<li>{escape(scene.sentence)}<br><small>{escape(scene.pressed)}</small>"
            f'<img loading="lazy" src="{scene.picture}" alt="{escape(scene.sentence)}"></li>'
            for scene in self.scenes
            if scene.story == name
        )
        return f'<h2 id="{at}">{escape(name)}</h2>\n<ol>{told}</ol>'


def _seen(window: QWidget) -> QPixmap:
    picture = window.grab()
    menu = QApplication.activePopupWidget()
    if menu is not None:
        painter = QPainter(picture)
        painter.drawPixmap(window.mapFromGlobal(menu.pos()), menu.grab())
        painter.end()
    return picture


def _captioned(seen: QPixmap, scene: Scene) -> QPixmap:
    wide = seen.width()
    words = fonts.font(20, fonts.SEMIBOLD)
    room = QRectF(0, 0, wide - 2 * PAD, 10 * LINE)
    flags = Qt.TextFlag.TextWordWrap
    high = fonts.metrics(20, fonts.SEMIBOLD).boundingRect(room, flags, scene.sentence).height()
    made = QPixmap(wide, round(seen.height() + high + LINE + 2 * BAND))
    made.fill(_PAPER)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, seen)
    top = seen.height() + BAND
    painter.setFont(words)
    painter.setPen(_INK)
    painter.drawText(QRectF(PAD, top, wide - 2 * PAD, high), flags, scene.sentence)
    painter.setFont(fonts.font(14))
    painter.setPen(_QUIET)
    quiet = f"{scene.story}.   {scene.pressed}" if scene.pressed else f"{scene.story}."
    quiet = fonts.metrics(14).elidedText(quiet, Qt.TextElideMode.ElideRight, wide - 2 * PAD)
    painter.drawText(QPointF(PAD, top + high + LINE - 4), quiet)
    painter.end()
    return made

"""Pictures of the console and the wallboard, for machines without a display and for the README."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from tierline.app.console import Composition, application, look
from tierline.app.language import speak
from tierline.desk.board import read_board
from tierline.desk.desk import Desk
from tierline.looping import settle
from tierline.system.settings import Settings
from tierline.widgets.theme import Mode
from tierline.widgets.wallboard.board import Wallboard

CONSOLE, WALLBOARD = QSize(1440, 900), QSize(1920, 1080)


def render(desk: Desk, out: Path, language: str = "") -> list[Path]:
    """Write console-light.png, console-dark.png and wallboard.png into `out`; their paths.

    Raises:
        OSError: a picture could not be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_said)
    app = application()
    speak(app, language)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as nowhere:
        settings = Settings(Path(nowhere) / "settings.json")
        made = Composition(look(app, settings), desk, settings)
        try:
            return [*_consoles(app, made, out), _wallboard(app, made, desk, out)]
        finally:
            made.end()
            desk.replica.close()
            for each in (made.window, made.console, made.hub):
                each.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _consoles(app: QApplication, made: Composition, out: Path) -> list[Path]:
    made.window.resize(CONSOLE)
    made.window.parts.footer.welcome(False)
    made.show()
    mine = made.console.desk.my_timer()  # says more than the first of the list
    if mine is not None:
        made.window.parts.queue.choose(mine.id)
    settle(app, made.begin, lambda: made.tasks.idle and made.console.facts.known is not None)
    paths = []
    for mode in (Mode.LIGHT, Mode.DARK):
        made.hub.set_mode(mode)
        paths.append(_picture(app, made.window, CONSOLE, out / f"console-{mode}.png"))
    return paths


def _wallboard(app: QApplication, made: Composition, desk: Desk, out: Path) -> Path:
    made.hub.set_mode(Mode.LIGHT)
    board = Wallboard(made.hub, made.ticker, desk.zone)
    board.show_board(read_board(desk))
    path = _picture(app, board, WALLBOARD, out / "wallboard.png")
    board.deleteLater()
    return path


def _said(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but that a window which is nowhere cannot tell its smallest size."""
    del kind, context
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def _picture(app: QApplication, widget: QWidget, size: QSize, path: Path) -> Path:
    widget.resize(size)
    widget.show()
    app.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    app.processEvents()
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written.")
    return path

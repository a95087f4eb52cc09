"""Judge every screen by WCAG 2.2 AA and print the table: `python -m tests.qt.access [SCENE …]`.

A cell is the number of findings, each of which is listed below the table; "·" is none, blank means
that the criterion says nothing of that scene. The exit code is 1 if there is any finding.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Patience:
    """What scenes ask of pytest-qt, without it."""

    def __init__(self) -> None:
        self._kept: list[QWidget] = []

    def waitExposed(self, widget: QWidget) -> AbstractContextManager[None]:
        return nullcontext()

    def addWidget(self, widget: QWidget) -> None:
        self._kept.append(widget)

    def waitUntil(self, over: Callable[[], bool], timeout: int = 30_000) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the platform is set first

        end = time.monotonic() + timeout / 1000
        while not over():
            QApplication.processEvents()
            assert time.monotonic() < end, "it took too long"


def main(words: list[str]) -> int:
    """Print the table of these scenes (all if none is named); the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from tests.qt.access.audit import play  # noqa: PLC0415 - the platform is set first
    from tests.qt.access.scenes import console, others, overlays  # noqa: F401, PLC0415
    from tests.qt.access.stage import SCENES, Place  # noqa: PLC0415
    from tests.qt.access.table import listed, table  # noqa: PLC0415
    from tierline.app.console import application  # noqa: PLC0415
    from tierline.widgets import fonts  # noqa: PLC0415

    app, rows = application(), []
    fonts.load()
    for name in words or list(SCENES):
        with TemporaryDirectory() as folder:
            for stage, found in play(name, Place(app, Patience(), Path(folder))):
                rows.append((stage.name, stage.skip, found))
                sys.stderr.write(f"\r{stage.name:60}")
                sys.stderr.flush()
    sys.stderr.write("\r" + " " * 60 + "\r")
    sys.stdout.write(table(rows) + listed(rows))
    return int(any(found for _, _, found in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

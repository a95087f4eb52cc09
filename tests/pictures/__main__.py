"""Draw the pictures of a shared desk: `python -m tests.pictures FOLDER [--server]`.

Without `--server` the console of one who is offline; with it two consoles and the wallboard on one
PostgreSQL, during an offline conflict.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIZE, WALL = (1180, 760), (1920, 1080)


class Patience:
    """What the console of the tests asks of pytest-qt, without it."""

    def waitExposed(self, _: object) -> AbstractContextManager[None]:
        return nullcontext()

    def waitUntil(self, over: Callable[[], bool], timeout: int = 5_000) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the platform is set first

        end = time.monotonic() + timeout / 1000
        while not over():
            QApplication.processEvents()
            assert time.monotonic() < end, "it took too long"


def offline(folder: Path) -> Iterator[Path]:
    """Write offline-light.png and offline-dark.png; where they are."""
    from tests.fakes.offline_scene import OfflineScene  # noqa: PLC0415
    from tierline.app.console import application  # noqa: PLC0415

    with TemporaryDirectory() as place:
        scene = OfflineScene(Patience(), application(), Path(place), size=SIZE)  # type: ignore[arg-type]
        scene.open()
        for theme in ("light", "dark"):
            scene.console.made.hub.set_mode(theme)
            scene.console.settle()
            yield _saved(scene.console.window, folder / f"offline-{theme}.png")
        scene.close()


def server(folder: Path) -> Iterator[Path]:
    """Write console-a.png, console-b.png and wallboard.png; where they are."""
    from tests.fakes.server_scene import ServerScene  # noqa: PLC0415
    from tests.fakes.servers import running  # noqa: PLC0415
    from tests.sync.hubs.server_place import Server  # noqa: PLC0415
    from tierline.app.console import application  # noqa: PLC0415

    with TemporaryDirectory() as place, running() as started:
        scene = ServerScene(Patience(), application(), Path(place), Server(started))  # type: ignore[arg-type]
        for name, console in (("console-a", scene.ravi), ("console-b", scene.dana)):
            console.window.activateWindow()
            console.settle()
            yield _saved(console.window, folder / f"{name}.png")
        scene.wallboard.resize(*WALL)
        scene.wallboard.show()
        yield _saved(scene.wallboard, folder / "wallboard.png")
        scene.close()


def _saved(widget: QWidget, path: Path) -> Path:
    if not widget.grab().save(str(path)):
        raise OSError(path)
    return path


def main() -> None:
    """Draw what is asked for, and say where it is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(next(each for each in sys.argv[1:] if not each.startswith("--")))
    folder.mkdir(parents=True, exist_ok=True)
    draw = server if "--server" in sys.argv else offline
    for each in draw(folder):
        print(each)


if __name__ == "__main__":
    main()

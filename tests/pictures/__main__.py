"""Draw the picture of a desk that is offline: `python -m tests.pictures FOLDER`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

SIZE = (1180, 760)


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


def draw(folder: Path) -> list[Path]:
    """Write offline-light.png and offline-dark.png; where they are."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from tests.fakes.offline_scene import OfflineScene  # noqa: PLC0415
    from tierline.app.console import application  # noqa: PLC0415

    app = application()
    made = []
    with TemporaryDirectory() as place:
        scene = OfflineScene(Patience(), app, Path(place), size=SIZE)  # type: ignore[arg-type]
        scene.open()
        for theme in ("light", "dark"):
            scene.console.made.hub.set_mode(theme)
            scene.console.settle()
            path = folder / f"offline-{theme}.png"
            if not scene.console.window.grab().save(str(path)):
                raise OSError(path)
            made.append(path)
        scene.close()
    return made


if __name__ == "__main__":
    for each in draw(Path(sys.argv[1])):
        print(each)

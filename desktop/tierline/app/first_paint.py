"""Who waits for the first picture of a window: the bench, or the page that began a demo."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

MEASURED, WAITING = "TIERLINE_FIRST_PAINT", "TIERLINE_DEMO_WAITING"


def told_when_painted() -> Callable[[], None] | None:
    """What is to be called once the window is painted; None where nobody waits for that."""
    if os.environ.get(MEASURED):
        return lambda: QTimer.singleShot(0, _say)  # by then the row is on the way to the screen
    name = os.environ.pop(WAITING, "")
    return (lambda: Path(name).unlink(missing_ok=True)) if name else None


def _say() -> None:
    """When it was painted (epoch, and CPU seconds); a measured program ends with that."""
    sys.stdout.write(f"first paint {time.time():.6f} cpu {time.process_time():.3f}\n")
    sys.stdout.flush()
    QCoreApplication.quit()

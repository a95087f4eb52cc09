"""A bar with rate and time left while something long runs; Ctrl-C asks it to stop cleanly."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tierline.transfer.watching import Progress

_PHASES = {
    "demo": "Making tickets",
    "read": "Reading",
    "history": "Building histories",
    "write": "Writing",
}
_MEGA = 1_000_000


class Stopping:
    """Whether Ctrl-C was pressed; a second one ends at once."""

    def __init__(self) -> None:
        """Nobody pressed it yet."""
        self.asked = False

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.asked

    def ask(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Stop as soon as it is safe.

        Raises:
            KeyboardInterrupt: it was asked before.
        """
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def stoppable() -> Iterator[Stopping]:
    """Ctrl-C asks to stop while inside, instead of tearing it off."""
    stopping = Stopping()
    before = signal.signal(signal.SIGINT, stopping.ask)
    try:
        yield stopping
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def bar() -> Iterator[Callable[[Progress], None]]:
    """What shows progress: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  (only a terminal needs it)
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (
        TextColumn("{task.description:<19}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        yield _Shown(bars).tell


class _Shown:
    """One bar a phase."""

    def __init__(self, bars: Any) -> None:  # noqa: ANN401  (rich is imported late)
        self._bars = bars
        self._tasks: dict[str, Any] = {}

    def tell(self, progress: Progress) -> None:
        task = self._tasks.get(progress.phase)
        if task is None:
            word = _PHASES.get(progress.phase, progress.phase.capitalize())
            task = self._tasks[progress.phase] = self._bars.add_task(word, total=None, rate="")
        speed = self._bars.tasks[self._bars.task_ids.index(task)].speed
        total = progress.total or None
        self._bars.update(task, completed=progress.done, total=total, rate=_rate(speed, progress))


def _rate(speed: float | None, progress: Progress) -> str:
    if not speed:
        return ""
    if progress.unit == "bytes":
        return f"{speed / _MEGA:.1f} MB/s"
    return f"{speed:,.0f} {progress.unit}/s"

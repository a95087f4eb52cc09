"""The one file that knows how Qt's loop and asyncio's are the same loop, and how both end.

Every way in which an error can leave the program unseen is closed here: the interpreter's hooks,
the threads', the loop's, and those of objects that die. On Python 3.14 qasync 0.28 hangs at quit;
the package says so by asking for less than 3.14.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

import qasync  # after PySide6: it takes the Qt that is there already  # isort: skip

SWITCH = 0.001
"""Seconds for which another thread may compute while the window's waits; Python's own 5 ms add up
to more than a key may take when a desk syncs, is shown on a wall, and counted at once."""

Report = Callable[[BaseException], None]
Loop = asyncio.AbstractEventLoop


class Hooks:
    """Sends every error that nobody caught to `report`; `remove` puts back what was there."""

    def __init__(self, report: Report) -> None:
        """Installed at once."""
        self._report = report
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._raised
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def in_loop(self, loop: Loop, context: dict[str, Any]) -> None:
        """The loop's own handler: a callback or a forgotten task failed."""
        del loop
        error = context.get("exception")
        self._report(error or RuntimeError(str(context.get("message", "the loop failed"))))

    def _raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._report(error.with_traceback(trace))

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._report(args.exc_value)

    def _unraisable(self, args: Any) -> None:  # noqa: ANN401 - the type exists for checkers only
        if args.exc_value is not None:
            self._report(args.exc_value)


def make_loop(app: QApplication) -> Loop:
    """The loop of `app`, not running yet; from now on its thread is not kept waiting by others."""
    sys.setswitchinterval(SWITCH)
    loop: Loop = qasync.QEventLoop(app)
    return loop


def run(
    app: QApplication, begin: Callable[[Loop], None], end: Callable[[], None], report: Report
) -> int:
    """Run the application until it quits.

    `begin` is called once the loop runs (tasks may be made from then on), `end` once after the
    last window closed: it stops threads. Answers the exit code.
    """
    hooks = Hooks(report)
    loop = make_loop(app)
    loop.set_exception_handler(hooks.in_loop)
    asyncio.set_event_loop(loop)
    _let_signals_in(app)
    try:
        loop.call_soon(begin, loop)
        loop.run_forever()
        end()
        loop.run_until_complete(_settled())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
        hooks.remove()
    return 0


def settle(app: QApplication, begin: Callable[[Loop], None], over: Callable[[], bool]) -> None:
    """Run the application only until `over()`: for pictures, where nobody will quit it."""
    loop = make_loop(app)
    try:
        begin(loop)
        while not over():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    finally:
        loop.close()


async def _settled() -> None:
    """Wait until every task that was cancelled has ended."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _let_signals_in(app: QApplication) -> None:
    """Quit on Ctrl C and on the system's polite request.

    Python looks at signals between its own instructions only; the console's pulse gives it some.
    """
    for name in ("SIGINT", "SIGTERM"):
        with suppress(ValueError, AttributeError, OSError):
            signal.signal(getattr(signal, name), lambda *_: app.quit())

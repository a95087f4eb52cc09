"""The program's loop: every uncaught error is told, and quitting is clean.

In a process of its own, since hooks and loops are the whole process's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

HEAD = """
import gc, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tierline.looping import run
from tierline.present.messages import Messages
from tierline.present.tasks import Tasks
app = QApplication([])
told = []
tasks = Tasks(Messages(lambda: 0.0))
before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
def report(error): told.append(f"{type(error).__name__}: {error}")
"""
FOOT = """
code = run(app, begin, tasks.close, report)
assert before == (sys.excepthook, threading.excepthook, sys.unraisablehook)
print(code, sorted(told), threading.active_count())
"""


def ran(body: str) -> subprocess.CompletedProcess[str]:
    program = HEAD + textwrap.dedent(body) + FOOT
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )


def test_errors_from_everywhere_reach_the_report() -> None:
    done = ran(
        """
        class Dying:
            def __del__(self): raise ValueError("unraisable")
        def slot(): raise ValueError("slot")
        def thread(): raise ValueError("thread")
        async def coroutine(): raise ValueError("task")
        def begin(loop):
            tasks.begin(loop)
            QTimer.singleShot(0, slot)
            other = threading.Thread(target=thread); other.start(); other.join()
            loop.create_task(coroutine())
            loop.call_soon(lambda: [][0])
            QTimer.singleShot(0, lambda: [Dying(), None][1])
            QTimer.singleShot(150, lambda: (gc.collect(), app.quit()))
        """
    )
    assert done.returncode == 0, done.stderr
    for word in ("slot", "thread", "task", "unraisable"):
        assert f"ValueError: {word}" in done.stdout
    assert "IndexError: list index out of range" in done.stdout


@pytest.mark.parametrize("busy", ["", "tasks.run('x', lambda: time.sleep(0.3), print)"])
def test_quitting_is_clean_even_while_work_is_under_way(busy: str) -> None:
    done = ran(
        f"""
        import time
        def begin(loop):
            tasks.begin(loop)
            {busy or "pass"}
            QTimer.singleShot(50, app.quit)
        """
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0 [] 1\n"
    assert "Task was destroyed" not in done.stderr
    assert "never awaited" not in done.stderr
    assert "Traceback" not in done.stderr

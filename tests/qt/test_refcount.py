"""Keeps a trap shut: PySide6 6.12.0 on Python 3.11 loses a reference to `True` at every emit().

There the count of `True` falls by one each time and the process aborts after some six hundred.
From Python 3.12 on `True` is immortal and its count says nothing; what is tested there is that a
program that emits lives on.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, Signal

EMITS = 2_000
PROGRAM = f"""
from PySide6.QtCore import QCoreApplication, QObject, Signal
app = QCoreApplication([])
class Bell(QObject):
    rung = Signal(bool)
    told = Signal(object, bool)
heard = []
bell = Bell()
bell.rung.connect(heard.append)
bell.told.connect(lambda what, yes: heard.append(yes))
for _ in range({EMITS}):
    bell.rung.emit(True)
    bell.told.emit(None, False)
assert heard == [True, False] * {EMITS}
print("alive", True, len(heard))
"""


class Bell(QObject):
    """Rings with a yes or no."""

    rung = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True is immortal from Python 3.12 on")
def test_emitting_true_keeps_its_references() -> None:
    bell, heard = Bell(), []
    bell.rung.connect(lambda yes: heard.append(yes is True))
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        bell.rung.emit(True)
    heard_all = len(heard)
    heard.clear()
    assert heard_all == EMITS
    # Other threads and caches move the count a little; the trap moves it by two thousand.
    assert abs(sys.getrefcount(True) - before) < EMITS / 10


def test_a_program_that_emits_two_thousand_times_lives_on() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == ["alive", "True", str(2 * EMITS)]

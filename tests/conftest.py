"""What holds for every test: a printed seed, no stray logs, no thread left behind."""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tierline.storage.store import Store

SEED = int(os.environ.get("TIERLINE_SEED") or random.SystemRandom().randrange(1_000_000))
# Offscreen unless a test opens a display of its own: windows must not steal the desktop's focus.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TIERLINE_SEED"] = str(SEED)  # so that workers and subprocesses roll the same dice
_PATIENCE = 30.0
# The offscreen platform says that it cannot tell smallest sizes, raise a window, or follow a tray.
_OFFSCREEN = (
    "grabbing the keyboard",
    "propagateSizeHints",
    r"support raise\(\)",
    "systemTrayWindowChanged",
)


def pytest_report_header() -> str:
    """Say how to have the same run again."""
    return f"seed: TIERLINE_SEED={SEED}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Any warning of Qt's fails a test of the window (without Qt there is nothing to mark)."""
    if config.pluginmanager.hasplugin("pytest-qt"):
        for item in items:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*_OFFSCREEN, extend=True))


@pytest.fixture(scope="session")
def seed() -> int:
    """The seed of this run's random cases; set TIERLINE_SEED to have them again."""
    return SEED


class _Heard(logging.Handler):
    """Collects what is worth failing for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log that the test did not announce (`expects_logs`) fails it."""
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield
    logging.getLogger().removeHandler(heard)
    if heard.records and request.node.get_closest_marker("expects_logs") is None:
        pytest.fail("unexpected log: " + "; ".join(r.getMessage() for r in heard.records))


@pytest.fixture(autouse=True)
def _desks_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test opened and left open is closed: Python 3.13 warns of each such connection."""
    opened: list[Store] = []
    ready = Store.__init__

    def remembered(store: Store, *told: Any, **more: Any) -> None:
        ready(store, *told, **more)
        opened.append(store)

    monkeypatch.setattr(Store, "__init__", remembered)
    yield
    for store in opened:
        store.close()


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A test that leaves a thread running fails."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + _PATIENCE
    while left := [t for t in threading.enumerate() if t not in before and not _harmless(t)]:
        if time.monotonic() > end:
            pytest.fail(f"threads left running: {left}")
        time.sleep(0.01)


def _harmless(thread: threading.Thread) -> bool:
    """Threads of the interpreter and of test tools, that end with the process."""
    return thread.name.startswith(("Dummy", "execnet", "pydevd"))

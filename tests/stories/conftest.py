"""Stories happen in an office; none of them may start a program beside itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.stories.office import Office


class Nothing(QProcess):
    """Starts no program."""

    @staticmethod
    def startDetached(*command: object) -> tuple[bool, int]:  # type: ignore[override]
        """A story that would start one has pressed the wrong key."""
        raise AssertionError(command)


@pytest.fixture
def office(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An empty room."""
    monkeypatch.setattr("tierline.app.console.QProcess", Nothing)
    made = Office(qtbot, qapp, tmp_path)
    yield made
    made.close()

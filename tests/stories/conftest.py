"""Stories happen in an office; none of them may start a program beside itself.

Asked for by themselves (`pytest tests/stories`) they play in a real window on a screen of their
own, where there is Xvfb; among other tests of windows they share what those have.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.stories.album import Album
from tests.stories.office import Office
from tests.stories.screen import has_screen, screen

HERE = Path(__file__).parent
_CLAUSES = re.compile(r"((?:[A-D]\d+_)*)([^\[]*)(?:\[(.*)\])?")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where a run leaves its pictures."""
    parser.addoption("--pictures", type=Path, help="keep a picture of each sentence there")


class Nothing(QProcess):
    """Starts no program."""

    @staticmethod
    def startDetached(*command: object) -> tuple[bool, int]:
        """A story that would start one has pressed the wrong key."""
        raise AssertionError(command)


@pytest.fixture(scope="session")
def qapp_args(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The application's, which is on a screen of its own if only stories are played."""
    alone = all(item.path.is_relative_to(HERE) for item in request.session.items)
    if not alone or not has_screen() or QApplication.instance() is not None:
        yield ["tierline"]
        return
    with screen(tmp_path_factory.mktemp("screen")) as display:
        os.environ.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")
        yield ["tierline"]
        app = QApplication.instance()
        if app is not None:
            app.shutdown()  # before the screen goes: Qt ends a program that loses its display


@pytest.fixture(scope="session")
def album(request: pytest.FixtureRequest) -> Iterator[Album | None]:
    """Where the pictures go, None when nobody asked for any."""
    folder = request.config.getoption("--pictures", None)
    made = Album(folder) if folder is not None else None
    yield made
    if made is not None:
        made.bind()


@pytest.fixture
def office(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    album: Album | None,
) -> Iterator[Office]:
    """An empty room."""
    monkeypatch.setattr("tierline.app.demo_start.QProcess", Nothing)
    made = Office(qtbot, qapp, tmp_path, title(request.node.name), album)
    yield made
    made.close()


def title(name: str) -> str:
    """A test's name as a heading: "A reply ends a wait (D6)"."""
    found = _CLAUSES.fullmatch(name.removeprefix("test_"))
    assert found is not None
    clauses, words, where = found.groups()
    said = words.replace("_", " ")
    said = said[:1].upper() + said[1:] + (f", {where}" if where else "")
    return f"{said} ({clauses.strip('_').replace('_', ', ')})" if clauses else said

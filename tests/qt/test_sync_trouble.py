"""What can be wrong with a hub: said with the next step, the desk usable, nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log
from tests.fakes.shared_desks import SharedDesks
from tierline.app.hubs import Door, whole
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.domain.errors import WorldError
from tierline.sync.errors import HubDownError, NewerHubError
from tierline.sync.hub import Hub
from tierline.sync.hubs import keeping
from tierline.sync.hubs.address import parsed
from tierline.sync.hubs.postgres_failures import told_connecting
from tierline.system.secrets import Keyring, Secret

URL = "postgresql://ravi@db.example.org/desk"
PATIENCE = 60_000
NEWER = NewerHubError("This hub is of a newer Tierline.", safe="All is kept.", todo="Update.")
FULL = WorldError("The disk is full.", safe="Nothing was lost.", todo="Free some space.")


def libpq(text: str) -> WorldError:
    """The error for what libpq says when it connects."""
    return told_connecting(psycopg.OperationalError(text), parsed(URL))


# What happens, and words of the band: what happened, what is safe, what to do.
CASES: dict[str, tuple[WorldError, tuple[str, ...]]] = {
    "no password": (
        libpq('FATAL:  password authentication failed for user "ravi"'),
        ("password of ravi is needed", "kept", "Type it"),
    ),
    "unknown host": (
        libpq('could not translate host name "db.example.org" to address'),
        ("db.example.org:5432 is not known", "Keep working", "Check the network"),
    ),
    "another's certificate": (
        libpq('server certificate for "evil.example" does not match host name "db.example.org"'),
        ("certificate for evil.example", "No password was sent", "Check the host's name"),
    ),
    "not encrypted": (
        libpq("server does not support SSL, but SSL was required"),
        ("without encryption", "No password was sent", "TLS"),
    ),
    "not a hub": (
        libpq('FATAL:  database "desk" does not exist'),
        ("is no hub of Tierline", "Nothing was written there", "Check the address"),
    ),
    "no rights": (
        libpq('FATAL:  role "ravi" does not exist'),
        ("ravi may not use the hub", "Ask the hub's admin"),
    ),
    "newer hub": (NEWER, ("newer Tierline", "All is kept", "Update")),
    "server away": (
        libpq("connection refused"),
        ("Offline since", "Keep working", "goes out by itself"),
    ),
    "full disk": (FULL, ("Offline since", "The disk is full", "Free some space")),
}


class Scene:
    """Ravi's console, whose every attempt to reach the hub goes as `opening` has it."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.qtbot, self.app = qtbot, app
        self.shared = SharedDesks(folder)
        # An hour on from the sync's clock, so that nobody waits until a break is news.
        self.shared.clock.now = datetime.now(UTC) + timedelta(hours=1)
        self.desk = self.shared.desk("ravi")
        self.first = log(self.desk, "Scanner cannot reach dispatch")
        self.made: Desktop | None = None

    def open(self, opening: Callable[..., Hub], keyring: Keyring | None = None) -> Desktop:
        door = Door(whole(URL), keyring or Keyring(find=lambda: None), opening)
        engine = HubEngine(self.desk, door)
        self.made = Desktop(
            self.qtbot, self.app, self.shared.folder / "ravi", desk=self.desk, engine=engine
        )
        return self.made

    def wait(self, over: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(over, timeout=PATIENCE)

    def still_works(self, console: Desktop) -> None:
        """A person goes on: the act is on the disk, and waits."""
        console.parts.queue.setFocus()
        console.press(Qt.Key.Key_T)
        assert console.ticket(self.first).assignee == "ravi"
        self.wait(lambda: console.desk.replica.sync.counts().pending >= 2)


@pytest.fixture
def scene(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Scene]:
    made = Scene(qtbot, qapp, tmp_path)
    yield made
    if made.made is not None:
        made.made.close()


@pytest.mark.parametrize("case", CASES)
def test_it_is_said_with_the_next_step_and_the_desk_goes_on(scene: Scene, case: str) -> None:
    error, words = CASES[case]

    def opening(*_: Any, **__: Any) -> Hub:
        raise error

    console = scene.open(opening)
    scene.wait(lambda: bool(console.desk.standing.what))
    scene.wait(lambda: console.parts.link.words is not None)
    said = str(console.parts.link.words)
    assert all(word in said for word in words), said
    assert "hunter2" not in said
    scene.still_works(console)


def test_a_password_typed_lets_it_go_on_and_is_kept_where_it_may_be(scene: Scene) -> None:
    asked: list[str] = []
    real = scene.shared.networks["ravi"].open

    def opening(_: str, password: Callable[[], str], *, login: str = "") -> Hub:
        asked.append(password())
        if asked[-1] != "correct horse":
            raise libpq("FATAL:  password authentication failed")
        return real(scene.shared.url, login=login)

    kept: dict[str, str] = {}

    class Drawer:
        def get_password(self, _: str, username: str) -> str | None:
            return kept.get(username)

        def set_password(self, _: str, username: str, password: str) -> None:
            kept[username] = password

        def delete_password(self, _: str, username: str) -> None:
            del kept[username]

    console = scene.open(opening, Keyring(find=Drawer))
    scene.wait(lambda: console.desk.standing.link == "stopped")
    console.settle()
    assert "password of ravi is needed" in str(console.parts.link.words)
    console.made.console.sync.give_password(Secret("hunter2"), keep=True)
    scene.wait(lambda: "did not accept ravi" in console.desk.standing.what)
    console.settle()
    assert "once more, or ask the hub's admin" in str(console.parts.link.words)
    assert kept == {}
    console.made.console.sync.give_password(Secret("correct horse"), keep=True)
    scene.wait(lambda: console.desk.standing.link == "online")
    console.settle()
    assert kept == {"ravi@db.example.org:5432/desk": "correct horse"}
    assert not console.parts.link.isVisible()
    assert asked[0] == ""


def test_a_login_revoked_in_mid_session_stops_it_and_loses_nothing(scene: Scene) -> None:
    network = scene.shared.networks["ravi"]
    console = scene.open(lambda *_, **more: network.open(scene.shared.url, **more))
    scene.wait(lambda: console.desk.standing.link == "online")
    scene.wait(lambda: console.desk.standing.pending == 0)
    keeping.revoke(scene.shared.url, "ravi")
    console.parts.queue.setFocus()
    console.press(Qt.Key.Key_T)
    scene.wait(lambda: console.desk.standing.link == "stopped")
    console.settle()
    assert console.parts.link.words is not None
    assert console.parts.link.words.tone == "soon"
    assert "admin" in str(console.parts.link.words)
    assert console.desk.replica.sync.counts().pending >= 1
    assert console.ticket(scene.first).assignee == "ravi"


def test_a_server_that_never_answers_holds_up_neither_work_nor_the_end(scene: Scene) -> None:
    answered = threading.Event()

    def opening(*_: Any, **__: Any) -> Hub:
        answered.wait(30)
        raise HubDownError("It never answered.", safe="", todo="")

    console = scene.open(opening)
    scene.still_works(console)
    assert console.desk.standing.pending >= 2
    engine = console.made.console.sync._engine
    assert engine is not None
    console.close()
    scene.made = None
    answered.set()
    engine.stop()  # the call that was left behind is over: so is its turn


def test_a_second_console_on_one_folder_says_that_the_first_does_it(
    scene: Scene, qtbot: QtBot, qapp: QApplication
) -> None:
    network = scene.shared.networks["ravi"]
    console = scene.open(lambda *_, **more: network.open(scene.shared.url, **more))
    scene.wait(lambda: console.desk.standing.link == "online")
    beside = Desk(scene.desk.replica, scene.desk.book, "ravi", scene.desk.clock, scene.desk.zone)
    beside.standing = scene.desk.standing
    told: list[str] = []
    engine = HubEngine(beside, scene.shared.door("ravi"))
    engine.start(lambda status, _: told.append(f"{status.link} {status.what} {status.todo}"))
    assert told[0].startswith("stopped Another program on this machine")
    assert "Nothing: what is done here goes out" in told[0]
    engine.stop()

"""Joining and syncing through a real PostgreSQL from the terminal, the password on stdin only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import open_desk
from tests.fakes.servers import running
from tests.sync.hubs.server_place import Server


@pytest.fixture(scope="module")
def place() -> Iterator[Server]:
    with running() as server:
        made = Server(server)
        yield made
        made.drop()


class People:
    """Two people of one hub on a server."""

    def __init__(self, place: Server, folder: Path) -> None:
        self.place, self.folder = place, folder
        self.urls = {who: place.let_in(who, "technician").text for who in ("mira", "ravi")}
        self.mira, self.ravi = self._terminal("mira"), self._terminal("ravi")

    def _terminal(self, login: str) -> Terminal:
        folder = self.folder / login
        open_desk(folder).replica.close()
        return Terminal(folder, me=login)

    def secret(self, login: str) -> str:
        return f"{self.place.secret(login)}\n"


@pytest.fixture
def people(place: Server, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    # No keyring here: every command has to be given the password.
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return People(place, tmp_path)


def test_two_desks_share_a_ticket_over_a_real_server(people: People) -> None:
    for who, terminal in (("mira", people.mira), ("ravi", people.ravi)):
        answer = terminal.done("join", people.urls[who], stdin=people.secret(who))
        assert f"as {who}." in answer.out
        assert people.place.secret(who) not in f"{answer.out}{answer.err}"
    number = people.mira.log("Scanner cannot reach dispatch")
    told = people.mira.done("sync", "--once", json=True, stdin=people.secret("mira")).data
    assert (told["link"], told["pending"]) == ("online", 0)
    people.ravi.done("sync", "--once", stdin=people.secret("ravi"))
    assert "Scanner cannot reach dispatch" in people.ravi.done("show", number).out


def test_a_wrong_password_is_said_with_what_to_do_and_is_in_no_file(people: People) -> None:
    answer = people.mira("join", people.urls["mira"], stdin="hunter2\n")
    assert answer.code == 1
    assert "did not accept mira with that password" in answer.err
    assert "Type the password of mira" in answer.err
    assert people.mira.done("sync", "status", json=True).data["link"] == "alone"
    kept = [each.read_bytes() for each in people.folder.rglob("*") if each.is_file()]
    assert not any(b"hunter2" in each for each in kept)


def test_without_a_password_it_says_that_one_is_needed(people: People) -> None:
    answer = people.mira("join", people.urls["mira"], stdin="")
    assert answer.code == 1
    assert "The password of mira is needed" in answer.err


def test_a_database_that_is_no_hub_is_left_alone(people: People) -> None:
    url = people.urls["mira"].replace(people.place.database, "postgres")
    answer = people.mira("join", url, stdin=people.secret("mira"))
    assert answer.code == 1
    assert "no hub of Tierline" in answer.err

"""One server for the tests of a worker, a fresh database with a hub for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.servers import Postgres, running
from tests.sync.hubs.places import File, Memory, Place, Session, greeted
from tests.sync.hubs.server_place import Server
from tierline.sync.hub import Hub
from tierline.sync.hubs.rights import Role


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with running() as started:
        yield started


@pytest.fixture
def hub_place(server: Postgres) -> Iterator[Server]:
    place = Server(server)
    yield place
    place.drop()


@pytest.fixture(params=["memory", "file", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A hub of each kind in turn."""
    if request.param == "memory":
        return Memory()
    if request.param == "file":
        return File(tmp_path / "hub.sqlite")
    server: Place = request.getfixturevalue("hub_place")  # started for nobody else
    return server


@pytest.fixture
def session(place: Place) -> Iterator[Session]:
    """Opens greeted sessions, and closes them after the test."""
    made: list[Hub] = []

    def connect(login: str = "dana", role: Role = "technician", console: str = "") -> Hub:
        hub = place.session(login, role)
        made.append(hub)
        return greeted(hub, console or f"c-{login}")

    yield connect
    for hub in made:
        hub.close()

"""One server for the tests of a worker, a fresh database with a hub for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.servers import Postgres, running
from tests.sync.hubs.server_place import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with running() as started:
        yield started


@pytest.fixture
def hub_place(server: Postgres) -> Iterator[Server]:
    place = Server(server)
    yield place
    place.drop()

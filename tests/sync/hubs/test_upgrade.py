"""A hub grows while old consoles use it; an upgrade cut off at any statement goes on from there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.fakes.desks import START, log, open_desk
from tests.fakes.servers import KEEPER, PASSWORD, Postgres
from tests.sync.hubs.places import File, act, clock, greeted, outcomes
from tests.sync.hubs.server_place import Server, password
from tierline.app.hubs import Door
from tierline.app.joining import join
from tierline.app.syncing import HubEngine
from tierline.storage.migrations import Migration
from tierline.sync.errors import NewerHubError, WrongHubError
from tierline.sync.hub import Console
from tierline.sync.hubs import keeping, sqlite_keeping
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.postgres_schema import VERSIONS, Version, migrate, version_of
from tierline.sync.hubs.sqlite import SqliteHub
from tierline.sync.hubs.sqlite_schema import MIGRATIONS
from tierline.sync.hubs.sqlite_schema import migrate as migrate_file

REHEARSED = Version(
    1,
    1,
    (
        "ALTER TABLE ticket ADD COLUMN site text NOT NULL DEFAULT ''",
        "UPDATE ticket SET site = 'Leeds'",
        "CREATE TABLE site (name text PRIMARY KEY)",
        "CREATE FUNCTION sites() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM site'",
        "GRANT SELECT ON site TO tierline_technician",
    ),
)
STEPS = (*VERSIONS, REHEARSED)


class CutError(Exception):
    """The connection went."""


class Cut(psycopg.Connection[Any]):
    """A connection that breaks at its n-th statement."""

    left = 10**9

    def execute(self, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        if self.left == 0:
            self.close()
            raise CutError
        self.left -= 1
        return super().execute(*args, **kwargs)


def _keeper(server: Postgres, database: str, left: int = 10**9) -> Cut:
    base = Cut.connect(
        host="127.0.0.1", port=server.port, user=KEEPER, password=PASSWORD, dbname=database,
        autocommit=True,
    )  # fmt: skip
    base.left = left
    return base


def _began(base: psycopg.Connection[Any]) -> None:
    base.execute("INSERT INTO secret (token) VALUES ('t')")
    base.execute("INSERT INTO hub (hub_id, schema) VALUES ('hub', 0)")


def _cut_at_each(server: Postgres, database: str) -> Iterator[int]:
    """Migrate with a cut one statement later each time; ends when nothing was left to cut."""
    for left in range(200):
        with closing(_keeper(server, database, left)) as base:
            try:
                migrate(base, STEPS, _began)
            except (CutError, psycopg.OperationalError):
                yield left
            else:
                return
    pytest.fail("it never came to an end")


def test_an_upgrade_cut_off_at_any_statement_goes_on(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    cuts = 0
    for number in _cut_at_each(hub_place.server, hub_place.database):
        with closing(_keeper(hub_place.server, hub_place.database)) as base:
            assert version_of(base) == 1000
            assert base.execute("SELECT to_regclass('tierline.site')").fetchone() == (None,)
        # A console of the old version goes on working between the tries.
        assert outcomes(hub, "c", act(number + 1, base=number)) == ["taken"]
        cuts = number + 1
    assert cuts > len(REHEARSED.scripts)
    assert hub.hello(Console(console_id="c", version="1"), 0).schema == 1001
    assert outcomes(hub, "c", act(cuts + 1, base=cuts)) == ["taken"]
    hub.close()


def test_a_hub_made_with_cuts_at_any_statement_is_whole(server: Postgres) -> None:
    database = server.make_database()
    for _ in _cut_at_each(server, database):
        with closing(_keeper(server, database)) as base:
            assert version_of(base) in {None, 1000}
    with closing(_keeper(server, database)) as base:
        assert version_of(base) == 1001
        assert base.execute("SELECT hub_id FROM tierline.hub").fetchall() == [("hub",)]
    server.drop_database(database)


def test_an_upgrade_again_changes_nothing(hub_place: Server) -> None:
    keeping.upgrade(hub_place.keeper.text, password)
    hub = greeted(hub_place.session("dana"), "c")
    assert outcomes(hub, "c", act(1)) == ["taken"]
    hub.close()


def _grown(hub_place: Server, version: int) -> None:
    """The hub as a newer program leaves it: its answers say more than ours knows."""
    with hub_place.as_keeper() as base:
        for name in ("hello", "beat", "push"):
            asked = f"SELECT pg_get_functiondef('tierline.{name}'::regproc)"
            ((told,),) = base.execute(asked.encode()).fetchall()
            more = told.replace("RETURN json_build_object(", "RETURN json_build_object('site', 7, ")
            assert more != told
            base.execute(more.encode())
        base.execute("UPDATE tierline.hub SET schema = %s", (version,))


def test_a_hub_of_a_newer_minor_version_greets_and_works(hub_place: Server) -> None:
    _grown(hub_place, 1001)
    hub = hub_place.session("dana")
    told = hub.hello(Console(console_id="c", version="1.0.0"), 0)
    assert (told.schema, told.login, told.role) == (1001, "dana", "technician")
    assert outcomes(hub, "c", act(1)) == ["taken"]
    assert hub.beat("c").last_cseq == 1
    hub.close()


def test_a_desk_syncs_with_a_hub_of_a_newer_minor_version(
    hub_place: Server, tmp_path: Path
) -> None:
    _grown(hub_place, 1001)
    address = hub_place.let_in("mira", "technician")
    door = Door(address, opening=lambda url, _, **more: open_hub(
        url, lambda: hub_place.secret("mira"), **more
    ))  # fmt: skip
    desk = open_desk(tmp_path)
    log(desk)
    join(desk.replica, address, door, START)
    told = HubEngine(desk, door).once()
    assert (told.link, told.pending, told.what) == ("online", 0, "")
    assert keeping.verify(hub_place.keeper.text, password).lines == 1


def test_a_hub_that_grew_a_major_version_meanwhile_says_so(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    _grown(hub_place, 2000)
    with pytest.raises(NewerHubError, match="its format is 2, ours 1") as refused:
        greeted(hub, "c")
    assert "kept on this machine" in refused.value.safe
    assert "Update this program" in refused.value.todo
    hub.close()


def test_a_hub_of_a_newer_major_version_is_refused(hub_place: Server) -> None:
    with hub_place.as_keeper() as base:
        base.execute("UPDATE tierline.hub SET schema = 2000")
    with pytest.raises(NewerHubError, match="its format is 2, ours 1"):
        hub_place.session("dana")
    with pytest.raises(NewerHubError, match="its format is 2, ours 1"):
        keeping.upgrade(hub_place.keeper.text, password)


def test_only_an_empty_database_becomes_a_hub(hub_place: Server) -> None:
    with pytest.raises(WrongHubError, match="is a hub already"):
        keeping.create(hub_place.keeper.text, password)


FILE_STEPS = (
    *MIGRATIONS,
    Migration(
        1,
        1,
        (
            "ALTER TABLE ticket ADD COLUMN site TEXT NOT NULL DEFAULT ''",
            "CREATE TABLE site (name TEXT)",
        ),
    ),
)


class CutBase:
    """A SQLite connection that breaks at its n-th statement."""

    def __init__(self, base: sqlite3.Connection, left: int) -> None:
        self.base, self.left = base, left

    def execute(self, statement: str) -> sqlite3.Cursor:
        if self.left == 0:
            raise CutError
        self.left -= 1
        return self.base.execute(statement)


def test_a_file_upgraded_with_cuts_at_any_statement_is_whole(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    for left in range(50):
        try:
            with sqlite_keeping.keeping(place.path) as file, file.writing() as base:
                migrate_file(CutBase(base, left), FILE_STEPS)  # type: ignore[arg-type]
        except CutError:
            assert outcomes(hub, "c", act(left + 1, base=left)) == ["taken"]
        else:
            break
    assert left > 3
    assert outcomes(hub, "c", act(left + 1, base=left)) == ["taken"]
    hub.close()
    sqlite_keeping.upgrade(place.path)
    with closing(sqlite3.connect(place.path)) as base:
        assert base.execute("PRAGMA user_version").fetchone() == (1001,)


def test_a_file_of_a_newer_minor_version_works_and_of_a_major_one_is_refused(
    tmp_path: Path,
) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    for version, works in ((1001, True), (2000, False)):
        with closing(sqlite3.connect(place.path)) as base:
            base.execute(f"PRAGMA user_version = {version}")
        if works:
            assert hub.hello(Console(console_id="c", version="1"), 0).schema == version
        else:
            with pytest.raises(NewerHubError, match="its format is 2, ours 1"):
                greeted(hub, "c")
    hub.close()
    with pytest.raises(NewerHubError, match="its format is 2, ours 1"):
        SqliteHub(place.path, "root", clock)

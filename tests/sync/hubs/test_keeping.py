"""What `tierline hub verify` finds, and who is let in and out."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.books import bundled_book
from tests.fakes.made import NOW, logged, noted
from tests.fakes.servers import PASSWORD, Postgres
from tests.sync.hubs.places import File, act, greeted, outcomes
from tests.sync.hubs.server_place import Server, password
from tierline.domain.events import Operation, encode_events
from tierline.domain.log import Offer
from tierline.domain.ticket import fold_operations
from tierline.storage.instants import to_us
from tierline.storage.projection import project
from tierline.storage.rows import wire_row
from tierline.sync.errors import HubError, NoEntryError, PasswordError, WrongHubError
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs import keeping
from tierline.sync.hubs.opening import open_hub

TOP = Path(__file__).parents[3]


def _offers(*operations: Operation) -> list[Offer]:
    """A real ticket's acts, each with the row it leads to."""
    made = []
    for n, operation in enumerate(operations, 1):
        ticket = fold_operations(operations[:n])
        made.append(
            Offer(
                op_id=operation.op_id,
                cseq=n,
                ticket_id=operation.ticket_id,
                kind=operation.kind,
                at=to_us(operation.at),
                payload=encode_events(operation.events).decode(),
                row=wire_row(project(ticket, bundled_book().get(ticket.policy))),
                number=ticket.number,
            )
        )
    return made


def _story(at: datetime = NOW) -> list[Offer]:
    first = logged(1, at=at)
    notes = [noted(first.ticket_id, text, at) for text in ("second line", "é 漢字")]
    return _offers(first, *notes)


@pytest.fixture(params=["file", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Hub, str]:
    if request.param == "file":
        place = File(tmp_path / "hub.sqlite")
        return place.session("mira"), f"sqlite:///{place.path}"
    server: Server = request.getfixturevalue("hub_place")
    return server.session("mira"), server.keeper.text


def test_verify_proves_a_whole_hub(kept: tuple[Hub, str]) -> None:
    hub, url = kept
    assert outcomes(greeted(hub, "c"), "c", *_story()) == ["taken"] * 3
    proof = keeping.verify(url, password)
    assert (proof.lines, proof.tickets, proof.findings) == (3, 1, ())
    assert proof.rights > 900 or url.startswith("sqlite")
    assert proof.people["technician"] == 1
    assert proof.seconds > 0
    last = hub.pull("c", 0).lines[-1]
    assert (proof.hub_id, proof.seq, proof.chain) == ("hub", 3, last.chain)
    hub.close()


def test_verify_names_ticket_field_and_author_of_a_false_row(kept: tuple[Hub, str]) -> None:
    hub, url = kept
    first, second, _ = _story()
    lies = second.row.replace('"priority":', '"priority":1')
    assert lies != second.row
    false = replace(second, row=lies)
    assert outcomes(greeted(hub, "c"), "c", first, false) == ["taken", "taken"]
    (finding,) = keeping.verify(url, password).findings
    assert finding.about == first.number
    assert finding.what.startswith("priority is 1")
    assert finding.author == "mira"
    hub.close()


def test_verify_finds_a_log_that_was_tampered_with_in_a_file(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", act(1), act(2), act(3)) == ["taken"] * 3
    hub.close()
    for edit, says in (
        ("UPDATE log SET author = 'lee' WHERE seq = 2", "line 2"),
        ("DELETE FROM log WHERE seq = 3", "log"),
    ):
        with closing(sqlite3.connect(place.path)) as base, base:
            base.execute("DROP TRIGGER IF EXISTS log_keeps")
            base.execute("DROP TRIGGER IF EXISTS log_stays")
            base.execute(edit)
        found = [f.about for f in keeping.verify(f"sqlite:///{place.path}").findings]
        assert says in found


@pytest.mark.parametrize(
    ("statement", "about"),
    [
        ("GRANT UPDATE ON tierline.log TO tierline_technician", "log: UPDATE for technician"),
        ("GRANT SELECT ON tierline.secret TO PUBLIC", "secret: SELECT for public"),
        ("REVOKE SELECT ON tierline.log FROM tierline_bi", "log: SELECT for bi"),
        ("REVOKE EXECUTE ON FUNCTION tierline.push FROM tierline_technician",
         "push(): EXECUTE for technician"),
        ("GRANT EXECUTE ON FUNCTION tierline.append TO PUBLIC", "append(): EXECUTE for public"),
        ("ALTER TABLE tierline.log DISABLE TRIGGER log_keeps", "log: log_keeps"),
        ("ALTER TABLE tierline.ticket DISABLE ROW LEVEL SECURITY", "ticket"),
        ("ALTER TABLE tierline.ticket OWNER TO postgres", "ticket"),
        ("ALTER FUNCTION tierline.push RESET search_path", "push()"),
        ("ALTER FUNCTION tierline.push SECURITY INVOKER", "push()"),
        ("GRANT USAGE ON SCHEMA tierline TO PUBLIC", "schema tierline"),
        ("CREATE TABLE tierline.spy (x int); GRANT SELECT ON tierline.spy TO PUBLIC",
         "spy: SELECT for public"),
    ],
)  # fmt: skip
def test_verify_finds_a_right_too_many_and_one_too_few(
    hub_place: Server, statement: str, about: str
) -> None:
    with hub_place.as_keeper() as base:
        base.execute(statement.encode())
    findings = keeping.verify(hub_place.keeper.text, password).findings
    assert about in {finding.about for finding in findings}


def test_verify_finds_a_log_that_was_tampered_with_on_a_server(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    assert outcomes(hub, "c", act(1), act(2), act(3)) == ["taken"] * 3
    hub.close()
    with hub_place.as_keeper() as base:
        base.execute("SET session_replication_role = replica")  # a superuser can do anything
        base.execute("UPDATE tierline.log SET payload = '[]' WHERE seq = 2")
    findings = keeping.verify(hub_place.keeper.text, password).findings
    assert ("line 2", "dana") in {(finding.about, finding.author) for finding in findings}


def test_keepers_only_keep(hub_place: Server) -> None:
    url = hub_place.let_in("ada", "admin").text

    def secret() -> str:
        return hub_place.secret("ada")

    for deed in (
        lambda: keeping.grant(url, "mallory", "lead", secret),
        lambda: keeping.grant(url, "ada", "bi", secret),
        lambda: keeping.revoke(url, "dana", secret),
        lambda: keeping.verify(url, secret),
    ):
        with pytest.raises(NoEntryError, match="ada may not do that"):
            deed()
    hub = open_hub(url, secret)
    assert outcomes(greeted(hub, "c"), "c", act(1)) == ["taken"]
    hub.close()


def test_a_new_password_takes_the_place_of_a_lost_one(hub_place: Server) -> None:
    url = hub_place.let_in("pia", "lead").text
    lost = hub_place.secret("pia")
    fresh = keeping.renew(hub_place.keeper.text, "pia", password)
    hub_place.secrets[hub_place.server.port, "pia"] = fresh
    with pytest.raises(PasswordError):
        open_hub(url, lambda: lost)
    hub = open_hub(url, lambda: fresh)
    assert hub.hello(Console(console_id="c", version="1"), 0).role == "lead"
    hub.close()


@pytest.mark.parametrize("login", ["nobody-here", "postgres"])
def test_a_stranger_and_the_keeper_get_no_new_password(hub_place: Server, login: str) -> None:
    with pytest.raises(WrongHubError, match=f"knows no {login}"):
        keeping.renew(hub_place.keeper.text, login, password)
    assert keeping.verify(hub_place.keeper.text, password).lines == 0


def test_a_file_has_no_passwords(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    with pytest.raises(WrongHubError, match="without a password"):
        keeping.renew(f"sqlite:///{place.path}", "root")


def test_an_upgrade_closes_a_database_that_was_put_back_open(hub_place: Server) -> None:
    with hub_place.as_keeper() as base:
        base.execute(f"GRANT CONNECT ON DATABASE {hub_place.database} TO PUBLIC")
    findings = keeping.verify(hub_place.keeper.text, password).findings
    assert [each.what for each in findings] == ["everybody may connect"]
    keeping.upgrade(hub_place.keeper.text, password)
    assert keeping.verify(hub_place.keeper.text, password).findings == ()


def test_a_keeper_who_is_no_superuser_keeps_a_hub(server: Postgres) -> None:
    database = server.make_database()
    keeper = f"boss-{database}"
    with server.keeper() as base:
        base.execute(f"CREATE ROLE \"{keeper}\" LOGIN CREATEROLE PASSWORD 'b'")
        base.execute(f'ALTER DATABASE {database} OWNER TO "{keeper}"')
    url = server.address(keeper, database).text
    # The groups of another hub on this server are its keeper's: theirs to hand on.
    with server.keeper() as base:
        for (name,) in base.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^tierline_'"):
            base.execute(f'GRANT {name} TO "{keeper}" WITH ADMIN OPTION')
    keeping.create(url, lambda: "b")
    login = f"dana-{database}"
    assert keeping.grant(url, login, "technician", lambda: "b")
    assert not keeping.grant(url, login, "lead", lambda: "b")
    secret = keeping.renew(url, login, lambda: "b")
    hub = open_hub(url.replace(keeper, login), lambda: secret)
    assert outcomes(greeted(hub, "c"), "c", *_story()) == ["taken"] * 3
    hub.close()
    proof = keeping.verify(url, lambda: "b")
    assert (proof.lines, proof.tickets, proof.findings) == (3, 1, ())
    assert keeping.archive(url, 0, lambda: "b") == (0, 1, 3)
    keeping.upgrade(url, lambda: "b")
    keeping.revoke(url, login, lambda: "b")
    with pytest.raises(NoEntryError):
        open_hub(url.replace(keeper, login), lambda: secret)
    server.drop_database(database)


def test_who_was_let_in_by_another_keeper_is_let_out(hub_place: Server) -> None:
    """A server newer than 15 keeps what each keeper gave by itself."""
    boss = f"boss-{hub_place.database}"
    with hub_place.as_keeper() as base:
        base.execute(f"CREATE ROLE \"{boss}\" LOGIN CREATEROLE PASSWORD 'b'")
        base.execute(f'ALTER DATABASE {hub_place.database} OWNER TO "{boss}"')
        for (name,) in base.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^tierline_'"):
            base.execute(f'GRANT {name} TO "{boss}" WITH ADMIN OPTION')
    url = hub_place.server.address(boss, hub_place.database).text
    login = f"zoe-{hub_place.database}"
    secret = keeping.grant(url, login, "lead", lambda: "b")
    asked = "SELECT tierline.role_of(%s)"
    keeping.grant(hub_place.keeper.text, login, "technician", password)
    with hub_place.as_keeper() as base:
        assert base.execute(asked, (login,)).fetchone() == ("technician",)
    keeping.revoke(hub_place.keeper.text, login, password)
    with hub_place.as_keeper() as base:
        assert base.execute(asked, (login,)).fetchone() == ("",)
    with pytest.raises(NoEntryError):
        open_hub(url.replace(boss, login), lambda: secret)


def test_rights_that_no_grant_gave_are_not_taken_in_silence(hub_place: Server) -> None:
    with pytest.raises(HubError, match="no grant of the hub gave"):
        keeping.revoke(hub_place.keeper.text, "postgres", password)


@pytest.mark.parametrize("login", ["", "x" * 64, "é" * 32])
def test_a_name_that_is_no_login_is_not_let_in(hub_place: Server, login: str) -> None:
    """PostgreSQL cuts a longer name off: it would be somebody else's."""
    with pytest.raises(HubError, match="cannot be a login"):
        keeping.grant(hub_place.keeper.text, login, "lead", password)


@pytest.mark.parametrize("login", ['o"brien; DROP TABLE log', "d'x\\", "Dana", "a b%c@d/e"])
def test_a_name_is_a_name_whatever_is_in_it(hub_place: Server, login: str) -> None:
    hub = hub_place.session(login)
    assert outcomes(greeted(hub, "c"), "c", act(1)) == ["taken"]
    assert [line.author for line in hub.pull("c", 0).lines] == [login]
    hub.close()
    hub_place.revoke(login)
    mine = hub_place.server.address(login, hub_place.database)
    with pytest.raises(NoEntryError):
        open_hub(mine.text, lambda: hub_place.secret(login))


def _tierline(*words: str, told: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tierline", *words],
        input=f"{told}\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP / "desktop")},
    )


def test_the_commands_make_let_in_prove_and_let_out(hub_place: Server) -> None:
    database = hub_place.server.make_database()
    url = f"postgresql://postgres@127.0.0.1:{hub_place.server.port}/{database}"
    made = _tierline("hub", "create", url, "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["hub_id"]
    login = f"new-{database}"
    let_in = _tierline("hub", "grant", url, login, "--role", "lead", "--json")
    secret = json.loads(let_in.stdout)["password"]
    open_hub(url.replace("postgres@", f"{login}@"), lambda: secret).close()
    assert "password" not in json.loads(_tierline("hub", "grant", url, login, "--json").stdout)
    renewed = json.loads(_tierline("hub", "password", url, login, "--json").stdout)["password"]
    assert renewed != secret
    secret = renewed
    open_hub(url.replace("postgres@", f"{login}@"), lambda: secret).close()
    proved = _tierline("hub", "verify", url)
    assert (proved.returncode, proved.stderr) == (0, "")
    assert "Looked at 1 line, 0 tickets, 0 whole files, " in proved.stdout
    assert re.search(r"[0-9]+ rights in [0-9]+\.[0-9] s\.", proved.stdout)
    assert re.search(r"^People: .*lead 1", proved.stdout, re.MULTILINE)
    assert "All of it holds." in proved.stdout
    assert _tierline("hub", "upgrade", url).returncode == 0
    assert _tierline("hub", "revoke", url, login).returncode == 0
    with pytest.raises(NoEntryError):
        open_hub(url.replace("postgres@", f"{login}@"), lambda: secret)
    wrong = _tierline("hub", "verify", url, told="wrong")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "did not accept" in wrong.stderr
    assert _tierline("hub", "grant", url, login, "--role", "boss").returncode == 1
    with hub_place.server.keeper(database) as base:
        base.execute("GRANT UPDATE ON tierline.log TO PUBLIC")
    assert _tierline("hub", "verify", url).returncode == 1
    hub_place.server.drop_database(database)


def test_old_acts_are_proved_too(kept: tuple[Hub, str]) -> None:
    hub, url = kept
    long_ago = NOW - timedelta(days=900)
    assert outcomes(greeted(hub, "c"), "c", *_story(long_ago)) == ["taken"] * 3
    assert keeping.verify(url, password).findings == ()
    hub.close()

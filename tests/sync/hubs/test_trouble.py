"""What can go wrong with a server: a clear message with the next step, soon, and no secret."""

from __future__ import annotations

import traceback
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from psycopg import sql

from tests.fakes.servers import Postgres, free_port, running
from tests.fakes.tls_proxy import proxy
from tests.sync.hubs.places import act, check_chain, greeted, outcomes, whole_log
from tests.sync.hubs.server_place import Server
from tierline.sync.errors import HubDownError, HubError, NoEntryError, WrongHubError
from tierline.sync.hubs import postgres_link
from tierline.sync.hubs.address import Address, parsed
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.postgres import PostgresHub

SECRET = "s3cret-of-mine"


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """A server that a test may stop and kill."""
    with running() as started:
        yield started


def _dana(place: Server) -> Address:
    return place.let_in("dana", "technician")


def test_a_wrong_password_is_told_without_it(hub_place: Server) -> None:
    with pytest.raises(NoEntryError, match="did not accept dana") as refused:
        PostgresHub(_dana(hub_place), lambda: SECRET)
    told = "".join(traceback.format_exception(refused.value))
    assert SECRET not in told
    assert SECRET not in str(refused.value)


def test_no_password_is_asked_for_again(hub_place: Server) -> None:
    with pytest.raises(NoEntryError, match="did not accept dana"):
        PostgresHub(_dana(hub_place), lambda: "")


def test_a_login_that_nobody_made_is_not_accepted(hub_place: Server) -> None:
    address = hub_place.server.address("mallory", hub_place.database)
    with pytest.raises(NoEntryError, match="mallory"):
        PostgresHub(address, lambda: SECRET)


def test_somebody_of_another_hub_is_not_let_in(hub_place: Server) -> None:
    _dana(hub_place)
    other = hub_place.server.make_database()
    with hub_place.as_keeper() as base:
        base.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(
            sql.Identifier(other)))  # fmt: skip
    address = hub_place.server.address("dana", other)
    with pytest.raises(NoEntryError, match="dana may not use"):
        PostgresHub(address, lambda: hub_place.secret("dana"))
    hub_place.server.drop_database(other)


def test_an_unknown_host_may_be_a_network_that_is_away(hub_place: Server) -> None:
    address = replace(_dana(hub_place), hosts=(("no-such-host.invalid", 5432),))
    with pytest.raises(HubDownError, match=r"no-such-host\.invalid"):
        PostgresHub(address, lambda: SECRET)


def test_nobody_listening_is_away(hub_place: Server) -> None:
    address = replace(_dana(hub_place), hosts=(("127.0.0.1", free_port()),))
    with pytest.raises(HubDownError, match="cannot be reached"):
        PostgresHub(address, lambda: SECRET)


@pytest.mark.parametrize("exists", [True, False])
def test_a_database_that_is_no_hub_says_so(hub_place: Server, exists: bool) -> None:
    _dana(hub_place)
    name = hub_place.server.make_database() if exists else "nothing"
    address = hub_place.server.address("dana", name)
    with pytest.raises(WrongHubError, match="is no hub"):
        PostgresHub(address, lambda: hub_place.secret("dana"))
    if exists:
        hub_place.server.drop_database(name)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://hub", "no address"),
        ("hub.example.com", "no address"),
        ("postgresql://dana:pw@h/d", "There is a password"),
        ("postgresql://dana:p/pw@h/d", "There is a password"),
        ("postgresql://[::1/d", "no address"),
        ("postgresql://dana@h", "names no database"),
        ("postgresql://dana@h:port/d", "no host"),
        ("postgresql://dana@h:70000/d", "no host"),
        ("postgresql://dana@h/d?password=pw", "says password"),
        ("postgresql://dana@h/d?sslmode=disable", "says sslmode"),
        ("sqlite://", "names no file"),
        ("sqlite:///hub.sqlite", "not absolute"),
    ],
)
def test_an_address_that_is_none_says_what_is_wrong(url: str, says: str) -> None:
    with pytest.raises(WrongHubError, match=says) as refused:
        open_hub(url, lambda: SECRET)
    assert "pw" not in str(refused.value).replace("password", "")
    assert refused.value.todo


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://dana@h:5432/desk",
        "postgresql://dana@h:5433,h2:5434/desk?sslrootcert=/etc/ca.pem",
        "postgresql://dana@[::1]:5432/desk",
        "postgresql://dana@corp@h:5432/desk",
        "postgresql://corp%2Fdana@h:5432/desk",
        "postgresql://d%3Fa%3An%25a%23@h:5432/de%23sk?sslrootcert=/etc/c%2B%2B/our ca%26.pem",
        "sqlite:////srv/desk/hub.sqlite",
        "sqlite:////srv/50%2520/hub.sqlite",
    ],
)
def test_an_address_is_kept_as_it_was_typed(url: str) -> None:
    assert parsed(url).text == url
    assert parsed(parsed(url).text) == parsed(url)


def test_a_server_that_was_killed_is_away_and_everything_said_is_there(
    own_server: Postgres,
) -> None:
    place = Server(own_server)
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", act(1), act(2)) == ["taken", "taken"]
    own_server.kill()
    with pytest.raises(HubDownError):
        hub.push("c", [act(3)])
    with pytest.raises(HubDownError):
        while hub.wait(20):  # what was announced before is heard
            pass
    hub.close()
    own_server.start()
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", act(1), act(2), act(3)) == ["known", "known", "taken"]
    check_chain(whole_log(hub, "c"))
    hub.close()


def test_a_server_that_accepts_and_never_answers_is_an_error_soon(
    own_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert postgres_link.CONNECT <= postgres_link.PATIENCE <= 10
    monkeypatch.setattr(postgres_link, "CONNECT", 2)
    monkeypatch.setattr(postgres_link.Link, "patience", 2.0)
    place = Server(own_server)
    hub = greeted(place.session("dana"), "c")
    address = _dana(place)
    own_server.freeze()
    try:
        with pytest.raises(HubDownError, match="cannot be reached"):
            PostgresHub(address, lambda: place.secret("dana"))
        with pytest.raises(HubDownError, match="does not answer"):
            hub.push("c", [act(1)])
    finally:
        own_server.thaw()
        hub.close()


def test_a_cut_connection_is_away_on_both_lines(hub_place: Server) -> None:
    address = _dana(hub_place)
    with proxy(hub_place.server.port) as front:
        through = replace(address, hosts=(("127.0.0.1", front.port),))
        hub = greeted(PostgresHub(through, lambda: hub_place.secret("dana")), "c")
        front.cut()
        with pytest.raises(HubDownError):
            hub.wait(20)
        with pytest.raises(HubDownError):
            hub.pull("c", 0)
        hub.close()


def test_a_second_host_is_tried_when_the_first_is_away(hub_place: Server) -> None:
    hosts = (("127.0.0.1", free_port()), ("127.0.0.1", hub_place.server.port))
    address = replace(_dana(hub_place), hosts=hosts)
    hub = greeted(PostgresHub(address, lambda: hub_place.secret("dana")), "c")
    assert outcomes(hub, "c", act(1)) == ["taken"]
    hub.close()


def test_no_room_for_one_more_is_away(hub_place: Server) -> None:
    address = _dana(hub_place)
    with hub_place.as_keeper() as base:
        base.execute("ALTER ROLE dana CONNECTION LIMIT 0")
        try:
            with pytest.raises(HubDownError, match="room"):
                PostgresHub(address, lambda: hub_place.secret("dana"))
        finally:
            base.execute("ALTER ROLE dana CONNECTION LIMIT -1")


@pytest.mark.parametrize("code", ["53100", "57014", "40P01", "55P03", "25006", "XX000"])
def test_what_passes_is_tried_again(hub_place: Server, code: str) -> None:
    hub = _failing_with(hub_place, code)
    with pytest.raises(HubDownError):
        hub.push("c", [act(1)])
    hub.close()


def test_what_stays_is_told_with_its_code(hub_place: Server) -> None:
    hub = _failing_with(hub_place, "22012")
    with pytest.raises(HubError, match="22012") as told:
        hub.push("c", [act(1)])
    assert not isinstance(told.value, HubDownError)
    hub.close()


def _failing_with(place: Server, code: str) -> PostgresHub:
    hub = PostgresHub(_dana(place), lambda: place.secret("dana"))
    greeted(hub, "c")
    with place.as_keeper() as base:
        base.execute("SET ROLE tierline_owner")
        base.execute(
            "CREATE FUNCTION tierline.fail() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '{code}'; END $$"
        )
        base.execute(
            "CREATE TRIGGER fail BEFORE INSERT ON tierline.log"
            " FOR EACH ROW EXECUTE FUNCTION tierline.fail()"
        )
    return hub


def test_sql_in_every_field_is_text(hub_place: Server) -> None:
    evil = "'); DROP TABLE tierline.log; SELECT ('\"\\$1%s%"
    hub = greeted(PostgresHub(_dana(hub_place), lambda: hub_place.secret("dana")), "c")
    offer = act(
        1, evil, ticket=evil, kind=evil, number=evil, text=evil,
        row='{"state": {"subject": "\'); DROP TABLE tierline.ticket; --"}}',
    )  # fmt: skip
    console = f"c{evil}"
    greeted(hub, console)
    assert outcomes(hub, console, offer) == ["taken"]
    assert hub.find(evil) == (evil,)
    assert hub.lease(evil, evil, 1) == (1, 1)
    (line,) = whole_log(hub, console)
    assert (line.op_id, line.ticket_id, line.kind, line.console_id) == (evil, evil, evil, console)
    check_chain((line,))
    hub.close()

"""People on a hub: their entry is their own, their role is the hub's, whatever a console writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import uuid_utils

from tests.sync.hubs.places import (
    File,
    Place,
    Session,
    act,
    check_chain,
    clock,
    outcomes,
    whole_log,
)
from tests.sync.hubs.server_place import Server, password
from tierline.domain.log import Offer
from tierline.storage.entries import decoded
from tierline.storage.records import Person
from tierline.sync.errors import HubError, WrongHubError
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs import keeping, sqlite_keeping
from tierline.sync.hubs.persons import Notice, Told, entry_id
from tierline.sync.hubs.rights import Role


def notice(**told: Any) -> Notice:
    """From a console of the keeper's."""
    console = Console(console_id=str(uuid_utils.uuid7()), version="1.0.0", name="server")
    return Notice(console, "root", Told(**told))


def mine(cseq: int, payload: str, login: str = "dana") -> Offer:
    """An offer of an entry under that login's id."""
    named = {"payload": payload, "row": "", "number": "", "kind": "person"}
    return act(cseq, str(uuid_utils.uuid7()), ticket=entry_id(login), **named)


def person(login: str, **told: Any) -> str:
    return msgspec.json.encode({"id": login, "name": login.title(), **told}).decode()


def people(hub: Hub) -> dict[str, Person]:
    """The people that a console which starts now would have."""
    found = (decoded(line.kind, line.payload) for line in hub.directory())
    return {each.id: each for each in found if isinstance(each, Person)}


def why(hub: Hub, offer: Offer, console: str = "c-dana") -> str:
    (answer,) = hub.push(console, [offer]).answers
    assert answer.outcome == "refused"
    return answer.why


@pytest.mark.parametrize("role", ["technician", "lead", "admin"])
def test_people_write_their_own_entry_with_their_role(session: Session, role: Role) -> None:
    hub = session("dana", role)
    told = person("dana", role=role, tier=2, phone="+44 1", present=False)
    assert outcomes(hub, "c-dana", mine(1, told), mine(2, told)) == ["taken", "taken"]
    assert people(hub) == {
        "dana": Person(id="dana", name="Dana", role=role, tier=2, phone="+44 1", present=False)
    }
    check_chain(whole_log(hub, "c-dana"))


def test_an_entry_without_a_role_is_a_technician_s(session: Session) -> None:
    assert outcomes(session(), "c-dana", mine(1, person("dana"))) == ["taken"]
    lee = session("lee", "lead")
    assert "lee is lead on this hub, not technician" in why(
        lee, mine(1, person("lee"), "lee"), "c-lee"
    )


@pytest.mark.parametrize("role", ["lead", "admin", "", "LEAD", "bi"])
def test_nobody_raises_their_own_role(session: Session, role: str) -> None:
    said = why(session(), mine(1, person("dana", role=role)))
    assert said == (
        f"dana is technician on this hub, not {role}. Its keeper changes that: tierline hub grant."
    )


TRICKS = {
    "the role again": '{"id":"dana","name":"D","role":"technician","role":"lead"}',
    "the role hidden": '{"id":"dana","name":"D","role":"lead","ro\\u0000le":"technician"}',
    "the role spelt": '{"id":"dana","name":"D","\\u0072ole":"lead"}',
    "a role that is no text": '{"id":"dana","name":"D","role":["lead"]}',
    "no role": '{"id":"dana","name":"D","role":null}',
    "somebody again": '{"id":"dana","id":"kim","name":"D","role":"lead"}',
    "somebody hidden": '{"id":"kim","i\\u0000d":"dana","name":"D","role":"lead"}',
    "somebody after": '{"id":"kim","name":"D","id":"dana","role":"lead"}',
    "a list": '[{"id":"dana","role":"lead"}]',
    "no entry": "7",
    "no JSON": "{",
    "half a character": '{"id":"dana","name":"D","role":"\\ud800"}',
    "a number": '{"id":7,"name":"D"}',
    "nobody": '{"name":"D"}',
}


@pytest.mark.parametrize("payload", TRICKS.values(), ids=TRICKS.keys())
def test_no_trick_raises_a_role(session: Session, payload: str) -> None:
    kim, hub = session("kim", "lead"), session()
    assert outcomes(kim, "c-kim", mine(1, person("kim", role="lead"), "kim")) == ["taken"]
    assert outcomes(hub, "c-dana", mine(1, payload)) == ["refused"]
    assert outcomes(hub, "c-dana", mine(2, payload, "kim")) == ["refused"]
    assert people(hub) == {"kim": Person(id="kim", name="Kim", role="lead")}


@pytest.mark.parametrize("role", ["technician", "lead"])
def test_nobody_writes_the_entry_of_somebody_else(session: Session, role: Role) -> None:
    hub = session("dana", role)
    for cseq, (login, entry) in enumerate((("kim", "kim"), ("dana", "kim"), ("kim", "dana")), 1):
        assert "needs the role admin" in why(hub, mine(cseq, person(login, role=role), entry))
    assert people(hub) == {}


def test_a_login_that_differs_by_capitals_is_somebody_else(session: Session) -> None:
    dana, other = session(), session("Dana")
    assert outcomes(dana, "c-dana", mine(1, person("dana"))) == ["taken"]
    assert outcomes(other, "c-Dana", mine(1, person("Dana"), "Dana")) == ["refused"]
    assert people(dana).keys() == {"dana"}


@pytest.mark.parametrize("login", ["a%b/c", "d'x\\", 'o"brien', "x y"])
def test_an_own_entry_whatever_the_login(session: Session, login: str) -> None:
    hub = session(login)
    assert outcomes(hub, f"c-{login}", mine(1, person(login), login)) == ["taken"]


def test_an_admin_writes_about_anybody_but_gives_no_role(session: Session) -> None:
    admin = session("ada", "admin")
    session()
    offers = [
        mine(1, person("dana", tier=3), "dana"),
        mine(2, person("dana", role="lead"), "dana"),
        mine(3, person("new", role="lead"), "new"),  # whom the hub does not know
    ]
    done = [admin.push("c-ada", [each]).answers[0].outcome for each in offers]
    assert done == ["taken", "refused", "taken"]
    assert people(admin)["dana"].tier == 3


@pytest.mark.parametrize(
    ("kind", "name"),
    [("contact", "person/kim"), ("note", "person/kim"), ("contact", "t1"), ("note", "client/x")],
)
def test_no_entry_passes_for_something_else(session: Session, kind: str, name: str) -> None:
    payload = "[]" if kind == "note" else '{"client": "x", "name": "y"}'
    row = "{}" if kind == "note" else ""
    said = why(session(), act(1, ticket=name, kind=kind, payload=payload, row=row))
    assert said == "It goes by the name of something else."


def test_a_grant_tells_everybody_name_line_and_role(place: Place, session: Session) -> None:
    hub = session("kim", "admin")
    place.grant("dana", "lead", notice(name="Dana Whitlock", tier=2, skills=("vpn", "sql")))
    expected = Person(id="dana", name="Dana Whitlock", tier=2, skills=("vpn", "sql"), role="lead")
    assert people(hub) == {"dana": expected}
    (line,) = whole_log(hub, "c-kim")
    check_chain((line,))
    assert line.author == ("postgres" if isinstance(place, Server) else "root")
    assert abs(line.at - clock()) < 60_000_000


def test_a_later_grant_keeps_what_it_does_not_say(place: Place, session: Session) -> None:
    place.grant("dana", "technician", notice())
    hub = session()
    told = person("dana", name="Dana W.", phone="+44 1", tier=2, shoe=43)  # of a newer program
    assert outcomes(hub, "c-dana", mine(1, told)) == ["taken"]
    place.grant("dana", "lead", notice(tier=3))
    assert people(hub) == {
        "dana": Person(id="dana", name="Dana W.", phone="+44 1", tier=3, role="lead")
    }
    assert '"shoe":43' in hub.directory()[-1].payload
    place.grant("dana", "lead", notice(tier=3))  # nothing new: no line
    assert len(whole_log(hub, "c-dana")) == 3
    assert "dana is lead on this hub" in why(hub, mine(2, told))


def test_who_was_let_out_is_gone_and_keeps_their_name(place: Place, session: Session) -> None:
    hub = session("kim")
    place.grant("dana", "lead", notice(name="Dana Whitlock"))
    place.revoke("dana", notice())
    left = Person(id="dana", name="Dana Whitlock", role="lead", present=False, gone=True)
    assert people(hub) == {"dana": left}
    place.grant("dana", "technician", notice())
    assert people(hub) == {"dana": Person(id="dana", name="Dana Whitlock")}


def test_a_wallboard_is_nobody_to_hand_tickets_to(place: Place, session: Session) -> None:
    hub = session("kim")
    place.grant("wall", "wallboard", notice())
    assert people(hub) == {}
    place.grant("dana", "lead", notice())
    place.grant("dana", "wallboard", notice())
    assert people(hub)["dana"].gone


def test_two_logins_that_look_alike_are_told_before_anything_changes(
    place: Place, session: Session
) -> None:
    hub = session("kim")
    place.grant("dana", "technician", notice())
    with pytest.raises(HubError, match="There is dana already"):
        place.grant("Dana", "lead", notice())
    assert people(hub).keys() == {"dana"}


def test_a_grant_needs_no_newest_program_of_itself(place: Place, session: Session) -> None:
    hub = session("kim")
    place.require("1.0", 1)
    place.grant("dana", "lead", notice())
    assert people(hub)["dana"].role == "lead"


def test_a_grant_that_cannot_be_told_gives_no_right(tmp_path: Path) -> None:
    file = File(tmp_path / "hub.sqlite")
    file.require("9.0", 1)
    with pytest.raises(HubError, match="New acts need"):
        file.grant("dana", "lead", notice())
    with pytest.raises(WrongHubError, match="knows no dana"):
        file.revoke("dana")


def test_a_grant_that_cannot_be_told_gives_no_right_on_a_server(hub_place: Server) -> None:
    hub_place.require("9.0", 1)
    login = f"dana-{hub_place.database}"
    with pytest.raises(HubError, match="New acts need"):
        keeping.grant(hub_place.keeper.text, login, "lead", password, notice())
    with hub_place.as_keeper() as base:
        found = base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
    assert found is None


@pytest.mark.parametrize("role", ["technician", "lead", "admin"])
def test_roles_cannot_be_raised_by_raw_sql(hub_place: Server, role: Role) -> None:
    login = f"raw-{role}"
    hub_place.let_in(login, role)
    hub_place.let_in("raw-kim", "technician", notice(name="Kim"))
    higher = "admin" if role != "admin" else "lead"
    offers = [
        mine(1, person(login, role=higher), login),
        mine(2, person("raw-kim", role="lead"), "raw-kim"),
        act(3, ticket="person/raw-kim", kind="contact", payload="{}", row=""),
        act(4, ticket="person/raw-kim", kind="note", payload="[]"),
    ]
    with hub_place.raw(login) as base:
        for offer in offers:
            raw = msgspec.json.encode([offer]).decode()
            told = base.execute("SELECT tierline.push('c', %s)", (raw,)).fetchone()
            assert told is not None
            assert [each["outcome"] for each in told[0]["answers"]] == ["refused"]
        for statement in (
            "INSERT INTO tierline.directory VALUES ('person/x', 1)",
            "UPDATE tierline.directory SET seq = 1",
            "SELECT tierline.misfit(NULL)",
            "SELECT tierline.own('x', NULL)",
        ):
            with pytest.raises(Exception, match="permission denied"):
                base.execute(statement.encode())
        entries = base.execute("SELECT id FROM tierline.directory").fetchall()
    assert entries == [("person/raw-kim",)]


def test_a_login_beyond_ascii_writes_the_entry_its_grant_made(
    place: Place, session: Session
) -> None:
    place.grant("Émile", "technician", notice(name="Émile"))
    hub = session("Émile")
    offer = mine(1, person("Émile", name="Émile Roy"), "Émile")
    assert outcomes(hub, "c-Émile", offer) == ["taken"]
    assert people(hub)["Émile"].name == "Émile Roy"


def test_verify_holds_after_grants(hub_place: Server) -> None:
    hub_place.grant("dana", "lead", notice(name="Dana"))
    hub_place.revoke("dana", notice())
    proof = keeping.verify(hub_place.keeper.text, password)
    assert (proof.lines, proof.findings) == (2, ())


def test_verify_finds_a_role_that_was_changed_past_its_entry(hub_place: Server) -> None:
    hub_place.grant("dana", "lead", notice(name="Dana"))
    hub_place.let_in("dana", "technician")
    (found,) = keeping.verify(hub_place.keeper.text, password).findings
    assert (found.about, found.part) == ("person dana", "right")
    assert found.what.startswith("the role is technician, the directory says lead")
    keeping.grant(hub_place.keeper.text, "dana", "", password, notice())
    assert keeping.verify(hub_place.keeper.text, password).findings == ()


def test_verify_finds_it_in_a_file_too(tmp_path: Path) -> None:
    file = File(tmp_path / "hub.sqlite")
    file.grant("dana", "lead", notice(name="Dana"))
    sqlite_keeping.grant(file.path, "dana", "technician")
    (found,) = keeping.verify(f"sqlite:///{file.path}").findings
    assert found.about == "person dana"

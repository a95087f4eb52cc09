"""A hub's files, the same in memory, in a file and on PostgreSQL: proven, and nobody else's."""

from __future__ import annotations

import hashlib
import random
from contextlib import suppress
from typing import Any

import msgspec
import psycopg
import pytest

from tests.sync.hubs.places import Place, Session, act, outcomes
from tests.sync.hubs.server_place import Server
from tierline.domain import events as ev
from tierline.domain.errors import WorldError
from tierline.domain.log import Offer
from tierline.storage.instants import from_us
from tierline.sync.blobs import CHUNK, MOST, BlobHub
from tierline.sync.hubs.rights import Role

DATA = random.Random(4).randbytes(2 * CHUNK + 777)
SHA = hashlib.sha256(DATA).hexdigest()


def attach(cseq: int, sha256: str = SHA, size: int = len(DATA), **more: Any) -> Offer:
    """An offer of an act that names a file."""
    at = from_us(1_700_000_000_000_000)
    event = ev.Attached(at=at, by="", name="a.jpg", sha256=sha256, size=size)
    payload = ev.encode_events((event,)).decode()
    return act(cseq, more.pop("op_id", ""), kind="attach", payload=payload, **more)


def sent(hub: BlobHub, data: bytes = DATA, sha256: str = SHA) -> int | None:
    """Send a file whole; what the last answer was."""
    there = hub.blob_size(sha256)
    for _ in range(len(data) // CHUNK + 2):
        if there is None or there >= len(data):
            break
        there = hub.put_blob(sha256, there, data[there : there + CHUNK], len(data))
    return there


def fetched(hub: BlobHub, sha256: str = SHA, limit: int = CHUNK) -> bytes:
    """All of a file."""
    found = b""
    while piece := hub.get_blob(sha256, len(found), limit):
        assert len(piece) <= limit
        found += piece
    return found


def test_a_file_goes_there_and_back(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    assert outcomes(dana, "c-dana", attach(1)) == ["taken"]
    assert (dana.blob_size(SHA), dana.get_blob(SHA, 0)) == (0, b"")
    assert sent(dana) == len(DATA)
    assert fetched(lee) == DATA
    assert fetched(lee, limit=100_000) == DATA
    assert lee.get_blob(SHA, CHUNK + 5, 10) == DATA[CHUNK + 5 : CHUNK + 15]
    assert lee.get_blob(SHA, len(DATA)) == lee.get_blob(SHA, len(DATA) + 9) == b""


def test_a_file_that_no_line_names_is_not_taken(session: Session) -> None:
    hub = session()
    outcomes(hub, "c-dana", act(1, text=f'"sha256":"{SHA}"'))
    assert hub.blob_size(SHA) is None
    assert hub.put_blob(SHA, 0, DATA[:CHUNK], len(DATA)) is None
    assert hub.get_blob(SHA, 0) == b""


def test_what_was_sent_halfway_goes_on_there_from_any_console(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    outcomes(dana, "c-dana", attach(1))
    assert dana.put_blob(SHA, 0, DATA[:CHUNK], len(DATA)) == CHUNK
    assert (dana.blob_size(SHA), lee.blob_size(SHA)) == (CHUNK, CHUNK)
    assert lee.get_blob(SHA, 0) == DATA[:CHUNK]
    assert lee.get_blob(SHA, CHUNK) == b""
    assert sent(lee) == len(DATA)
    assert fetched(dana) == DATA


@pytest.mark.parametrize("offset", [0, 5, CHUNK - 1, CHUNK + 1, 10**9])
def test_bytes_that_do_not_follow_change_nothing(session: Session, offset: int) -> None:
    hub = session()
    outcomes(hub, "c-dana", attach(1))
    hub.put_blob(SHA, 0, DATA[:CHUNK], len(DATA))
    assert hub.put_blob(SHA, offset, b"wrong", len(DATA)) == CHUNK
    assert hub.put_blob(SHA, CHUNK, b"", len(DATA)) == CHUNK
    assert sent(hub) == len(DATA)
    assert fetched(hub) == DATA


def test_a_file_that_is_wrong_is_forgotten_and_can_be_sent_anew(session: Session) -> None:
    hub = session()
    outcomes(hub, "c-dana", attach(1))
    hub.put_blob(SHA, 0, DATA[:CHUNK], CHUNK + 5)
    assert hub.put_blob(SHA, CHUNK, b"wrong", CHUNK + 5) == 0
    assert (hub.blob_size(SHA), hub.get_blob(SHA, 0)) == (0, b"")
    assert sent(hub) == len(DATA)


def test_a_proven_file_is_never_changed(session: Session) -> None:
    hub = session()
    outcomes(hub, "c-dana", attach(1))
    sent(hub)
    size = len(DATA)
    assert hub.put_blob(SHA, size, b"more", size + 4) == size
    assert hub.put_blob(SHA, size, b"more", size + 400) == size
    assert fetched(hub) == DATA


def test_no_file_is_larger_than_any_hub_takes(session: Session) -> None:
    hub = session()
    outcomes(hub, "c-dana", attach(1))
    assert hub.put_blob(SHA, 0, b"x", MOST + 1) == 1
    with_too_much = b"y" * CHUNK
    assert hub.put_blob(SHA, 1, with_too_much, CHUNK) == 1


def test_the_same_file_on_two_tickets_is_kept_once(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    outcomes(dana, "c-dana", attach(1))
    sent(dana)
    outcomes(lee, "c-lee", attach(1, ticket="t2", op_id="lee-1"))
    assert lee.blob_size(SHA) == len(DATA)


def test_a_restricted_tickets_file_is_not_a_technicians(session: Session) -> None:
    lead, dana = session("lena", "lead"), session("dana")
    outcomes(lead, "c-lena", attach(1))
    sent(lead)
    assert fetched(dana) == DATA
    outcomes(lead, "c-lena", act(2, base=1, kind="restrict", restricted=True))
    assert dana.blob_size(SHA) is None
    assert dana.get_blob(SHA, 0) == b""
    assert dana.put_blob(SHA, 0, DATA[:10], len(DATA)) is None
    assert fetched(lead) == DATA
    # Named by a ticket that everybody may read, it is everybody's.
    outcomes(lead, "c-lena", attach(3, ticket="t2"))
    assert fetched(dana) == DATA
    outcomes(lead, "c-lena", act(4, ticket="t2", base=3, kind="restrict", restricted=True))
    assert dana.get_blob(SHA, 0) == b""
    outcomes(lead, "c-lena", act(5, base=2, kind="restrict", restricted=False))
    assert fetched(dana) == DATA


def test_who_may_not_write_sends_no_file_and_reads_what_they_may_read(session: Session) -> None:
    dana, wall = session("dana"), session("wally", "wallboard")
    outcomes(dana, "c-dana", attach(1))
    assert wall.put_blob(SHA, 0, DATA[:CHUNK], len(DATA)) is None
    sent(dana)
    assert fetched(wall) == DATA


def test_a_login_that_was_let_go_gets_nothing(session: Session, place: Place) -> None:
    dana = session("dana")
    outcomes(dana, "c-dana", attach(1))
    sent(dana)
    place.revoke("dana")
    for call in (
        lambda: dana.get_blob(SHA, 0),
        lambda: dana.put_blob(SHA, 0, b"x", 1),
        lambda: dana.blob_size(SHA),
    ):
        with suppress(WorldError):
            assert not call()


@pytest.mark.parametrize(
    "payload",
    ['{"sha256": 5}', "[5]", "[]", "[{}]", '[{"sha256":null}]'],
)
def test_a_strange_payload_names_nothing_and_still_becomes_a_line(
    session: Session, payload: str
) -> None:
    hub = session()
    assert outcomes(hub, "c-dana", act(1, kind="attach", v=9, payload=payload)) == ["taken"]
    assert outcomes(hub, "c-dana", attach(2)) == ["taken"]
    assert sent(hub) == len(DATA)


@pytest.mark.parametrize("sha", ["", "%", "'; DROP TABLE log; --", SHA.upper(), SHA[:-1], "\x00"])
def test_a_strange_hash_names_nothing(session: Session, sha: str) -> None:
    hub = session()
    outcomes(hub, "c-dana", attach(1))
    sent(hub)
    assert hub.blob_size(sha) is None
    assert hub.get_blob(sha, 0) == b""


def test_two_who_send_the_same_at_once_leave_one_whole_file(session: Session) -> None:
    one, two = session("dana"), session("lee")
    outcomes(one, "c-dana", attach(1))
    there = 0
    while there < len(DATA):
        answers = [
            hub.put_blob(SHA, there, DATA[there : there + CHUNK], len(DATA)) for hub in (one, two)
        ]
        assert answers[0] == answers[1]
        there = answers[0] or 0
    assert fetched(two) == DATA


def test_the_payload_that_tests_offer_is_the_one_desks_write() -> None:
    payload = attach(1).payload
    assert f'"sha256":"{SHA}"' in payload
    (event,) = msgspec.json.decode(payload)
    assert (event["kind"], event["sha256"]) == ("attached", SHA)


@pytest.mark.parametrize("role", ["technician", "lead", "admin", "wallboard", "bi"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT data FROM tierline.attachment_chunk",
        "SELECT sha256 FROM tierline.attachment",
        "INSERT INTO tierline.attachment VALUES ('x', 1)",
        "INSERT INTO tierline.attachment_chunk VALUES ('x', 0, 'x')",
        "UPDATE tierline.attachment_chunk SET data = ''",
        "DELETE FROM tierline.attachment_chunk",
        "TRUNCATE tierline.attachment",
        "SELECT tierline.file_there('x')",
        "SELECT tierline.file_named('x')",
    ],
)
def test_nobody_goes_past_the_functions(hub_place: Server, role: Role, query: str) -> None:
    hub_place.let_in("mallory", role)
    with (
        hub_place.raw("mallory") as base,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        base.execute(query.encode())

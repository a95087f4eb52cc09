"""`tierline hub verify` looks at attached files too: what is damaged, lacking, still to come."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.sync.hubs.places import File, act, greeted, outcomes
from tests.sync.hubs.server_place import Server, password
from tierline.domain import events as ev
from tierline.domain.log import Offer
from tierline.storage.instants import from_us
from tierline.sync.blobs import CHUNK
from tierline.sync.hub import Hub
from tierline.sync.hubs import keeping
from tierline.sync.hubs.proving import Proof

DATA = random.Random(7).randbytes(3 * CHUNK + 5)
SHA = hashlib.sha256(DATA).hexdigest()
Break = Callable[[str], None]


def attach(cseq: int, name: str, sha256: str, size: int) -> Offer:
    at = from_us(1_700_000_000_000_000)
    event = ev.Attached(at=at, by="", name=name, sha256=sha256, size=size)
    return act(cseq, kind="attach", payload=ev.encode_events((event,)).decode())


@pytest.fixture(params=["file", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Hub, str, Break]:
    """A hub with one whole file, its address, and a way to damage it."""
    if request.param == "file":
        place = File(tmp_path / "hub.sqlite")
        hub = place.session("mira")

        def damage(edit: str) -> None:
            with closing(sqlite3.connect(place.path)) as base, base:
                base.execute(edit.format(schema="", zeros="zeroblob(length(data))"))

        url = f"sqlite:///{place.path}"
    else:
        server: Server = request.getfixturevalue("hub_place")
        hub = server.session("mira")

        def damage(edit: str) -> None:
            with server.as_keeper() as base:
                zeros = "decode(repeat('00', octet_length(data)), 'hex')"
                base.execute(edit.format(schema="tierline.", zeros=zeros).encode())

        url = server.keeper.text
    greeted(hub, "c")
    assert outcomes(hub, "c", attach(1, "desk.jpg", SHA, len(DATA))) == ["taken"]
    for start in range(0, len(DATA), CHUNK):
        hub.put_blob(SHA, start, DATA[start : start + CHUNK], len(DATA))
    assert hub.blob_size(SHA) == len(DATA)
    return hub, url, damage


def _files(proof: Proof) -> list[str]:
    return [f"{each.about}: {each.what}" for each in proof.findings if each.part == "file"]


def test_a_whole_file_is_counted(kept: tuple[Hub, str, Break]) -> None:
    hub, url, _ = kept
    proof = keeping.verify(url, password)
    assert (proof.files, _files(proof), proof.awaited) == (1, [], ())
    hub.close()


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        ("UPDATE {schema}attachment_chunk SET data = {zeros} WHERE start = 0",
         "its bytes are not the ones that were sent"),
        (f"DELETE FROM {{schema}}attachment_chunk WHERE start = {CHUNK}",
         f"its bytes {CHUNK} to {2 * CHUNK - 1} are missing"),
        (f"DELETE FROM {{schema}}attachment_chunk WHERE start >= {2 * CHUNK}",
         f"its bytes {2 * CHUNK} to {3 * CHUNK + 4} are missing"),
        ("DELETE FROM {schema}attachment_chunk", f"its bytes 0 to {3 * CHUNK + 4} are missing"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named(kept: tuple[Hub, str, Break], edit: str, what: str) -> None:
    hub, url, damage = kept
    damage(edit)
    proof = keeping.verify(url, password)
    assert _files(proof) == [f"file desk.jpg (line 1): {what}"]
    assert (proof.files, proof.awaited) == (0, ())
    assert {each.author for each in proof.findings if each.part == "file"} == {"mira"}
    hub.close()


def test_a_file_that_is_still_to_come_is_told_and_no_fault(kept: tuple[Hub, str, Break]) -> None:
    hub, url, _ = kept
    other = hashlib.sha256(DATA[:-1]).hexdigest()
    never = attach(3, "log.txt", "0" * 64, 12)
    named = attach(2, "shelf.jpg", other, len(DATA) - 1)
    assert outcomes(hub, "c", named, never) == ["taken", "taken"]
    assert hub.put_blob(other, 0, DATA[:CHUNK], len(DATA) - 1) == CHUNK
    proof = keeping.verify(url, password)
    assert _files(proof) == []
    assert [(each.about, each.what) for each in proof.awaited] == [
        ("file shelf.jpg (line 2)", f"has {CHUNK} of {len(DATA) - 1} bytes"),
        ("file log.txt (line 3)", "has 0 of 12 bytes"),
    ]
    hub.close()


@pytest.mark.parametrize("payload", ["[]", "[{}]", '[{"name": 1}]', "[7]", '[{"size": "x"}]'])
def test_a_line_that_names_no_file_is_passed_over(
    kept: tuple[Hub, str, Break], payload: str
) -> None:
    hub, url, _ = kept
    odd = act(2, kind="attach", v=9, payload=payload)
    assert outcomes(hub, "c", odd) == ["taken"]
    assert keeping.verify(url, password).files == 1
    hub.close()

"""Attached bytes between consoles and a hub: whole or going on, through cuts, crashes and lies."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sync.hubs.places import act, clock, greeted
from tierline.domain import events as ev
from tierline.storage.blobs import FOLDER, Blobs
from tierline.storage.instants import from_us
from tierline.sync import moving
from tierline.sync.blobs import CHUNK
from tierline.sync.errors import HubDownError
from tierline.sync.hubs.memory import MemoryHub, MemorySession
from tierline.sync.moving import FIRST, LATER, SMALLEST, SOON, Mover

DATA = random.Random(7).randbytes(3 * CHUNK + 11)
SHA = hashlib.sha256(DATA).hexdigest()


class Steady:
    """Seconds that only go on when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Cut:
    """A session whose line breaks at a given call, before or after the hub did what was asked."""

    def __init__(self, hub: MemorySession, at: int, *, after: bool) -> None:
        self.hub, self.at, self.after, self.calls = hub, at, after, 0
        self.limits: list[int] = []

    def blob_size(self, sha256: str) -> int | None:
        return self._call(lambda: self.hub.blob_size(sha256))

    def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
        self.limits.append(len(data))
        return self._call(lambda: self.hub.put_blob(sha256, offset, data, size))

    def get_blob(self, sha256: str, offset: int, limit: int = CHUNK) -> bytes:
        self.limits.append(limit)
        return self._call(lambda: self.hub.get_blob(sha256, offset, limit))

    def _call(self, do: Callable[[], Any]) -> Any:
        self.calls += 1
        if self.calls == self.at and not self.after:
            raise HubDownError("Cut.", safe="", todo="")
        answer = do()
        if self.calls == self.at:
            raise HubDownError("Cut.", safe="", todo="")
        return answer


@pytest.fixture
def server() -> MemoryHub:
    return MemoryHub(clock)


def named(hub: MemorySession, cseq: int, sha256: str = SHA, size: int = len(DATA)) -> None:
    """The act that names a file goes out."""
    event = ev.Attached(at=from_us(1_700_000_000_000_000), name="a", sha256=sha256, size=size)
    payload = ev.encode_events((event,)).decode()
    done = hub.push("c-dana", [act(cseq, kind="attach", ticket=f"t{cseq}", payload=payload)])
    assert [answer.outcome for answer in done.answers] == ["taken"]


def dana(server: MemoryHub) -> MemorySession:
    session = server.session("dana")
    greeted(session, "c-dana")
    return session


def moved(mover: Mover, hub: Any) -> int:
    """Move until there is nothing more to move now; how many turns that took."""
    turns = 1
    while mover.move_some(hub):
        turns += 1
        assert turns < 1000
    return turns


def test_a_file_goes_from_one_console_to_another(server: MemoryHub, tmp_path: Path) -> None:
    one, two = Blobs(tmp_path / "one"), Blobs(tmp_path / "two")
    one.put(io.BytesIO(DATA))
    named(dana(server), 1)
    moved(Mover(one, Steady()), dana(server))
    assert one.to_send() == ()
    two.want(SHA, len(DATA))
    moved(Mover(two, Steady()), server.session("lee"))
    assert two.path(SHA).read_bytes() == DATA
    assert (two.to_send(), two.wanted()) == ((), ())


def test_a_turn_moves_no_more_than_its_budget(server: MemoryHub, tmp_path: Path) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    blobs.put(io.BytesIO(DATA))
    named(hub, 1)
    mover = Mover(blobs, Steady())
    assert mover.move_some(hub, 10)
    assert hub.blob_size(SHA) == FIRST
    assert mover.move_some(hub, 10)
    assert hub.blob_size(SHA) == 3 * FIRST
    assert not mover.move_some(hub, len(DATA))
    assert hub.blob_size(SHA) == len(DATA)


def test_a_turn_ends_when_its_time_is_over(server: MemoryHub, tmp_path: Path) -> None:
    blobs, hub, steady = Blobs(tmp_path), dana(server), Steady()
    blobs.put(io.BytesIO(DATA))
    named(hub, 1)

    class Slow(Cut):
        def _call(self, do: Callable[[], Any]) -> Any:
            steady.now += moving.MOMENT
            return super()._call(do)

    slow = Slow(hub, 0, after=False)
    assert Mover(blobs, steady).move_some(slow, 10**9)
    assert slow.calls <= 2


@pytest.mark.parametrize("after", [False, True], ids=["asked", "done"])
def test_sending_goes_on_after_a_cut_at_any_call(
    server: MemoryHub, tmp_path: Path, *, after: bool
) -> None:
    named(dana(server), 1)
    empty = server.image()
    for at in range(1, 30):
        server.restore(empty)
        blobs = Blobs(tmp_path / str(at))
        blobs.put(io.BytesIO(DATA))
        cut = Cut(dana(server), at, after=after)
        mover = Mover(blobs, Steady())
        try:
            moved(mover, cut)
        except HubDownError:
            assert blobs.to_send() == (SHA,)
            # The same program goes on, or a new one that knows nothing.
            moved(mover if at % 2 else Mover(blobs, Steady()), dana(server))
        else:
            break
        assert blobs.to_send() == ()
        assert server.session("lee").get_blob(SHA, 0, 10**9) == DATA
    assert at > 3


def test_fetching_goes_on_after_a_cut_at_any_call(server: MemoryHub, tmp_path: Path) -> None:
    source = Blobs(tmp_path / "source")
    source.put(io.BytesIO(DATA))
    named(dana(server), 1)
    moved(Mover(source, Steady()), dana(server))
    for at in range(1, 30):
        blobs = Blobs(tmp_path / str(at))
        blobs.want(SHA, len(DATA))
        mover = Mover(blobs, Steady())
        try:
            moved(mover, Cut(server.session("lee"), at, after=True))
        except HubDownError:
            (wanted,) = blobs.wanted()
            assert (wanted.have > 0) is (at > 1)
            again = Cut(server.session("lee"), 0, after=False)
            moved(mover if at % 2 else Mover(blobs, Steady()), again)
        else:
            break
        assert blobs.path(SHA).read_bytes() == DATA
    assert at > 3


def test_a_cut_makes_the_next_chunk_small_and_a_quick_link_large_ones(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs = Blobs(tmp_path)
    blobs.put(io.BytesIO(DATA))
    named(dana(server), 1)
    mover, cut = Mover(blobs, Steady()), Cut(dana(server), 3, after=False)
    with pytest.raises(HubDownError):
        moved(mover, cut)
    again = Cut(dana(server), 0, after=False)
    moved(mover, again)
    assert again.limits[0] == SMALLEST
    assert max(again.limits) == CHUNK


def test_a_slow_link_gets_smaller_chunks_until_one_is_quick_enough(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, steady = Blobs(tmp_path), Steady()
    blobs.put(io.BytesIO(DATA))
    named(dana(server), 1)

    class Slow(Cut):
        """Ten kilobytes a second."""

        def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
            steady.now += len(data) / 10_000
            return super().put_blob(sha256, offset, data, size)

    slow = Slow(dana(server), 0, after=False)
    moved(Mover(blobs, steady), slow)
    assert blobs.to_send() == ()
    assert slow.limits[0] == FIRST
    assert set(slow.limits[2:-1]) <= {SMALLEST, 2 * SMALLEST}


def test_a_file_waits_for_the_act_that_names_it(server: MemoryHub, tmp_path: Path) -> None:
    blobs, hub, steady = Blobs(tmp_path), dana(server), Steady()
    blobs.put(io.BytesIO(DATA))
    mover = Mover(blobs, steady)
    assert not mover.move_some(hub)
    named(hub, 1)
    assert not mover.move_some(hub)
    steady.now += SOON
    moved(mover, hub)
    assert blobs.to_send() == ()


def test_what_was_put_off_is_tried_at_once_when_something_changed(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    blobs.put(io.BytesIO(DATA))
    mover = Mover(blobs, Steady())
    assert not mover.move_some(hub)
    named(hub, 1)
    mover.retry()
    moved(mover, hub)
    assert blobs.to_send() == ()


def test_a_file_that_nobody_has_sent_yet_stays_wanted_and_holds_up_no_other(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    other = Blobs(tmp_path / "other")
    small = other.put(io.BytesIO(b"small"))
    named(hub, 1)
    named(hub, 2, small.sha256, small.size)
    moved(Mover(other, Steady()), hub)
    blobs.want(SHA, len(DATA))
    blobs.want(small.sha256, small.size)
    blobs.put(io.BytesIO(b"mine"))
    moved(Mover(blobs, Steady()), hub)
    assert blobs.here(small.sha256)
    assert [each.sha256 for each in blobs.wanted()] == [SHA]


def test_what_is_waited_for_comes_before_what_is_sent(server: MemoryHub, tmp_path: Path) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    other = Blobs(tmp_path / "other")
    small = other.put(io.BytesIO(b"small"))
    named(hub, 1)
    named(hub, 2, small.sha256, small.size)
    moved(Mover(other, Steady()), hub)
    blobs.put(io.BytesIO(DATA))
    blobs.want(small.sha256, small.size)
    Mover(blobs, Steady()).move_some(hub, 1)
    assert blobs.here(small.sha256)
    assert hub.blob_size(SHA) == 0


@pytest.mark.expects_logs
def test_a_file_that_was_damaged_here_is_put_aside_and_not_sent_for_ever(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    blobs.put(io.BytesIO(DATA))
    (tmp_path / FOLDER / SHA[:2] / SHA).write_bytes(DATA[:-1] + b"!")
    named(hub, 1)
    moved(Mover(blobs, Steady()), hub)
    assert hub.blob_size(SHA) == 0
    assert not blobs.here(SHA)
    assert blobs.to_send() == ()


def test_a_hub_that_gives_wrong_bytes_is_asked_again_later(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, hub, steady = Blobs(tmp_path), dana(server), Steady()
    named(hub, 1)
    server.state.blobs[SHA] = b"x" * len(DATA)
    blobs.want(SHA, len(DATA))
    mover = Mover(blobs, steady)
    moved(mover, hub)
    assert not blobs.here(SHA)
    assert not mover.move_some(hub)
    server.state.blobs[SHA] = DATA
    steady.now += LATER
    moved(mover, hub)
    assert blobs.path(SHA).read_bytes() == DATA


def test_a_login_that_may_not_write_sends_nothing_and_is_not_stuck(
    server: MemoryHub, tmp_path: Path
) -> None:
    named(dana(server), 1)
    blobs = Blobs(tmp_path)
    blobs.put(io.BytesIO(DATA))
    assert moved(Mover(blobs, Steady()), server.session("wally", "wallboard")) == 1
    assert blobs.to_send() == (SHA,)


def test_another_console_that_sent_part_of_it_has_saved_us_that(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    blobs.put(io.BytesIO(DATA))
    named(hub, 1)
    hub.put_blob(SHA, 0, DATA[:-5], len(DATA))
    cut = Cut(hub, 0, after=False)
    moved(Mover(blobs, Steady()), cut)
    assert cut.limits == [5]


def test_a_hub_that_lost_files_gets_them_from_whoever_has_them(
    server: MemoryHub, tmp_path: Path
) -> None:
    blobs, hub = Blobs(tmp_path), dana(server)
    blobs.put(io.BytesIO(DATA))
    named(hub, 1)
    before = server.image()
    moved(Mover(blobs, Steady()), hub)
    server.restore(before)
    blobs.send_again()
    moved(Mover(blobs, Steady()), dana(server))
    assert dana(server).blob_size(SHA) == len(DATA)


def test_a_note_of_loss_is_heeded_once(server: MemoryHub, tmp_path: Path) -> None:
    blobs, hub, note = Blobs(tmp_path), dana(server), "The hub had lost work."
    blobs.put(io.BytesIO(DATA))
    named(hub, 1)
    mover = Mover(blobs, Steady())
    mover.heed("")
    moved(mover, hub)
    mover.heed(note)
    assert blobs.to_send() == (SHA,)
    moved(mover, hub)
    mover.heed(note)
    assert blobs.to_send() == ()

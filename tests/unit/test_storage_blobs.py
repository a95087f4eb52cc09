"""Attached bytes on this machine: kept once, proven when read, and never half."""

from __future__ import annotations

import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tierline.domain.errors import WorldError
from tierline.storage.blobs import FOLDER, Blobs, MissingBlobError, Wanted

DATA = b"a photo of the label" * 1000
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path)


def files(folder: Path) -> list[str]:
    root = folder / FOLDER
    return sorted(str(each.relative_to(root)) for each in root.rglob("*") if each.is_file())


def test_a_file_is_kept_under_its_hash_and_is_to_be_sent(blobs: Blobs, tmp_path: Path) -> None:
    assert blobs.put(io.BytesIO(DATA)) == (SHA, len(DATA))
    assert files(tmp_path) == [f"{SHA[:2]}/{SHA}", f"send/{SHA}"]
    assert blobs.here(SHA)
    assert blobs.path(SHA).read_bytes() == DATA
    assert (blobs.to_send(), blobs.size(SHA)) == ((SHA,), len(DATA))
    assert blobs.read(SHA, 3, 5) == DATA[3:8]


def test_the_same_file_twice_is_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    blobs.put(io.BytesIO(DATA))
    blobs.sent(SHA)
    blobs.sent(SHA)
    assert blobs.to_send() == ()
    assert blobs.put(io.BytesIO(DATA)).sha256 == SHA
    assert files(tmp_path) == [f"{SHA[:2]}/{SHA}", f"send/{SHA}"]


def test_a_source_that_breaks_leaves_nothing(blobs: Blobs, tmp_path: Path) -> None:
    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(10)

    with pytest.raises(WorldError, match="could not be kept"):
        blobs.put(Breaks(DATA))
    assert files(tmp_path) == []


def test_a_damaged_file_is_told_put_aside_and_can_be_fetched_anew(
    blobs: Blobs, tmp_path: Path
) -> None:
    blobs.put(io.BytesIO(DATA))
    (tmp_path / FOLDER / SHA[:2] / SHA).write_bytes(DATA[:-1] + b"!")
    with pytest.raises(MissingBlobError, match="damaged on this machine's disk") as told:
        blobs.path(SHA)
    aside = tmp_path / FOLDER / SHA[:2] / f"{SHA}.damaged"
    assert str(aside) in told.value.safe
    assert aside.is_file()
    assert not blobs.here(SHA)
    assert blobs.to_send() == ()
    blobs.want(SHA, len(DATA))
    assert blobs.take(*_next(blobs, DATA))
    assert blobs.path(SHA).read_bytes() == DATA


def test_a_file_that_is_not_here_is_told(blobs: Blobs) -> None:
    with pytest.raises(MissingBlobError, match="not on this machine"):
        blobs.path(SHA)
    assert not blobs.here(SHA)
    assert blobs.size(SHA) == 0


@pytest.mark.parametrize("sha", ["", "../../secret", "AB" * 32, "ab" * 31, SHA + "\n"])
def test_a_hostile_hash_names_nothing(blobs: Blobs, tmp_path: Path, sha: str) -> None:
    (tmp_path / "secret").write_text("x")
    assert not blobs.here(sha)
    assert blobs.size(sha) == 0
    with pytest.raises(MissingBlobError):
        blobs.path(sha)
    with pytest.raises(WorldError, match="names no file"):
        blobs.want(sha, 5)
    assert files(tmp_path) == []


def _next(blobs: Blobs, data: bytes, most: int = 10**9) -> tuple[Wanted, bytes]:
    (wanted,) = blobs.wanted()
    return wanted, data[wanted.have : wanted.have + most]


def test_a_file_comes_piece_by_piece_and_is_here_when_whole(blobs: Blobs, tmp_path: Path) -> None:
    blobs.want(SHA, len(DATA))
    blobs.want(SHA, len(DATA))
    steps = 0
    while blobs.wanted():
        assert not blobs.here(SHA)
        # A program that starts anew knows as much as one that went on.
        Blobs(tmp_path).take(*_next(blobs, DATA, 3000))
        steps += 1
    assert steps == -(-len(DATA) // 3000)
    assert blobs.path(SHA).read_bytes() == DATA
    assert files(tmp_path) == [f"{SHA[:2]}/{SHA}"]


def test_what_came_wrong_is_fetched_from_the_start(blobs: Blobs) -> None:
    blobs.want(SHA, len(DATA))
    assert not blobs.take(*_next(blobs, b"x" * len(DATA)))
    assert not blobs.here(SHA)
    assert blobs.wanted() == (Wanted(SHA, len(DATA), 0),)
    assert blobs.take(*_next(blobs, DATA))


def test_two_programs_that_fetch_the_same_do_not_harm_each_other(
    blobs: Blobs, tmp_path: Path
) -> None:
    other = Blobs(tmp_path)
    blobs.want(SHA, len(DATA))
    first = _next(blobs, DATA, 5000)
    again = _next(other, DATA, 5000)
    assert not blobs.take(*first)
    assert not other.take(*again)
    last = _next(other, DATA)
    assert blobs.take(*_next(blobs, DATA))
    assert other.take(*last)
    assert blobs.path(SHA).read_bytes() == DATA
    assert blobs.wanted() == ()


def test_what_is_wanted_no_longer_is_forgotten(blobs: Blobs) -> None:
    blobs.want(SHA, 5)
    assert blobs.is_wanted(SHA)
    blobs.forget(*blobs.wanted())
    assert not blobs.is_wanted(SHA)


def test_what_is_here_is_not_wanted(blobs: Blobs) -> None:
    blobs.put(io.BytesIO(DATA))
    blobs.want(SHA, len(DATA))
    assert blobs.wanted() == ()


def test_another_hub_is_offered_all_that_is_here(blobs: Blobs) -> None:
    shas = {blobs.put(io.BytesIO(bytes([n]) * 10)).sha256 for n in range(20)}
    for sha in shas:
        blobs.sent(sha)
    assert blobs.to_send() == ()
    blobs.send_again()
    assert set(blobs.to_send()) == shas


def test_the_next_hub_after_another_is_offered_all_and_the_same_nothing(blobs: Blobs) -> None:
    blobs.serve("first")
    sha = blobs.put(io.BytesIO(DATA)).sha256
    blobs.sent(sha)
    blobs.serve("first")
    blobs.serve("")
    assert blobs.to_send() == ()
    blobs.serve("second")
    assert blobs.to_send() == (sha,)


def test_what_a_crash_left_is_swept_after_a_day(blobs: Blobs, tmp_path: Path) -> None:
    root = tmp_path / FOLDER
    root.mkdir()
    for name, age in (("new-old", 25), ("new-young", 1)):
        (root / name).write_bytes(b"x")
        past = time.time() - age * 3600
        os.utime(root / name, (past, past))
    blobs.put(io.BytesIO(DATA))
    assert [name for name in files(tmp_path) if name.startswith("new-")] == ["new-young"]


_KEEPER = """
import io, sys
from itertools import count
from pathlib import Path
from tierline.storage.blobs import Blobs

blobs, run = Blobs(Path(sys.argv[1])), int(sys.argv[2])
for step in count():
    blob = blobs.put(io.BytesIO(f"{run} {step}".encode() * 20_000))
    print(blob.sha256, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_every_file_that_was_confirmed_survives_a_kill(tmp_path: Path, seed: int) -> None:
    rng, confirmed = random.Random(seed), []
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for run in range(6):
        keeper = subprocess.Popen(
            [sys.executable, "-c", _KEEPER, str(tmp_path), str(run)],
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )
        assert keeper.stdout is not None
        confirmed += [keeper.stdout.readline() for _ in range(rng.randint(1, 20))]
        keeper.send_signal(signal.SIGKILL)
        confirmed += [line for line in keeper.stdout if line.endswith("\n")]
        keeper.stdout.close()
        keeper.wait()
    blobs = Blobs(tmp_path)
    waiting = set(blobs.to_send())
    for line in confirmed:
        assert blobs.path(line.strip())
        assert line.strip() in waiting
    for sha in waiting:
        assert blobs.path(sha), "what is to be sent is whole"

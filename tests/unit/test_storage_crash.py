"""SIGKILL at any moment: every act and draft that was confirmed is there, and the file is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.made import NOW
from tierline.storage.replica import Replica

ROUNDS = 12
_WRITER = """
import sys
from itertools import count
from pathlib import Path
from tests.fakes.made import NOW, logged, noted, projected
from tierline.storage.records import Draft
from tierline.storage.replica import Replica

replica, run = Replica.open(Path(sys.argv[1]), NOW), int(sys.argv[2])
for step in count():
    first = logged(run * 1_000_000 + step)
    note = noted(first.ticket_id, f"note {step}")
    with replica.writing() as writing:
        writing.record(first, projected(first, words="logged"), base_seq=0)
    print("act", first.op_id, flush=True)
    with replica.writing() as writing:
        writing.record(note, projected(first, note, words=f"note {step}"), base_seq=1)
    print("act", note.op_id, flush=True)
    replica.drafts.save(Draft(first.ticket_id, "message", f"draft {step}", 0, NOW))
    print("draft", first.ticket_id, flush=True)
"""


def killed_after(folder: Path, run: int, lines: int) -> list[list[str]]:
    """What a writer confirmed before it was killed in mid-act."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(run)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _ in range(lines)]
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.readlines()
    writer.stdout.close()
    writer.wait()
    return [line.split() for line in told if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_every_confirmed_act_survives_a_kill(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    rng, confirmed = random.Random(seed), []
    for run in range(ROUNDS):
        confirmed += killed_after(tmp_path, run, rng.randint(1, 60))
    replica = Replica.open(tmp_path, NOW)
    replica.verify()
    for kind, wanted in confirmed:
        if kind == "act":
            found = replica.tickets.operation(wanted)
            assert found is not None, f"{wanted} was confirmed and is gone"
            stored = replica.tickets.get(found.operation.ticket_id)
            assert stored is not None
            assert stored.seq >= found.seq
        else:
            assert len(replica.drafts.of(wanted)) == 1
    assert len(confirmed) >= ROUNDS
    replica.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_journal_ticket_and_words_never_disagree_after_a_kill(tmp_path: Path) -> None:
    killed_after(tmp_path, 0, 40)
    replica = Replica.open(tmp_path, NOW)
    ids = replica.queues.ids([])
    for ticket_id in ids:
        history = replica.tickets.operations(ticket_id)
        stored = replica.tickets.get(ticket_id)
        assert stored is not None
        assert stored.seq == history[-1].seq
    assert sorted(replica.text.search("logged", limit=10_000)) == sorted(ids)
    replica.close()

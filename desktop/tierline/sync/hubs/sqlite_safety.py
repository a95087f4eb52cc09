"""Backups of a hub's file, proven before they count."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from tierline.domain.tongue import tr
from tierline.sync.errors import WrongHubError
from tierline.sync.hubs import sqlite_reading
from tierline.sync.hubs.backups import UNMARKED, carry, check_same, check_whole
from tierline.sync.hubs.proving import Proof
from tierline.sync.hubs.sqlite_file import connected, failing
from tierline.sync.hubs.sqlite_keeping import keeping
from tierline.sync.hubs.sqlite_proof import prove

_BESIDE = ("", "-wal", "-shm", "-turn")


def mark_safe(path: Path, proof: Proof) -> None:
    """Mark the lines of a proven backup as safe.

    Raises:
        WrongHubError: the backup is not of this log; nothing was marked.
    """
    with keeping(path) as file, file.writing() as base:
        (hub_id,) = base.execute("SELECT hub_id FROM hub").fetchone()
        check_same(proof, hub_id, sqlite_reading.chain_at(base, proof.seq))
        base.execute("UPDATE hub SET safe_seq = max(safe_seq, ?)", (proof.seq,))


def backup(path: Path, target: Path) -> Proof:
    """Copy the hub as it is at one moment, prove the copy, put it at `target`, mark its lines.

    Consoles go on meanwhile. The copy is made beside the hub first: only a machine's own disk is
    good enough to open it on.

    Raises:
        WrongHubError: there is something at `target` already.
        HubError, HubDownError: the copy does not hold or cannot be written; nothing was marked.
    """
    if target.exists():
        raise WrongHubError(
            tr("There is something at {target} already.", target=target),
            safe=tr("It was not touched. {unmarked}", unmarked=UNMARKED),
            todo=tr("Give each backup a name of its own."),
        )
    made = path.with_name(f"{path.name}-copy-{os.getpid()}")
    try:
        with keeping(path) as file, failing(path), closing(connected(made)) as copy:
            file.base.backup(copy)
        proof = prove(made)
        check_whole(str(target), proof)
        carry(made, target)
    finally:
        for end in _BESIDE:
            made.with_name(made.name + end).unlink(missing_ok=True)
    mark_safe(path, proof)
    return proof

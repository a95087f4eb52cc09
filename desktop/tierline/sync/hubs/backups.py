"""When a backup makes lines safe: it was put back and proven, and is of this very log."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from tierline.sync.errors import HubDownError, HubError, WrongHubError
from tierline.sync.hubs.proving import Proof

UNMARKED = "Nothing was marked as safe."
_BLOCK = 1 << 20


class Archived(NamedTuple):
    """Lines that were moved, the first one that is still in the log, old ones on no backup yet."""

    moved: int
    first: int
    waiting: int


def check_whole(place: str, proof: Proof) -> None:
    """See that a backup's log holds.

    Raises:
        HubError: it does not.
    """
    found = next((each for each in proof.findings if each.part == "log"), None)
    if found is not None:
        raise HubError(
            f"The backup {place} does not hold: {found.about}: {found.what}.",
            safe=UNMARKED,
            todo="Make another one. All that is wrong with it: tierline hub verify.",
        )


def check_same(proof: Proof, hub_id: str, chain: str) -> None:
    """See that a proven backup is of the hub of that id, which has that hash at its last line.

    Raises:
        WrongHubError: it is of another hub, or of a log that parted from it.
    """
    if proof.hub_id != hub_id:
        raise WrongHubError(
            "This is the backup of another hub.", safe=UNMARKED, todo="Check both addresses."
        )
    if proof.chain != chain:
        raise WrongHubError(
            f"The backup ends with line {proof.seq}, which the hub has not or has otherwise.",
            safe=f"{UNMARKED} The backup is whole: keep it.",
            todo="Look which of the two is the desk: a hub was put back to an older state.",
        )


def carry(made: Path, target: Path) -> None:
    """Copy a file to a place that may be a network drive, and read it back from there.

    Raises:
        HubDownError: it cannot be written there whole; nothing is there under that name.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with made.open("rb") as source, part.open("xb") as file:
            shutil.copyfileobj(source, file, _BLOCK)
            file.flush()
            os.fsync(file.fileno())
        if _hash(part) != _hash(made):
            raise OSError(None, "it reads back otherwise than it was written")
        part.rename(target)
    except OSError as failure:
        part.unlink(missing_ok=True)
        raise HubDownError(
            f"The backup cannot be written to {target} ({failure.strerror}).",
            safe=f"The hub goes on. {UNMARKED}",
            todo="Free some space there, or choose another place.",
        ) from failure


def _hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()

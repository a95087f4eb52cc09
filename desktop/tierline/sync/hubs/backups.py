"""When a backup makes lines safe: it was put back and proven, and is of this very log."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from tierline.domain.tongue import tr
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
            tr(
                "The backup {place} does not hold: {about}: {what}.",
                place=place,
                about=found.about,
                what=found.what,
            ),
            safe=UNMARKED,
            todo=tr("Make another one. All that is wrong with it: tierline hub verify."),
        )


def check_same(proof: Proof, hub_id: str, chain: str) -> None:
    """See that a proven backup is of the hub of that id, which has that hash at its last line.

    Raises:
        WrongHubError: it is of another hub, or of a log that parted from it.
    """
    if proof.hub_id != hub_id:
        raise WrongHubError(
            tr("This is the backup of another hub."),
            safe=UNMARKED,
            todo=tr("Check both addresses."),
        )
    if proof.chain != chain:
        raise WrongHubError(
            tr(
                "The backup ends with line {seq}, which the hub has not or has otherwise.",
                seq=proof.seq,
            ),
            safe=tr("{unmarked} The backup is whole: keep it.", unmarked=UNMARKED),
            todo=tr("Look which of the two is the desk: a hub was put back to an older state."),
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
            raise OSError(None, tr("it reads back otherwise than it was written"))
        part.rename(target)
    except OSError as failure:
        part.unlink(missing_ok=True)
        raise HubDownError(
            tr(
                "The backup cannot be written to {target} ({strerror}).",
                target=target,
                strerror=failure.strerror,
            ),
            safe=tr("The hub goes on. {unmarked}", unmarked=UNMARKED),
            todo=tr("Free some space there, or choose another place."),
        ) from failure


def _hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()

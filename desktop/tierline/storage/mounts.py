"""Is a folder on this machine's own disk? SQLite's locks cannot be trusted on a network share."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

NETWORK = frozenset(
    "nfs nfs3 nfs4 cifs smb smb3 smbfs 9p afs ncpfs ceph lustre glusterfs davfs webdav remote "
    "fuse.sshfs fuse.rclone fuse.glusterfs fuse.davfs2 fuse.s3fs fuse.gvfsd-fuse".split()
)
_MOUNTINFO = Path("/proc/self/mountinfo")
_ESCAPE = re.compile(r"\\([0-7]{3})")  # how the kernel writes a blank in a path
_REMOTE_DRIVE = 4


class Mount(NamedTuple):
    """A file system and where it hangs in the tree."""

    point: str
    kind: str


def this_machine() -> tuple[Mount, ...]:
    """The mounts of this machine; empty where the system does not tell."""
    if not _MOUNTINFO.exists():
        return ()
    lines = _MOUNTINFO.read_text(encoding="utf-8", errors="replace").splitlines()
    return tuple(mount for line in lines if (mount := _parsed(line)))


def network_kind(folder: Path, mounts: Iterable[Mount]) -> str:
    """The network file system `folder` lives on, "" when it is a local one."""
    place = folder.resolve()
    if str(place).startswith(("\\\\", "//")):
        return "a network share"
    if sys.platform == "win32":
        return "a network drive" if _windows_remote(place) else ""
    inside = [m for m in mounts if place.is_relative_to(m.point)]
    # The last of equally deep mounts is the one on top.
    best = max(reversed(inside), key=lambda m: len(m.point), default=None)
    return best.kind if best and best.kind in NETWORK else ""


def _parsed(line: str) -> Mount | None:
    left, _, right = line.partition(" - ")
    fields, kinds = left.split(), right.split()
    if len(fields) < 5 or not kinds:
        return None
    return Mount(_ESCAPE.sub(lambda found: chr(int(found[1], 8)), fields[4]), kinds[0])


def _windows_remote(place: Path) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - windll is there on Windows only

        return bool(ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE)
    return False

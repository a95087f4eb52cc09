"""The files of a hub in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from tierline.sync.blobs import MOST
from tierline.sync.hubs.memory_state import State


def size(state: State, sha256: str, hidden: Container[str]) -> int | None:
    """How much of a file is there; None when no line that may be read names it."""
    return len(state.blobs.get(sha256, b"")) if _named(state, sha256, hidden) else None


def put(
    state: State, sha256: str, offset: int, data: bytes, whole: int, hidden: Container[str]
) -> int | None:
    """As `BlobHub.put_blob`, for a login that may write."""
    if not _named(state, sha256, hidden):
        return None
    there = state.blobs.get(sha256, b"")
    follows = offset == len(there) and data and offset + len(data) <= min(whole, MOST)
    if not follows or sha256 in state.proven:
        return len(there)
    there += data
    if len(there) == whole:
        if hashlib.sha256(there).hexdigest() != sha256:
            there = b""
        else:
            state.proven.add(sha256)
    state.blobs[sha256] = there
    return len(there)


def get(state: State, sha256: str, offset: int, limit: int, hidden: Container[str]) -> bytes:
    """As `BlobHub.get_blob`."""
    if not _named(state, sha256, hidden):
        return b""
    return state.blobs.get(sha256, b"")[offset : offset + limit]


def _named(state: State, sha256: str, hidden: Container[str]) -> bool:
    named = f'"sha256":"{sha256}"'
    return any(
        line.kind == "attach" and named in line.payload and line.ticket_id not in hidden
        for line in state.lines
    )

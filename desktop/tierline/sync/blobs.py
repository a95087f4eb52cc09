"""What a hub does with the bytes of attached files: it keeps them, in order and proven."""

from __future__ import annotations

from typing import Protocol

CHUNK = 256 * 1024  # bytes that travel at a time
MOST = 200 * 1024 * 1024  # bytes of one file, whatever a policy says


class BlobHub(Protocol):
    """The part of a `Hub` that keeps files, by the SHA-256 (hex) of their bytes.

    A file belongs to whoever may read a line of the log that names it: an act "attach" whose first
    event has that `sha256`. For everybody else there is no such file (None, or no bytes).

    Raises (any method):
        HubDownError, HubError: as for every call to a hub.
    """

    def blob_size(self, sha256: str) -> int | None:
        """How many bytes of a file the hub has, from its start."""

    def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
        """Add what follows the `offset` bytes that are there; how many there are then.

        Bytes that do not follow change nothing, so that two may send the same file. When all
        `size` are there they are proven: a file that is wrong is forgotten, and the answer is 0.
        A proven file is never changed. None also for a login that may not write.
        """

    def get_blob(self, sha256: str, offset: int, limit: int = CHUNK) -> bytes:
        """Bytes from `offset` on, at least one and at most `limit`; none when it has no more."""

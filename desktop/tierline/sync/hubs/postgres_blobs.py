"""The files of a hub on PostgreSQL: the database keeps and proves them, and who may read them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from tierline.sync.blobs import CHUNK


class PostgresBlobs(ABC):
    """The `BlobHub` part of a `PostgresHub`."""

    def blob_size(self, sha256: str) -> int | None:
        """As `BlobHub.blob_size`."""
        ((there,),) = self._rows("SELECT tierline.blob_size(%s)", (_name(sha256),))
        return None if there is None else int(there)

    def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
        """As `BlobHub.put_blob`."""
        told = (_name(sha256), offset, data, size)
        ((there,),) = self._rows("SELECT tierline.put_blob(%s, %s, %b, %s)", told)
        return None if there is None else int(there)

    def get_blob(self, sha256: str, offset: int, limit: int = CHUNK) -> bytes:
        """As `BlobHub.get_blob`."""
        told = (_name(sha256), offset, limit)
        ((data,),) = self._rows("SELECT tierline.get_blob(%s, %s, %s)", told)
        return bytes(data)

    @abstractmethod
    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """The answer to a query."""


def _name(sha256: str) -> str:
    """PostgreSQL has no text with a NUL in it."""
    return sha256.replace("\x00", "")

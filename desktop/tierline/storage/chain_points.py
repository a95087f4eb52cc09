"""The log's hashes that are kept here: enough to find the last line that both sides have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from tierline.domain.log import GENESIS, Line, chain
from tierline.domain.tongue import tr
from tierline.storage.sync_records import BrokenChainError

_EVERY = 2000  # the newest points are kept all, older ones at every 256th line
_SPARSE = 256
_PUT = "INSERT OR REPLACE INTO chain (seq, hash) VALUES (?, ?)"


def check_follows(cursor: int, hash_: str, lines: Iterable[Line], last: tuple[int, str]) -> None:
    """See that lines follow on `cursor` and on each other, and that they end in `last`.

    Where a line is left out (one that this login may not read) the hub is believed.

    Raises:
        BrokenChainError: they are of another history.
    """
    for line in lines:
        if line.seq == cursor + 1 and chain(hash_, line) != line.chain:
            raise _broken(line.seq)
        cursor, hash_ = line.seq, line.chain
    if last[0] == cursor and last[1] != hash_:
        raise _broken(cursor)


def keep_points(connection: Connection, points: Sequence[tuple[int, str]]) -> None:
    """Keep further points and let old ones go."""
    if not points:
        return
    connection.exec_driver_sql(_PUT, list(points))
    old = points[-1][0] - _EVERY
    gone = f"DELETE FROM chain WHERE seq BETWEEN ? AND ? AND seq % {_SPARSE} <> 0"
    connection.exec_driver_sql(gone, (old - _EVERY, old))


def read_points(connection: Connection, most: int) -> tuple[tuple[int, str], ...]:
    """The newest points first."""
    query = "SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT ?"
    return tuple((row[0], row[1]) for row in connection.exec_driver_sql(query, (most,)))


def cut_points(connection: Connection, seq: int, hash_: str) -> None:
    """Forget the points after a line, which is the last one now."""
    connection.exec_driver_sql("DELETE FROM chain WHERE seq > ?", (seq,))
    if hash_ != GENESIS:
        connection.exec_driver_sql(_PUT, (seq, hash_))


def _broken(seq: int) -> BrokenChainError:
    return BrokenChainError(
        tr("Line {seq} of the hub's log does not follow on the ones that are here.", seq=seq),
        safe=tr("It was not taken in; everything here is as it was."),
        todo=tr("Nothing: this desk looks for the last line that both have."),
    )

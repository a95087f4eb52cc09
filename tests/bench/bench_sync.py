"""Many consoles on one real PostgreSQL on loopback: the figures of the shared desk.

Server and consoles share this machine's processors and disk, so every figure is a pessimistic one;
the first one tells what the disk itself takes for a write that is to last.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator

from tests.bench.figure import Figure
from tests.bench.sync_content import fill
from tests.bench.sync_copy import copy
from tests.bench.sync_crowd import Crowd
from tests.bench.sync_failover import failover
from tests.bench.sync_few import backlog, few
from tests.bench.sync_seat import seated, server_on_disk
from tests.sync.hubs.server_place import Server

_TICKETS, _CONNECTIONS = 2_000, 480
_WRITES, _PAGE = 300, 4096


def figures() -> Iterator[Figure]:
    """Every figure of the shared desk, in about three minutes."""
    yield _disk()
    with server_on_disk(_CONNECTIONS) as server:
        place = Server(server)
        fill(place, _TICKETS)
        with seated(place, "ann", "ben") as seats:
            yield from few(place, seats)
            yield from backlog(place, seats)
        with seated(place, "dee", "eli", "fay") as seats:
            crowd = Crowd(place, seats)
            yield from crowd.figures()
        yield Figure("acts lost or twice, and consoles with another log", crowd.lost, 0, "")
        yield from copy(Server(server))
    yield from failover()


def _disk() -> Figure:
    """What a page that is to last takes here, whoever writes it."""
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(_WRITES):
            began = time.perf_counter()
            os.write(file.fileno(), b"." * _PAGE)
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1e3)
            time.sleep(0.002)
    p99 = statistics.quantiles(times, n=100)[-1]
    return Figure("this disk's own fsync, p99 (a part of every act)", p99, 5, "ms")

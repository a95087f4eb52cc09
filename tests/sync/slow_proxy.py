"""A line to a server far away: every byte takes its time, and the line can be dead for weeks."""

from __future__ import annotations

import queue
import socket
import time
from contextlib import suppress

from tests.fakes.servers import free_port
from tests.sync.proxy import Proxy


class SlowProxy(Proxy):
    """As wide as the loopback, but bytes arrive `delay` seconds after they were sent, both ways.

    `trips` counts how often one side spoke after the other had: the waiting that a line imposes,
    whatever the machine.
    """

    def __init__(self, target: tuple[str, int], delay: float) -> None:
        """Begin to listen."""
        self.delay, self.trips = delay, 0
        self._spoke: dict[frozenset[socket.socket], socket.socket] = {}
        self._server_place = target
        super().__init__(target)

    def go(self) -> None:
        """Let the network be gone: what is open breaks, and nothing more gets through."""
        self.target = ("127.0.0.1", free_port())
        self.cut_all()

    def come_back(self) -> None:
        """Let bytes through again."""
        self.target = self._server_place

    def _pump(
        self, source: socket.socket, sink: socket.socket, pair: tuple[socket.socket, socket.socket]
    ) -> None:
        line: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._begin(self._deliver, line, sink, pair)
        with suppress(OSError):
            while data := source.recv(65_536):
                self.trips += self._spoke.get(frozenset(pair)) is not source
                self._spoke[frozenset(pair)] = source
                line.put((time.monotonic() + self.delay, data))
        line.put((time.monotonic() + self.delay, b""))

    def _deliver(
        self,
        line: queue.SimpleQueue[tuple[float, bytes]],
        sink: socket.socket,
        pair: tuple[socket.socket, socket.socket],
    ) -> None:
        with suppress(OSError):
            while True:
                due, data = line.get()
                time.sleep(max(0.0, due - time.monotonic()))
                if not data:
                    break
                sink.sendall(data)
        self._drop(pair)

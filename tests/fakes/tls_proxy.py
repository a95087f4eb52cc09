"""TLS in front of a PostgreSQL that was built without it: libpq's handshake, then plain bytes."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_CHUNK = 65536


class Proxy:
    """Accepts on loopback and hands on to `target`; encrypts when it was given a context."""

    def __init__(self, target: int, context: ssl.SSLContext | None) -> None:
        self._target, self._context = target, context
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def cut(self) -> None:
        """Break all connections."""
        while self._open:
            _shut(self._open.pop())

    def close(self) -> None:
        """Stop accepting and break all connections."""
        _shut(self._server)
        self.cut()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                thread = threading.Thread(target=self._serve, args=(client,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        self._open.append(client)
        with suppress(OSError, ssl.SSLError):
            if self._context:
                if client.recv(8, socket.MSG_WAITALL) != _SSL_REQUEST:
                    _shut(client)
                    return
                client.sendall(b"S")
                client = self._context.wrap_socket(client, server_side=True)
                self._open.append(client)
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open.append(server)
            back = threading.Thread(target=_pump, args=(server, client))
            back.start()
            _pump(client, server)
            back.join()
        _shut(client)


@contextmanager
def proxy(target: int, context: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy, closed afterwards."""
    made = Proxy(target, context)
    try:
        yield made
    finally:
        made.close()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError, ssl.SSLError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
    _shut(source)
    _shut(sink)


def _shut(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        each.close()

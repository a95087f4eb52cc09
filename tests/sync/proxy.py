"""A TCP proxy between consoles and a server that cuts connections in the middle of a message."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress


class Proxy:
    """Listens on a port of loopback and passes bytes on to `target`, until it is told to cut."""

    def __init__(self, target: tuple[str, int] | str, seed: int = 0) -> None:
        """Begin to listen; `target` is an address, or the path of a Unix socket."""
        self.target = target
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._threads: list[threading.Thread] = []
        self._left = -1
        self.cuts = 0
        self.shut = False
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._begin(self._accept)

    def cut_after(self, most: int) -> None:
        """Cut the connection that passes the next few bytes, somewhere within them."""
        self._left = self._dice.randint(1, most)

    def cut_all(self) -> None:
        """Cut every connection now."""
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            self._drop(pair)

    def shut_out(self) -> None:
        """Cut every connection and take no more."""
        self.shut = True
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut_all()

    def close(self) -> None:
        """Shut out, and wait for the threads."""
        self.shut_out()
        for thread in self._threads:
            thread.join(5.0)

    def _begin(self, do: object, *args: object) -> None:
        thread = threading.Thread(target=do, args=args, name="proxy", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.shut:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            try:
                far = self._connect()
            except OSError:
                near.close()
                continue
            with self._lock:
                self._pairs.add((near, far))
            for one, other in ((near, far), (far, near)):
                self._begin(self._pump, one, other, (near, far))

    def _connect(self) -> socket.socket:
        if isinstance(self.target, str):
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.target)
            return far
        far = socket.create_connection(self.target, 5.0)
        far.settimeout(None)  # a line on which nobody speaks is no broken one
        return far

    def _pump(
        self, source: socket.socket, sink: socket.socket, pair: tuple[socket.socket, socket.socket]
    ) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                kept = self._burn(len(data))
                sink.sendall(data[:kept])
                if kept < len(data):
                    self.cuts += 1
                    break
        self._drop(pair)

    def _burn(self, size: int) -> int:
        with self._lock:
            if self._left < 0:
                return size
            if self._left >= size:
                self._left -= size
                return size
            kept, self._left = self._left, -1
            return kept

    def _drop(self, pair: tuple[socket.socket, socket.socket]) -> None:
        with self._lock:
            self._pairs.discard(pair)
        for each in pair:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

"""What a PostgreSQL hub announces, heard on a connection of its own and believed only if proven."""

from __future__ import annotations

import hashlib
import select
import socket
import time
from typing import NamedTuple

import msgspec

from tierline.sync.hub import News
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.postgres_failures import failing
from tierline.sync.hubs.postgres_link import Password, close, connect

CHANNEL = "tierline"


class _Announcement(News, frozen=True, kw_only=True):
    token: str = ""
    next: str = ""


_decode = msgspec.json.Decoder(_Announcement).decode


class Heard(NamedTuple):
    """What came while listening: `proven` is whether the hub itself said all of it."""

    news: tuple[News, ...] = ()
    proven: bool = True
    woken: bool = False


class Ear:
    """Listens from the moment it is made.

    Anybody who may connect can NOTIFY, but only the hub knows what the hash it told last time is
    the hash of. What is not proven is told without its lines: a pull then finds the truth.
    """

    def __init__(self, address: Address, password: Password | None) -> None:
        """Connect and listen."""
        self._address = address
        self._link = connect(address, password, "tierline listens")
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        self._next = ""
        try:
            with failing(address):
                self._link.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            self.close()
            raise

    def expect(self, token_hash: str) -> None:
        """Take the hash that the hub's row tells for the next one's."""
        self._next = token_hash

    def hear(self, seconds: float) -> Heard:
        """What is announced within so many seconds; `wake` ends it early."""
        end = time.monotonic() + seconds
        woken = self._woken.fileno()
        found = self._arrived()
        while not found:
            left = max(0.0, end - time.monotonic())
            ready, _, _ = select.select([self._link.fileno(), woken], [], [], left)
            if woken in ready:
                self._woken.recv(4096)
            if woken in ready or not ready:
                return Heard(woken=woken in ready)
            found = self._arrived()
        return self._believed(found)

    def wake(self) -> None:
        """End a `hear` in another thread."""
        try:
            self._wake.send(b"!")
        except OSError:
            return  # closed, or woken thousands of times already

    def close(self) -> None:
        """Let go of the connection."""
        close(self._link)
        self._wake.close()
        self._woken.close()

    def _arrived(self) -> list[str]:
        with failing(self._address):
            return [each.payload for each in self._link.notifies(timeout=0)]

    def _believed(self, bodies: list[str]) -> Heard:
        told: list[News] = []
        proven = True
        for body in bodies:
            try:
                said = _decode(body)
            except msgspec.DecodeError:
                proven = False
                continue
            news = News(before=said.before, seq=said.seq, lines=said.lines, chain=said.chain)
            if hashlib.sha256(said.token.encode()).hexdigest() == self._next:
                self._next = said.next
            else:
                proven = False
                news = News(before=said.before, seq=said.seq)
            told.append(news)
        return Heard(tuple(told), proven=proven)

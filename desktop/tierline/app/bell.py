"""How another program on this machine asks an open console to show something: a local socket.

Only the same person's programs reach it, and only for the same desk. Everything works without: a
console that cannot listen is not found, and who does not find one starts one.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LONGEST = 4_096  # bytes of what is asked; a filter is far shorter
_HEARD, _PATIENCE_MS = b"heard\n", 1_000
_log = logging.getLogger(__name__)


def name_of(desk: Path) -> str:
    """The socket's name for a desk's file; the same in every program of this person."""
    told = hashlib.sha256(str(desk.resolve()).encode()).hexdigest()
    return f"tierline-{told[:24]}"


class Bell(QObject):
    """`rung(dict)` with what was asked for: nothing of it is believed before it was checked."""

    rung = Signal(object)

    def __init__(self, desk: Path, parent: QObject | None = None) -> None:
        """Silent until `listen`."""
        super().__init__(parent)
        self._name = name_of(desk)
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Listen from now on, unless another console of this desk does; may be tried again."""
        if self._server is not None:
            return True
        with suppress(ImportError):  # a library of the system is missing
            from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - not before it is needed

            if ring(self._name, {}):
                return False  # another one answers
            QLocalServer.removeServer(self._name)  # one that died left its socket behind
            server = QLocalServer(self)
            server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            server.newConnection.connect(self._came)
            if server.listen(self._name):
                self._server = server
                return True
            _log.info("no other program can ask for a list here: %s", server.errorString())
        return False

    def close(self) -> None:
        """Listen no more."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            server.deleteLater()

    def _came(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()):
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))
            caller.disconnected.connect(caller.deleteLater)

    def _hear(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > LONGEST:
                caller.abort()
            return
        line = bytes(caller.readLine(LONGEST).data())
        caller.write(_HEARD)
        caller.flush()
        caller.disconnectFromServer()
        with suppress(ValueError, RecursionError):
            asked = json.loads(line)
            if isinstance(asked, dict) and asked:
                self.rung.emit(asked)


def ring(name: str, asked: Mapping[str, Any]) -> bool:
    """Ask the console of a desk (see `name_of`); whether there is one that heard it."""
    try:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - as above
    except ImportError:
        return False
    caller = QLocalSocket()
    caller.connectToServer(name)
    if not caller.waitForConnected(_PATIENCE_MS):
        return False
    caller.write(json.dumps(asked).encode() + b"\n")
    caller.flush()
    heard = b""
    while not heard.endswith(b"\n") and caller.waitForReadyRead(_PATIENCE_MS):
        heard += bytes(caller.readAll().data())
    caller.abort()
    return heard == _HEARD

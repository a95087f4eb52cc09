"""Files on tickets for the window: taken in, opened, saved; one that is away is waited for.

Whole files are read and written on a thread of their own: neither the window nor an act waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QBuffer, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.attaching import file_name
from tierline.domain.errors import Refusal
from tierline.domain.events import Attached
from tierline.domain.tongue import tr
from tierline.present.acting import Actor
from tierline.present.messages import Messages
from tierline.present.sync_state import SyncState
from tierline.present.tasks import Tasks
from tierline.storage.blobs import MissingBlobError

T = TypeVar("T")
FILES = "files"
LOOK_MS = 400
PATIENCE = 60.0  # seconds after which a file that came is told of, and no longer opens by itself
MOST = 50  # files at a time
_GONE = tr("Put it back from a backup of the desk’s attachments folder.")


class Files(QObject):
    """`ready(Path)`: a copy to be opened. `save_wanted(Attached)`: it is only saved, never opened.

    `arrived()`: one that was waited for is here.
    """

    ready = Signal(object)
    save_wanted = Signal(object)
    arrived = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        actor: Actor,
        sync: SyncState,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is on its way."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._actor, self._sync = actor, sync
        self._waiting: dict[str, tuple[Attached, float]] = {}
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)

    def attach(self, ticket_id: str, paths: Sequence[Path]) -> None:
        """Put files on a ticket, an act for each."""
        if len(paths) > MOST:
            told = Refusal(
                tr("{count} files at a time are too many.", count=len(paths)),
                tr("Take {most} at most.", most=MOST),
            )
            self._messages.refuse(told)
            return
        for path in paths:
            self._attach(ticket_id, path.name, self._taking_in(ticket_id, path))

    def attach_picture(self, ticket_id: str, picture: QImage) -> None:
        """Put a picture that is no file yet on a ticket, as a PNG."""
        now = self._desk.clock().astimezone(self._desk.zone)
        name = tr("Picture {now:%Y-%m-%d %H.%M.%S}.png", now=now)
        taken = self._desk.attachments.take_in_bytes
        self._attach(ticket_id, name, lambda: taken(ticket_id, name, png(picture)))

    def open(self, file: Attached) -> None:
        """Let another program show it, as soon as it is here."""

        def done(answer: Path | Refusal) -> None:
            if isinstance(answer, Refusal):
                self._messages.note(answer.what, answer.todo)
                self.save_wanted.emit(file)
            else:
                self.ready.emit(answer)

        shown = self._desk.attachments.to_look_at
        self._run(
            tr("opening {file_name}", file_name=file_name(file.name)),
            lambda: shown(file),
            done,
            file,
        )

    def save(self, file: Attached, target: Path) -> None:
        """Write a copy under a name that the person chose."""

        def done(path: Path) -> None:
            self._messages.note(
                tr("Saved {name}.", name=path.name), tr("It is in {parent}.", parent=path.parent)
            )

        saved = self._desk.attachments.save_as
        self._run(
            tr("saving {file_name}", file_name=file_name(file.name)),
            lambda: saved(file, target),
            done,
            file,
        )

    def not_shown(self, path: Path) -> None:
        """No program of this machine opens that kind."""
        self._messages.refuse(
            Refusal(
                tr("No program here opens {name}.", name=path.name),
                tr("Save it, and open it elsewhere."),
            )
        )

    def look(self) -> None:
        """See whether what is waited for has come."""
        now = self._desk.clock().timestamp()
        for sha256, (file, since) in list(self._waiting.items()):
            if not self._desk.attachments.blobs.here(sha256):
                continue
            del self._waiting[sha256]
            self.arrived.emit()
            if now - since <= PATIENCE:
                self.open(file)
            else:
                self._messages.note(
                    tr("{file_name} is here.", file_name=file_name(file.name)),
                    tr("Enter opens it."),
                )
        if not self._waiting:
            self._look.stop()

    def _taking_in(self, ticket_id: str, path: Path) -> Callable[[], cmd.Attach | Refusal]:
        return lambda: self._desk.attachments.take_in(ticket_id, path)

    def _attach(
        self, ticket_id: str, name: str, taken_in: Callable[[], cmd.Attach | Refusal]
    ) -> None:
        """Copy and act in one piece of work: a window that closes meanwhile ends both."""

        def work() -> list[Done | Refusal]:
            command = taken_in()
            return [command if isinstance(command, Refusal) else self._desk.act(ticket_id, command)]

        self._messages.note(tr("Attaching {file_name}…", file_name=file_name(name)))
        self._actor.carry(
            tr("attaching {file_name}", file_name=file_name(name)), work, "attach", thread=FILES
        )

    def _run(
        self, name: str, work: Callable[[], T], done: Callable[[T], None], file: Attached
    ) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, MissingBlobError):
                self._wait_for(file, error)
            else:
                self._messages.failed(name, error)

        self._tasks.run(name, work, done, failed, thread=FILES)

    def _wait_for(self, file: Attached, error: MissingBlobError) -> None:
        """Have it fetched, and open it when it comes."""
        name = file_name(file.name)
        if not self._sync.joined:
            self._messages.refuse(Refusal(error.what, _GONE))
            self.arrived.emit()  # a damaged one is shown as away from now on
            return

        def noted(_: None) -> None:
            self._waiting[file.sha256] = (file, self._desk.clock().timestamp())
            self._look.start()
            self._sync.poke()
            if self._sync.status.link == "online":
                self._messages.note(
                    tr("Fetching {name}…", name=name), tr("It opens when it is here.")
                )
            else:
                self._messages.note(
                    tr("{name} is not here yet.", name=name), tr("It comes when we are online.")
                )
            self.arrived.emit()

        fetch = self._desk.attachments.fetch
        self._tasks.run(f"fetching {name}", lambda: fetch(file), noted, thread=FILES)


def png(picture: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())

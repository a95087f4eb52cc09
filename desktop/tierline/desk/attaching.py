"""Files on tickets: taken in, listed, looked at, saved; fetched when one that is away is opened."""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from tierline.desk.timeline import Entry
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.attaching import file_name, is_run, too_much
from tierline.domain.errors import Refusal, WorldError
from tierline.domain.policy_book import PolicyBook
from tierline.domain.tongue import tr
from tierline.storage import copies
from tierline.storage.blobs import FOLDER, Blobs
from tierline.storage.replica import Replica


def files_in(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of a timeline that are files and were not taken back."""
    return tuple(each for each in entries if each.file is not None and not each.undone)


def places_told(entries: Iterable[Entry], folder: Path) -> tuple[Entry, ...]:
    """The entries of a timeline, with those marked whose file is not in this desk's `folder`."""
    blobs = Blobs(folder)
    return tuple(
        each._replace(away=True) if each.file and not blobs.here(each.file.sha256) else each
        for each in entries
    )


class Attachments:
    """The files of one desk. What reads or writes whole files belongs off the window's thread."""

    def __init__(self, replica: Replica, book: PolicyBook) -> None:
        """Beside this replica; `blobs` are the bytes."""
        self._replica = replica
        self._book = book
        self._folder = replica.path.parent / FOLDER
        self.blobs = Blobs(replica.path.parent)

    def take_in(self, ticket_id: str, path: Path) -> cmd.Attach | Refusal:
        """Keep a copy of a person's file, and the act that puts it on the ticket.

        Raises:
            WorldError: it cannot be read or kept.
        """
        name = file_name(path.name)
        if path.is_dir():
            return Refusal(
                tr("{name} is a folder.", name=name), tr("Attach its files, or pack them into one.")
            )
        if path.exists() and not path.is_file():
            return Refusal(tr("{name} is no file.", name=name), tr("Attach a file."))
        try:
            size = path.stat().st_size
            if refusal := self._refusal(ticket_id, name, size):
                return refusal
            with path.open("rb") as source:
                return self._taken_in(ticket_id, name, source)
        except OSError as failure:
            raise WorldError(
                tr(
                    "{path} cannot be read ({strerror}).",
                    path=path,
                    strerror=failure.strerror or failure,
                ),
                safe=tr("Nothing was attached."),
                todo=tr("Check the name, and that the file is yours to read."),
            ) from failure

    def take_in_bytes(self, ticket_id: str, name: str, data: bytes) -> cmd.Attach | Refusal:
        """The same for what is no file yet: a picture from the clipboard.

        Raises:
            WorldError: it cannot be kept.
        """
        name = file_name(name)
        if refusal := self._refusal(ticket_id, name, len(data)):
            return refusal
        return self._taken_in(ticket_id, name, io.BytesIO(data))

    def fetch(self, file: ev.Attached) -> None:
        """Let one that is away come from the shared desk.

        Raises:
            WorldError: it cannot be noted.
        """
        self.blobs.want(file.sha256, file.size)

    def to_look_at(self, file: ev.Attached) -> Path | Refusal:
        """A copy for another program to open; refused for what could run.

        Raises:
            MissingBlobError: it is away, or damaged.
            WorldError: it cannot be copied.
        """
        name = file_name(file.name)
        if is_run(name):
            return Refusal(
                tr("{name} could run a program, so it is not opened from here.", name=name),
                tr("Save it, and look at it with care."),
                "kind",
            )
        return copies.to_look_at(self.blobs.path(file.sha256), self._folder, name)

    def save(self, file: ev.Attached, folder: Path) -> Path:
        """A copy in a person's folder, beside what is there; where it is.

        Raises:
            MissingBlobError: it is away, or damaged.
            WorldError: it cannot be written.
        """
        return copies.saved(self.blobs.path(file.sha256), folder, file_name(file.name))

    def save_as(self, file: ev.Attached, target: Path) -> Path:
        """A copy under a name that was chosen.

        Raises:
            MissingBlobError: it is away, or damaged.
            WorldError: it cannot be written.
        """
        return copies.saved_as(self.blobs.path(file.sha256), target)

    def _refusal(self, ticket_id: str, name: str, size: int) -> Refusal | None:
        stored = self._replica.tickets.get(ticket_id)
        if stored is None:
            return Refusal(tr("There is no such ticket."), tr("Check the number."))
        return too_much(self._book.get(stored.ticket.policy), name, size)

    def _taken_in(self, ticket_id: str, name: str, source: BinaryIO) -> cmd.Attach | Refusal:
        blob = self.blobs.put(source)
        media = mimetypes.guess_type(name, strict=False)[0] or ""
        # It may have grown while it was read.
        refusal = self._refusal(ticket_id, name, blob.size)
        return refusal or cmd.Attach(name=name, sha256=blob.sha256, size=blob.size, media=media)

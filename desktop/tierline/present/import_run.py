"""An import on a thread of its own: acts go on meanwhile, and it can be stopped at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk
from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.present.messages import Messages
from tierline.present.tasks import Tasks

if TYPE_CHECKING:  # loading it costs the start of a console that imports nothing
    from tierline.desk.importing import ImportReport, Progress

THREAD, EVERY_SECONDS = "import", 0.1


class Request(Protocol):
    """What is to be imported; `stop` is set to end it."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files, all of them read before anything is written."""

    @property
    def format(self) -> str:
        """A name of `format_names()`, "" to find it."""

    @property
    def policy(self) -> str:
        """The policy of new tickets, "" for that of their client."""

    @property
    def as_of(self) -> datetime | None:
        """What happened later is left out."""

    @property
    def dry_run(self) -> bool:
        """Only look."""

    @property
    def zone(self) -> str:
        """The zone of times that carry none, "" for the mapping's or the policy's."""

    @property
    def stop(self) -> Event:
        """Set to end it."""


class ImportRun(QObject):
    """Says `progressed(Progress)` ten times a second at most.

    Then `reported(ImportReport)`, or `failed(text)` in words for the person.
    """

    progressed = Signal(object)
    reported = Signal(object)
    failed = Signal(str)

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        """Nothing runs."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._stop: Event | None = None

    def start(self, request: Request) -> None:
        """Import these files."""
        self._stop = request.stop
        self._tasks.run("importing", self._work(request), self._done, self._failed, thread=THREAD)

    def stop(self) -> None:
        """End it soon; what is written stays, and it can be run again."""
        if self._stop is not None:
            self._stop.set()

    def _work(self, request: Request) -> Callable[[], ImportReport]:
        desk, told = self._desk, [0.0]

        def tell(progress: Progress) -> None:
            now = time.monotonic()
            if now - told[0] >= EVERY_SECONDS:
                told[0] = now
                self.progressed.emit(progress)

        def work() -> ImportReport:
            from tierline.desk.importing import import_files  # noqa: PLC0415 - see above

            return import_files(
                desk,
                desk.book,
                request.files,
                from_=request.format,
                policy=request.policy,
                zone=request.zone,
                as_of=request.as_of,
                dry_run=request.dry_run,
                now=desk.clock(),
                progress=tell,
                cancelled=request.stop.is_set,
            )

        return work

    def _done(self, report: ImportReport) -> None:
        self._stop = None
        self.reported.emit(report)

    def _failed(self, error: BaseException) -> None:
        self._stop = None
        if isinstance(error, WorldError):
            self.failed.emit(str(error))
        else:
            self._messages.failed("importing", error)
            self.failed.emit(tr("It ended by a mistake of Tierline. What was written stays."))

"""The sheets, loaded after the first picture: nobody waits for dialogs that are not open yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.domain.errors import Refusal
from tierline.present.ticker import Ticker
from tierline.storage.records import Draft
from tierline.widgets.theme import ThemeHub

if TYPE_CHECKING:
    from tierline.desk.importing import ImportReport, Progress
    from tierline.widgets.sheets.book import SheetBook
    from tierline.widgets.sheets.sheet import Sheet


SIGNALS = ("submitted", "logged", "drafted", "chosen", "import_asked", "wished")


class LateBook(QObject):
    """Stands for the `SheetBook`, and makes it when first asked for a sheet, or by `wake`."""

    submitted = Signal(str, object)
    logged = Signal(object, str)
    drafted = Signal(str, str, str)
    chosen = Signal(str, str)
    import_asked = Signal(object)
    wished = Signal(object)

    def __init__(self, area: QWidget, hub: ThemeHub, ticker: Ticker, desk: Desk) -> None:
        """Nothing is loaded yet; sheets will open over `area`."""
        super().__init__(area)
        self._area, self._hub, self._ticker, self._desk = area, hub, ticker, desk
        self._book: SheetBook | None = None

    def wake(self) -> SheetBook:
        """The sheets themselves."""
        if self._book is None:
            from tierline.widgets.sheets.book import SheetBook  # noqa: PLC0415 - that is the point

            book = self._book = SheetBook(self._area, self._hub, self._ticker, self._desk)
            for name in SIGNALS:
                getattr(book, name).connect(getattr(self, name))
        return self._book

    def open(self, kind: str, view: TicketView | None = None, **more: Any) -> bool:  # noqa: ANN401 - each sheet names its own
        """Open a sheet; False when there is none of that kind for this ticket."""
        return self.wake().open(kind, view, **more)

    def sheet(self, kind: str) -> Sheet:
        """The sheet of that kind."""
        return self.wake().sheet(kind)

    @property
    def current(self) -> Sheet | None:
        """The sheet that is open."""
        return self._book.current if self._book is not None else None

    def leave(self) -> None:
        """Close the open sheet; what was typed in it is kept."""
        if self._book is not None:
            self._book.leave()

    def done(self) -> None:
        """The act went through."""
        if self._book is not None:
            self._book.done()

    def granted(self) -> None:
        """What a sheet wished for is done."""
        if self._book is not None:
            self._book.granted()

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal at its field."""
        if self._book is not None:
            self._book.refused(refusal)

    def draft_saved(self, draft: Draft) -> None:
        """A draft is on the disk."""
        if self._book is not None:
            self._book.draft_saved(draft)

    def import_progress(self, progress: Progress) -> None:
        """How far an import is."""
        self.wake().import_progress(progress)

    def import_done(self, report: ImportReport) -> None:
        """What came of an import."""
        self.wake().import_done(report)

    def import_failed(self, text: str) -> None:
        """Why an import could not be done."""
        self.wake().import_failed(text)

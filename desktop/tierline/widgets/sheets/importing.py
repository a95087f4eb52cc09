"""Import from another tool: choose files, look first, bring them in, read the report.

The work itself runs elsewhere: `import_asked(request)` asks for it, and whoever does it calls
`show_progress`, then `show_report` or `show_failure`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QPlainTextEdit, QProgressBar, QWidget

from tierline.desk.importing import ImportReport, Progress, format_names
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import ChoiceField, LineField, note
from tierline.widgets.sheets.parts import Ground, column, label, line
from tierline.widgets.sheets.progress import Pace
from tierline.widgets.sheets.sheet import Sheet

WIDTH = 680
_PHASES = {"read": tr("Reading"), "history": tr("Working out the history"), "write": tr("Writing")}
_ZONE = tr("for times that carry none; empty is the policy’s")
_KINDS = tr("Tickets (*.csv *.xlsx *.zip *.xes *.gz *.json *.tsv *.txt);;All files (*)")


class ImportRequest(NamedTuple):
    """What is to be imported, as `desk.importing.import_files` takes it.

    The runner passes `stop.is_set` as `cancelled`; `format` "" is found by itself, `policy` "" is
    that of each client's contract, `zone` "" that of the mapping or of the policy.
    """

    files: tuple[Path, ...]
    format: str
    policy: str
    as_of: datetime | None
    dry_run: bool
    stop: Event
    zone: str = ""


class ImportSheet(Sheet):
    """Three faces: what to import, how far it is, what came of it."""

    import_asked = Signal(object)

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "import", tr("Import tickets"), WIDTH)
        self._files: tuple[Path, ...] = ()
        self._running: ImportRequest | None = None
        self._pace = Pace()
        self._dialog: QFileDialog | None = None
        self._lay_out()

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """As it was left: an import goes on while the sheet is closed."""
        del view
        if self._running is None:
            self.choose([Path(file) for file in more.get("files", ())] or list(self._files))
            self._face(self.asking)
        policies = self.desk.book.names()
        kept = self.policy.text()
        self.policy.offer([("", tr("that of each client’s contract")), *((p, p) for p in policies)])
        self.policy.put(kept)
        super().begin(None, more)

    def first(self) -> QWidget:
        """The button that chooses files, or the one that stops."""
        return self.pick if self._running is None else self.cancel

    def lacks(self) -> list[tuple[str, str]]:
        """Files, and an instant that can be read."""
        if self._running is not None:
            return [("", tr("nothing but a little patience"))]
        found = [] if self._files else [("", tr("one file or more"))]
        if self.as_of.text() and self._instant() is None:
            found.append(("as_of", tr("a date like 2016-05-01 or 2016-05-01 12:00")))
        if not is_zone(self.zone.text()):
            found.append(("zone", tr("a time zone like Europe/London or UTC")))
        return found

    def renew(self) -> None:
        """Two buttons: look first, or do it."""
        super().renew()
        self.check.setEnabled(self.primary.isEnabled())
        zone = self.zone.text()
        wrong = tr("“{zone}” is no time zone. Write one like Europe/London, or UTC.", zone=zone)
        self.zone.show_error("" if is_zone(zone) else wrong)

    def choose(self, files: list[Path]) -> None:
        """These files are to be imported."""
        self._files = tuple(files)
        names = ", ".join(file.name for file in files)
        self.chosen_files.setText(
            names or tr("No file chosen yet. CSV, Excel, XES, JSON, or a zip of them.")
        )
        self.renew()

    def send(self) -> None:
        """Bring them in."""
        self._ask(dry_run=False)

    def dismiss(self) -> None:
        """Esc stops a running import first; what was brought stays, and it can be run again."""
        if self._running is not None and not self._running.stop.is_set():
            self._running.stop.set()
            self.said.setText(tr("Stopping. What is written stays; run it again to go on."))
            self.cancel.setText(tr("Hide"))
            self.cancel.updateGeometry()
            return
        super().dismiss()

    def show_progress(self, progress: Progress) -> None:
        """How far it is, how fast, and how long it still takes."""
        share = self._pace.share(progress, self.ticker.now())
        self.bar.setRange(0, 1000 if progress.total else 0)
        self.bar.setValue(round(share * 1000))
        if self._running is not None and not self._running.stop.is_set():
            self.said.setText(_PHASES.get(progress.phase, progress.phase))
        self.rate.setText(self._pace.words(progress))

    def show_report(self, report: ImportReport) -> None:
        """What came of it."""
        self._running = None
        self.summary.setText(report.summary())
        self.report.setPlainText(report.as_text().partition("\n")[2].strip())
        self._face(self.reporting)
        self.again.setVisible(report.dry_run or report.cancelled)
        self.renew()
        self.report.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, text: str) -> None:
        """Why it could not be done; the choice of files is kept."""
        self._running = None
        self._face(self.asking)
        self.renew()
        self.trouble.setText(text)
        self.trouble.show()

    def _ask(self, *, dry_run: bool) -> None:
        if self.lacks():
            super().send()
            return
        self.trouble.setText("")
        request = ImportRequest(
            self._files,
            self.format.text(),
            self.policy.text(),
            self._instant(),
            dry_run,
            Event(),
            self.zone.text(),
        )
        self._running = request
        self._pace = Pace()
        self.bar.setRange(0, 0)
        self.said.setText(tr("Looking only, nothing is written.") if dry_run else tr("Reading"))
        self.rate.setText("")
        self._face(self.working)
        self.renew()
        self.import_asked.emit(request)

    def _instant(self) -> datetime | None:
        try:
            at = datetime.fromisoformat(self.as_of.text())
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=self.desk.zone)

    def _face(self, shown: QWidget) -> None:
        for face in (self.asking, self.working, self.reporting):
            face.setVisible(face is shown)
        asking = shown is self.asking
        self.check.setVisible(asking)
        self.primary.setVisible(asking)
        self.cancel.setText(tr("Stop") if shown is self.working else tr("Close"))
        self.cancel.updateGeometry()
        self.lack.setVisible(asking)

    def _back(self) -> None:
        self._face(self.asking)
        self.renew()
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self) -> None:
        dialog = self._dialog = QFileDialog(self, tr("Import tickets"), "", _KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.choose([Path(name) for name in names]))
        dialog.open()

    def _lay_out(self) -> None:
        self.chip.hide()
        self.about.setText(tr("ServiceNow, UCI, Volvo XES, or any table with a mapping."))
        self.asking, self.working, self.reporting = QWidget(), QWidget(), QWidget()
        self.pick = Button(tr("Choose files…"), self.hub, icon="file-down")
        self.pick.clicked.connect(self._pick)
        self.chosen_files = label("", "second", wrap=True)
        self.format, self.policy = (
            ChoiceField(self.hub, tr("Format")),
            ChoiceField(self.hub, tr("Policy")),
        )
        self.format.offer([("", tr("found by itself")), *((n, n) for n in format_names())])
        self.as_of = LineField(
            self.hub, tr("As of"), tr("the desk as it stood then; empty is all of it")
        )
        self.enroll("as_of", self.as_of)
        self.zone = LineField(self.hub, tr("Time zone of the source"), _ZONE, "Europe/London")
        self.enroll("zone", self.zone)
        pair = line(self.hub, 12)
        pair.addWidget(self.format, 1)
        pair.addWidget(self.policy, 1)
        ask = column(self.hub, 12)
        picked = line(self.hub, 12)
        picked.addWidget(self.pick)
        picked.addWidget(self.chosen_files, 1)
        ask.addLayout(picked)
        ask.addLayout(pair)
        ask.addWidget(self.as_of)
        ask.addWidget(self.zone)
        ask.addWidget(
            note(tr("Doing it twice is the same as once: tickets are known by their source."))
        )
        self.asking.setLayout(ask)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("How far the import is"))
        self.said, self.rate = label("", "strong", wrap=True), label("", "second")
        work = column(self.hub, 8)
        for part in (self.said, self.bar, self.rate):
            work.addWidget(part)
        self.working.setLayout(work)
        self.summary, self.report = label("", "strong", wrap=True), QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("Report of the import"))
        self.report.setMinimumHeight(self.hub.px(240))
        self.again = Button(tr("Back to import"), self.hub)
        self.again.clicked.connect(self._back)
        told = column(self.hub, 10)
        for shown in (self.summary, self.report, self.again):
            told.addWidget(shown)
        self.reporting.setLayout(told)
        for face in (self.asking, self.working, self.reporting):
            self.rows.addWidget(face)
        self.check = Button(tr("Look first"), self.hub)
        self.check.clicked.connect(lambda: self._ask(dry_run=True))
        self.primary.setText(tr("Import"))
        row = self.foot.layout()
        assert isinstance(row, QBoxLayout)
        row.insertWidget(3, self.check)


def is_zone(name: str) -> bool:
    """Whether that is the name of a time zone, or nothing."""
    try:
        return not name or bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False

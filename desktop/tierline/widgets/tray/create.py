"""A ticket in two fields in a small window of its own (A1): for whom, and what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tierline.desk import taskbar
from tierline.desk.desk import Desk
from tierline.desk.quick_log import Match
from tierline.desk.wording import priority_name
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.sheets.fields import Field, LineField, note
from tierline.widgets.sheets.keeping import Keeper
from tierline.widgets.sheets.match_field import MatchField, MatchLook
from tierline.widgets.sheets.parts import column, line
from tierline.widgets.theme import ThemeHub

if TYPE_CHECKING:
    from tierline.storage.records import Draft

WIDTH = 460


class CreateWindow(QFrame):
    """`created(whom, what)` asks for it: answer with `done` or `refused`.

    `opened(ticket id)` when the new ticket is wanted. `drafted(text)` keeps what was typed, ""
    forgets it.
    """

    created = Signal(object, str)
    opened = Signal(str)
    drafted = Signal(str)

    def __init__(self, hub: ThemeHub, desk: Desk, parent: QWidget | None = None) -> None:
        """A window above the others, hidden at first."""
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self._hub, self._desk, self._made, self._busy = hub, desk, "", False
        self.setProperty("role", "pane")
        self.setWindowTitle(tr("Create ticket"))
        look = MatchLook(hub, "contact", tr("New client"))
        self.whom = MatchField(hub, tr("For"), self._find, look, "contact", tr("contact or client"))
        self.what = LineField(hub, tr("What"), tr("one line"), tr("What is wrong, or is wanted"))
        self.told = note()
        self.open_it = Button(tr("Open it"), hub, kind=Kind.SMALL)
        self.create_it = Button(tr("Create ticket"), hub, key="↵", kind=Kind.PRIMARY)
        self._keeper = Keeper(self)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        self._lay_out()
        self.ring = FocusRing(self, hub)
        self.whom.entered.connect(self.what.focus)
        self.whom.taken.connect(lambda _: self.what.focus())
        for field in (self.whom, self.what):
            field.changed.connect(self._edited)
        self._keeper.due.connect(self._keep)
        self.create_it.clicked.connect(self.send)
        self.open_it.clicked.connect(lambda: self.opened.emit(self._made))
        hub.changed.connect(self._fit)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.send)
        self._renew()

    def come(self) -> None:
        """Show it, with what was typed before and never sent."""
        self._made = ""
        if not self.whom.text() and not self.what.text():
            self._restore(self._desk.replica.drafts.of(""))
        self._renew()
        self._fit()
        self.show()
        self.raise_()
        self.activateWindow()
        self.whom.focus()

    def send(self) -> None:
        """Ask for the ticket, or go to what lacks."""
        if self.whom.open:
            self.whom.accept()
        lacking = self._lacking()
        if lacking is not None:
            field, word = lacking
            field.show_error(tr("Still needed: {word}.", word=word))
            field.focus()
        elif not self._busy:
            self._busy = True
            self.created.emit(self._match(), self.what.text())

    def done(self, ticket_id: str, number: str) -> None:
        """It is on the disk; the fields are free for another."""
        self._busy, whom = False, self.whom.text()
        for field in (self.whom, self.what):
            field.put("")
        self._keeper.drop()
        self.drafted.emit("")
        self._made = ticket_id
        self._renew(tr("{number} is logged for {whom}.", number=number, whom=whom))
        self.whom.focus()

    def refused(self, refusal: Refusal) -> None:
        """Why there is no ticket; nothing typed is lost."""
        self._busy = False
        field = self.what if refusal.field == "subject" else self.whom
        field.show_error(str(refusal).strip())
        field.focus()

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with what is inside, once it has settled."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fitting.start()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, Esc puts the window away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept."""
        self._keeper.flush()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        hub = self._hub
        body = column(hub, 12, (20, 16, 20, 16))
        body.addWidget(self.whom)
        body.addWidget(self.what)
        foot = line(hub, 8)
        self.told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.open_it)
        foot.addWidget(self.create_it)
        body.addLayout(foot)
        body.addStretch(1)
        self.setLayout(body)

    def _find(self, typed: str) -> list[Match]:
        return taskbar.whom(self._desk, typed) if typed.strip() else []

    def _match(self) -> Match:
        """Whoever was chosen, or is called just so."""
        return self.whom.match or taskbar.named(self._desk, self.whom.text())

    def _lacking(self) -> tuple[Field, str] | None:
        if not self.whom.text():
            return self.whom, tr("for whom it is")
        return None if self.what.text() else (self.what, tr("what is wrong"))

    def _edited(self) -> None:
        self._made = ""
        if self.whom.edited or self.what.edited:
            self._keeper.touch()
        self._renew()

    def _renew(self, told: str = "") -> None:
        self.open_it.setVisible(bool(self._made))
        self.told.setText(told or self._promise())

    def _promise(self) -> str:
        """What will become of it."""
        match = self._match()
        client = match.client or match.name
        policy = self._desk.policy(self._desk.policy_for(client))
        name = priority_name(taskbar.priority(policy))
        return tr("Logged at once as {priority}. Urgent: F9 in the console.", priority=name)

    def _keep(self) -> None:
        typed = {"whom": self.whom.text(), "what": self.what.text()}
        self.drafted.emit(json.dumps(typed) if any(typed.values()) else "")

    def _restore(self, drafts: tuple[Draft, ...]) -> None:
        text = next((each.text for each in drafts if each.kind == taskbar.KIND), "")
        try:
            typed = json.loads(text) if text else {}
        except ValueError:
            return
        if isinstance(typed, Mapping):
            self.whom.put(str(typed.get("whom", "")))
            self.what.put(str(typed.get("what", "")))

    def _fit(self) -> None:
        """As wide as the text size wants, as high as its parts are."""
        self.setMinimumWidth(self._hub.px(WIDTH))
        self.adjustSize()

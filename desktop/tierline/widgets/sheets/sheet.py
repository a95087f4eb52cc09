"""The base of every act's sheet: head, scrolling form, foot, drafts, and what is still missing."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.overlay import Overlay
from tierline.widgets.sheets.fields import Field
from tierline.widgets.sheets.keeping import Keeper
from tierline.widgets.sheets.parts import (
    Chip,
    Ground,
    OneLine,
    Scroll,
    Spacing,
    column,
    frame,
    label,
    line,
)

SEND = "Ctrl ↵"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Sheet(Overlay):
    """One act on one ticket. Subclasses add fields and say what lacks and which command it makes.

    `submitted(ticket id, command)` asks for the act; the presenter answers with `refused` or by
    closing the sheet; `many` tickets are meant, of which `view` is one.
    `drafted(ticket id, kind, text)` keeps what was typed, "" forgets it.
    `logged(command, policy)` asks for a new ticket, `turned(kind)` for another
    sheet in place of this one; `chosen(what, value)` is said by palette and settings;
    `wished(wish)` asks for what is no command on a ticket: see `present.wishes`.
    """

    submitted = Signal(str, object)
    drafted = Signal(str, str, str)
    logged = Signal(object, str)
    chosen = Signal(str, str)
    turned = Signal(str)
    wished = Signal(object)

    def __init__(self, ground: Ground, kind: str, name: str, width: int = 560) -> None:
        """Built hidden and without a ticket."""
        super().__init__(ground.area, ground.hub, name, width)
        self.kind, self.desk, self.ticker = kind, ground.desk, ground.ticker
        self.ticket_id, self.many = "", 1
        self.view: TicketView | None = None
        self.more: dict[str, Any] = {}
        self.fields: dict[str, Field] = {}
        self._filling = False
        self._keeper = Keeper(self)
        self._keeper.due.connect(self._keep)
        self._build_head()
        self.form = QWidget()
        self.rows = QVBoxLayout()
        self.spacing = Spacing(self.rows, self.hub, (20, 16, 20, 18), 14)
        self.form.setLayout(self.rows)
        self.scroller = Scroll(self.form)
        self._build_foot()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # What lacks may be said in three lines, which its hint does not know of.
        self.foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for part in (self.head, self.scroller, self.foot):
            self.body.addWidget(part)
        self._placing = QTimer(self)
        self._placing.setSingleShot(True)
        self._placing.timeout.connect(self.place)
        for inside in (self.head, self.form, self.foot):
            inside.installEventFilter(self)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.send)

    # What a subclass says

    def fill(self, view: TicketView) -> None:
        """Show what is known of the ticket; typed text comes back after this."""

    def lacks(self) -> list[tuple[str, str]]:
        """(field, word) of everything that is still needed, in reading order."""
        return []

    def make(self) -> cmd.Command:
        """The command; only asked for when nothing lacks."""
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """Where the keyboard goes at first."""
        return next((field.control for field in self.fields.values()), None)

    # What the book calls

    def begin(self, view: TicketView | None, more: dict[str, Any]) -> None:
        """Open for a ticket (None for a sheet that needs none)."""
        self.view, self.more = view, more
        self.many = int(more.get("many", 1))
        self.ticket_id = view.ticket.id if view else ""
        for field in self.fields.values():
            field.show_error("")
        self.trouble.setText("")
        self._filling = True
        if view is not None:
            self._show_ticket(view)
            self.fill(view)
        self._restore()
        self._filling = False
        self.renew()
        self.open_over(self.first())
        self._freshen()

    def _freshen(self) -> None:
        """Lay head and foot out anew: the text size may have changed while they were hidden."""
        self.body.activate()
        for part in (self.head, self.foot):
            if (layout := part.layout()) is not None:
                layout.invalidate()
                layout.activate()
        # Choosing in a list brings it in sight: begin where the keyboard is instead.
        self.scroller.verticalScrollBar().setValue(0)
        if (first := self.first()) is not None and self.form.isAncestorOf(first):
            self.scroller.ensureWidgetVisible(first)

    def refused(self, refusal: Refusal) -> None:
        """Say why it was not done, at the field it is about; nothing typed is lost."""
        field = self.fields.get(refusal.field)
        self.primary.setEnabled(True)
        if field is None:
            self.trouble.setText(str(refusal).strip())
            self.trouble.show()
            return
        field.show_error(str(refusal).strip())
        self._go_to(field)

    def finish(self) -> None:
        """The act is done: what was typed is in the history now, the draft goes."""
        self._keeper.drop()
        if any(field.edited for field in self.fields.values()):
            self.drafted.emit(self.ticket_id, self.kind, "")
        for field in self.fields.values():
            field.edited = False
        self.dismiss()

    def granted(self) -> None:
        """What was wished for is done; a sheet that stays open shows what is left."""
        self.finish()

    def step_aside(self) -> None:
        """Make room for another sheet; whatever runs goes on."""
        Sheet.dismiss(self)

    def draft_saved(self, words: str) -> None:
        """Say that the text is on the disk."""
        self.saved.setText(words)
        self.saved.show()

    # What happens inside

    def add(self, name: str, field: Field) -> Field:
        """Put a field at the end of the form; `name` is what refusals and drafts call it."""
        self.enroll(name, field)
        self.rows.addWidget(field)
        return field

    def enroll(self, name: str, field: Field) -> None:
        """Let a field that stands elsewhere take part in drafts and refusals."""
        self.fields[name] = field
        field.changed.connect(self._edited)

    def renew(self) -> None:
        """Say what lacks, and let the button be pressed when nothing does."""
        missing = [word for _, word in self.lacks()]
        self.primary.setEnabled(not missing)
        self.lack.setText(tr("Still needed: {names}.", names=", ".join(missing)) if missing else "")
        self.place()

    def send(self) -> None:
        """Ask for the act, or go to what lacks."""
        missing = self.lacks()
        if not missing:
            self._keeper.flush()
            self.trouble.setText("")
            self.submitted.emit(self.ticket_id, self.make())
            return
        name, word = missing[0]
        if name in self.fields:
            self.fields[name].show_error(tr("Still needed: {word}.", word=word))
            self._go_to(self.fields[name])

    def dismiss(self) -> None:
        """Close; what was typed is kept first."""
        self._keeper.flush()
        super().dismiss()

    def place(self) -> None:
        """As high as the form needs, with what is too much scrolled inside."""
        if self.isHidden():
            return
        room = self.rect().adjusted(16, 16, -16, -16)
        width = min(self.hub.px(self._width), room.width())
        self.arrange(width)
        self.scroller.updateGeometry()  # what it needs at least may be less by now
        edges = 2 * self.hub.theme.outline
        foot = max(self.foot.heightForWidth(width - edges), self.foot.sizeHint().height())
        wanted = self.scroller.needed(width - edges) + self.head.sizeHint().height() + foot
        wanted += edges
        height = min(wanted, room.height())
        left = room.left() + self.aside(room.width() - width)
        top = room.top() + self.above(room.height() - height)
        self.panel.setGeometry(left, top, width, height)

    def arrange(self, width: int) -> None:
        """Stack or spread columns before the height is asked for; `width` in px."""

    def aside(self, free: int) -> int:
        """How much of the free width lies before the sheet; in the middle unless told otherwise."""
        return free // 2

    def above(self, free: int) -> int:
        """How much of the free height lies above it."""
        return free // 2

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Grow with the form, once it has settled."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._placing.start()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keys typed here are ours, before any single-key shortcut of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            plain = not held & ~Qt.KeyboardModifier.ShiftModifier
            letter = bool(event.text()) and event.text().isprintable()  # F8 and F9 have no text
            if event.key() == Qt.Key.Key_Escape or (plain and letter):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses a button and sends from anywhere else but a text; Esc goes back."""
        if event.key() in _ENTER:
            focused = QApplication.focusWidget()
            button = focused if isinstance(focused, QAbstractButton) else None
            # One of a group that is chosen already has nothing more to be pressed for.
            chosen = button is not None and button.isChecked() and button.group() is not None
            if button is not None and button is not self.primary and not chosen:
                button.click()
            else:
                self.send()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's signature
        """Keep Tab inside, and what it reaches in sight."""
        moved = super().focusNextPrevChild(forward)
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            self.scroller.ensureWidgetVisible(focused)
        return moved

    def _go_to(self, field: Field) -> None:
        self.place()
        field.focus()
        self.scroller.ensureWidgetVisible(field)

    def _edited(self) -> None:
        if self._filling:
            return
        if any(field.edited and not field.secret for field in self.fields.values()):
            self._keeper.touch()
        self.renew()

    def _keep(self) -> None:
        typed = {
            name: field.text()
            for name, field in self.fields.items()
            if field.edited and not field.secret
        }
        said = any(typed.values())
        self.drafted.emit(self.ticket_id, self.kind, json.dumps(typed) if said else "")

    def kept(self) -> dict[str, str]:
        """What was typed here before and never sent, by field."""
        drafts = self.view.drafts if self.view else self.desk.replica.drafts.of("")
        text = next((draft.text for draft in drafts if draft.kind == self.kind), "")
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def _restore(self) -> None:
        for name, text in self.kept().items():
            if name in self.fields and not self.fields[name].secret:
                self.fields[name].restore(text)

    def _show_ticket(self, view: TicketView) -> None:
        self.chip.setVisible(self.many < 2)
        if self.many > 1:
            self.about.setText(tr("On {many} tickets of the selection.", many=self.many))
            self.whose.setText(tr("Who cannot is shown before anything is done."))
            return
        self.chip.show_priority(view.ticket.priority)
        self.about.setText(view.ticket.subject)
        self.whose.setText(
            tr(
                "{name}, policy {policy_label}",
                name=view.client.name,
                policy_label=view.policy_label,
            )
        )

    def _build_head(self) -> None:
        self.head = frame("dialog-head")
        self.title = OneLine(self.accessibleName(), "sheet-title")
        self.chip, self.about = Chip(self.hub), OneLine("", "second")
        self.whose = OneLine("", "quiet")
        self.under = line(self.hub, 8)
        self.under.addWidget(self.chip)
        self.under.addWidget(self.about)
        self.under.addWidget(self.whose, 1)
        left = column(self.hub, 4)
        left.addWidget(self.title)
        left.addLayout(self.under)
        self.beside = line(self.hub, 12)
        shut = Button("", self.hub, icon="x", kind=Kind.FLAT)
        shut.setAccessibleName(tr("Close, Esc"))
        shut.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shut.clicked.connect(self.dismiss)
        row = line(self.hub, 16, (20, 12, 14, 12))
        row.addLayout(left, 1)
        row.addLayout(self.beside)
        row.addWidget(shut)
        self.head.setLayout(row)

    def _build_foot(self) -> None:
        self.foot: QFrame = frame("dialog-foot")
        self.trouble = label("", "error", wrap=True)
        self.lack, self.saved = label("", "quiet", wrap=True), label("", "small")
        self.saved.hide()
        self.primary = Button(tr("Done"), self.hub, key=SEND, kind=Kind.PRIMARY)
        self.cancel = Button(tr("Cancel"), self.hub, key="Esc")
        self.primary.clicked.connect(self.send)
        self.cancel.clicked.connect(self.dismiss)
        said = column(self.hub, 2)
        for each in (self.trouble, self.lack, self.saved):
            said.addWidget(each)
        self.before: QHBoxLayout = line(self.hub, 6)
        row = line(self.hub, 8, (20, 12, 20, 12))
        row.addLayout(self.before)
        row.addLayout(said, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.primary)
        self.foot.setLayout(row)
        self.trouble.hide()

    def relabel(self, title: str, verb: str) -> None:
        """Name the sheet and its button; on a selection the tickets are counted, not named."""
        if self.many > 1 and self.view is not None:
            title = title.replace(self.view.ticket.number, f"{self.many} tickets")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.panel.setAccessibleName(title)
        self.primary.setText(verb)
        self.primary.updateGeometry()

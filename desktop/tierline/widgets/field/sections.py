"""The parts of a visit's page: what is wrong, where and who, checks, notes, parts, sign-off."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tierline.desk.field_view import FieldView
from tierline.desk.timeline import Entry
from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.widgets.field.big import BigButton, BigCheck, Tone
from tierline.widgets.field.clocks import ClockRow
from tierline.widgets.field.section import Section, emptied, holder, say
from tierline.widgets.sheets.fields import TextField
from tierline.widgets.sheets.parts import column, label
from tierline.widgets.theme import ThemeHub

_LONG, _DRAFT_MS = 280, 400


class WhatSection(Section):
    """The subject, by when, and what the contact said; long words open on demand."""

    def __init__(self, hub: ThemeHub, clocks: ClockRow) -> None:
        """Empty."""
        super().__init__(hub, "")
        self.title.setWordWrap(True)
        self.title.setProperty("role", "sheet-title")
        self.rows.addWidget(clocks)
        self.state = self.words("", "second")
        self.text = self.words()
        self.more = BigButton(tr("Show all"), hub, tone=Tone.QUIET)
        self.more.clicked.connect(self._open)
        self.rows.addWidget(self.more)
        self._whole = ""

    def show_view(self, field: FieldView) -> None:
        """This ticket."""
        view = field.view
        self.title.setText(view.ticket.subject)
        self.setAccessibleName(view.ticket.subject)
        note = f", {view.status_note}" if view.status_note else ""
        say(self.state, f"{view.status_word}{note}")
        visit = field.visit
        told = "\n\n".join(
            part for part in (visit.text if visit else "", view.ticket.description) if part
        )
        if told != self._whole:
            self._whole = told
            long = len(told) > _LONG
            say(self.text, f"{told[:_LONG].rstrip()} …" if long else told)
            self.more.setVisible(long)

    def _open(self) -> None:
        self.text.setText(self._whole)
        self.more.hide()


class PlaceSection(Section):
    """Where it is and whom to ask for; both are copied or called with one press."""

    said = Signal(str)

    def __init__(self, hub: ThemeHub) -> None:
        """Empty."""
        super().__init__(hub, tr("Where and who"))
        self.place = self.words()
        self.copy_place = BigButton(tr("Copy address"), hub, icon="copy")
        self.rows.addWidget(self.copy_place)
        self.who = self.words()
        self.call = BigButton(tr("Call"), hub, icon="phone")
        self.copy_phone = BigButton(tr("Copy number"), hub, icon="copy")
        self.phone = holder(hub, self.call, self.copy_phone)
        self.rows.addWidget(self.phone)
        self._phone = ""
        self.copy_place.clicked.connect(lambda: self._copy(self.place.text()))
        self.copy_phone.clicked.connect(lambda: self._copy(self._phone))
        self.call.clicked.connect(self._dial)

    def show_view(self, field: FieldView) -> None:
        """This visit's."""
        contact = field.view.contact
        self._phone = contact.phone or field.ticket.contact_reach
        say(self.place, field.place or tr("No address is known. Ask before you set out."))
        self.copy_place.setVisible(bool(field.place))
        who = ", ".join(part for part in (contact.name, contact.title) if part)
        say(self.who, "\n".join(part for part in (field.ticket.client, who, self._phone) if part))
        self.phone.setVisible(bool(self._phone))
        self.call.say(tr("Call"), spoken=tr("Call {who}, {phone}", who=who, phone=self._phone))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.emit(tr("Copied {text}.", text=text))

    def _dial(self) -> None:
        digits = "".join(ch for ch in self._phone if ch.isdigit() or ch == "+")
        if not QDesktopServices.openUrl(QUrl(f"tel:{digits}")):
            QGuiApplication.clipboard().setText(self._phone)
            self.said.emit(tr("No program here makes calls. {phone} is copied.", phone=self._phone))


class CheckSection(Section):
    """The policy's points for a visit. `ticked(item, done)`."""

    ticked = Signal(str, bool)

    def __init__(self, hub: ThemeHub) -> None:
        """No points."""
        super().__init__(hub, tr("Check-list"))
        self.boxes: dict[str, BigCheck] = {}

    def show_view(self, field: FieldView) -> None:
        """As they are; the boxes stay the same as long as the points do."""
        self.setVisible(bool(field.checks))
        if [point.item for point in field.checks] != list(self.boxes):
            for box in self.boxes.values():
                box.hide()
                box.deleteLater()
            self.boxes = {}
            for point in field.checks:
                box = self.boxes[point.item] = BigCheck(self.hub, point.item)
                box.clicked.connect(lambda on, item=point.item: self.ticked.emit(item, on))
                self.rows.addWidget(box)
        for point in field.checks:
            self.boxes[point.item].setChecked(point.done)
        done = sum(point.done for point in field.checks)
        words = tr("Check-list, {done} of {all}", done=done, all=len(field.checks))
        self.title.setText(words)


class NoteSection(Section):
    """What was found and done, in words; the latest ones below. `noted(text)`, `typed(text)`."""

    noted = Signal(str)
    typed = Signal(str)

    def __init__(self, hub: ThemeHub, zone: ZoneInfo) -> None:
        """Nothing written."""
        super().__init__(hub, tr("Notes"))
        self._zone = zone
        self.field = TextField(hub, "", lines=3)
        self.field.control.setAccessibleName(tr("Note"))
        self.field.entry.setPlaceholderText(tr("What you found and did"))
        self.add = BigButton(tr("Add note"), hub, icon="sticky-note", key="Ctrl Enter")
        self.saved = label("", "small")
        self.rows.addWidget(self.field)
        self.rows.addWidget(self.add)
        self.rows.addWidget(self.saved)
        self.saved.hide()
        self.list: QVBoxLayout = column(hub, 10)
        self.rows.addLayout(self.list)
        self._shown: tuple[Entry, ...] = ()
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(lambda: self.typed.emit(self.field.text()))
        self.field.changed.connect(self._changed)
        self.add.clicked.connect(self.send)
        self._changed()

    def begin(self, draft: str) -> None:
        """Another visit: what was typed there before and never added."""
        self._keep.stop()
        self.field.put(draft)
        self.saved.hide()

    def leave(self) -> None:
        """Hand on what was typed a moment ago."""
        if self._keep.isActive():
            self._keep.stop()
            self.typed.emit(self.field.text())

    def sent(self) -> None:
        """It is in the history now."""
        self._keep.stop()
        self.field.put("")
        self.saved.hide()

    def kept(self, words: str) -> None:
        """Say that the draft is on the disk."""
        self.saved.setText(words)
        self.saved.setVisible(bool(self.field.text()))

    def send(self) -> None:
        """Add what was written."""
        if self.field.text():
            self.noted.emit(self.field.text())

    def show_view(self, field: FieldView, now: datetime) -> None:
        """The latest words on this ticket."""
        if field.notes == self._shown:
            return
        self._shown = field.notes
        emptied(self.list)
        for each in field.notes:
            who = each.who or (field.ticket.contact if each.kind == "in" else "")
            unsent = f", {tr('not sent yet')}" if each.mark == "unsent" else ""
            at = when(each.at, now, self._zone)
            head = f"{who} {each.verb}, {at}{unsent}".strip()
            head = head[:1].upper() + head[1:]
            self.list.addWidget(label(head, "quiet", wrap=True))
            self.list.addWidget(label(each.text, wrap=True))

    def _changed(self) -> None:
        self.add.setEnabled(bool(self.field.text()))
        if self.field.edited:
            self._keep.start()


class PartSection(Section):
    """Parts that stay here. `asked()` for another one, `returned(key)` to take one off."""

    asked = Signal()
    returned = Signal(str)

    def __init__(self, hub: ThemeHub) -> None:
        """None used."""
        super().__init__(hub, tr("Parts used"))
        self.add = BigButton(tr("Add part"), hub, icon="package", key="P")
        self.list: QVBoxLayout = column(hub, 4)
        self.rows.addLayout(self.list)
        self.rows.addWidget(self.add)
        self.add.clicked.connect(self.asked)
        self._shown: tuple[object, ...] = ()

    def show_view(self, field: FieldView) -> None:
        """Those that are noted."""
        if field.parts == self._shown:
            return
        self._shown = field.parts
        emptied(self.list)
        for part in field.parts:
            off = BigButton("", self.hub, icon="x", tone=Tone.QUIET)
            off.setAccessibleName(tr("Take off {part}", part=part.text))
            off.setSizePolicy(off.sizePolicy().Policy.Fixed, off.sizePolicy().Policy.Fixed)
            off.clicked.connect(lambda _=False, key=part.key: self.returned.emit(key))
            row = holder(self.hub, label(part.text, wrap=True))
            self._beside(row, off)
            self.list.addWidget(row)

    def _beside(self, row: QWidget, button: BigButton) -> None:
        layout = row.layout()
        assert layout is not None
        layout.addWidget(button)


class SignSection(Section):
    """The contact's yes to the work. `asked()` to get one."""

    asked = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Nobody signed."""
        super().__init__(hub, tr("Sign-off"))
        self.state = self.words("", "second")
        self.sign = BigButton(tr("Get sign-off"), hub, icon="pen-line", key="S")
        self.rows.addWidget(self.sign)
        self.sign.clicked.connect(self.asked)

    def show_view(self, field: FieldView) -> None:
        """Who has, if anybody."""
        contact = field.ticket.contact or tr("The contact")
        none = tr("{who} has not signed yet.", who=contact)
        say(self.state, field.signed or none)
        self.sign.say(tr("Sign again") if field.signed else tr("Get sign-off"))
        self.sign.setEnabled(field.ticket.ended in ("", "resolved"))


class EndSection(Section):
    """How the ticket goes on from here. `resolve_asked()`, `wait_asked()`, `console_asked()`."""

    resolve_asked = Signal()
    wait_asked = Signal()
    console_asked = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Nothing can be done yet."""
        super().__init__(hub, tr("The ticket"))
        self.resolve = BigButton(tr("Resolve…"), hub, icon="check", key="R")
        self.wait = BigButton(tr("Wait for parts…"), hub, icon="pause", key="W")
        self.console = BigButton(tr("Open in the console"), hub, icon="square-arrow-out-up-right")
        self.why = self.words("", "quiet")
        for button in (self.resolve, self.wait, self.console):
            self.rows.addWidget(button)
        self.resolve.clicked.connect(self.resolve_asked)
        self.wait.clicked.connect(self.wait_asked)
        self.console.clicked.connect(self.console_asked)

    def show_view(self, field: FieldView) -> None:
        """What this ticket lets one do, and why not the rest."""
        resolve = field.view.action("resolve")
        self.resolve.setEnabled(resolve.allowed)
        self.wait.setEnabled(bool(field.waits))
        say(self.why, resolve.reason)

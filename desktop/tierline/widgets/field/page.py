"""One visit on one page: scrolled by a thumb, its next step always at hand below."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tierline.desk.desk import Desk
from tierline.desk.field_view import FieldView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.thumbnails import Thumbnails
from tierline.present.ticker import Ticker
from tierline.storage.records import Draft
from tierline.widgets.field.big import BigButton, Tone
from tierline.widgets.field.clocks import ClockRow
from tierline.widgets.field.photos import PhotoSection
from tierline.widgets.field.section import Section
from tierline.widgets.field.sections import (
    CheckSection,
    EndSection,
    NoteSection,
    PartSection,
    PlaceSection,
    SignSection,
    WhatSection,
)
from tierline.widgets.field.steps import StepBar
from tierline.widgets.sheets.parts import Chip, Scroll, Spacing, column, frame, label, line
from tierline.widgets.sync_parts.conflict_place import ConflictPlace
from tierline.widgets.sync_parts.conflicts import Conflicts
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.dropping import DropZone

NOTE, TWO = "note", 700


class VisitPage(QWidget):
    """`acted(command)` for what is done at once, `asked(name)` for what has a page of its own.

    Those are part, sign, resolve, wait, leave and console. `back()` goes to the day.
    """

    acted = Signal(object)
    asked = Signal(str)
    back = Signal()
    drafted = Signal(str, str)
    attached = Signal(object)
    pasted = Signal(object)
    opened = Signal(object)
    settled = Signal(str, str)
    said = Signal(str)

    def __init__(self, hub: ThemeHub, ticker: Ticker, desk: Desk, thumbnails: Thumbnails) -> None:
        """No visit is open."""
        super().__init__()
        self._hub, self._desk = hub, desk
        self.field: FieldView | None = None
        self._head()
        self.conflicts = Conflicts(hub)
        self.clocks = ClockRow(hub, ticker)
        self.what, self.place = WhatSection(hub, self.clocks), PlaceSection(hub)
        self.checks, self.notes = CheckSection(hub), NoteSection(hub, desk.zone)
        self.photos, self.parts = PhotoSection(hub, thumbnails), PartSection(hub)
        self.sign, self.end = SignSection(hub), EndSection(hub)
        self.steps = StepBar(hub, ticker, desk.zone)
        self._place()
        self.drop = DropZone(hub, self)
        self._wire()

    def show_view(self, field: FieldView | None) -> None:
        """This visit; None closes the page."""
        before, self.field = self.field, field
        if field is None:
            self.drop.target = ""
            return
        ticket, now = field.ticket, self._now()
        other = before is None or before.ticket.id != ticket.id
        if other:
            drafts = {draft.kind: draft.text for draft in field.view.drafts}
            self.notes.begin(drafts.get(NOTE, ""))
            self.area.verticalScrollBar().setValue(0)
        self.drop.target = ticket.number
        self.chip.show_priority(ticket.priority)
        self.number.setText(ticket.number)
        self.client.setText(ticket.client)
        unsent = field.view.unsent
        self.unsent.setText(tr("{n} unsent", "{n} unsent", unsent) if unsent else "")
        self.clocks.show_panels(field.view.clocks)
        self.conflicts.show_cards(field.view.conflicts)
        self.conflicts.setVisible(self.conflicts.any)
        self.met.setVisible(self.conflicts.any)
        for part in (self.what, self.place, self.checks, self.photos, self.parts, self.sign):
            part.show_view(field)
        self.notes.show_view(field, now)
        self.end.show_view(field)
        self.steps.show_view(field)
        self.setAccessibleName(tr("Visit for {number}", number=ticket.number))

    def draft_saved(self, draft: Draft) -> None:
        """Say that a note is on the disk."""
        if self.field is not None and (draft.ticket_id, draft.kind) == (self.field.ticket.id, NOTE):
            local = draft.at.astimezone(self._desk.zone)
            self.notes.kept(tr("Draft saved {time}", time=f"{local:%H:%M:%S}"))

    def done(self, kind: str) -> None:
        """An act of this page went through."""
        if kind == "note":
            self.notes.sent()

    def set_alone(self, alone: bool) -> None:
        """Whether there is a way back: beside the day there need be none."""
        self.back_button.setVisible(alone)
        self._head_room.change((8 if alone else 14, 8, 14, 8), 6)

    def leave(self) -> None:
        """Hand on what was typed a moment ago."""
        self.notes.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Two columns where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= self._hub.px(TWO)
        if wide != self._wide:
            self._spread(wide=wide)

    def press(self, key: str) -> bool:
        """What a single letter does here; whether it does something."""
        deeds = {
            "V": self.steps.go,
            "F": self.photos.add,
            "P": self.parts.add,
            "S": self.sign.sign,
            "R": self.end.resolve,
            "W": self.end.wait,
        }
        if key == "N":
            self.notes.field.focus()
            self.area.ensureWidgetVisible(self.notes.add)
        elif (button := deeds.get(key)) is not None and button.isEnabled():
            button.click()
        else:
            return False
        return True

    def _now(self) -> datetime:
        return self._desk.clock()

    def _head(self) -> None:
        hub = self._hub
        self.back_button = BigButton("", hub, icon="arrow-left", tone=Tone.QUIET)
        self.back_button.setAccessibleName(tr("Back to the day, Esc"))
        self.back_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.chip, self.number = Chip(hub), label("", "strong")
        self.client, self.unsent = label("", "second", wrap=True), label("", "soon")
        top = line(hub, 8)
        top.addWidget(self.chip)
        top.addWidget(self.number)
        top.addStretch(1)
        top.addWidget(self.unsent)
        words = column(hub, 2)
        words.addLayout(top)
        words.addWidget(self.client)
        row = QHBoxLayout()
        self._head_room = Spacing(row, hub, (8, 8, 14, 8), 6)
        row.addWidget(self.back_button)
        row.addLayout(words, 1)
        self.head = frame("win")
        self.head.setLayout(row)

    def _place(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        Spacing(rows, self._hub, (12, 12, 12, 16), 10)
        self.met = ConflictPlace(self.conflicts)
        rows.addWidget(self.met)
        self._first, self._second = column(self._hub, 10), column(self._hub, 10)
        self._both = line(self._hub, 10)
        self._both.addLayout(self._first, 1)
        self._both.addLayout(self._second, 1)
        rows.addLayout(self._both)
        rows.addStretch(1)
        self._told: tuple[Section, ...] = (self.what, self.place, self.checks, self.notes)
        self._done: tuple[Section, ...] = (self.photos, self.parts, self.sign, self.end)
        for section in self._told:
            self._first.addWidget(section)
        self._spread(wide=False)
        self.area = Scroll(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.steps)

    def _spread(self, *, wide: bool) -> None:
        """What is told beside what is done, where there is room for both; else below it."""
        for ends in (self._first, self._second):
            for at in reversed(range(ends.count())):
                if (item := ends.itemAt(at)) is not None and item.widget() is None:
                    ends.takeAt(at)
        for section in self._done:
            (self._second if wide else self._first).addWidget(section)
        self._first.addStretch(1)
        self._second.addStretch(1)
        self._both.setStretch(1, int(wide))
        self._wide = wide

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.place.said.connect(self.said)
        self.photos.said.connect(self.said)
        self.checks.ticked.connect(self._tick)
        self.notes.noted.connect(lambda text: self.acted.emit(cmd.Note(text=text)))
        self.notes.typed.connect(lambda text: self.drafted.emit(NOTE, text))
        self.parts.returned.connect(lambda key: self.acted.emit(cmd.ReturnPart(key=key)))
        self.steps.step_asked.connect(self.acted)
        self.conflicts.settled.connect(self.settled)
        self.photos.attached.connect(self.attached)
        self.photos.pasted.connect(self.pasted)
        self.photos.opened.connect(self.opened)
        self.drop.files.connect(self.attached)
        self.drop.picture.connect(self.pasted)
        self.parts.asked.connect(lambda: self.asked.emit("part"))
        self.sign.asked.connect(lambda: self.asked.emit("sign"))
        self.end.resolve_asked.connect(lambda: self.asked.emit("resolve"))
        self.end.wait_asked.connect(lambda: self.asked.emit("wait"))
        self.end.console_asked.connect(lambda: self.asked.emit("console"))
        self.steps.leave_asked.connect(lambda: self.asked.emit("leave"))

    def _tick(self, item: str, done: bool) -> None:
        self.acted.emit(cmd.Check(item=item, done=done))

"""Where one writes on a ticket: a note, a message to the contact, or time worked."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.storage.records import Draft
from tierline.widgets.brush import Brush
from tierline.widgets.reading_order import set_reading_order
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.composer_foot import ComposerFoot
from tierline.widgets.ticket.composer_tabs import ComposerTabs
from tierline.widgets.ticket.drafts import DraftTimer
from tierline.widgets.ticket.effects import effect
from tierline.widgets.ticket.mention_list import Alike, MentionList
from tierline.widgets.ticket.prose import size_word
from tierline.widgets.ticket.spent import join_time, split_time
from tierline.widgets.ticket.writing import Writing, sends

KINDS = ("note", "message", "time")
_NAMES = (tr("Note"), tr("Message to the contact"), tr("What was done"))
PAD, ABOVE, BETWEEN = 16, 8, 7


class Composer(QWidget):
    """Three texts that never get lost: each is a draft until it is sent.

    `composed(command)` when a text is to be sent; it stays until `sent(kind)`. `drafted(kind,
    text)` when one is to be saved. `attach_asked()` and `pasted(QMimeData)` are about files. In
    the dense form an empty composer is only its tabs.
    """

    composed = Signal(object)
    drafted = Signal(str, str)
    writing_changed = Signal()
    attach_asked = Signal()
    pasted = Signal(object)

    def __init__(self, hub: ThemeHub, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        """Empty, on the note."""
        super().__init__(parent)
        self._hub, self._zone = hub, zone
        self._view: TicketView | None = None
        self._ticket = ""
        self._dense = self._low = self._writing = False
        self._changed: set[str] = set()
        self._on_the_way: dict[str, tuple[str, str]] = {}
        self._tabs = ComposerTabs(hub, self)
        self._stack = QStackedWidget(self)
        self._boxes = {kind: Writing(hub, name) for kind, name in zip(KINDS, _NAMES, strict=True)}
        self._foot = ComposerFoot(hub, self)
        self.mentions = MentionList(hub, self._boxes["note"])
        self._saver = DraftTimer(self)
        self._lay_out()
        self._wire()
        hub.changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        for box in self._boxes.values():
            self._stack.addWidget(box)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._tabs)
        self._column.addWidget(self._stack)
        self._column.addWidget(self._foot)
        set_reading_order(self)

    def _wire(self) -> None:
        self._tabs.chosen.connect(self._show_kind)
        self._tabs.attach_asked.connect(self.attach_asked)
        self._foot.send_asked.connect(self.send)
        self._foot.amount_changed.connect(lambda: self._touched("time"))
        self._saver.due.connect(self._save)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        for kind, box in self._boxes.items():
            box.textChanged.connect(lambda kind=kind: self._touched(kind))
            box.sent.connect(self.send)
            box.too_long.connect(self._too_long)
            box.pasted.connect(self.pasted)

    def offer_people(self, alike: Alike) -> None:
        """Find whom a note mentions with this."""
        self.mentions.offer(alike)

    @property
    def kind(self) -> str:
        """The tab that is open."""
        return self._tabs.kind

    def text(self, kind: str) -> str:
        """What is written on a tab, with the amount of time where there is one."""
        text = self._boxes[kind].toPlainText()
        return join_time(self._foot.amount(), text) if kind == "time" else text

    # A ticket

    def show_ticket(self, view: TicketView) -> None:
        """Its drafts; on the ticket that is shown already, what is being written stays."""
        other = view.ticket.id != self._ticket
        if other:
            self.leave()
            self._ticket = view.ticket.id
            self._load(view.drafts)
        self._view = view
        self._foot.show_contact(view)
        self._tabs.allow(view)
        self._show_kind(self.kind, focus=False)

    def leave(self) -> None:
        """Save what is unsaved, under the ticket it was written on."""
        self._saver.flush()

    def _load(self, drafts: tuple[Draft, ...]) -> None:
        found = {draft.kind: draft for draft in drafts}
        for kind, box in self._boxes.items():
            text = found[kind].text if kind in found else ""
            if kind == "time":
                amount, text = split_time(text)
                self._foot.set_amount(amount)
            box.put(text)
        latest = max(drafts, key=lambda draft: draft.at, default=None)
        if latest is not None and latest.kind in KINDS:
            self._tabs.choose(latest.kind)
        self._say_saved(latest)

    def compose(self, kind: str) -> None:
        """Open a tab and write on it."""
        if kind in KINDS:
            self._show_kind(kind)

    def set_dense(self, dense: bool, *, low: bool = False) -> None:
        """Only the tabs while nothing is written; when `low`, also unless one is writing."""
        self._dense, self._low = dense, low
        self._fold()

    @property
    def writing(self) -> bool:
        """Whether the keyboard is in a text or beside it."""
        return self._writing

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        del old
        if now is None or now.windowType() == Qt.WindowType.Popup:
            return
        inside = self._stack.isAncestorOf(now) or self._foot.isAncestorOf(now)
        if inside != self._writing:
            self._writing = inside
            self.writing_changed.emit()
            self._fold()

    def _show_kind(self, kind: str, *, focus: bool = True) -> None:
        self._tabs.choose(kind)
        self._stack.setCurrentWidget(self._boxes[kind])
        self._foot.show_kind(kind)
        self._judge()
        self._fold(open_=focus)
        if focus:
            self._boxes[kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fold(self, *, open_: bool = False) -> None:
        written = bool(self.text(self.kind)) and not self._low
        shown = not self._dense or open_ or self._writing or written
        for part in (self._stack, self._foot):
            part.setVisible(shown)
        self._restyle()

    # Drafts

    def _touched(self, kind: str) -> None:
        self._changed.add(kind)
        self._saver.touch()
        self._tabs.say("")
        self._judge()
        box = self._boxes[kind]
        if box is self._stack.currentWidget():
            self._stack.setFixedHeight(box.height())

    def _save(self) -> None:
        changed, self._changed = self._changed, set()
        for kind in KINDS:
            if kind in changed:
                self.drafted.emit(kind, self.text(kind))

    def draft_saved(self, draft: Draft) -> None:
        """It is on the disk: say when."""
        if draft.ticket_id == self._ticket and draft.kind not in self._changed:
            self._say_saved(draft)

    def _say_saved(self, draft: Draft | None) -> None:
        if draft is None or not draft.text:
            self._tabs.say(tr("No draft"))
            return
        self._tabs.say(
            tr("Draft saved {astimezone:%H:%M:%S}", astimezone=draft.at.astimezone(self._zone))
        )

    def _too_long(self, characters: int) -> None:
        self._tabs.say(
            tr("{size} is too long to paste. Send it as a file.", size=size_word(characters))
        )

    # Sending

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl Enter sends from what stands below the text, too."""
        if sends(event):
            self.send()
        else:
            super().keyPressEvent(event)

    def _judge(self) -> None:
        view, kind = self._view, self.kind
        if view is None:
            return
        action = view.action(kind)
        reason = action.reason or self._lacking(kind)
        self._foot.judge(effect(view, kind), reason)

    def _lacking(self, kind: str) -> str:
        """What is not there yet, "" when it can be sent."""
        if kind == "time":
            return self._foot.amount_problem()
        return "" if self._boxes[kind].toPlainText().strip() else tr("Write something first.")

    def send(self) -> None:
        """Ask for the command to be carried out; the text stays until that is done."""
        view, kind = self._view, self.kind
        if view is None or view.action(kind).reason or self._lacking(kind):
            self._foot.complain()
            return
        self._on_the_way[kind] = (self._ticket, self.text(kind))
        self.composed.emit(self._command(view, kind))

    def _command(self, view: TicketView, kind: str) -> cmd.Command:
        text = self._boxes[kind].toPlainText()
        if kind == "message":
            to = view.contact.name or view.ticket.contact
            return cmd.Message(text=text, channel=self._foot.channel, to=to)
        if kind == "time":
            return cmd.LogTime(seconds=self._foot.seconds(), text=text)
        return cmd.Note(text=text, plan=self._foot.plan)

    def sent(self, kind: str) -> None:
        """It was carried out: the text is gone from here, and so is its draft.

        A text written since, or on another ticket, is none of it and stays.
        """
        if self._on_the_way.pop(kind, None) != (self._ticket, self.text(kind)):
            return
        self._boxes[kind].put("")
        if kind == "time":
            self._foot.set_amount("")
        self._changed.discard(kind)
        if not self._changed:
            self._saver.stop()
        self.drafted.emit(kind, "")
        self._foot.clear(kind)
        self._tabs.say(tr("No draft"))
        self._judge()
        self._fold(open_=True)

    # Looks

    def _restyle(self) -> None:
        px = self._hub.px
        self._column.setContentsMargins(px(PAD), px(ABOVE), px(PAD), px(ABOVE))
        self._column.setSpacing(px(BETWEEN))
        self._stack.setFixedHeight(self._boxes[self.kind].height())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground and the line above."""
        del event
        brush = Brush(self, self._hub)
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        brush.rule(0, 0, self.width(), 1, brush.theme.line)
        brush.end()

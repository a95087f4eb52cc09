"""Field mode's one window: the day, a visit, and pages that ask one thing; from 420 px up."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tierline.desk.field_day import Day, FieldVisit
from tierline.desk.field_view import FieldView
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.console import ConsolePresenter
from tierline.present.field import FieldFeed
from tierline.present.messages import Message
from tierline.present.ticker import Ticker
from tierline.system.choices import SINGLE_KEYS
from tierline.system.settings import Settings
from tierline.widgets.field.bars import LinkBar, NoticeBar, TopBar
from tierline.widgets.field.day import DayList
from tierline.widgets.field.form import FormPage
from tierline.widgets.field.forms import LeaveForm, PartForm, ResolveForm, WaitForm
from tierline.widgets.field.menu import MenuPage
from tierline.widgets.field.page import VisitPage
from tierline.widgets.field.signing import SignForm
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.sheets.parts import column, label
from tierline.widgets.theme import ThemeHub

SIZE, LEAST, WIDE, DAY_WIDE = (480, 800), (360, 520), 860, 380
PLACE = "field_window"
_ENDS = {"leavesite", "usepart", "signoff", "resolve", "changestatus"}


class FieldWindow(QWidget):
    """`console_asked(ticket id, act)` opens the console there; `closed()` when it is closed.

    `chosen(what, value)`: a text size or a theme that is to be in force and kept.
    """

    console_asked = Signal(str, str)
    chosen = Signal(str, str)
    closed = Signal()

    def __init__(
        self, hub: ThemeHub, ticker: Ticker, console: ConsolePresenter, settings: Settings
    ) -> None:
        """The day is read once it is shown."""
        super().__init__()
        self._hub, self._console, self._settings = hub, console, settings
        desk = console.desk
        self.setWindowTitle(tr("Tierline field mode"))
        self.setObjectName("field")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST)
        self.feed = FieldFeed(console, self)
        self.top, self.link, self.notice = TopBar(hub, desk.zone), LinkBar(hub), NoticeBar(hub)
        self.day = DayList(hub, ticker, desk.zone)
        self.page = VisitPage(hub, ticker, desk, self.feed.thumbnails)
        self.leave = LeaveForm(hub, self.feed.told_past, desk.zone)
        self.part, self.sign = PartForm(hub), SignForm(hub)
        self.resolve, self.wait = ResolveForm(hub, desk), WaitForm(hub, desk)
        self.menu = MenuPage(hub)
        self._then: cmd.Command | None = None
        self._wanted, self._fresh = "", True
        self._lay()
        self._wire()
        self.ring = FocusRing(self, hub)

    def open(self) -> None:
        """Show it where it was, on the visit that is under way or the day."""
        box: list[int] = self._settings.get(PLACE, [])
        place = QRect(*box) if len(box) == 4 and all(isinstance(n, int) for n in box) else None
        seen = (each.availableGeometry() for each in QGuiApplication.screens())
        if place is not None and any(each.intersects(place) for each in seen):
            self.setGeometry(place)
        else:
            self.resize(*SIZE)
        self.show()
        self.feed.refresh()
        self.link.tell(self._console.sync.band, password=self._console.sync.wants_password)

    def open_visit(self, ticket_id: str) -> None:
        """Open the visit of a ticket."""
        self._wanted = ticket_id
        self.page.leave()
        self.feed.look(ticket_id)

    def to_day(self) -> None:
        """Back to the day; what was typed is kept."""
        self._wanted = ""
        self.page.leave()
        self.feed.look("")
        self._show(self._nothing)
        self.day.focus_first()

    @property
    def form(self) -> FormPage | None:
        """The page that asks something right now."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, FormPage) else None

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept; the window remembers its place."""
        self.put_away()
        super().closeEvent(event)
        self.closed.emit()

    def put_away(self) -> None:
        """The program ends, or the window is closed."""
        self.page.leave()
        box = self.geometry()
        self._settings.put(PLACE, [box.x(), box.y(), box.width(), box.height()])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Beside each other where there is room, else one at a time."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that nothing else wanted: letters act on the visit, Esc goes back."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif event.key() == Qt.Key.Key_F5:
            self._console.sync.try_now()
        elif control and event.key() == Qt.Key.Key_Z:
            self._console.actor.undo()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.page.notes.send()
        elif event.key() == Qt.Key.Key_F1 or event.text() == "?":
            self.notice.say(Message(self._keys()))
        elif held or not self._pressed(event.text().upper()):
            super().keyPressEvent(event)

    def _pressed(self, letter: str) -> bool:
        """Single letters act on the visit that is open, unless the person has none of that."""
        wanted = bool(self._wanted) and self._settings.of(SINGLE_KEYS)
        return wanted and self.page.press(letter)

    def _keys(self) -> str:
        return tr(
            "V next step, N note, F photo, P part, S sign-off, R resolve, W wait. "
            "Esc goes back, ↑ ↓ go through the day, F5 syncs, Ctrl Z takes back."
        )

    # What is shown

    def _lay(self) -> None:
        self._nothing = QFrame()
        self._nothing.setProperty("role", "sheet")
        self.hint = label(tr("Choose a visit."), "quiet", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(self._hub, 0, (24, 24, 24, 24))
        inside.addWidget(self.hint)
        self._nothing.setLayout(inside)
        self.stack = QStackedWidget()
        pages = (self.leave, self.part, self.sign, self.resolve, self.wait, self.menu)
        for page in (self._nothing, self.page, *pages):
            self.stack.addWidget(page)
        ground = QFrame()
        ground.setProperty("role", "pane")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.day)
        row.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for bar in (self.top, self.link, self.notice):
            outer.addWidget(bar)
        outer.addWidget(ground, 1)
        self._hub.changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self._hub.px(WIDE)
        opened = self.stack.currentWidget() is not self._nothing
        self.day.setVisible(wide or not opened)
        self.stack.setVisible(wide or opened)
        self.top.setVisible(wide or not opened)
        self.page.set_alone(not wide)
        self.day.mark_open(self._wanted if wide else "")
        if wide:
            self.day.setFixedWidth(self._hub.px(DAY_WIDE))
        else:
            self.day.setMinimumWidth(0)
            self.day.setMaximumWidth(16_777_215)

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self._arrange()
        if isinstance(page, FormPage):
            page.first()

    def _back(self) -> None:
        """From a question to the visit, from the visit to the day."""
        self._then = None
        if self.form is not None and self._wanted:
            self._show(self.page)
            self.page.steps.go.setFocus()
        else:
            self.to_day()

    def _visit_came(self, field: FieldView | None) -> None:
        self.page.show_view(field)
        if field is None or not self._wanted:
            return
        if self.form is None and self.stack.currentWidget() is not self.page:
            self._show(self.page)
            self.page.steps.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _day_came(self, day: Day) -> None:
        self.day.show_day(day)
        self._arrange()
        desk = self._console.desk
        done = sum(each.over for each in day.today)
        self.top.tell(day.at, desk.people.name(desk.me), len(day.today), done)
        if self._fresh and self.day.cards:
            self._fresh = False
            self.day.focus_first()
        if self._then is not None and day.under_way is None:
            then, self._then = self._then, None
            self.feed.act(then)

    # What is asked and done

    def _ask(self, name: str) -> None:
        field = self.feed.current
        if field is None:
            return
        match name:
            case "part":
                self.part.ask(field.ticket.number)
                self._show(self.part)
            case "sign":
                self.sign.ask(field)
                self._show(self.sign)
            case "resolve":
                self.resolve.ask(field)
                self._show(self.resolve)
            case "wait":
                self.wait.ask(field)
                self._show(self.wait)
            case "leave":
                self.leave.ask(field.ticket.id, field.ticket.client, "")
                self._show(self.leave)
            case "console":
                self.console_asked.emit(field.ticket.id, "")

    def _act(self, command: object) -> None:
        if isinstance(command, cmd.Command):
            self._then = command if isinstance(command, cmd.SetOut | cmd.Arrive) else None
            self.feed.act(command)

    def _ask_left(self, other: FieldVisit) -> None:
        why = tr("Before you go on, say when you left {number}.", number=other.number)
        self.leave.ask(other.ticket_id, other.client, why)
        self._show(self.leave)

    def _done(self, kind: str) -> None:
        if kind != "leavesite":
            self._then = None
        self.page.done(kind)
        if self.form is not None and kind in _ENDS:
            self._show(self.page)
            self.page.steps.go.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        day = self.feed.day
        if self.form is not None:
            self.form.refused(refusal)
        elif refusal.field == "left_at" and day is not None and day.under_way is not None:
            self._ask_left(day.under_way)
        else:
            self.notice.say(Message(refusal.what, refusal.todo))

    def _chose(self, what: str, value: str) -> None:
        if what == "sync":
            self._console.sync.try_now()
            self.notice.say(Message(tr("Trying to reach the shared desk.")))
        elif what in ("scale", "theme"):
            self.chosen.emit(what, value)
        else:
            self.console_asked.emit("", "" if what == "console" else what)

    def _open_menu(self) -> None:
        self.menu.ask()
        self._show(self.menu)

    def _wire(self) -> None:
        feed, page, console = self.feed, self.page, self._console
        feed.day_read.connect(self._day_came)
        feed.shown.connect(self._visit_came)
        feed.done.connect(self._done)
        feed.refused.connect(self._refused)
        feed.left_asked.connect(self._ask_left)
        feed.ticket.draft_saved.connect(page.draft_saved)
        self.day.opened.connect(self.open_visit)
        self.top.menu_asked.connect(self._open_menu)
        page.back.connect(self.to_day)
        page.acted.connect(self._act)
        page.asked.connect(self._ask)
        page.drafted.connect(feed.keep_draft)
        page.attached.connect(feed.attach)
        page.pasted.connect(feed.attach_picture)
        page.opened.connect(feed.open_file)
        page.settled.connect(feed.settle)
        page.said.connect(lambda text: self.notice.say(Message(text)))
        self.leave.told.connect(feed.leave)
        self.part.used.connect(feed.act)
        self.sign.drawn.connect(feed.sign)
        self.sign.confirmed.connect(feed.act)
        self.resolve.resolved.connect(lambda made, close: feed.resolve(made, close=close))
        self.wait.waits.connect(feed.act)
        self.menu.chosen.connect(self._chose)
        for form in (self.leave, self.part, self.sign, self.resolve, self.wait, self.menu):
            form.closed.connect(self._back)
        self.link.retry.connect(console.sync.try_now)
        self.link.show_asked.connect(lambda: self.console_asked.emit("", "unsent"))
        self.link.password_asked.connect(lambda: self.console_asked.emit("", "password"))
        console.sync.band_changed.connect(
            lambda band: self.link.tell(band, password=console.sync.wants_password)
        )
        console.messages.said.connect(self.notice.say)
        console.actor.undo_offer.changed.connect(self.notice.offer)
        self.notice.undo.connect(console.actor.undo)

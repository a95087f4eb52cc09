"""The bar at the foot: which desk, what is not yet saved, my work timer, and now."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from tierline.desk.sync_words import StatusWords
from tierline.domain.tongue import tr
from tierline.present.facts import WorkTimer
from tierline.present.ticker import Ticker
from tierline.system.findings import Check
from tierline.widgets.controls import Button, Kind
from tierline.widgets.keycap import KeyCap
from tierline.widgets.sync_parts.status import SyncParts
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip
from tierline.widgets.window.lines import Bar, Glyph, Rule, Word

HEIGHT, GAUGE_WIDTH, GAUGE_HEIGHT = 26, 52, 6
SAVED_ROOM, PENDING_ROOM = 840, 640
TARGET = 24  # px; the least that is pressed, at any text size


class Gauge(QWidget):
    """How much of the line's limit is worked; hatched over by colour and length when beyond it."""

    def __init__(self, hub: ThemeHub) -> None:
        """Empty."""
        super().__init__()
        self._hub, self._share = hub, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def tell(self, share: float) -> None:
        """Fill it so far, 0..1."""
        if round(share * GAUGE_WIDTH) != round(self._share * GAUGE_WIDTH):
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A small bar."""
        return QSize(self._hub.px(GAUGE_WIDTH), self._hub.px(GAUGE_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Track and filling."""
        del event
        theme = self._hub.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.sunk)
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(theme.nowfill if self._share > 1 else theme.bar)
        wide = min(1.0, self._share) * self.width()
        painter.drawRoundedRect(QRectF(0, 0, wide, self.height()), 2, 2)
        painter.end()


class TimerPart(QAbstractButton):
    """My running work timer: ticket, time, limit; a click is the key B."""

    def __init__(self, hub: ThemeHub) -> None:
        """Hidden while no timer runs."""
        super().__init__()
        self.timer: WorkTimer | None = None
        self._short = False
        self._number, self._time = Word(hub, "second"), Word(hub, "second-strong")
        self._limit, self._gauge = Word(hub, "second"), Gauge(hub)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(hub.px(6))
        parts = (Glyph(hub, "timer"), self._number, self._time, self._limit, self._gauge)
        for part in (*parts, KeyCap("B", hub)):
            row.addWidget(part)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Begin or stop the work timer (B)"))
        self.setAccessibleName(tr("Work timer"))
        self.setMinimumHeight(TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_timer(self, timer: WorkTimer | None, now: float) -> None:
        """Another timer runs, or none."""
        self.timer = timer
        self.setVisible(timer is not None)
        if timer is not None:
            self._number.tell(timer.number)
            self._limit.tell(tr("of {clock}", clock=_clock(timer.limit)) if timer.limit else "")
            self._limit.setVisible(bool(timer.limit) and not self._short)
            self._gauge.setVisible(bool(timer.limit))
            self.tick(now)

    def set_short(self, short: bool) -> None:
        """Where it is narrow the gauge alone tells the limit."""
        self._short = short
        self._limit.setVisible(self.timer is not None and bool(self.timer.limit) and not short)

    def tick(self, now: float) -> None:
        """A second more was worked."""
        if self.timer is not None:
            spent = self.timer.worked + max(0, int(now - self.timer.since))
            self._time.tell(_long(spent))
            if self.timer.limit:
                self._gauge.tell(spent / self.timer.limit)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing: its parts paint themselves."""
        del event


class StatusBar(Bar):
    """`timer_clicked()`, `outbox_clicked()`, `tasks_clicked()`, `missing_clicked()`.

    Ticks only while it can be seen.
    """

    timer_clicked = Signal()
    outbox_clicked = Signal()
    tasks_clicked = Signal()
    told_clicked = Signal()
    missing_clicked = Signal()

    def __init__(self, hub: ThemeHub, ticker: Ticker, zone: ZoneInfo) -> None:
        """Times of day are written in `zone`."""
        super().__init__(hub, "win", HEIGHT, line="top")
        self._ticker, self._zone = ticker, zone
        self._icon, self.desk = Glyph(hub, "monitor"), Word(hub, "second")
        self.pending, self.saved = Word(hub, "second"), Word(hub, "second")
        self.sync = SyncParts(hub)
        self.timer, self.now = TimerPart(hub), Word(hub, "second")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Status"))
        self._owed, self._short, self._missing = (0, 0), False, ("", "")
        self.outbox = Button("", hub, icon="send", kind=Kind.FLAT)
        self.tasks = Button("", hub, icon="bell", kind=Kind.FLAT)
        self.told = Button("", hub, icon="at-sign", kind=Kind.FLAT)
        self.told.setToolTip(tr("Mentions and hand-overs (Ctrl M)"))
        self._told = 0
        self._rule = Rule(hub)
        self._second: tuple[QWidget, ...] = (Rule(hub), self.pending)
        self._calm: tuple[QWidget, ...] = (Rule(hub), self.saved)
        left: tuple[QWidget, ...] = (self._icon, self.desk, *self._second, *self._calm)
        self.missing = Button("", hub, icon="triangle-alert", kind=Kind.FLAT)
        self.missing.hide()
        left += (self.sync, self.told, self.outbox, self.tasks, self.missing)
        right: tuple[QWidget, ...] = (self.timer, self._rule, self.now)
        for part in left:
            self.row.addWidget(part)
        self.row.addStretch(1)
        for part in right:
            self.row.addWidget(part)
        self.timer.clicked.connect(self.timer_clicked)
        self.outbox.clicked.connect(self.outbox_clicked)
        self.tasks.clicked.connect(self.tasks_clicked)
        self.told.clicked.connect(self.told_clicked)
        self.missing.clicked.connect(self.missing_clicked)
        self.tell_owed(0, 0)
        ticker.tick.connect(self._tick)
        self.show_timer(None)
        self.tell_pending(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """When it gets narrow, what is least urgent goes."""
        super().resizeEvent(event)
        scaled = self.width() * 100 / self._hub.scale
        alone = self.sync.isHidden()
        for parts, least in ((self._calm, SAVED_ROOM), (self._second, PENDING_ROOM)):
            for part in parts:
                part.setVisible(alone and scaled >= least)
        self.sync.set_room(scaled)
        self._tell_short(scaled < SAVED_ROOM)

    def tell_desk(self, word: str, icon: str = "monitor") -> None:
        """Which desk this is, and how it is reached."""
        self.desk.tell(word)
        self._icon.show_icon(icon)

    def tell_sync(self, words: StatusWords) -> None:
        """How it stands with the hub, in place of what a desk that is alone says."""
        for part in (self._icon, self.desk, *self._second, *self._calm):
            part.hide()
        self.sync.show_words(words)

    def tell_pending(self, count: int) -> None:
        """How many changes are not yet safe on the disk."""
        self.pending.tell(
            tr("1 change pending") if count == 1 else tr("{count} changes pending", count=count)
        )

    def tell_owed(self, letters: int, tasks: int) -> None:
        """How many messages are to be sent and how many tasks are open; nothing for none."""
        self._owed = (letters, tasks)
        self.outbox.setToolTip(tr("Messages to send (Ctrl O)"))
        self.outbox.setVisible(bool(letters))
        self.tasks.setToolTip(tr("Tasks for leads (Ctrl T)"))
        self.tasks.setVisible(bool(tasks))
        self._tell_short(self._short)

    def tell_missing(self, checks: tuple[Check, ...]) -> None:
        """What a person relies on and this computer does not have; nothing for none."""
        named = ", ".join(each.word for each in checks)
        word = tr("{n} things missing: {named}", "{named} missing", len(checks), named=named)
        self.missing.setVisible(bool(checks))
        self.missing.setToolTip(tip("\n".join(f"{each.word}: {each.found}" for each in checks)))
        self.missing.setAccessibleName(word)
        self._missing = (str(len(checks)), word if len(checks) == 1 else word.partition(":")[0])
        self._tell_short(self._short)

    def tell_told(self, count: int) -> None:
        """How many mentions and hand-overs I have not read; nothing for none."""
        self._told = count
        self._tell_short(self._short)

    def _tell_short(self, short: bool) -> None:
        """The words, or the figures alone where it is narrow."""
        self._short = short
        self.timer.set_short(short)
        self.missing.setText(self._missing[0] if short else self._missing[1])
        self.missing.updateGeometry()
        self.told.setVisible(bool(self._told))
        self.told.setText(str(self._told) if short else tr("{told} for you", told=self._told))
        self.told.setAccessibleName(tr("{told} for you", told=self._told))
        self.told.updateGeometry()
        letters, tasks = self._owed
        words = (
            tr("{letters} to send", letters=letters),
            "1 task" if tasks == 1 else tr("{tasks} tasks", tasks=tasks),
        )
        for button, word, figure in zip((self.outbox, self.tasks), words, self._owed, strict=True):
            button.setText(str(figure) if short else word)
            button.setAccessibleName(word)
            button.updateGeometry()

    def tell_saved(self, at: datetime | None) -> None:
        """When the last change was written (aware)."""
        self.saved.tell(
            tr("Last saved {astimezone:%H:%M:%S}", astimezone=at.astimezone(self._zone))
            if at
            else tr("All saved")
        )

    def show_timer(self, timer: WorkTimer | None) -> None:
        """My work timer, or none."""
        self.timer.show_timer(timer, self._ticker.now())
        self._rule.setVisible(timer is not None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Time goes on."""
        super().showEvent(event)
        self._ticker.add(self)
        self._tick(self._ticker.now())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self._ticker.drop(self)

    def _tick(self, now: float) -> None:
        if self.isVisible():
            local = datetime.fromtimestamp(now, UTC).astimezone(self._zone)
            self.now.tell(f"{local:%a} {local.day} {local:%b} {local:%H:%M:%S}")
            self.timer.tick(now)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:02d}:{rest:02d}" if minutes < 60 else _long(seconds)


def _long(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

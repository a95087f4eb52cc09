"""A visit in the day's list: when, where, whom for, how far it is, and by when it must be done."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tierline.desk.field_day import FieldVisit
from tierline.desk.rows import clock_sentence
from tierline.desk.visits import visit_note
from tierline.desk.wording import priority_name
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.clock_cell import ClockCellPainter, faces_of
from tierline.widgets.sheets.ink import Ink, lines_high
from tierline.widgets.theme import ThemeHub

PAD, TIME, GAP, RADIUS, EDGE, LINE, STATE, CHIP = 14, 66, 12, 8, 4, 22, 28, 20
NARROW, SUBJECT, SECOND, PILL = 300, 15, 13, 5
SIGNS = {
    "planned": "calendar-clock",
    "travelling": "truck",
    "on site": "map-pin",
    "done": "check",
    "turned back": "undo-2",
    "cancelled": "x",
}


class VisitCard(QAbstractButton):
    """Opens its visit when it is pressed."""

    def __init__(self, hub: ThemeHub, each: FieldVisit, now: datetime, zone: ZoneInfo) -> None:
        """Show this one as of `now` (aware)."""
        super().__init__()
        self._hub, self._zone, self._inside, self._open = hub, zone, False, False
        self._clocks = ClockCellPainter(hub)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_visit(each, now)
        hub.changed.connect(self.updateGeometry)

    def show_visit(self, each: FieldVisit, now: datetime) -> None:
        """The same visit as it is by now."""
        self.each, self._now = each, now
        self._state = visit_note(each.visit, now, self._zone)
        self.setAccessibleName(self._sentence())
        self.updateGeometry()
        self.update()

    def set_open(self, opened: bool) -> None:
        """Whether it is the visit that is shown beside the day."""
        if opened != self._open:
            self._open = opened
            self.update()

    def tick(self, now: float) -> None:
        """A second passed (epoch seconds): only a clock that runs is painted anew."""
        self._now = datetime.fromtimestamp(now, self._zone)
        if self.each.clock is not None:
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its words need."""
        wide = self._hub.px(380)
        return QSize(wide, self.heightForWidth(self.width() or wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A phone's width."""
        return QSize(self._hub.px(160), self._hub.px(96))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The subject wraps."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Head, subject, client, place and state below each other."""
        px, (left, room) = self._hub.px, self._column(width)
        words = sum(self._high(text, size, room) for text, size in self._texts())
        head = px(CHIP) + px(4) + (px(CHIP) + px(4) if left == px(PAD) else 0)
        two = px(LINE) if self._two_lines(room) else 0
        return 2 * px(PAD - 2) + head + words + px(STATE) + two

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer came."""
        self._inside = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer left."""
        self._inside = False
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens it, as a press does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The card; one that is under way has an edge, one that is over is quiet."""
        del event
        painter, hub, px, theme = QPainter(self), self._hub, self._hub.px, self._hub.theme
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        visit, over = self.each.visit, self.each.over
        fill = theme.hover if self._inside else (theme.sheet if over else theme.raised)
        fill = theme.sel if self._open else fill
        marked = visit.under_way or self._open
        painter.setPen(QPen(theme.acc if marked else theme.line, theme.outline))
        painter.setBrush(fill)
        box, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(RADIUS)
        painter.drawRoundedRect(box, radius, radius)
        if visit.under_way:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.acc)
            painter.drawRoundedRect(ink.box(0, px(10), px(EDGE), self.height() - px(20)), 2, 2)
        self._paint_time(ink)
        self._paint_words(ink)
        painter.end()

    def _paint_time(self, ink: Ink) -> None:
        px, theme, visit = self._hub.px, self._hub.theme, self.each.visit
        start = visit.start or visit.set_out_at or visit.arrived_at
        tone = theme.ink3 if self.each.over else theme.ink
        beside = self._column(self.width())[0] > px(PAD)
        spot = ink.box(px(PAD), px(PAD - 2), px(TIME), px(CHIP))
        if start is None:
            ink.text(spot, tr("no time"), 13, theme.ink2)
            return
        wide = ink.text(spot, f"{start.astimezone(self._zone):%H:%M}", 17, tone, fonts.SEMIBOLD)
        if visit.minutes:
            left = px(PAD) if beside else px(PAD) + wide + px(GAP)
            top = px(PAD - 2) + (px(CHIP + 4) if beside else 0)
            box = ink.box(left, top, self.width() - left - px(PAD), px(CHIP))
            ink.text(box, _length(visit.minutes), 12, theme.ink3)

    def _paint_words(self, ink: Ink) -> None:
        px, theme, each = self._hub.px, self._hub.theme, self.each
        left, room = self._column(self.width())
        y = px(PAD - 2) + (px(CHIP + 4) if left == px(PAD) else 0)
        strong, second = (theme.ink2, theme.ink3) if each.over else (theme.ink, theme.ink2)
        chip = ink.priority(left, y + px(CHIP) / 2, each.priority)
        number = ink.box(left + chip + px(8), y, max(room - chip - px(8), 1), px(CHIP))
        ink.text(number, each.number, 13, second)
        y += px(CHIP) + px(4)
        for words, size in self._texts():
            high, head = self._high(words, size, room), size == SUBJECT
            weight = fonts.SEMIBOLD if head else fonts.REGULAR
            ink.wrapped(
                ink.box(left, y, room, high), words, size, strong if head else second, weight
            )
            y += high
        self._paint_state(ink, left, y + px(STATE) / 2, room)

    def _paint_state(self, ink: Ink, left: float, middle: float, room: float) -> None:
        px, theme, each = self._hub.px, self._hub.theme, self.each
        clock, below = self._clock_wide(), self._two_lines(room)
        under_way = each.visit.under_way
        tone = theme.ink if under_way else theme.ink3
        at = left + ink.icon(left, middle, SIGNS[each.visit.state], 16, tone) + px(6)
        marks = self._mark()
        space = room - px(22) - (px(24) if marks else 0) - (0 if below or not clock else clock)
        weight = fonts.SEMIBOLD if under_way else fonts.REGULAR
        box = ink.box(at, middle - px(LINE) / 2, max(space, 1), px(LINE))
        wide = ink.text(box, self._words(), 13, tone, weight)
        if marks:
            ink.icon(at + wide + px(8), middle, marks, 16, theme.soon if each.met else theme.ink)
        if clock:
            self._paint_clock(ink, left + room, middle + (px(LINE) if below else 0))

    def _paint_clock(self, ink: Ink, end: float, middle: float) -> None:
        """The clock's word and figure, ending at the reading end."""
        px, clock = self._hub.px, self.each.clock
        if clock is None:
            return
        look = faces_of([clock], self._now.timestamp())
        figure = self._clocks.figure_width(look)
        start = end - figure - px(PILL)
        spot = ink.box(start, 0, figure, 1)
        self._clocks.figure(ink.painter, spot.right(), middle - px(9), look)
        word = fonts.width(look.word, px(12))
        box = ink.box(start - word - px(PILL + 8), middle - px(LINE) / 2, word + 2, px(LINE))
        ink.text(box, look.word, 12, self._hub.theme.ink3)

    def _clock_wide(self) -> float:
        if self.each.clock is None or self.each.over:
            return 0.0
        look, px = faces_of([self.each.clock], self._now.timestamp()), self._hub.px
        return self._clocks.figure_width(look) + fonts.width(look.word, px(12)) + px(2 * PILL + 20)

    def _two_lines(self, room: float) -> bool:
        """Whether the clock finds no place beside the state."""
        state = fonts.width(self._words(), self._hub.px(13), fonts.SEMIBOLD)
        clock = self._clock_wide()
        return bool(clock) and self._hub.px(22 + 24 * bool(self._mark())) + state + clock > room

    def _column(self, width: int) -> tuple[int, int]:
        """Where the words begin and how much room they have: below the time where it is narrow."""
        px = self._hub.px
        left = px(PAD + TIME + GAP) if width >= px(NARROW) else px(PAD)
        return left, max(width - left - px(PAD), 1)

    def _texts(self) -> list[tuple[str, int]]:
        each = self.each
        found = [(each.subject, SUBJECT), (each.client, SECOND), (each.place, SECOND)]
        return [(text, size) for text, size in found if text]

    def _high(self, text: str, size: int, room: int) -> int:
        weight = fonts.SEMIBOLD if size == SUBJECT else fonts.REGULAR
        return lines_high(text, size, self._hub, room, weight) + self._hub.px(3)

    def _words(self) -> str:
        if self.each.ended and not self.each.over:
            return f"{self._state}, {tr('ticket is {state}', state=self.each.ended)}"
        return self._state

    def _mark(self) -> str:
        if self.each.met:
            return "git-compare"
        return "cloud-upload" if self.each.unsent else ""

    def _sentence(self) -> str:
        each, visit = self.each, self.each.visit
        at = f"{visit.start.astimezone(self._zone):%H:%M}" if visit.start else tr("no time")
        parts = [at, priority_name(each.priority), each.number, each.subject, each.client]
        parts += [each.place, self._state if visit.state != "planned" else ""]
        if each.clock is not None and not each.over:
            parts.append(clock_sentence(each.clock, self._now.timestamp()))
        parts.append(tr("{n} unsent", "{n} unsent", each.unsent) if each.unsent else "")
        parts.append(tr("two people changed it") if each.met else "")
        return ", ".join(part for part in parts if part)


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{rest} min", rest=rest)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"

"""A clock's timeline, painted: bands of days, the lane of what counted, and what happened."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.desk.explain import Explanation
from tierline.desk.explain_lane import Band, Flag, Segment
from tierline.desk.explain_sum import hms
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.sheets.why_labels import Spot, Wanted, spots
from tierline.widgets.sheets.why_scale import Scale, Stretch
from tierline.widgets.theme import ThemeHub

LABEL, BAND, BAND_HIGH, LANE, LANE_HIGH, WORDS, ROW = 2, 24, 30, 84, 30, 124, 38
HOURS_IN_FULL, SAME = 6, 3


class Lane(QWidget):
    """Shows one explanation; the same is said in words for a screen reader."""

    def __init__(self, hub: ThemeHub) -> None:
        """Empty until `put`."""
        super().__init__()
        self._hub, self._told = hub, None  # type: ThemeHub, Explanation | None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Timeline of the clock"))
        hub.changed.connect(self.updateGeometry)

    def put(self, told: Explanation) -> None:
        """Show this explanation."""
        self._told = told
        spoken = [f"{f.title} {_moment(f.at, told, long=True)} {f.note}" for f in told.flags]
        self.setAccessibleDescription(". ".join(text.strip() for text in spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as it gets, with the rows of words it needs at its width."""
        wide = max(self.width(), self._hub.px(640))
        return QSize(self._hub.px(320), self.heightForWidth(wide))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Narrower needs more rows of words."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Bands, lane and the rows of words at that width."""
        rows = Places(self._hub, self._told, width).rows if self._told else 1
        return self._hub.px(WORDS + rows * ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may need other rows of words."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Closed columns, bands, lane, flags."""
        del event
        if self._told is None:
            return
        painter = QPainter(self)
        _Drawing(painter, Places(self._hub, self._told, self.width())).draw()
        painter.end()


class Places:
    """Where everything of an explanation lies at one width."""

    def __init__(self, hub: ThemeHub, told: Explanation, width: int) -> None:
        """Work out the scale, and the spots of the words."""
        self.hub, self.told, self.width = hub, told, float(width)
        kept = [flag.at for flag in told.flags]
        kept += [at for s in told.segments if s.kind != "closed" for at in (s.start, s.end)]
        self.scale = Scale(told.bands, kept, self.width - 1, hub.px(100) / 100, self._needs)
        self.titles = [_title(flag, told) for flag in told.flags]
        self.wanted = [
            Wanted(self.scale.x(flag.at), self._wide(title, flag.note))
            for flag, title in zip(told.flags, self.titles, strict=True)
        ]
        self.spots = spots(self.wanted, self.width)

    @property
    def rows(self) -> int:
        """How many rows of words there are."""
        return max((spot.row for spot in self.spots), default=0) + 1

    def _needs(self, words: str) -> float:
        return fonts.width(words, self.hub.px(11), fonts.SEMIBOLD) + self.hub.px(24)

    def _wide(self, title: str, note: str) -> float:
        px = self.hub.px(12)
        return max(fonts.width(title, px, fonts.SEMIBOLD), fonts.width(note, px)) + 2


class _Drawing:
    """One paint of one explanation."""

    def __init__(self, painter: QPainter, places: Places) -> None:
        self.painter, self.places, self.hub, self.told = painter, places, places.hub, places.told
        self.width, self.scale = places.width, places.scale
        whole = QRectF(0, 0, self.width, self._y(WORDS + places.rows * ROW))
        self.ink = Ink(painter, self.hub, whole, mirrored=False)
        self._above = -1.0

    def draw(self) -> None:
        for stretch in self.scale.stretches:
            self._ground(stretch)
        self._frames()
        for band in self.told.bands:
            self._head(band)
        for stretch in self.scale.stretches:
            self._why_shut(stretch)
        for segment in self.told.segments:
            self._segment(segment)
        self._flags()

    def _y(self, design: float) -> float:
        return float(self.hub.px(design))

    def _ground(self, stretch: Stretch) -> None:
        """Where nothing counts a hatched column, elsewhere the empty lane."""
        theme = self.hub.theme
        if stretch.shut:
            high = self._y(LANE + LANE_HIGH) - self._y(BAND)
            box = QRectF(stretch.x, self._y(BAND), stretch.wide, high)
            hatch(self.painter, box, theme.line, self.hub.px(7), 1.2)
            return
        box = QRectF(stretch.x, self._y(LANE), stretch.wide, self._y(LANE_HIGH))
        self.painter.fillRect(box, theme.sunk)  # a line is as black as a bar in high contrast

    def _frames(self) -> None:
        theme = self.hub.theme
        self.painter.setPen(QPen(theme.line, theme.outline))
        self.painter.setBrush(theme.raised)
        for left, wide in _joined(self.scale.stretches):
            box = QRectF(left, self._y(BAND), wide, self._y(BAND_HIGH))
            self.painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _head(self, band: Band) -> None:
        left, right = self.scale.x(band.start), self.scale.x(band.end)
        if band.opens:
            left, right = self.scale.x(band.opens[0][0]), self.scale.x(band.opens[-1][1])
        room = right - left + self.hub.px(8)
        words = band.label
        for shorter in (words, words.partition(",")[0], words.partition(" ")[0].rstrip(",")):
            if fonts.width(shorter, self.hub.px(12), fonts.SEMIBOLD) <= room:
                words = shorter
                break
        else:
            return
        theme, weight = self.hub.theme, fonts.BOLD if band.today else fonts.SEMIBOLD
        wide = fonts.width(words, self.hub.px(12), weight)
        start = min(max((left + right - wide) / 2, 0.0), self.width - wide)
        box = QRectF(start, self._y(LABEL), wide + 2, self._y(18))
        self.ink.text(box, words, 12, theme.ink if band.today else theme.ink2, weight)
        self._hours(band, left, right)

    def _hours(self, band: Band, left: float, right: float) -> None:
        if not band.opens or right - left < self.hub.px(44):
            return
        zone = self.told.zone
        first = max(band.opens[0][0], self.scale.start)
        last = min(band.opens[-1][1], self.scale.end)
        span = (last - first) / timedelta(hours=1)
        steps = 3 if right - left > self.hub.px(120) else 1
        px = self.hub.px(11)
        for step in range(steps + 1):
            fine = span < HOURS_IN_FULL
            at = first + timedelta(
                hours=span * step / steps if fine else round(span * step / steps)
            )
            words = f"{at.astimezone(zone):{'%H:%M' if fine else '%H'}}"
            words = words if at < last or words != "00" else "24"
            wide = fonts.width(words, px)
            x = self.scale.x(at) - wide / 2
            x = min(max(x, left + self.hub.px(4)), right - wide - self.hub.px(4))
            box = QRectF(x, self._y(BAND), wide + 2, self._y(BAND_HIGH))
            self.ink.text(box, words, 11, self.hub.theme.ink3)

    def _why_shut(self, stretch: Stretch) -> None:
        if not stretch.closed or stretch.wide < self.hub.px(40):
            return
        self._tag(stretch.closed, stretch.x + stretch.wide / 2, self._y(BAND + BAND_HIGH / 2))

    def _tag(self, words: str, middle: float, y: float, *, pause: bool = False) -> None:
        """Words on a light box, so that they can be read over a hatch."""
        hub, theme = self.hub, self.hub.theme
        glyph = hub.px(14) if pause else 0
        wide = fonts.width(words, hub.px(11), fonts.SEMIBOLD) + hub.px(12) + glyph
        box = QRectF(middle - wide / 2, y - hub.px(9), wide, hub.px(18))
        self.painter.setPen(QPen(theme.edge, theme.outline))
        self.painter.setBrush(theme.raised)
        self.painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if pause:
            self.ink.icon(box.left() + hub.px(5), y, "pause", 11, theme.ink)
        self.ink.text(
            box.adjusted(hub.px(6) + glyph, 0, 0, 0), words, 11, theme.ink, fonts.SEMIBOLD
        )

    def _segment(self, segment: Segment) -> None:
        if segment.kind == "closed":
            return
        left, right = self.scale.x(segment.start), self.scale.x(segment.end)
        box = QRectF(left, self._y(LANE), max(right - left, 2.0), self._y(LANE_HIGH))
        theme = self.hub.theme
        words, ink = hms(segment.seconds), theme.sheet
        if segment.kind == "running":
            self.painter.fillRect(box, theme.bar)
        elif segment.kind == "over":
            self.painter.fillRect(box, theme.nowfill)
            words, ink = f"+{words}", theme.onnow
        elif segment.kind == "paused":
            self.painter.fillRect(box, theme.sheet)
            hatch(self.painter, box, theme.hatch, self.hub.px(5), 1.4)
            self._outline(box, theme.hatch, dashed=False)
        else:
            self._outline(box, theme.edge, dashed=True)
            words, ink = tr("{words} left", words=words), theme.ink2
        self._length(segment.kind, box, words, ink)

    def _outline(self, box: QRectF, colour: QColor, *, dashed: bool) -> None:
        pen = QPen(colour, 1.2)
        if dashed:
            pen.setDashPattern([4, 3])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _length(self, kind: str, box: QRectF, words: str, ink: QColor) -> None:
        """In its stretch; above it where that is too short; nowhere when that is taken."""
        hub, px = self.hub, self.hub.px(12)
        wide = fonts.width(words, px, fonts.SEMIBOLD)
        if kind == "paused" and box.width() >= wide + hub.px(34):
            self._tag(words, box.center().x(), box.center().y(), pause=True)
        elif kind == "paused" and box.width() >= wide + hub.px(6):
            self._tag(words, box.center().x(), box.center().y())
        elif kind != "paused" and box.width() >= wide + hub.px(6):
            left = box.center().x() - wide / 2
            spot = QRectF(left, box.top(), wide + 2, box.height())
            self.ink.text(spot, words, 12, ink, fonts.SEMIBOLD)
        else:
            wide = fonts.width(words, hub.px(11))
            left = min(max(box.center().x() - wide / 2, 0.0), self.width - wide)
            due = self.told.clock.due
            flag = self.scale.x(due) if due is not None else -1.0
            if left < self._above or left < flag + hub.px(12) < left + wide + hub.px(12):
                return
            self._above = left + wide + hub.px(4)
            spot = QRectF(left, box.top() - hub.px(17), wide + 2, hub.px(15))
            self.ink.text(spot, words, 11, hub.theme.ink2, fonts.MEDIUM)

    def _flags(self) -> None:
        places = self.places
        for at, flag in enumerate(self.told.flags):
            want, spot = places.wanted[at], places.spots[at]
            shared = any(
                abs(places.wanted[before].x - want.x) < SAME and places.spots[before].row < spot.row
                for before in range(at)
            )
            self._stem(flag, want.x, Spot(spot.left, 0) if shared else spot)
            if spot.row >= 0:
                self._words(flag, places.titles[at], want, spot)

    def _stem(self, flag: Flag, x: float, spot: Spot) -> None:
        theme, top, low = self.hub.theme, self._y(LANE + LANE_HIGH), self._y(WORDS - 2)
        x = min(max(round(x) + 0.5, 1.0), self.width - 1.0)
        if flag.kind in ("now", "due"):
            colour = theme.acc if flag.kind == "now" else theme.ink
            top = self._y(BAND - 2) if flag.kind == "now" else self._y(LANE - 24)
            self.painter.setPen(QPen(colour, 2))
            self.painter.drawLine(QPointF(x, top), QPointF(x, low))
            if flag.kind == "due":
                self._pennant(x, top)
            top = low
        if flag.kind not in ("now", "due") or spot.row > 0:
            self.painter.setPen(QPen(theme.ink3, 1.4))
            end = self._y(WORDS + max(spot.row, 0) * ROW - 2)
            self.painter.drawLine(QPointF(x, top), QPointF(x, end))

    def _pennant(self, x: float, top: float) -> None:
        size = self.hub.px(11)
        way = -1 if x + size > self.width else 1
        points = [
            (0, 0),
            (way * size, 0),
            (way * size * 0.7, size / 2),
            (way * size, size),
            (0, size),
        ]
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.hub.theme.ink)
        self.painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in points]))

    def _words(self, flag: Flag, title: str, want: Wanted, spot: Spot) -> None:
        theme, hub, y = self.hub.theme, self.hub, self._y(WORDS + spot.row * ROW)
        end = spot.left + want.wide / 2 < want.x - 1
        middle = abs(spot.left + want.wide / 2 - want.x) < want.wide / 4
        colour = theme.acc if flag.kind == "now" else theme.ink
        quiet = flag.kind == "first"
        for words, size, ink, weight, top in (
            (title, 12, theme.ink2 if quiet else colour, fonts.SEMIBOLD, 0),
            (flag.note, 12, theme.ink3, fonts.REGULAR, 16),
        ):
            wide = fonts.width(words, hub.px(size), weight)
            slack = want.wide - wide
            left = spot.left + (slack / 2 if middle else slack if end else 0)
            box = QRectF(left, y + hub.px(top), wide + 2, hub.px(16))
            if words:
                self.ink.text(box, words, size, ink, weight)


def hatch(painter: QPainter, box: QRectF, colour: QColor, step: float, width: float) -> None:
    """Slanted lines across the box."""
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(colour, width))
    high, x = box.height(), box.left() - box.height()
    # The grid starts at a fixed place, so that neighbours join without a seam.
    x -= x % step
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + high, box.top()))
        x += step
    painter.restore()


def _joined(stretches: tuple[Stretch, ...]) -> list[tuple[float, float]]:
    """Left edges and widths of the open days; days that touch stay apart."""
    return [(stretch.x, stretch.wide) for stretch in stretches if not stretch.shut]


def _title(flag: Flag, told: Explanation) -> str:
    comma = "," if flag.kind == "priority" else ""
    return f"{flag.title}{comma} {_moment(flag.at, told)}"


def _moment(at: datetime, told: Explanation, *, long: bool = False) -> str:
    local = at.astimezone(told.zone)
    by_day = any(band.opens for band in told.bands) and not long
    return f"{local:%H:%M}" if by_day else f"{local.day} {local:%b %H:%M}"

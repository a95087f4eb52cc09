"""The unmoving part of a row, prepared: what to draw where, so that a repaint only copies."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QPixmap, QStaticText

from tierline.desk.rows import QueueRow
from tierline.domain.tongue import tr
from tierline.widgets import fonts, glyphs, icons, texts
from tierline.widgets.queue.columns import Column, Layout
from tierline.widgets.theme import Theme, ThemeHub

FIRST_BASE, SECOND_BASE, SMALL_BASE, MIDDLE_BASE, COMPACT_BASE = 18, 35, 34, 26, 19
GAP, ICON_GAP = 4, 5
ICON, SMALL_ICON = 13, 12
SUBJECT_PAD = 12
DIM = 0.55


class Text(NamedTuple):
    """One prepared text; `x`, `y` are its top left corner relative to the row's."""

    x: float
    y: float
    text: QStaticText
    px: int
    weight: int
    ink: QColor


class Plan(NamedTuple):
    """Everything of a row but its clocks. `cut` has the full text of columns that were cut."""

    row: QueueRow
    opens: str
    texts: tuple[Text, ...]
    pictures: tuple[tuple[int, int, QPixmap], ...]
    cut: dict[int, str]
    dim: bool
    compact: bool


class Planner:
    """Builds plans for one layout, theme and screen; a new one is made when any of them changes."""

    def __init__(self, hub: ThemeHub, layout: Layout, dpr: float) -> None:
        """Nothing is built until a row is asked for."""
        self._hub, self._layout, self._dpr = hub, layout, dpr
        self._theme: Theme = hub.theme
        self._scale = hub.scale / 100
        self._texts: list[Text] = []
        self._pictures: list[tuple[int, int, QPixmap]] = []
        self._cut: dict[int, str] = {}

    def plan(self, row: QueueRow, *, opens: str = "", gone: bool = False) -> Plan:
        """The plan of `row`; `opens` is when its clock goes on, "" while it runs.

        `gone` rows have left this queue and are only held in place.
        """
        original = row
        if opens and not row.status_note:
            row = row._replace(status_note=tr("opens {opens}", opens=opens))
        self._texts, self._pictures, self._cut = [], [], {}
        self._gutter(row)
        self._number(row)
        self._subject(row)
        if self._layout.shows(Column.STATUS):
            self._status(row)
        if self._layout.shows(Column.LINE):
            self._line(row)
        if self._layout.shows(Column.ASSIGNEE):
            self._assignee(row)
        texts_ = tuple(sorted(self._texts, key=lambda t: (t.px, t.weight)))
        pictures, dim = tuple(self._pictures), row.dim or gone
        return Plan(original, opens, texts_, pictures, self._cut, dim, self._layout.compact)

    def _gutter(self, row: QueueRow) -> None:
        unsent = row.gutter == "cloud-upload"
        ink = self._theme.ink if unsent else self._theme.ink3
        self._icon(Column.GUTTER, row.gutter, 5, self._middle(ICON), ICON, ink)
        chip = glyphs.chip(row.priority, self._theme, self._scale, self._dpr)
        high = glyphs.CHIP_HEIGHT
        self._picture(Column.PRIORITY, chip, 0, self._middle(high), glyphs.CHIP_WIDTH)

    def _number(self, row: QueueRow) -> None:
        theme, column = self._theme, Column.NUMBER
        first = COMPACT_BASE if self._layout.compact else FIRST_BASE
        self._text(column, row.number, 0, first, 12, fonts.REGULAR, theme.ink2)
        if self._layout.compact:
            return
        self._icon(column, row.channel, 0, SMALL_BASE - 10, SMALL_ICON, theme.ink3)
        after = SMALL_ICON + GAP if row.channel else 0
        self._text(column, row.arrived, after, SMALL_BASE, 11, fonts.REGULAR, theme.ink3)

    def _subject(self, row: QueueRow) -> None:
        theme, column = self._theme, Column.SUBJECT
        first = COMPACT_BASE if self._layout.compact else FIRST_BASE
        self._text(column, row.subject, 0, first, 13, fonts.MEDIUM, theme.ink, SUBJECT_PAD)
        if not self._layout.compact:
            base = SECOND_BASE
            self._text(column, row.client, 0, base, 12, fonts.REGULAR, theme.ink3, SUBJECT_PAD)

    def _status(self, row: QueueRow) -> None:
        theme, column = self._theme, Column.STATUS
        two = bool(row.status_note) and not self._layout.compact
        base = FIRST_BASE if two else self._one_base()
        self._icon(column, row.status_icon, 0, base - 11, ICON, theme.ink3)
        after = ICON + ICON_GAP
        self._text(column, row.status, after, base, 12, fonts.REGULAR, theme.ink2, 2)
        if two:
            unsent = row.gutter == "cloud-upload"
            weight = fonts.SEMIBOLD if unsent else fonts.REGULAR
            ink = theme.ink if unsent else theme.ink3
            self._text(column, row.status_note, after, SMALL_BASE, 11, weight, ink, 0)

    def _line(self, row: QueueRow) -> None:
        drawn = glyphs.line_bars(row.tier, self._theme, self._scale, self._dpr)
        base = self._one_base()
        self._picture(Column.LINE, drawn, 0, base - 11, glyphs.LINES_WIDTH)
        ink = self._theme.ink2
        self._text(Column.LINE, row.tier_word, 23, base, 12, fonts.MEDIUM, ink, 0)

    def _assignee(self, row: QueueRow) -> None:
        theme, column, base = self._theme, Column.ASSIGNEE, self._one_base()
        if row.assignee:
            self._text(column, row.assignee, 0, base, 12, fonts.REGULAR, theme.ink2)
            return
        self._icon(column, "user-round-x", 0, base - 11, ICON, theme.ink2)
        self._text(column, tr("Nobody"), ICON + GAP, base, 12, fonts.REGULAR, theme.ink)

    def _middle(self, high: float) -> float:
        return (self._layout.row / self._scale - high) / 2

    def _one_base(self) -> int:
        return COMPACT_BASE if self._layout.compact else MIDDLE_BASE

    def _picture(self, column: Column, drawn: QPixmap, x: float, y: float, wide: float) -> None:
        hub = self._hub
        left = self._layout.x(column, hub.px(x), hub.px(wide))
        self._pictures.append((round(left), hub.px(y), drawn))

    def _icon(self, column: Column, name: str, x: float, y: float, size: int, ink: QColor) -> None:
        if name:
            stroke = icons.SMALL_STROKE if size <= icons.SMALL else icons.STROKE
            drawn = icons.pixmap(name, self._hub.px(size), ink, self._dpr, stroke)
            self._picture(column, drawn, x, y, size)

    def _text(  # noqa: PLR0913 - what and where
        self,
        column: Column,
        text: str,
        x: float,
        base: float,
        size: int,
        weight: int,
        ink: QColor,
        pad: int = 4,
    ) -> None:
        if not text:
            return
        hub, px = self._hub, self._hub.px(size)
        room = self._layout.width[column] - hub.px(x) - hub.px(pad)
        shown = texts.fitted(text, px, weight, max(room, 0))
        if shown != text:
            known = self._cut.get(column)
            self._cut[column] = f"{known}\n{text}" if known else text
        left = self._layout.x(column, hub.px(x), texts.width(shown, px, weight))
        top = hub.px(base) - fonts.metrics(px, weight).ascent()
        self._texts.append(Text(left, top, texts.laid(shown, px, weight), px, weight, ink))

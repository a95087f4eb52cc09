"""A line that completes names: what may be meant stands below it, the best one highlighted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from tierline.desk.quick_log import Match
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.theme import ThemeHub

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class MatchLook:
    """Icon, name over its second line, a quiet word at the end, Enter on the chosen one."""

    def __init__(self, hub: ThemeHub, icon: str, fresh: str) -> None:
        """`icon` stands before what is known; `fresh` says what is not: "New caller"."""
        self._hub, self._icon, self._fresh = hub, icon, fresh

    def height(self, row: Match, width: int) -> int:
        """Two lines, or one."""
        del width
        return self._hub.px(42 if row.under and not row.fresh else 34)

    def paint(self, ink: Ink, row: Match, *, chosen: bool) -> None:
        """The row."""
        hub, theme, whole = self._hub, ink.theme, ink.whole
        middle, x = whole.center().y(), hub.px(38)
        ink.icon(hub.px(11), middle, "plus" if row.fresh else self._icon, 16, theme.ink2)
        key = hub.px(26) if chosen else 0
        end = min(fonts.width(row.end, hub.px(12)) + 2, whole.width() * 0.45)
        right = whole.width() - hub.px(12)
        if chosen:
            ink.key(right - hub.px(18), middle, "↵")
        ink.text(
            ink.box(right - key - end, 0, end, whole.height()), row.end, 12, theme.ink2, end=True
        )
        room = right - key - end - x - hub.px(8)
        if row.fresh:
            box = ink.box(x, 0, room, whole.height())
            ink.text(box, self._said(row), 13, theme.ink)
            return
        name_high = hub.px(18)
        top = hub.px(4) if row.under else (whole.height() - name_high) / 2
        ink.marked(ink.box(x, top, room, name_high), row.name, 13, theme.ink, row.spans)
        if row.under:
            ink.text(ink.box(x, hub.px(22), room, hub.px(15)), row.under, 11, theme.ink3)

    def sentence(self, row: Match) -> str:
        """Name, second line, end."""
        first = self._said(row) if row.fresh else row.name
        return ", ".join(part for part in (first, row.under, row.end) if part)

    def rests(self, row: Match) -> bool:
        """Every match can be taken."""
        del row
        return False

    def _said(self, row: Match) -> str:
        return f"{self._fresh} “{row.name or row.reach}”"


class IconEdit(QLineEdit):
    """A high line with an icon before it and a quiet note at its end."""

    def __init__(self, hub: ThemeHub, icon: str) -> None:
        """Without a note at first."""
        super().__init__()
        self._hub, self._icon, self._note, self._sure = hub, icon, "", False
        self.setProperty("big", "true")
        hub.changed.connect(self._size)
        self._size()

    def tell(self, note: str, *, sure: bool = False) -> None:
        """Say something quietly at the end; `sure` adds a check."""
        self._note, self._sure = note, sure
        self._size()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line, its icon, its note."""
        super().paintEvent(event)
        painter, hub = QPainter(self), self._hub
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        middle = self.height() / 2
        ink.icon(hub.px(11), middle, self._icon, 16, hub.theme.ink2)
        right = self.width() - hub.px(11)
        if self._sure:
            ink.icon(right - hub.px(16), middle, "check", 16, hub.theme.ink)
            right -= hub.px(22)
        wide = self._wide()
        ink.text(
            ink.box(right - wide, 0, wide, self.height()), self._note, 12, hub.theme.ink3, end=True
        )
        painter.end()

    def _wide(self) -> float:
        return min(fonts.width(self._note, self._hub.px(12)) + 2, self.width() * 0.5)

    def _size(self) -> None:
        end = self._wide() + self._hub.px(30 if self._sure else 8) if self._note else 0
        margins = (self._hub.px(28), round(end))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            margins = margins[::-1]
        self.setTextMargins(margins[0], 0, margins[1], 0)


class MatchField(LineField):
    """Completes from `find(typed)`. `taken(match)` when one is accepted, then `entered` on Enter.

    The list is open while the line has the keyboard and `always` or something was typed.
    """

    taken = Signal(object)
    entered = Signal()

    def __init__(
        self,
        hub: ThemeHub,
        word: str,
        find: Callable[[str], Sequence[Match]],
        look: MatchLook,
        icon: str,
        hint: str = "",
    ) -> None:
        """Empty at first."""
        super().__init__(hub, word, hint)
        self.line_edit = IconEdit(hub, icon)
        self.box.replaceWidget(self.entry, self.line_edit)
        self.entry.hide()
        self.entry.deleteLater()
        self.entry = self.control = self.line_edit
        self.entry.setAccessibleName(f"{word}, {hint}" if hint else word)
        self.always = False
        self._find, self._match = find, None  # type: Callable[[str], Sequence[Match]], Match | None
        self.list = RowList(hub, look, tr("{word}, matches", word=word))
        self.list.digits = False
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frame = framed(self.list, hub)
        self.frame.hide()
        self.box.insertWidget(2, self.frame)
        self.entry.installEventFilter(self)
        self.entry.textEdited.connect(self._typed)
        self.list.clicked.connect(lambda _: self.accept())
        self.list.picked.connect(self._speak)

    @property
    def match(self) -> Match | None:
        """What was accepted, None while the line says something else."""
        return self._match

    @property
    def open(self) -> bool:
        """Whether matches are to be seen."""
        return not self.frame.isHidden()

    def put(self, text: str) -> None:
        """Fill it in; it then counts as not edited, and as nobody in particular."""
        self._match = None
        super().put(text)

    def take(self, match: Match) -> None:
        """Fill in somebody."""
        self.entry.setText(match.name or match.reach)
        self._match = match
        self.edited = True
        self.show_list(False)
        self.show_error("")
        self.taken.emit(match)
        self.changed.emit()

    def accept(self) -> bool:
        """Take what is highlighted; False when nothing is."""
        row = self.list.choice() if self.open else None
        if row is None:
            return False
        self.take(row)
        return True

    def show_list(self, wanted: bool) -> None:
        """Open or shut the matches."""
        rows = list(self._find(self.entry.text())) if wanted else []
        self.frame.setVisible(bool(rows))
        typed = bool(self.entry.text().strip())
        self.list.put(rows, 0 if rows and typed else -1)
        self._speak()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows choose, Tab and Enter take; leaving shuts the list."""
        if event.type() == QEvent.Type.FocusIn and self.always and self._match is None:
            self.show_list(True)
        elif event.type() == QEvent.Type.FocusOut:
            self.show_list(False)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MOVES and plain:
            if not self.open:
                self.show_list(True)
            self.list.step(_MOVES[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.accept()
            self.entered.emit()
            return True
        if key == Qt.Key.Key_Escape and self.open and not self.always:
            self.show_list(False)
            return True
        # Where taking it moved the keyboard on, Tab must not move it once more.
        return key == Qt.Key.Key_Tab and self.accept() and not self.entry.hasFocus()

    def _typed(self) -> None:
        self._match = None
        self.show_list(bool(self.entry.text().strip()) or self.always)
        self._touched()
        self._speak()

    def _speak(self) -> None:
        row = self.list.choice()
        self.entry.setAccessibleDescription(self.list.sentence(row) if row is not None else "")

"""The palette (Ctrl K): run a command, go to a view, open a ticket, find a person, by typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from tierline.domain.tongue import tr
from tierline.widgets.key_hints import KeyHints
from tierline.widgets.keycap import KeyCap
from tierline.widgets.sheets.palette_details import details
from tierline.widgets.sheets.palette_entries import Habits, Offers, Row
from tierline.widgets.sheets.palette_look import PaletteLook
from tierline.widgets.sheets.parts import Ground, frame, label, line
from tierline.widgets.sheets.points import Glyph
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

WIDTH, TOP, LIST = 658, 48, 400
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}
_HINTS = (
    ("↑", ""),
    ("↓", tr("choose")),
    ("↵", tr("run")),
    ("Tab", tr("see details")),
    (">", tr("commands only")),
    ("#", tr("number")),
)


class Palette(Sheet):
    """Says `chosen(what, value)` once it is closed again; see `palette_entries.Row`."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        self.entry = QLineEdit()
        super().__init__(ground, "palette", tr("Search or run a command"), WIDTH)
        self._offers: Offers | None = None
        self.list = RowList(self.hub, PaletteLook(self.hub), tr("Found"), LIST)
        self.list.digits = False
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.none = label(tr("Nothing of that name. Esc closes."), "quiet")
        self.detail = label("", "second", wrap=True)
        self.detail.setContentsMargins(*(self.hub.px(side) for side in (12, 6, 12, 10)))
        self.detail.hide()
        for part in (self.list, self.none, self.detail):
            self.rows.addWidget(part)
        self.spacing.change((6, 6, 6, 6), 4)
        self.entry.installEventFilter(self)
        self.entry.textChanged.connect(self._find)
        self.list.clicked.connect(lambda _: self.send())
        self.list.picked.connect(self._speak)

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """Empty, about the ticket that is open; `keys`, `recent` and `many` as in `Habits`.

        `counts` are those of the views, as they were read last.
        """
        habits = Habits(**{name: more[name] for name in Habits._fields if name in more})
        self._offers = Offers(self.desk, view, more.get("counts", {}), habits)
        self.detail.hide()
        text = str(more.get("text", ""))
        self.entry.setText(text)
        self._find(text)
        super().begin(None, more)
        self.view = view

    def first(self) -> QLineEdit:
        """The line."""
        return self.entry

    def send(self) -> None:
        """Close, then do what is highlighted; what cannot be done now says why once more."""
        row = self.list.choice()
        if not isinstance(row, Row):
            return
        if row.reason:
            self._say(f"{row.text}: {row.reason}")
            return
        self.dismiss()
        self.chosen.emit(row.what, row.value)

    def renew(self) -> None:
        """Nothing is missing here."""
        self.place()

    def arrange(self, width: int) -> None:
        """The list takes what is left between line and foot, and above the details."""
        ends = self.head.sizeHint().height() + self.foot.sizeHint().height()
        if not self.detail.isHidden():
            ends += self.detail.heightForWidth(width - self.hub.px(12)) + self.hub.px(4)
        self.list.cap(max(self.height() - ends - 32 - self.hub.px(20), self.hub.px(80)))

    def above(self, free: int) -> int:
        """Where the search box is; it grows downwards."""
        return min(free // 2, self.hub.px(TOP - 16))

    def kept(self) -> dict[str, str]:
        """Nothing: what was searched is no draft."""
        return {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows move in the list while the line has the keyboard; Tab tells more of a row."""
        pressed = watched is self.entry and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _MOVES:
                by = _MOVES[key]
                for _ in range(abs(by)):
                    self.list.step(by // abs(by))
                return True
            if key == Qt.Key.Key_Tab:
                self.detail.setVisible(self.detail.isHidden())
                self._tell_details()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        rows = self._offers.rows(typed) if self._offers else []
        self.list.put(rows)
        self.list.step(1)
        self.list.scrollToTop()
        found = sum(1 for row in rows if row.what)
        self.count.setText(tr("{found} found", found=found))
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.place()

    def _speak(self) -> None:
        """The line keeps the keyboard, so the row is announced; its details follow it."""
        row = self.list.choice()
        words = self.list.sentence(row) if row else ""
        self.entry.setAccessibleDescription(words)
        if words and self.isVisible():
            self._say(words)
        self._tell_details()

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.entry, words))

    def _tell_details(self) -> None:
        row = self.list.choice()
        if self.detail.isHidden() or not isinstance(row, Row):
            self.detail.setText("")
            return
        words = details(self.desk, row)
        self.detail.setText(words)
        self._say(words)
        self.place()

    def _build_head(self) -> None:
        super()._build_head()
        old = self.head
        old.hide()
        self.head = frame("palette-head")
        self.entry.setProperty("plain", "true")
        self.entry.setPlaceholderText(tr("Type a command, a view, a number, a name"))
        self.entry.setAccessibleName(tr("Search or run a command"))
        self.count = label("", "quiet")
        row = line(self.hub, 10, (18, 12, 18, 12))
        row.addWidget(Glyph(self.hub, "search", 18))
        row.addWidget(self.entry, 1)
        row.addWidget(self.count)
        self.head.setLayout(row)
        old.setParent(self.panel)

    def _build_foot(self) -> None:
        super()._build_foot()
        old = self.foot
        old.hide()
        old.setParent(self.panel)
        self.foot = frame("dialog-foot")
        row = line(self.hub, 6, (18, 9, 18, 9))
        row.addWidget(KeyHints(self.hub, _HINTS), 1)
        row.addWidget(KeyCap("Esc", self.hub))
        row.addWidget(label(tr("close"), "quiet"))
        self.foot.setLayout(row)

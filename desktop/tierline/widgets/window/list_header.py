"""Above the list: which view, how many, in which order, narrowed how, and what waits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from tierline.domain.tongue import tr
from tierline.present.order import Change
from tierline.widgets.controls import Button, Kind
from tierline.widgets.reading_order import set_reading_order
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window.lines import Bar, Glyph, Shrinking, Word

HEIGHT, FIELD = 44, 240
TYPED_MS = 60
HINT = tr("Words, or tier:2 is:over client:…")


class ListHeader(Bar):
    """The list's own bar of words, chips and the filter's field.

    `filter_typed(text)` as one types, `left()` when the keys should go back to the list,
    `applied()` for the held order; `sort_asked` and `columns_asked` carry where a menu belongs.
    """

    filter_typed = Signal(str)
    left = Signal()
    applied = Signal()
    sort_asked = Signal(QPoint)
    columns_asked = Signal(QPoint)

    def __init__(self, hub: ThemeHub) -> None:
        """Empty until `tell_view`."""
        super().__init__(hub, "pane", HEIGHT, pad=16)
        self.name = Shrinking(hub, "head")
        self.count = Word(hub, "quiet")
        self.sort = Button(tr("Next action first"), hub, icon="arrow-up", kind=Kind.CHIP)
        self.filter = Button(tr("Filter"), hub, icon="funnel", kind=Kind.CHIP)
        self.field = QLineEdit()
        self.age, self._age_mark = Word(hub, "quiet"), Glyph(hub, "cloud-off", "ink3")
        self.held = Button("", hub, icon="pin", key=".", kind=Kind.DASHED)
        self.columns = Button("", hub, icon="columns-3", kind=Kind.FLAT)
        self._pending = False
        self._fill()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._wire()
        self.tell_held(Change(frozenset(), frozenset(), frozenset()))

    def _fill(self) -> None:
        self.row.addWidget(self.name)
        self.row.addWidget(self.count)
        self.row.addSpacing(self._hub.px(10))
        for part in (self.sort, self.filter, self.field):
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.row.addWidget(self.held)
        for mark in (self._age_mark, self.age):
            self.row.addWidget(mark)
            mark.hide()
        self.row.addWidget(self.columns)
        self.field.hide()
        self.field.setClearButtonEnabled(True)
        for clear in self.field.findChildren(QToolButton):
            clear.setAccessibleName(tr("Clear the filter"))
        self.field.setPlaceholderText(HINT)
        self.field.setAccessibleName(tr("Filter this list"))
        self.field.installEventFilter(self)
        self.filter.setToolTip(tr("Search in this list (/)"))
        self.columns.setToolTip(tr("How the list looks"))
        self.columns.setAccessibleName(tr("How the list looks"))
        set_reading_order(self)

    def _wire(self) -> None:
        self._typed.timeout.connect(self._tell_filter)
        self.field.textChanged.connect(self._changed)
        self.field.editingFinished.connect(self._tell_filter)
        self.filter.clicked.connect(self.begin_filter)
        self.held.clicked.connect(self.applied)
        self.sort.clicked.connect(lambda: self.sort_asked.emit(_below(self.sort)))
        self.columns.clicked.connect(lambda: self.columns_asked.emit(_below(self.columns)))

    def tell_view(self, name: str, order: str, filter_: str, *, descending: bool) -> None:
        """Another view, order or filter is shown."""
        self.name.tell(name)
        self.sort.setText(order)
        self.sort.set_icon("chevron-down" if descending else "arrow-up")
        if filter_ != self._said() and not self.field.hasFocus():
            self.field.setText(filter_)
            self._pending = False
        self._show_field(bool(filter_) or self.field.hasFocus())

    def tell_count(self, count: int) -> None:
        """How many tickets the list has."""
        self.count.tell(f"{count:,}".replace(",", "\u202f"))

    def tell_age(self, text: str) -> None:
        """Say "as of 10:19" while the list cannot be fresh, "" while it is."""
        self.age.tell(text)
        for part in (self._age_mark, self.age):
            part.setVisible(bool(text))

    def tell_held(self, change: Change) -> None:
        """What waits while the order is held; nothing hides the chip."""
        parts = [(len(change.new), "new"), (len(change.moved), "moved"), (len(change.gone), "gone")]
        text = ", ".join(f"{count} {word}" for count, word in parts if count)
        self.held.setText(tr("Order held: {text}", text=text))
        self.held.setVisible(bool(change))
        self.held.updateGeometry()

    def begin_filter(self) -> None:
        """Let the person type; the keys are in the field."""
        self._show_field(True)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def clear_filter(self) -> bool:
        """No filter any more; False when there was none."""
        had = bool(self.field.text())
        self.field.clear()
        self._tell_filter()
        self._show_field(False)
        return had

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc clears and goes back, Enter and Down go back to the list."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._key(Qt.Key(event.key()))
        elif watched is self.field and event.type() == QEvent.Type.FocusOut:
            self._show_field(bool(self.field.text()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.clear_filter()
        elif key not in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            return False
        self._tell_filter()
        self.left.emit()
        return True

    def _said(self) -> str:
        return self.field.text().strip()

    def _changed(self) -> None:
        self._pending = True
        self._typed.start()

    def _tell_filter(self) -> None:
        self._typed.stop()
        if self._pending:
            self._pending = False
            self.filter_typed.emit(self._said())

    def _show_field(self, shown: bool) -> None:
        self.field.setFixedWidth(self._hub.px(FIELD))
        self.field.setVisible(shown)
        self.filter.setVisible(not shown)


def _below(button: Button) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height() + 2))

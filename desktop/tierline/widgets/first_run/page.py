"""The page of a first run: three short questions on one screen, all of them already answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tierline.desk.desk import Desk
from tierline.desk.first_run import Start, hours_words
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.first_run.choice import Choice
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.sheets.fields import Choice as DropDown
from tierline.widgets.sync_parts.join_fields import JoinFields
from tierline.widgets.theme import Mode, ThemeHub
from tierline.widgets.window.lines import Word
from tierline.widgets.window.toolbar import Brand

WIDTH = 620
_LATER = tr("Everything can be changed later.")
DEMO, IMPORT, JOIN, EMPTY = "demo", "import", "join", "empty"
_WAYS = (
    (
        DEMO,
        "sun",
        tr("Try the demo"),
        tr("An invented desk with 400 open tickets, apart from your own"),
    ),
    (
        IMPORT,
        "file-down",
        tr("Import tickets"),
        tr("From ServiceNow, a CSV or an event log; nothing leaves this computer"),
    ),
    (
        JOIN,
        "users-round",
        tr("Join a shared desk"),
        tr("One queue for everybody, also without a network; you need its address"),
    ),
    (EMPTY, "inbox", tr("Start empty"), tr("Log your first ticket by Ctrl N")),
)
_MODES = ((Mode.SYSTEM, tr("As the desktop")), (Mode.LIGHT, tr("Light")), (Mode.DARK, tr("Dark")))
_SIZES = (100, 125, 150, 200)


class FirstRun(QFrame):
    """`begun(way, Start)` with "demo", "import" or "empty"; `theme_chosen`, `scale_chosen` at once.

    `joined.asked` for joining a shared desk: answer with `join_failed`, or close the page. `left()`
    when the window is closed without beginning.
    """

    begun = Signal(str, object)
    theme_chosen = Signal(str)
    scale_chosen = Signal(int)
    left = Signal()

    def __init__(self, hub: ThemeHub, desk: Desk) -> None:
        """The answers that are likely are there already."""
        super().__init__()
        self._hub, self._begun = hub, False
        self.setWindowTitle(tr("Welcome to Tierline"))
        self.setProperty("role", "win")
        self._page = QFrame()
        self.ways = {way: Choice(hub, str(n + 1), *told) for n, (way, *told) in enumerate(_WAYS)}
        self.ways[DEMO].setChecked(True)
        self.joined = JoinFields(hub)
        person = desk.people.get(desk.me)
        self.name = QLineEdit(person.name if person else desk.me)
        self.line, self.hours = DropDown(hub), DropDown(hub)
        self.open = Word(hub, "quiet")
        self._fill(desk, person.tier if person else 1)
        self.start = Button(tr("Begin"), hub, key="↵", kind=Kind.PRIMARY)
        self.start.clicked.connect(self._begin)
        self.hint = Word(hub, "quiet", _LATER)
        self._lay_out()
        self.ways[JOIN].toggled.connect(self._turn)
        self._turn(False)
        hub.changed.connect(self._mark_looks)
        self._mark_looks()
        self.ring = FocusRing(self, hub)

    def _fill(self, desk: Desk, tier: int) -> None:
        policy = desk.policy(desk.book.default)
        for key, table in policy.file.tiers.items():
            self.line.addItem(table.word, int(key))
        self.line.setCurrentIndex(max(0, self.line.findData(tier)))
        for name in desk.book.names():
            each = desk.policy(name)
            self.hours.addItem(each.file.title, name)
            tip = f"{each.label}: {hours_words(each)}"
            self.hours.setItemData(self.hours.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.hours.setCurrentIndex(max(0, self.hours.findData(desk.book.default)))
        self.hours.setMinimumContentsLength(20)
        self.hours.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )

    def _lay_out(self) -> None:
        hub, page = self._hub, self._page
        page.setProperty("role", "dialog")
        column = QVBoxLayout(page)
        column.setContentsMargins(*(hub.px(24),) * 4)
        column.setSpacing(hub.px(8))
        self.modes = self._tabs([(str(mode), word) for mode, word in _MODES])
        self.sizes = self._tabs([(str(size), f"{size} %") for size in _SIZES])
        for mode, tab in self.modes.items():
            tab.clicked.connect(self._telling_theme(mode))
        for size, tab in self.sizes.items():
            tab.clicked.connect(self._telling_scale(int(size)))
        self._yours = QWidget()
        yours = QVBoxLayout(self._yours)
        yours.setContentsMargins(0, 0, 0, 0)
        own = (
            Word(hub, "title", tr("You and your desk")),
            self._row((tr("Name"), self.name), (tr("Line"), self.line)),
            self._row((tr("Hours and promises"), self.hours)),
            self.open,
        )
        _stack(yours, hub, own)
        self.hours.currentIndexChanged.connect(self._tell_hours)
        self._tell_hours(self.hours.currentIndex())
        parts: Sequence[QWidget | QLayout | int] = (
            Brand(hub),
            8,
            Word(hub, "title", tr("How do you want to begin?")),
            *self.ways.values(),
            12,
            self._yours,
            self.joined,
            12,
            Word(hub, "title", tr("How it looks")),
            _beside(hub, *self.modes.values()),
            _beside(hub, *self.sizes.values()),
            16,
            self._foot(),
        )
        _stack(column, hub, parts)
        self._centre(page)

    def _tell_hours(self, at: int) -> None:
        self.open.tell(str(self.hours.itemData(at, Qt.ItemDataRole.ToolTipRole) or ""))

    def _centre(self, page: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _foot(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(self._hub.px(6))
        self.hint.setWordWrap(True)
        row.addWidget(self.start)
        row.addWidget(self.hint, 1)
        return row

    def _row(self, *fields: tuple[str, QWidget]) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(self._hub.px(12))
        for word, field in fields:
            label = Word(self._hub, "quiet", word)
            label.setBuddy(field)
            field.setAccessibleName(word)
            row.addWidget(label)
            row.addWidget(field, 1)
        return row

    def _tabs(self, words: Sequence[tuple[str, str]]) -> dict[str, Button]:
        return {key: Button(word, self._hub, kind=Kind.TAB) for key, word in words}

    def _telling_theme(self, mode: str) -> Callable[[], None]:
        def tell() -> None:
            self.theme_chosen.emit(mode)

        return tell

    def _telling_scale(self, size: int) -> Callable[[], None]:
        def tell() -> None:
            self.scale_chosen.emit(size)

        return tell

    def _mark_looks(self) -> None:
        for mode, tab in self.modes.items():
            tab.setChecked(mode == str(self._hub.mode))
        for size, tab in self.sizes.items():
            tab.setChecked(int(size) == self._hub.scale)
        self._page.setFixedWidth(self._hub.px(WIDTH))
        self._page.adjustSize()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Only now the fonts of the style are known: as high as what is to be seen."""
        super().showEvent(event)
        self._page.adjustSize()

    def _turn(self, joining: bool) -> None:
        """A shared desk brings its hours and who one is."""
        self._yours.setVisible(not joining)
        self.joined.setVisible(joining)
        self.start.setText(tr("Join") if joining else tr("Begin"))
        self._page.adjustSize()

    def join_failed(self, text: str) -> None:
        """It did not work; everything that was typed is still there."""
        self.start.setEnabled(True)
        self._turn(True)
        self.joined.say(text)

    def demo_failed(self, text: str) -> None:
        """It did not open; another way can be chosen."""
        self._begun = False
        self.start.setEnabled(True)
        self.start.setText(tr("Begin"))
        self.start.updateGeometry()
        self.hint.tell(text)
        self._page.adjustSize()

    def _join(self) -> None:
        if self.start.isEnabled() and self.joined.ask():
            self._wait(tr("Joining…"), _LATER)

    def _wait(self, doing: str, hint: str) -> None:
        self.start.setEnabled(False)
        self.start.setText(doing)
        self.start.updateGeometry()
        self.hint.tell(hint)

    def _begin(self) -> None:
        way = next(name for name, choice in self.ways.items() if choice.isChecked())
        if way == JOIN:
            self._join()
            return
        if not self.start.isEnabled():
            return  # the demo is on its way
        self._begun = True
        if way == DEMO:
            self._wait(tr("Making the demo desk…"), tr("It opens in a window of its own."))
        tier = self.line.currentData() or 1
        self.begun.emit(way, Start(self.name.text(), int(tier), self.hours.currentData() or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter begins from anywhere."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._begin()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closed without beginning."""
        super().closeEvent(event)
        if not self._begun:
            self.left.emit()


def _beside(hub: ThemeHub, *parts: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(hub.px(6))
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row


def _stack(column: QVBoxLayout, hub: ThemeHub, parts: Sequence[QWidget | QLayout | int]) -> None:
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        elif isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addSpacing(hub.px(part))

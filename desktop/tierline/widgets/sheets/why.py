"""Why this deadline? One clock drawn, summed up and founded; every figure can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from tierline.desk.explain import Explanation, Tab
from tierline.desk.explain_facts import Fact
from tierline.desk.explain_sum import hms
from tierline.desk.ticket_view import TicketView
from tierline.desk.when import day_and_time
from tierline.domain.clocks import State
from tierline.domain.countdown import Countdown
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.flow import Flow
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, column, label, line
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.why_lane import Lane
from tierline.widgets.sheets.why_legend import Legend
from tierline.widgets.sheets.why_rows import PairLook, SumLook

WIDTH, TWO_COLUMNS, MOST_ABOVE, LARGE = 1200, 860, 3, 130
_ICONS = {
    State.RUNNING: "play",
    State.PAUSED: "pause",
    State.MET: "check",
    State.BREACHED: "octagon-alert",
    State.NONE: "",
}


class WhySheet(Sheet):
    """Explains one clock; tabs lead to the others, H to the history, Ctrl C copies it all."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "why", tr("Why this deadline?"), WIDTH)
        self.told: Explanation | None = None
        self._countdown: Countdown | None = None
        self._history = False
        self.left_word, self.figure = label("", "small"), label("", "sheet-title")
        self.tabs, self.tabs_above = Flow(self.hub, 4), line(self.hub, 4)
        self._group = QButtonGroup(self)
        self.legend, self.lane = Legend(self.hub), Lane(self.hub)
        self.sum = RowList(self.hub, SumLook(self.hub), tr("How it adds up"))
        self.facts = RowList(self.hub, PairLook(self.hub), tr("What it counts on"))
        self.entries = RowList(self.hub, PairLook(self.hub, 120), tr("History entries"), 300)
        self.second = label(tr("What it counts on"), "label")
        self._lay_out()
        self.ticker.tick.connect(self._tick)
        copy = QShortcut(QKeySequence("Ctrl+C"), self)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self.copy)

    def fill(self, view: TicketView) -> None:
        """Explain the clock that was asked for, or the next one."""
        self.view, self._history = view, False
        self._explain(str(self.more.get("clock", "")), tabs=True)

    def first(self) -> QWidget:
        """Close: there is nothing to fill in, and Tab leads to the timeline."""
        return self.primary

    def send(self) -> None:
        """There is nothing to send: Enter closes."""
        self.dismiss()

    def renew(self) -> None:
        """Nothing is missing here."""
        self.primary.setEnabled(True)
        self.place()

    def copy(self) -> None:
        """All of it as text, onto the clipboard."""
        if self.told is not None:
            QGuiApplication.clipboard().setText(self.told.as_text())
            self.lack.setText(tr("Copied as text."))

    def turn_over(self) -> None:
        """History entries in place of the facts, or back."""
        self._history = not self._history
        self._show_second()
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """H turns to the history and back."""
        if event.key() == Qt.Key.Key_H and not event.modifiers():
            self.turn_over()
            event.accept()
            return
        super().keyPressEvent(event)

    def arrange(self, width: int) -> None:
        """Two tables side by side where there is room."""
        wide, way = width >= self.hub.px(TWO_COLUMNS), QBoxLayout.Direction
        self.tables.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.tables.setSpacing(self.hub.px(20 if wide else 14))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Tick while it is seen."""
        self.ticker.add(self)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """No tick for what nobody sees."""
        self.ticker.drop(self)
        super().hideEvent(event)

    def _explain(self, clock: str, *, tabs: bool = False) -> None:
        answer = self.desk.why(self.ticket_id, clock)
        parts: tuple[QWidget, ...] = (self.legend, self.lane, self.lower_part)
        for part in parts:
            part.setVisible(not isinstance(answer, Refusal))
        if isinstance(answer, Refusal):
            self.told, self._countdown = None, None
            self.relabel(answer.what, tr("Close"))
            self.left_word.setText("")
            self.figure.setText("")
            self.lack.setText(answer.todo)
            if tabs:
                self._put_tabs((), "")
            return
        self._show(answer)
        if tabs:
            self._put_tabs(answer.tabs, answer.clock.name)

    def _show(self, told: Explanation) -> None:
        self.told = told
        panels = self.view.clocks if self.view else ()
        found = (p.countdown for p in panels if p.name == told.clock.name)
        self._countdown = next(found, None)
        self.relabel(told.title, tr("Close"))
        self.left_word.setText(told.left_word)
        kinds = {segment.kind for segment in told.segments}
        kinds |= {"closed"} if any(band.closed for band in told.bands) else set()
        self.legend.put(tr("{word} clock", word=told.clock.rule.table.word), kinds)
        self.lane.put(told)
        self.sum.put(told.rows)
        self._show_second()
        self.lack.setText(tr("Times are {place} time, the clock’s own.", place=told.place))
        self._tick(self.ticker.now())

    def _show_second(self) -> None:
        self.second.setText(tr("History entries") if self._history else tr("What it counts on"))
        self.facts_frame.setVisible(not self._history)
        self.entries_frame.setVisible(self._history)
        if self.told is not None:
            self.facts.put(self.told.facts)
        if self._history and self.view is not None:
            zone, name = self.desk.zone, self.desk.people.name
            rows = [
                Fact(
                    day_and_time(entry.at, zone),
                    f"{name(entry.by)} {entry.verb}".strip()
                    + (f": {entry.text}" if entry.text else ""),
                )
                for entry in self.view.timeline
            ]
            self.entries.put(rows)

    def _put_tabs(self, tabs: tuple[Tab, ...], chosen: str) -> None:
        """In the head as the design has them, in the form when there are many."""
        self.tabs.clear()
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        above = len(tabs) <= MOST_ABOVE and self.hub.scale <= LARGE
        words = [tab.word for tab in tabs]
        amounts = self._amounts()
        for tab in tabs if len(tabs) > 1 else ():
            twin = words.count(tab.word) > 1 and tab.name in amounts
            more = f", {amounts[tab.name]}" if twin else ""
            button = Button(tab.word + more, self.hub, icon=_ICONS[tab.state], kind=Kind.TAB)
            button.setAccessibleName(f"{tab.word}{more}, {tab.state}")
            button.setChecked(tab.name == chosen)
            button.clicked.connect(lambda _=False, name=tab.name: self._explain(name))
            self._group.addButton(button)
            (self.tabs_above if above else self.tabs).addWidget(button)
        self.tabs_holder.setVisible(len(tabs) > 1 and not above)

    def _amounts(self) -> dict[str, str]:
        """What each clock promises, to tell two of one word apart."""
        if self.view is None:
            return {}
        ticket = self.view.ticket
        rules = self.desk.policy(ticket.policy).clock_rules(
            priority=ticket.priority,
            channel=ticket.channel,
            tier=ticket.tier,
            type_=ticket.type,
            call_back=ticket.call_back,
        )
        return {rule.name: str(rule.amount) for rule in rules}

    def _tick(self, now: float) -> None:
        if self.told is None:
            return
        left = self.told.left
        if self.told.clock.state in (State.RUNNING, State.BREACHED) and self._countdown:
            left = self._countdown.face(now).left if not self.told.clock.stopped else left
        sign = "+" if left < 0 else ""
        hours, rest = divmod(abs(left), 3600)
        text = f"{sign}{hours}:{rest // 60:02d}:{rest % 60:02d}"
        if text != self.figure.text():
            self.figure.setText(text)
            self.figure.setAccessibleName(f"{hms(left)} {self.told.left_word}")

    def _lay_out(self) -> None:
        stack = column(self.hub, 0)
        for words in (self.left_word, self.figure):
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
            stack.addWidget(words)
        self.beside.addLayout(self.tabs_above)
        self.beside.addLayout(stack)
        self.tabs_holder = QWidget()
        self.tabs_holder.setLayout(self.tabs)
        left, right = column(self.hub, 6), column(self.hub, 6)
        left.addWidget(label(tr("How it adds up"), "label"))
        left.addWidget(framed(self.sum, self.hub))
        left.addStretch(1)
        self.facts_frame, self.entries_frame = (
            framed(self.facts, self.hub),
            framed(self.entries, self.hub),
        )
        right.addWidget(self.second)
        right.addWidget(self.facts_frame)
        right.addWidget(self.entries_frame)
        right.addStretch(1)
        self.tables = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.tables.addLayout(left, 1)
        self.tables.addLayout(right, 1)
        self.tables.setContentsMargins(0, 0, 0, 0)
        self.lower_part = QWidget()
        self.lower_part.setLayout(self.tables)
        for part in (self.tabs_holder, self.legend, self.lane, self.lower_part):
            self.rows.addWidget(part)
        for list_ in (self.sum, self.facts, self.entries):
            list_.digits = False
        history = Button(tr("History entries"), self.hub, key="H", icon="history")
        history.clicked.connect(self.turn_over)
        copy = Button(tr("Copy as text"), self.hub, key="Ctrl C", icon="copy")
        copy.clicked.connect(self.copy)
        self.cancel.hide()
        self.primary.set_key("Esc")
        row = self.foot.layout()
        assert isinstance(row, QBoxLayout)
        for at, button in enumerate((history, copy)):
            row.insertWidget(2 + at, button)

"""What is between us and the contact: visits, parts, a quote, and what they said of our work."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain, tip
from tierline.widgets.ticket.wrapped import Run, Wrapped, clamped

PAD, LINE, INSIDE, ICON, GAP, MOST = 16, 16, 6, 14, 6, 2
_QUOTE_SIGNS = {"": "hourglass", "approved": "check", "declined": "x", "expired": "clock-alert"}


class Matter(NamedTuple):
    """One of them: its sign, what it is, how it stands, and the act that comes next if any."""

    icon: str
    word: str
    text: str
    kind: str = ""
    verb: str = ""


class _Laid(NamedTuple):
    matter: Matter
    words: Wrapped
    top: int
    high: int


def matters(view: TicketView) -> list[Matter]:
    """What there is to say, what happens next first."""
    found, quote = _site(view), view.ticket.quote
    if view.quote and quote is not None:
        answer = ("answer_quote", tr("Answer")) if view.action("answer_quote").allowed else ("", "")
        found.append(Matter(_QUOTE_SIGNS[quote.state], tr("Quote"), view.quote, *answer))
    if view.feedback:
        owed = view.feedback_owed and view.action("feedback").allowed
        note = ("feedback", tr("Note it")) if owed else ("", "")
        found.append(Matter("star", tr("Feedback"), view.feedback, *note))
    return found


def _site(view: TicketView) -> list[Matter]:
    """Visits, parts that stayed, and who signed them off."""
    found: list[Matter] = []
    under_way = any(visit.under_way for visit in view.ticket.visits)
    planned = any(visit.state == "planned" for visit in view.ticket.visits)
    signs = {
        tr("Visit"): "map-pin" if under_way else "calendar-clock",
        tr("Parts"): "package",
        tr("Signed off"): "pen-line",
    }
    for word, text in view.site:
        first = word == tr("Visit") and not found and planned
        plan = first and view.action("plan_visit").allowed
        found.append(
            Matter(signs[word], word, text, *(("plan_visit", tr("Change")) if plan else ()))
        )
    return found


class ContactBand(QWidget):
    """At most two lines for each; hidden when there is nothing. `act_asked(kind)`."""

    act_asked = Signal(str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self._hub = hub
        self._matters: list[Matter] = []
        self._laid: list[_Laid] = []
        self._buttons: dict[str, Button] = {}
        hub.changed.connect(self._arrange)
        self.hide()

    @property
    def any(self) -> bool:
        """Whether there is something to show."""
        return bool(self._matters)

    def show_ticket(self, view: TicketView) -> None:
        """Show what there is of this one."""
        self._matters = matters(view)
        said = [plain(f"{each.word}: {each.text}") for each in self._matters]
        self.setAccessibleName(". ".join(said))
        self.setToolTip(tip("\n".join(said)))
        for each in self._matters:
            if each.kind and each.kind not in self._buttons:
                self._buttons[each.kind] = self._button(each)
        wanted = {each.kind for each in self._matters}
        for kind, button in self._buttons.items():
            button.setVisible(kind in wanted)
        self._arrange()

    def _button(self, matter: Matter) -> Button:
        made = Button(matter.verb, self._hub, kind=Kind.SMALL, parent=self)
        made.setAccessibleName(f"{matter.verb}, {matter.word.lower()}")
        made.clicked.connect(lambda: self.act_asked.emit(matter.kind))
        return made

    def _arrange(self) -> None:
        top = self._hub.px(INSIDE)
        self._laid = []
        for each in self._matters:
            button = self._buttons.get(each.kind)
            wide, high = (
                (button.sizeHint().width(), button.sizeHint().height()) if button else (0, 0)
            )
            words = self._wrapped(each, self.width() - self._start() - wide)
            high = max(round(words.high), high)
            self._laid.append(_Laid(each, words, top, high))
            if button:
                self._place(button, top, high)
            top += high + self._hub.px(INSIDE)
        self.setFixedHeight(top)
        self.update()

    def _place(self, button: Button, top: int, high: int) -> None:
        size, px = button.sizeHint(), self._hub.px
        left = self.width() - px(PAD) - size.width()
        at = top + (high - size.height()) // 2
        button.setGeometry(placed(self, left, at, size.width(), size.height()))

    def _wrapped(self, matter: Matter, most: int) -> Wrapped:
        px, ink = self._hub.px, self._hub.theme.ink2
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        run, room = Run(plain(" ".join(matter.text.split())), ink), most - px(2 * PAD)
        return clamped(run, px(12), px(LINE), room, MOST, mirrored=mirrored)

    def _start(self) -> int:
        """Where the texts begin, px from the reading start: below one another."""
        px = self._hub.px
        words = (fonts.width(each.word, px(12), fonts.SEMIBOLD) for each in self._matters)
        return px(PAD + ICON + 2 * GAP) + round(max(words, default=0.0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, line above, then each with its sign."""
        del event
        brush, px = Brush(self, self._hub), self._hub.px
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        brush.rule(0, 0, self.width(), 1, brush.theme.line)
        start, theme = self._start(), brush.theme
        for matter, words, top, high in self._laid:
            first = top + (high - words.high) / 2
            middle = first + px(LINE) / 2
            brush.icon(px(PAD), middle, matter.icon, ICON, theme.ink2)
            after = px(PAD + ICON + GAP)
            brush.text(after, middle, matter.word, 12, theme.ink, fonts.SEMIBOLD)
            wide = words.layout.lineAt(0).width() if words.lines else 0.0
            words.draw(brush.painter, brush.x(start, wide), first)
        brush.end()

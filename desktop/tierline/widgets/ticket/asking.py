"""A rule's question to whoever holds the ticket, with its three answers."""

from __future__ import annotations

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
from tierline.widgets.ticket.wrapped import Run, Wrapped, wrap

PAD, LINE, INSIDE, ICON, BETWEEN, BUTTON = 16, 16, 8, 20, 7, 24
ANSWERS = (
    ("resolve", tr("Resolve"), "R"),
    ("escalate", tr("Escalate"), "E"),
    ("stay", tr("Stay…"), "⇧ S"),
)


class PromptCard(QWidget):
    """The latest question of the rules: Resolve, Escalate, or Stay with a reason.

    `answered(kind)` with a kind of `desk.actions`. Hidden while nothing is asked.
    """

    answered = Signal(str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._hub = hub
        self._asked: Wrapped | None = None
        self._text = self._rule = ""
        self.buttons = {kind: self._button(kind, word, key) for kind, word, key in ANSWERS}
        hub.changed.connect(self._arrange)
        self.hide()

    def _button(self, kind: str, word: str, key: str) -> Button:
        made = Button(word, self._hub, key=key, kind=Kind.SMALL, parent=self)
        made.clicked.connect(lambda: self.answered.emit(kind))
        return made

    def show_prompts(self, view: TicketView) -> None:
        """Show the latest question; `asking` says whether there is one."""
        prompt = view.prompts[-1] if view.prompts else None
        if prompt is None:
            self._text = ""
            return
        more = len(view.prompts) - 1
        others = tr(" ({more} more)", more=more) if more else ""
        self._text, self._rule = plain(prompt.text) + others, plain(prompt.name)
        self.setAccessibleName(tr("The rule {rule} asks: {text}", rule=self._rule, text=self._text))
        self.setToolTip(
            tip(
                tr(
                    "{text}\nRule {rule}, {policy_label}",
                    text=self._text,
                    rule=self._rule,
                    policy_label=view.policy_label,
                )
            )
        )
        for kind, button in self.buttons.items():
            action = view.action(kind)
            button.setEnabled(action.allowed)
            button.setToolTip(tip(action.reason))
            button.setAccessibleDescription(action.reason)
        self._arrange()

    @property
    def asking(self) -> bool:
        """Whether something is asked."""
        return bool(self._text)

    def _arrange(self) -> None:
        px, theme = self._hub.px, self._hub.theme
        room = self.width() - px(2 * PAD + ICON)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        runs = [Run(self._text, theme.soon, fonts.SEMIBOLD)]
        self._asked = wrap(runs, px(12), px(LINE), room, mirrored=mirrored, most=2)
        text_high = round(self._asked.high)
        self.setFixedHeight(text_high + px(BUTTON) + px(BETWEEN) + 2 * px(INSIDE))
        left, top = px(PAD + ICON), px(INSIDE) + text_high + px(BETWEEN)
        for button in self.buttons.values():
            wide = button.sizeHint().width()
            button.setGeometry(placed(self, left, top, wide, px(BUTTON)))
            left += wide + px(6)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Band, edge, sign, question; the rule's name after the answers."""
        del event
        brush, px, theme = Brush(self, self._hub), self._hub.px, self._hub.theme
        brush.painter.fillRect(self.rect(), theme.soontint)
        brush.rule(0, 0, px(4), self.height(), theme.soonfill)
        if self._asked is not None:
            top, room = px(INSIDE), self.width() - px(2 * PAD + ICON)
            brush.icon(px(PAD), top + px(LINE) / 2, "bell", 14, theme.soon)
            self._asked.draw(brush.painter, brush.x(px(PAD + ICON), room), top)
            last = self.buttons["stay"].geometry()
            end = self.width() - last.left() if brush.mirrored else last.right()
            free = self.width() - end - px(PAD + 8)
            if free > px(60):
                middle = last.center().y() + 1
                brush.text(end + px(8), middle, self._rule, 11, theme.soon, room=free)
        brush.end()

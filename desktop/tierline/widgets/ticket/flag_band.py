"""What does not add up on a ticket: a chip with its word, and the sentence behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from tierline.domain.honesty import Flag
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain, tip

PAD, ROW, INSIDE, CHIP, CHIP_PAD, MOST = 16, 22, 5, 17, 6, 3
WORDS = {
    "replied": tr("They answered"),
    "past date": tr("Past its date"),
    "no date": tr("No date"),
    "unknown status": tr("Unknown status"),
    "no reasons": tr("No reasons listed"),
    "rule loop": tr("Rule in circles"),
    "clock back": tr("Clock set back"),
    "message failed": tr("Message failed"),
    "no plan": tr("No plan yet"),
    "disputed": tr("Priority disputed"),
    "allowance": tr("Package used up"),
}
# Said elsewhere on the pane, in a band of its own.
_ELSEWHERE = ("missing",)


def shown(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """The flags that this band says."""
    return tuple(flag for flag in flags if flag.kind not in _ELSEWHERE)


class FlagBand(QWidget):
    """At most three lines; all of them are in the tooltip. Hidden when there is none."""

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self._hub = hub
        self._flags: tuple[Flag, ...] = ()
        self._most = MOST
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hub.changed.connect(self._arrange)
        self.hide()

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is said."""
        return self._flags

    def set_dense(self, dense: bool) -> None:
        """One line only."""
        self._most = 1 if dense else MOST
        self._arrange()

    def show_flags(self, flags: tuple[Flag, ...]) -> None:
        """Say these."""
        self._flags = shown(flags)
        texts = [plain(flag.text) for flag in self._flags]
        self.setAccessibleName(tr("To see: ") + " ".join(texts))
        self.setToolTip(tip("\n".join(texts)))
        self._arrange()

    def _arrange(self) -> None:
        rows = min(len(self._flags), self._most)
        self.setFixedHeight(self._hub.px(ROW * max(rows, 1) + 2 * INSIDE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A chip and a sentence a line."""
        del event
        brush, px = Brush(self, self._hub), self._hub.px
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        brush.rule(0, 0, self.width(), 1, brush.theme.line)
        for at, flag in enumerate(self._flags[: self._most]):
            more = len(self._flags) - self._most if at == self._most - 1 else 0
            self._line(brush, flag, px(INSIDE) + (at + 0.5) * px(ROW), more)
        brush.end()

    def _line(self, brush: Brush, flag: Flag, middle: float, more: int) -> None:
        px, theme = self._hub.px, brush.theme
        word = WORDS.get(flag.kind, flag.kind.capitalize())
        left = float(px(PAD))
        wide = fonts.width(word, px(11), fonts.SEMIBOLD) + px(2 * CHIP_PAD + 12 + 4)
        box = brush.box(left, round(middle - px(CHIP) / 2), wide, px(CHIP))
        brush.frame(box, 3, fill=theme.soontint, edge=theme.soonfill)
        inside = left + px(CHIP_PAD)
        inside += brush.icon(inside, middle, "triangle-alert", 12, theme.soon) + px(4)
        brush.text(inside, middle, word, 11, theme.soon, fonts.SEMIBOLD)
        left += wide + px(8)
        end = self.width() - px(PAD)
        if more > 0:
            tail = tr("{more} more", more=more)
            end -= round(fonts.width(tail, px(11))) + px(8)
            brush.text(end + px(8), middle, tail, 11, theme.ink3)
        brush.text(left, middle, flag.text, 12, theme.ink2, room=end - left)

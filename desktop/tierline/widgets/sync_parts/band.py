"""The band that says the link is lost, or why it stays so: dark, calm, out of nobody's way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from tierline.desk.sync_words import BandWords
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.focus_ring import DARK
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip
from tierline.widgets.ticket.wrapped import Run, Wrapped, wrap

HEIGHT, PAD, ICON, ICON_GAP, LINE, INSIDE, BUTTON = 40, 15, 18, 9, 18, 8, 24
MOST_LINES, EDGE, BAR = 3, 4, 3


class SyncBand(QWidget):
    """`show_asked()` for the unsent changes, `retry_asked()` for F5, `password_asked()`.

    Hidden while the link is there. Its text is never cut: it takes another line.
    """

    show_asked = Signal()
    retry_asked = Signal()
    password_asked = Signal()

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Nothing to say yet."""
        super().__init__(parent)
        self._hub = hub
        self._words: BandWords | None = None
        self._text: Wrapped | None = None
        self.show_button = self._button("", self.show_asked.emit)
        self.password_button = self._button(tr("Password…"), self.password_asked.emit)
        self.retry_button = self._button(tr("Try now"), self.retry_asked.emit, "refresh-cw", "F5")
        self.password_button.hide()
        hub.changed.connect(self._arrange)
        self.hide()

    def _button(self, text: str, told: object, icon: str = "", key: str = "") -> Button:
        made = Button(text, self._hub, icon=icon, key=key, kind=Kind.SMALL, parent=self)
        made.clicked.connect(told)
        return made

    @property
    def words(self) -> BandWords | None:
        """What is said."""
        return self._words

    def show_words(self, words: BandWords | None, *, password: bool = False) -> None:
        """Say this, or nothing; `password` offers to type one. A screen reader hears news once."""
        news = words is not None and (self._words is None or self._words.what != words.what)
        self._words = words
        self.setAccessibleName(str(words) if words else "")
        self.setToolTip(tip(str(words)) if words else "")
        self.setProperty(DARK, words is not None and words.tone == "dark")
        if words is not None:
            self.show_button.setText(words.show)
            self.show_button.setVisible(bool(words.show))
            self.retry_button.setVisible(bool(words.retry))
            self.password_button.setVisible(password)
            self._arrange()
        self.setVisible(words is not None)
        if news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, str(words)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _shown_buttons(self) -> list[Button]:
        every = (self.show_button, self.password_button, self.retry_button)
        return [button for button in every if not button.isHidden()]

    def _arrange(self) -> None:
        if self._words is None:
            return
        px, words = self._hub.px, self._words
        sizes = [button.sizeHint().width() for button in self._shown_buttons()]
        taken = sum(sizes) + px(10) * len(sizes)
        left = px(PAD + ICON + ICON_GAP)
        ink = self._ink()
        runs = [Run(words.what, ink, fonts.SEMIBOLD), Run(f" {words.rest}", ink)]
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = self.width() - left - taken - px(PAD)
        self._text = wrap(runs, px(13), px(LINE), room, mirrored=mirrored, most=MOST_LINES)
        high = max(px(HEIGHT), round(self._text.high) + 2 * px(INSIDE))
        self.setFixedHeight(high)
        at, top = self.width() - taken, (high - px(BUTTON)) // 2
        for button, wide in zip(self._shown_buttons(), sizes, strict=True):
            button.setGeometry(placed(self, at, top, wide, px(BUTTON)))
            at += wide + px(10)
        self.update()

    def _ink(self) -> QColor:
        theme = self._hub.theme
        dark = self._words is not None and self._words.tone == "dark"
        return theme.sheet if dark else theme.ink

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground by tone, icon, words; a thin bar while the first copy is under way."""
        del event
        words, text = self._words, self._text
        if words is None or text is None:
            return
        brush, px, theme = Brush(self, self._hub), self._hub.px, self._hub.theme
        ground = {"dark": theme.ink2, "soon": theme.soontint, "quiet": theme.pane}[words.tone]
        brush.painter.fillRect(self.rect(), ground)
        if words.tone == "soon":
            brush.rule(0, 0, px(EDGE), self.height(), theme.soonfill)
        if words.tone != "dark":
            brush.rule(0, self.height() - 1, self.width(), 1, theme.line)
        ink = theme.soon if words.tone == "soon" else self._ink()
        brush.icon(px(PAD), self.height() / 2, words.icon, ICON, ink)
        left, wide = px(PAD + ICON + ICON_GAP), text.layout.boundingRect().width()
        place = brush.x(left, max(wide, 1)) if brush.mirrored else left
        text.draw(brush.painter, place, (self.height() - text.high) / 2)
        if words.share >= 0:
            top = self.height() - px(BAR)
            brush.rule(0, top, self.width(), px(BAR), theme.sunk)
            brush.rule(0, top, self.width() * words.share, px(BAR), theme.bar)
        brush.end()

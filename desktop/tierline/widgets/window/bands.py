"""The lines under the toolbar: none takes another's place, and a question stands above them all."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tierline.domain.tongue import tr
from tierline.present.messages import Message
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window.band import Band

LINES, LARGE_TEXT, KEPT = 2, 150, 20


class Bands(QWidget):
    """Messages that stay until they are dismissed or answered; hidden while there is none.

    Two have a line each (one in large text), the rest are counted and unfold. A message takes the
    place of an earlier one about the same.
    """

    def __init__(self, hub: ThemeHub) -> None:
        """Nothing to say yet."""
        super().__init__()
        self._hub, self._unfolded = hub, False
        self._messages: list[Message] = []
        self._made: list[Band] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self._arrange)
        self.hide()

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that is said, in the order in which it is shown."""
        rank = sorted(enumerate(self._messages), key=_rank)
        return tuple(message for _, message in rank)

    @property
    def lines(self) -> tuple[Band, ...]:
        """The lines that can be seen, from the top."""
        return tuple(band for band in self._made if not band.isHidden())

    def say(self, message: Message) -> None:
        """Show it, and tell a screen reader."""
        self._drop(message.about)
        self._messages.append(message)
        notices = [each for each in self._messages if not each.question]
        if len(self._messages) > KEPT and notices:
            self._messages.remove(notices[0])
        self._arrange()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, str(message)))

    def withdraw(self, about: str) -> None:
        """What was said about this is over."""
        self._drop(about)
        self._arrange()

    def _drop(self, about: str) -> None:
        self._messages = [each for each in self._messages if each.about != about]

    def _arrange(self) -> None:
        messages = self.messages
        room = 1 if self._hub.scale >= LARGE_TEXT else LINES
        self._unfolded = self._unfolded and len(messages) > room
        shown = messages if self._unfolded else messages[:room]
        while len(self._made) < len(shown):
            self._made.append(self._line())
        for at, band in enumerate(self._made):
            if at < len(shown):
                more = len(messages) - len(shown) if at == len(shown) - 1 else 0
                band.tell(shown[at], more)
            band.setVisible(at < len(shown))
        self.setVisible(bool(messages))
        self.setAccessibleName(tr("Messages, {count}", count=len(messages)))

    def _line(self) -> Band:
        band = Band(self._hub)
        band.dismissed.connect(lambda: self._dismiss(band))
        band.more_asked.connect(self._unfold)
        self._column.addWidget(band)
        return band

    def _dismiss(self, band: Band) -> None:
        if band.message is not None:
            self.withdraw(band.message.about)

    def _unfold(self) -> None:
        self._unfolded = True
        self._arrange()


def _rank(found: tuple[int, Message]) -> tuple[bool, int, int]:
    """Questions first, then the gravest, then the latest."""
    at, message = found
    return not message.question, -message.severity, -at

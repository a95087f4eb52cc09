"""The status bar's words about the link: online or not, what waits, conflicts, age, clock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tierline.desk.sync_words import StatusWords
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip
from tierline.widgets.window.lines import Glyph, Rule, Word

CLOCK_ROOM, LAST_ROOM, PENDING_ROOM = 1000, 840, 640


class Clicked(Button):
    """A flat button with a word that comes and goes."""

    def __init__(self, hub: ThemeHub, about: str) -> None:
        """Hidden until it has a word; `about` is its tooltip."""
        super().__init__("", hub, kind=Kind.FLAT)
        self.setToolTip(about)
        self.hide()

    def tell(self, word: str) -> None:
        """Show this word, or nothing for ""."""
        if word != self.text():
            self.setText(word)
            self.setAccessibleName(word)
            self.updateGeometry()
        self.setVisible(bool(word))


class SyncParts(QWidget):
    """What stands at the left of the status bar of a shared desk; where it is narrow, less.

    `pending_asked()`, `conflicts_asked()`, `attention_asked()` when the words are clicked.
    """

    pending_asked = Signal()
    conflicts_asked = Signal()
    attention_asked = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Hidden until it has words."""
        super().__init__()
        self._words: StatusWords | None = None
        self._room = CLOCK_ROOM
        self._icon = Glyph(hub, "cloud-check")
        self.link, self.plain = Word(hub, "second-strong"), Word(hub, "second")
        self.pending, self.last, self.clock = (Word(hub, "second") for _ in range(3))
        self.alarm = Word(hub, "soon")
        self.waiting = Clicked(hub, tr("The changes that have not gone out (F5 tries)"))
        self.conflict = Clicked(hub, tr("Tickets that two people changed at once"))
        self.attention = Clicked(hub, tr("Changes that were not accepted"))
        behind = (self.pending, self.waiting, self.conflict, self.attention, self.last)
        self._ruled = [(Rule(hub), part) for part in (*behind, self.clock, self.alarm)]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        ruled = [part for pair in self._ruled for part in pair]
        for part in (self._icon, self.link, self.plain, *ruled):
            self._row.addWidget(part)
        self.waiting.clicked.connect(self.pending_asked)
        self.conflict.clicked.connect(self.conflicts_asked)
        self.attention.clicked.connect(self.attention_asked)
        hub.changed.connect(lambda: self._row.setSpacing(hub.px(8)))
        self._row.setSpacing(hub.px(8))
        self.hide()

    @property
    def words(self) -> StatusWords | None:
        """What is said."""
        return self._words

    def show_words(self, words: StatusWords) -> None:
        """Say this."""
        self._words = words
        self.setToolTip(tip(words.tip))
        self.setAccessibleName(words.tip)
        self._fold()
        self.show()

    def set_room(self, scaled: float) -> None:
        """How wide the window is at 100 % text, px."""
        if scaled != self._room:
            self._room = round(scaled)
            self._fold()

    def _fold(self) -> None:
        words = self._words
        if words is None:
            return
        gone = words.icon == "cloud-off"
        self._icon.show_icon(words.icon, "ink" if gone else "ink2")
        narrow = self._room < LAST_ROOM
        synced = words.last.replace(tr("Last sync"), tr("Synced"))
        short = synced if narrow and not gone else words.link
        told: tuple[tuple[Word, bool, str], ...] = (
            (self.link, gone, words.link),
            (self.plain, not gone, short),
            (self.pending, not gone and self._room >= PENDING_ROOM, words.pending),
            (self.last, not narrow, words.last),
            (self.clock, self._room >= CLOCK_ROOM and not words.alarm, words.clock),
            (self.alarm, words.alarm, words.clock),
        )
        for part, seen, text in told:
            part.tell(text)
            part.setVisible(seen and bool(text))
        self.waiting.tell(words.pending if gone else "")
        self.conflict.tell(words.conflict)
        self.attention.tell(words.attention)
        for rule, ruled in self._ruled:
            rule.setVisible(not ruled.isHidden())

"""What stands above and below the pages: the day and the link; what was done, and its undo."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from tierline.desk.sync_words import BandWords
from tierline.domain.tongue import tr
from tierline.present.messages import Message
from tierline.present.undo import UndoLine
from tierline.widgets.field.big import BigButton, Tone
from tierline.widgets.sheets.parts import column, label, line
from tierline.widgets.theme import ThemeHub


class TopBar(QFrame):
    """Which day it is, whose, and the way to everything else. `menu_asked()`."""

    menu_asked = Signal()

    def __init__(self, hub: ThemeHub, zone: ZoneInfo) -> None:
        """No day yet."""
        super().__init__()
        self._zone = zone
        self.setProperty("role", "win")
        self.title = label("", "sheet-title", wrap=True)
        self.about = label("", "second", wrap=True)
        self.menu = BigButton("", hub, icon="list", tone=Tone.QUIET)
        self.menu.setAccessibleName(tr("Menu"))
        self.menu.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = column(hub, 0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = line(hub, 8, (14, 6, 6, 6))
        row.addLayout(words, 1)
        row.addWidget(self.menu)
        self.setLayout(row)
        self.menu.clicked.connect(self.menu_asked)

    def tell(self, now: datetime, name: str, visits: int, done: int) -> None:
        """The date, who it is, and how far their day is."""
        local = now.astimezone(self._zone)
        self.title.setText(f"{local:%A}, {local.day} {local:%B}")
        if visits:
            count = tr("{done} of {n} visits done", "{done} of {n} visit done", visits, done=done)
        else:
            count = tr("no visits today")
        self.about.setText(f"{name}, {count}")


class LinkBar(QFrame):
    """The link is lost, or something is wrong with it; the work goes on. `retry()`, `show_asked()`.

    `password_asked()` where one is needed.
    """

    retry = Signal()
    show_asked = Signal()
    password_asked = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Nothing to say."""
        super().__init__()
        self.setProperty("role", "card")
        self.words = label("", "strong", wrap=True)
        self.rest = label("", "second", wrap=True)
        self.try_now = BigButton(tr("Try now"), hub, icon="refresh-cw", key="F5")
        self.show_them = BigButton("", hub, icon="cloud-upload")
        self.password = BigButton(tr("Password…"), hub, icon="shield-check")
        said = column(hub, 2)
        said.addWidget(self.words)
        said.addWidget(self.rest)
        buttons = line(hub, 8)
        for each in (self.show_them, self.password, self.try_now):
            buttons.addWidget(each, 1)
        rows = column(hub, 8, (14, 8, 14, 8))
        rows.addLayout(said)
        rows.addLayout(buttons)
        self.setLayout(rows)
        self.try_now.clicked.connect(self.retry)
        self.show_them.clicked.connect(self.show_asked)
        self.password.clicked.connect(self.password_asked)
        self.hide()

    def tell(self, words: BandWords | None, *, password: bool) -> None:
        """Say this, or nothing."""
        self.setVisible(words is not None)
        if words is None:
            return
        self.setAccessibleName(str(words))
        self.words.setText(words.what)
        self.rest.setText(words.rest)
        self.show_them.say(words.show)
        self.show_them.setVisible(bool(words.show))
        self.try_now.setVisible(bool(words.retry))
        self.password.setVisible(password)


class NoticeBar(QFrame):
    """What was done, with ten seconds to take it back; what was not, and what to do. `undo()`."""

    undo = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Nothing to say."""
        super().__init__()
        self.setProperty("role", "card")
        self.words = label("", "", wrap=True)
        self.take_back = BigButton(tr("Undo"), hub, icon="undo-2", key="Ctrl Z")
        self.shut = BigButton("", hub, icon="x", tone=Tone.QUIET)
        self.shut.setAccessibleName(tr("Dismiss"))
        for each in (self.take_back, self.shut):
            each.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = line(hub, 8, (14, 6, 6, 6))
        row.addWidget(self.words, 1)
        row.addWidget(self.take_back)
        row.addWidget(self.shut)
        self.setLayout(row)
        self.take_back.clicked.connect(self.undo)
        self.shut.clicked.connect(self.hide)
        self._offered = False
        self.hide()

    def offer(self, line_: UndoLine | None) -> None:
        """An act that can be taken back; None when its time is up."""
        if line_ is None:
            if self._offered:
                self.hide()
            return
        self._offered = True
        self._say(line_.text)
        self.take_back.show()

    def say(self, message: Message) -> None:
        """Something to be known."""
        self._offered = False
        self._say(str(message))
        self.take_back.hide()

    def _say(self, text: str) -> None:
        self.words.setText(text)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

"""The tabs of the composer, and what became of the draft."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip

_TABS = (
    ("note", (tr("Note"), tr("Note"), tr("Note"), ""), "N", "sticky-note"),
    ("message", (tr("Message to contact"), tr("Message"), tr("Message"), ""), "M", "mail"),
    ("time", (tr("Time"), tr("Time"), tr("Time"), ""), "L", "timer"),
)
_FILE = (tr("File"), tr("Photo"))  # on site one takes pictures
HIGH, GAP = 24, 2


class ComposerTabs(QWidget):
    """Says itself shorter where there is less room."""

    chosen = Signal(str)
    attach_asked = Signal()

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """On the note."""
        super().__init__(parent)
        self._hub = hub
        self._said = tr("No draft")
        self._shown = ""
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        for kind, words, key, icon in _TABS:
            made = Button(words[0], hub, key=key, icon=icon, kind=Kind.TAB, parent=self)
            made.setAccessibleName(words[0])
            made.clicked.connect(lambda _=False, kind=kind: self.chosen.emit(kind))
            made.toggled.connect(self._arrange)
            self._group.addButton(made)
            self._buttons[kind] = made
        self._visiting = False
        self._file = Button(_FILE[0], hub, icon="paperclip", kind=Kind.TAB, parent=self)
        self._file.setCheckable(False)
        self._file.setAccessibleName(tr("Attach a file or a photo"))
        self._file.setToolTip(
            tip(tr("Attach a file or a photo (F). Or drop it here, or paste it."))
        )
        self._file.clicked.connect(self.attach_asked)
        self._buttons["note"].setChecked(True)
        hub.changed.connect(self._restyle)
        self._restyle()

    @property
    def kind(self) -> str:
        """The tab that is open."""
        return next(kind for kind, each in self._buttons.items() if each.isChecked())

    def choose(self, kind: str) -> None:
        """Open a tab."""
        self._buttons[kind].setChecked(True)

    def allow(self, view: TicketView) -> None:
        """A tab whose act is not allowed says why."""
        for kind, button in self._buttons.items():
            reason = view.action(kind).reason
            button.setToolTip(tip(reason))
            button.setAccessibleDescription(reason)
        if view.visiting != self._visiting:
            self._visiting = view.visiting
            self._arrange()

    def say(self, said: str) -> None:
        """What became of the draft."""
        if said != self._said:
            self._said = said
            self._arrange()

    def _restyle(self) -> None:
        self.setFixedHeight(self._hub.px(HIGH))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Longer or shorter words."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._hub.px
        said = fonts.width(self._said, px(11)) + px(2)
        for step in range(4):
            widths = self._try(step)
            room = self.width() - sum(widths) - px(GAP) * 3
            if room >= (said if step < 2 else 0):
                break
        left = 0
        for button, wide in zip(self._all(), widths, strict=True):
            button.setGeometry(placed(self, left, 0, wide, self.height()))
            left += wide + px(GAP)
        short = self._said.replace(tr("Draft saved"), tr("Saved"))
        self._shown = self._said if room >= said else short if room >= px(40) else ""
        self.setToolTip(tip(self._said))
        self.update()

    def _try(self, step: int) -> list[int]:
        for kind, words, key, _ in _TABS:
            button = self._buttons[kind]
            if button.text() != words[step]:
                button.setText(words[step])
            button.set_key(key)
        file = _FILE[self._visiting] if step < 3 else ""
        if self._file.text() != file:
            self._file.setText(file)
        return [button.sizeHint().width() for button in self._all()]

    def _all(self) -> list[Button]:
        return [*self._buttons.values(), self._file]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The draft's line at the end."""
        del event
        if not self._shown:
            return
        brush, px = Brush(self, self._hub), self._hub.px
        taken = sum(button.width() + px(GAP) for button in self._all())
        room = self.width() - taken
        wide = min(fonts.width(self._shown, px(11)), room)
        left, middle = self.width() - wide, self.height() / 2
        brush.text(left, middle, self._shown, 11, brush.theme.ink3, room=room + 1)
        brush.end()

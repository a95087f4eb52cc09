"""The box one writes in: plain text, however much of it is pasted."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tierline.widgets import fonts
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.dropping import files_in, picture_in
from tierline.widgets.ticket.prose import plain

MOST = 50_000
LEAST_LINES, MOST_LINES, LINE, PAD = 2.6, 7, 17, 8


class Writing(QPlainTextEdit):
    """Grows with its text up to seven lines. Ctrl Enter sends.

    A paste of more than 50,000 characters is refused as a whole (`too_long`), since no one writes
    that and it would stop the window; nothing is cut off in silence. `pasted(QMimeData)` for
    files and pictures, which are no text.
    """

    sent = Signal()
    pasted = Signal(object)
    too_long = Signal(int)

    def __init__(self, hub: ThemeHub, name: str, parent: QWidget | None = None) -> None:
        """Empty; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._hub = hub
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        hub.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.document().setDefaultFont(self._hub.font(12))
        self.document().setDocumentMargin(2)
        self.fit()

    def fit(self) -> None:
        """Be as high as the text, within bounds."""
        px = self._hub.px
        lines = min(max(self.document().size().height(), LEAST_LINES), MOST_LINES)
        line = max(px(LINE), round(fonts.metrics(px(12)).lineSpacing()))
        high = round(lines * line) + px(PAD) + 6
        if high != self.height():
            self.setFixedHeight(high)

    def put(self, text: str) -> None:
        """Show this text instead, without telling that it changed."""
        if not text and self.document().isEmpty():
            return
        self.blockSignals(True)
        self.setPlainText(plain(text[:MOST]))
        self.moveCursor(QTextCursor.MoveOperation.End)  # who comes back goes on from there
        self.blockSignals(False)
        self.fit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Text only; files and pictures are somebody else's, markup is left where it is."""
        if not _is_text(source):
            self.pasted.emit(source)
            return
        text = source.text() if source.hasText() else ""
        if len(text) + self.document().characterCount() > MOST:
            self.too_long.emit(len(text))
            return
        self.insertPlainText(plain(text))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Whether it has text."""
        return source.hasText() and _is_text(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl Enter sends; Esc is the window's."""
        if sends(event):
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def sends(event: QKeyEvent) -> bool:
    """Whether this is Ctrl Enter."""
    held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _is_text(source: QMimeData) -> bool:
    return not files_in(source) and picture_in(source) is None

"""The one door through which the program speaks to the person at it.

Whatever goes wrong, anywhere, ends here: a rule's refusal, a disk that failed, our own mistake.
A repeat of what was just said is not said again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Signal

from tierline.domain.errors import Refusal, WorldError
from tierline.domain.tongue import tr

QUIET_SECONDS = 10.0
_log = logging.getLogger(__name__)


class Severity(IntEnum):
    """How loud: a note passes by, a warning and an error stay until they are dismissed."""

    NOTE = 0
    SOON = 1
    NOW = 2


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what is safe, what to do; `action` is the word of a button, if any.

    A `question` stays until it is answered. Of two messages with one `topic` the later counts.
    """

    what: str
    rest: str = ""
    severity: Severity = Severity.NOTE
    action: str = ""
    act: Callable[[], None] | None = None
    question: bool = False
    topic: str = ""

    @property
    def about(self) -> str:
        """What tells it from others: its topic, or else its very words."""
        return self.topic or str(self)

    def __str__(self) -> str:
        """All of it on one line."""
        return f"{self.what} {self.rest}".strip()


class Messages(QObject):
    """Emits `said(Message)`. Safe to ask for from the GUI thread only."""

    said = Signal(object)

    def __init__(self, now: Callable[[], float], parent: QObject | None = None) -> None:
        """`now` gives seconds; a repeat within ten of them is suppressed."""
        super().__init__(parent)
        self._now = now
        self._lately: dict[str, float] = {}

    def say(self, message: Message) -> None:
        """Tell, unless the same was told within the last ten seconds."""
        now, text = self._now(), str(message)
        self._lately = {k: at for k, at in self._lately.items() if now - at < QUIET_SECONDS}
        if text not in self._lately:
            self._lately[text] = now
            self.said.emit(message)

    def note(self, what: str, rest: str = "") -> None:
        """Tell something that passes by."""
        self.say(Message(what, rest))

    def refuse(self, refusal: Refusal) -> None:
        """Tell why something was not done, and what to do instead."""
        self.say(Message(refusal.what, refusal.todo, Severity.NOTE))

    def failed(self, doing: str, error: BaseException) -> None:
        """Tell that `doing` failed: the world's failures in their words, our own go to the log."""
        if isinstance(error, WorldError):
            self.say(Message(error.what, f"{error.safe} {error.todo}", Severity.NOW))
            return
        _log.error("while %s", doing, exc_info=error)
        what = tr("Tierline made a mistake while {doing}.", doing=doing)
        rest = tr("What was saved is safe. Details are in the log; try it once more.")
        self.say(Message(what, rest, Severity.NOW))

"""What a desktop pop-up is, whatever shows it, and how its texts are cut to fit everywhere."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple, Protocol

TITLE, BODY = 63, 255
"""UTF-16 units that Windows shows of a title and of a text; others show at least as much."""
Urgency = Literal["low", "normal", "critical"]
_JOINER, _KEYCAP = "\u200d", "\u20e3"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)  # regional indicators: two make a flag
_TAGS = range(0xE0020, 0xE0080)
_VOWELS = range(0x1160, 0x1200)  # Hangul vowels and finals, part of the syllable before them


class Popup(NamedTuple):
    """One pop-up; another with the same `key` takes its place."""

    key: str
    title: str
    body: str
    urgency: Urgency = "normal"


class Delivered(NamedTuple):
    """By which way a pop-up was shown ("" for none), and why not by the wanted one."""

    how: str
    problem: str = ""


class NotShownError(Exception):
    """A way cannot show pop-ups; the text says why, as the middle of a sentence."""


class Way(Protocol):
    """A way to show pop-ups. It may block; the courier has the patience."""

    name: str

    def show(self, popup: Popup) -> None:
        """Show it, in place of an earlier one of its key.

        Raises:
            NotShownError: it cannot be shown.
        """

    def withdraw(self, key: str) -> None:
        """Take back what is shown under this key, if this way can; never raises."""

    def look(self) -> str:
        """What stands behind this way, for a person: "dunst 1.9.0".

        Raises:
            NotShownError: it would show nothing.
        """


def fitted(popup: Popup) -> Popup:
    """The same with texts that every system shows whole."""
    return popup._replace(title=trimmed(popup.title, TITLE), body=trimmed(popup.body, BODY))


def trimmed(text: str, units: int) -> str:
    """At most so many UTF-16 units of text without control characters, cut between graphemes.

    What is left out is told by an ellipsis. A half of a surrogate pair (broken text) is replaced:
    no system shows it, some refuse it.
    """
    clean = "".join(_printable(char) for char in text)
    if _units(clean) <= units:
        return clean
    kept, left = "", units - 1
    for part in graphemes(clean):
        left -= _units(part)
        if left < 0:
            break
        kept += part
    return f"{kept.rstrip()}…"


def graphemes(text: str) -> list[str]:
    """What a reader takes for single characters: a letter with its accents, a whole emoji."""
    found: list[str] = []
    for char in text:
        if found and _joins(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _joins(before: str, char: str) -> bool:
    code = ord(char)
    if before.endswith(_JOINER) or char in (_JOINER, _KEYCAP):
        return True
    if unicodedata.category(char) in ("Mn", "Me", "Mc"):
        return True
    if code in _FLAGS:
        return len(before) == 1 and ord(before) in _FLAGS
    return code in _SKIN or code in _TAGS or code in _VOWELS


def _printable(char: str) -> str:
    if char in "\n\t":
        return char
    kind = unicodedata.category(char)
    if kind == "Cs":
        return "\ufffd"
    return "" if kind == "Cc" else char


def _units(text: str) -> int:
    return sum(2 if ord(char) > 0xFFFF else 1 for char in text)

"""What people wrote, made safe to show: plain text only, no control characters, never too much.

A client's text may hold markup, bidirectional overrides, NUL bytes or ten megabytes on one line;
none of it is interpreted, and no more than a piece of it is laid out at a time.
"""

from __future__ import annotations

import re
from html import escape

from tierline.domain.tongue import tr

PIECE = 20_000
PIECE_LINES = 300
TIP = 2000

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_HALF = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` with its line breaks kept and whatever could disturb a page taken out."""
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text).expandtabs(4)
    return _HALF.sub("\ufffd", _UNSAFE.sub("", text))


def piece(text: str, start: int = 0, most: int = PIECE) -> tuple[str, int]:
    """A part of `text` that can be laid out at once, and where the next one starts.

    Breaks at a line's or a word's end where there is one near.
    """
    end = min(len(text), start + most)
    at = start
    for _ in range(PIECE_LINES):
        found = text.find("\n", at, end)
        if found < 0:
            break
        at = found + 1
    else:
        return plain(text[start : at - 1]), at
    if end < len(text):
        line, word = text.rfind("\n", start + most // 2, end), text.rfind(" ", end - 200, end)
        end = max(line, word, 0) or end
    shown = plain(text[start:end].rstrip("\n"))
    return shown, end + (text[end : end + 1] in {"\n", " "})


def tip(text: str) -> str:
    """A tooltip that cannot be taken for markup, since it is markup: ours."""
    return f"<p style='white-space:pre-wrap'>{escape(plain(text[:TIP]))}</p>" if text else ""


def label(text: str) -> str:
    """`text` for a menu or a button: one line, no mnemonics."""
    return " ".join(plain(text[:300]).split()).replace("&", "&&")


def size_word(characters: int) -> str:
    """How much text that is: "640 characters", "9.9 MB"."""
    if characters < 1000:
        return tr("{characters} characters", characters=characters)
    if characters < 1_000_000:
        return tr("{what} kB", what=characters // 1000)
    return f"{characters / 1_000_000:.1f} MB"

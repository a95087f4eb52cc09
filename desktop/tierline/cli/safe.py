"""Text that others wrote, made harmless for a terminal: what steers is shown, not obeyed."""

from __future__ import annotations

import re
import unicodedata

# Control characters but line feed and tab; direction marks; line separators; half characters.
_STEERING = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e"
    "\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff\\U000e0000-\\U000e0fff"
)
_UNSAFE = re.compile(f"[{_STEERING}]")
_UNSAFE_LINES = re.compile("\\r\\n?")
_SPACES = re.compile(r"\s+")
_PICTURES = 0x2400  # ␀ and its neighbours
_DELETE = 0x7F


def block(text: str) -> str:
    """Text of several lines: line feeds stay, tabs become spaces, whatever steers is visible."""
    return _UNSAFE.sub(_visible, _UNSAFE_LINES.sub("\n", text).expandtabs(4))


def line(text: str) -> str:
    """The same on one line."""
    return _UNSAFE.sub(_visible, _SPACES.sub(" ", _UNSAFE_LINES.sub(" ", text))).strip()


def json_text(text: str) -> str:
    """JSON whose steering characters are escaped: the same values, safe to look at."""
    return _UNSAFE.sub(_escaped, text)


def width(text: str) -> int:
    """Columns a terminal needs for it."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns, with an ellipsis where something was left out."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += _columns(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "\u2421"
    return f"<U+{code:04X}>"


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"

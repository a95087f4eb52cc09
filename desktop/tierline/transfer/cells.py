"""Cells that a spreadsheet would run, made harmless, and the way back.

A text that (after any apostrophes) begins with what starts a formula gets one apostrophe more;
reading takes one away from such a text. So every text comes back as it was.
"""

from __future__ import annotations

RISKY = tuple("=+-@\t\r\n＝＋－＠")


def neutral(text: str) -> str:
    """The text as it may stand in a spreadsheet."""
    return f"'{text}" if text.lstrip("'").startswith(RISKY) else text


def restored(text: str) -> str:
    """The text as it was before `neutral`."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(RISKY) else text

"""Which letters of a name were typed: for lists that show why something was found."""

from __future__ import annotations

import re
from typing import NamedTuple


class Span(NamedTuple):
    """Letters from `start` on, `length` of them."""

    start: int
    length: int


class Found(NamedTuple):
    """How well something fits (smaller is better), and the letters that do."""

    rank: int
    spans: tuple[Span, ...]


def found_in(text: str, typed: str) -> Found | None:
    """Every word typed must begin a word of the text, or at least stand in it; None when not."""
    words = _lower(typed).split()
    folded = _lower(text)
    spans: list[Span] = []
    rank = 0
    for word in words:
        at = _word_start(folded, word)
        if at < 0:
            at, rank = folded.find(word), rank + 10
        if at < 0:
            return None
        rank += at > 0
        spans.append(Span(at, len(word)))
    return Found(rank, tuple(sorted(spans)))


def _lower(text: str) -> str:
    """Lower case letter by letter, so that a place in it is the same place in the text."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _word_start(folded: str, word: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(word)}", folded)
    return match.start() if match else -1

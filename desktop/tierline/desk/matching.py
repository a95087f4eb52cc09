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
    words = typed.casefold().split()
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds into two would shift the marks
        folded = text.lower() if len(text.lower()) == len(text) else text
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


def _word_start(folded: str, word: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(word)}", folded)
    return match.start() if match else -1

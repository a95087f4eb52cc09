"""Which letters of a name were typed: for lists that show why something was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

SLIPS = 4  # letters typed for each slip of the finger that is forgiven
_NEAR = 100 * (1 - 1 / SLIPS)


class Span(NamedTuple):
    """Letters from `start` on, `length` of them."""

    start: int
    length: int


class Found(NamedTuple):
    """How well something fits (smaller is better), and the letters that do."""

    rank: int
    spans: tuple[Span, ...]


class Names:
    """Names that are searched at every key: folded once, however many they are."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Search these; places are told in their order."""
        self.texts = tuple(texts)
        self._folded = [_lower(text) for text in self.texts]

    def find(self, typed: str, most: int, *, near: bool = False) -> list[tuple[int, Found]]:
        """The places of those that fit, the closest first, else in their own order.

        With `near` a slip of the finger in every fourth letter is forgiven: "esclate".
        """
        words = _lower(typed).split()
        if near:
            slips = len("".join(words)) >= SLIPS
            return list(_near(self._folded, " ".join(words), most)) if slips else []
        hits = ((at, _found(folded, words)) for at, folded in enumerate(self._folded))
        found = [(at, hit) for at, hit in hits if hit is not None]
        return sorted(found, key=lambda pair: pair[1].rank)[:most]


def found_in(text: str, typed: str) -> Found | None:
    """Every word typed must begin a word of the text, or at least stand in it; None when not."""
    return _found(_lower(text), _lower(typed).split())


def _found(folded: str, words: list[str]) -> Found | None:
    if not all(word in folded for word in words):
        return None
    spans: list[Span] = []
    rank = 0
    for word in words:
        at = _word_start(folded, word)
        if at < 0:
            at, rank = folded.find(word), rank + 10
        rank += at > 0
        spans.append(Span(at, len(word)))
    return Found(rank, tuple(sorted(spans)))


def _near(folded: Sequence[str], wanted: str, most: int) -> Iterator[tuple[int, Found]]:
    # On first use: who types what they mean never waits for it, nor does the start.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    close = process.extract(
        wanted, folded, scorer=fuzz.partial_ratio, limit=most, score_cutoff=_NEAR
    )
    for text, score, at in close:
        yield at, Found(round(100 - score), _common(text, wanted))


def _common(text: str, wanted: str) -> tuple[Span, ...]:
    """The letters that both have, in the part of the text that comes closest."""
    from rapidfuzz import fuzz  # noqa: PLC0415
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415

    place = fuzz.partial_ratio_alignment(wanted, text)
    start, end = (place.dest_start, place.dest_end) if place else (0, len(text))
    end = text.find(" ", end) if " " in text[end:] else len(text)  # to the end of the word
    same = (op for op in LCSseq.opcodes(wanted, text[start:end]) if op.tag == "equal")
    return tuple(Span(start + op.dest_start, op.dest_end - op.dest_start) for op in same)


def _lower(text: str) -> str:
    """Lower case letter by letter, so that a place in it is the same place in the text."""
    if len(whole := text.lower()) == len(text):
        return whole
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _word_start(folded: str, word: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(word)}", folded)
    return match.start() if match else -1

"""Two people's changes of one text put together, where they do not touch each other."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\s*\S+|\s+")
_MANY = 2_000  # words; longer texts are compared by lines


class _Change(NamedTuple):
    """`put` stands where the base had the half-open stretch."""

    start: int
    end: int
    put: tuple[str, ...]


def three_way(base: str, one: str, other: str) -> str | None:
    """The base with both changes, None where they touch. Which side is which does not matter."""
    by_lines = any(len(_WORDS.findall(text)) > _MANY for text in (base, one, other))
    old, new, more = (
        text.splitlines(keepends=True) if by_lines else _WORDS.findall(text)
        for text in (base, one, other)
    )
    changes = sorted({*_changes(old, new), *_changes(old, more)})
    made: list[str] = []
    at, touched = 0, -1
    for change in changes:
        if change.start <= touched:
            return None
        made += [*old[at : change.start], *change.put]
        at = touched = change.end
    return "".join([*made, *old[at:]])


def _changes(old: list[str], new: list[str]) -> list[_Change]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        _Change(start, end, tuple(new[first:last]))
        for tag, start, end, first, last in codes
        if tag != "equal"
    ]

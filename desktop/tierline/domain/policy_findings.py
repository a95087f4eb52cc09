"""What is wrong with a policy, gathered: each finding has key, value and what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import NamedTuple

from tierline.domain import durations


class Finding(NamedTuple):
    """One thing to correct: where, what is written there, what would be right."""

    key: str
    value: str
    right: str


class Findings:
    """A list of findings that knows the usual questions; nothing is raised, all are collected."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.found: list[Finding] = []

    def add(self, key: str, value: object, right: str) -> None:
        """Note one finding."""
        self.found.append(Finding(key, shown(value), right))

    def known(self, key: str, value: str, names: Collection[str], what: str) -> None:
        """A name that must be one of `names`; a blank one is no reference at all."""
        if value and value not in names:
            self.add(key, value, one_of(value, names, what))

    def all_known(self, key: str, values: Iterable[str], names: Collection[str], what: str) -> None:
        """The same for several names."""
        for value in values:
            self.known(key, value, names, what)

    def priorities(self, key: str, values: Iterable[int]) -> None:
        """Priorities are 1 to 4."""
        for value in values:
            if value not in (1, 2, 3, 4):
                self.add(key, value, "a priority is 1, 2, 3 or 4")

    def share(self, key: str, value: float) -> None:
        """A share lies between 0 and 1, both excluded."""
        if not 0 < value < 1:
            self.add(key, value, "a share between 0 and 1, like 0.8")

    def amount(self, key: str, text: str, *, needed: bool = False) -> durations.Amount | None:
        """An amount of time, and not a blank one where one is `needed`."""
        try:
            amount = durations.parse(text)
        except ValueError as error:
            self.add(key, text, str(error))
            return None
        if needed and amount is None:
            self.add(key, text, 'an amount of time is needed here, like "15m" or "2bd"')
        return amount


def shown(value: object) -> str:
    """A value as the file would write it, cut to what fits on a line; None is what is missing."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def one_of(value: str, names: Collection[str], what: str) -> str:
    """The names to choose from, the likeliest first: "did you mean …?"."""
    listed = ", ".join(sorted(names)) or "none is defined"
    close = get_close_matches(value, [str(name) for name in names], n=1)
    hint = f'did you mean "{close[0]}"? ' if close else ""
    return f"{hint}{what}: {listed}"


_LONGEST = 80

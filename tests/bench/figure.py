"""One measured figure beside its goal."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured, in `unit`; `at_least` when more is better."""

    name: str
    value: float
    goal: float
    unit: str
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """How much of the goal is used up: 1 or less is met."""
        if self.at_least:
            return self.goal / self.value if self.value else float("inf")
        if not self.goal:
            return float("inf") if self.value else 0.0
        return self.value / self.goal

    @property
    def met(self) -> bool:
        """Whether the goal is kept."""
        return self.ratio <= 1

"""The conflicts of a ticket as lines of text, each with the commands that answer it."""

from __future__ import annotations

from tierline.cli import safe
from tierline.desk.conflicts import ConflictWords, Side


def conflict_lines(number: str, conflicts: tuple[ConflictWords, ...]) -> list[str]:
    """The conflicts of a ticket on lines of text, with how each is answered."""
    lines: list[str] = []
    for place, card in enumerate(conflicts, 1):
        was = f" ({card.was})" if card.was else ""
        lines.append(f"  {place}  {card.title}{was}")
        lines += [f"     {_side(side)}" for side in card.sides]
        which = f" --which {place}" if place > 1 else ""
        lines += [
            f"     tierline settle {number} --{each.choice}{which}: {each.word}"
            for each in card.answers
        ]
    return [safe.line(line) for line in lines]


def _side(side: Side) -> str:
    kept = "stands" if side.kept else "is kept beside it"
    parts = (f"{side.who}, {side.when}: {side.value}", side.text, side.effect, kept)
    return "; ".join(part for part in parts if part)

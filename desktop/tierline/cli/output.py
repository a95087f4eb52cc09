"""The only door to the terminal: plain or JSON, colour only where someone looks at it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from tierline.cli import safe
from tierline.domain.errors import Refusal, WorldError

_GAP = "  "
_NARROWEST = 12


class Out:
    """Writes answers to stdout and refusals to stderr; with `json` an answer is one document."""

    def __init__(self, *, json: bool = False) -> None:
        """Say whether answers are for programs."""
        self.json = json

    @property
    def asks(self) -> bool:
        """Whether someone is there to be asked."""
        return not self.json and sys.stdin.isatty() and sys.stderr.isatty()

    def data(self, value: Any) -> None:  # noqa: ANN401  (whatever JSON can say)
        """One JSON document; instants must be text by now."""
        typer.echo(safe.json_text(json.dumps(value, ensure_ascii=False, indent=2)))

    def say(self, text: str = "", *, colour: str = "", bold: bool = False) -> None:
        """Lines for a person."""
        typer.echo(styled(safe.block(text), colour, bold=bold))

    def hint(self, text: str) -> None:
        """A remark beside the answer, on stderr so that a pipe stays clean."""
        typer.echo(styled(safe.block(text), "bright_black", sys.stderr.isatty()), err=True)

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        flexible: Sequence[int] = (),
        right: Sequence[int] = (),
        colours: Sequence[str] = (),
    ) -> None:
        """Columns as wide as they need be; on a terminal `flexible` gives way to fit.

        `colours` are for the rows' last cells, which say in words too what the colour says.
        """
        lines = [[safe.line(cell) for cell in row] for row in rows]
        widths = [max(map(safe.width, column)) for column in zip(heads, *lines, strict=True)]
        if flexible and sys.stdout.isatty():
            _fit(widths, flexible, shutil.get_terminal_size().columns)
        typer.echo(styled(_laid(heads, widths, right), bold=True))
        for index, cells in enumerate(lines):
            laid = _laid(cells, widths, right)
            colour = colours[index] if index < len(colours) else ""
            keep = len(laid) - len(cells[-1]) if colour else len(laid)
            typer.echo(laid[:keep] + (styled(laid[keep:], colour) if colour else ""))

    def refused(self, refusal: Refusal) -> None:
        """Why not, and what to do: a line each."""
        if self.json:
            told = {"what": refusal.what, "todo": refusal.todo, "field": refusal.field}
            self.data({"refused": told})
        _complain(refusal.what, refusal.todo)

    def failed(self, error: WorldError) -> None:
        """What the world did, what is safe, what to do."""
        if self.json:
            told = {"what": error.what, "todo": error.todo, "safe": error.safe, "field": ""}
            self.data({"refused": told})
        _complain(error.what, f"{error.safe} {error.todo}".strip())

    def broke(self, what: str, where: str) -> None:
        """Our own bug, in two lines."""
        if self.json:
            self.data({"broke": {"what": what, "log": where}})
        _complain(what, where)


def styled(text: str, colour: str = "", here: bool | None = None, *, bold: bool = False) -> str:
    """The text in a colour, where a person looks at a terminal and did not ask for none."""
    looked_at = sys.stdout.isatty() if here is None else here
    if not looked_at or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return typer.style(text, fg=colour or None, bold=bold or None)


def _complain(first: str, second: str) -> None:
    here = sys.stderr.isatty()
    typer.echo(styled(safe.block(first), "red", here, bold=True), err=True)
    if second:
        typer.echo(safe.block(second), err=True)


def _fit(widths: list[int], flexible: Sequence[int], room: int) -> None:
    """Take from the widest of the flexible columns until the row fits, or none gives more."""
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    for _ in range(over):
        widest = max(flexible, key=lambda index: widths[index])
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _laid(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    laid = []
    for index, (cell, columns) in enumerate(zip(cells, widths, strict=True)):
        text = safe.cut(cell, columns)
        space = " " * (columns - safe.width(text))
        laid.append(space + text if index in right else text + space)
    return _GAP.join(laid).rstrip()

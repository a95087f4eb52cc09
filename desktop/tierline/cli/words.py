"""What commands ask for again and again: the ticket's number, words, a channel."""

from __future__ import annotations

from typing import Annotated

import typer


def counted(count: int, word: str) -> str:
    """So many of them: "1 ticket", "2 tickets"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help='Of the ticket: "CS0012376", or 12376; or "1,2,3".')
]
Numbers = Annotated[
    list[str], typer.Argument(metavar="NUMBER...", help="Of the tickets, one or several.")
]
Text = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXT]", help='What to write; "-" reads it from stdin.'),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a few words.")]
Channel = Annotated[str, typer.Option("--channel", metavar="WAY", help="By which way it went.")]
Tier = Annotated[int, typer.Option("--to", metavar="LINE", help="The line: 1, 2 or 3.")]
ToContact = Annotated[
    str, typer.Option("--message", metavar="TEXT", help="What the contact is told.")
]

"""What the card of a conflict says: two sides, which one stands, and the three answers."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.ticket_view import TicketView
from tierline.domain.events import Choice


class Side(NamedTuple):
    """One person's value. `when` is "10:02, offline", `effect` what it does to a deadline.

    `priority` is shown by its chip; else `value` is the word or the text itself. `text` is why.
    """

    who: str
    when: str
    value: str
    text: str = ""
    effect: str = ""
    priority: int = 0
    kept: bool = False


class Answer(NamedTuple):
    """One way out: its word on the button, and what it chooses."""

    choice: Choice
    word: str


class CardWords(NamedTuple):
    """A conflict ready to be shown. A `grave` one is a card, another a line with one button.

    `line` says all of it in a sentence: "Dana’s “Network” stands, yours was “Printer”.".
    """

    key: str
    title: str
    was: str
    sides: tuple[Side, ...]
    answers: tuple[Answer, ...]
    line: str = ""
    grave: bool = True


def cards(view: TicketView) -> tuple[CardWords, ...]:
    """The open conflicts of a ticket, the grave ones first."""
    del view
    return ()

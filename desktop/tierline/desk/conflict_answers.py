"""The ways out of a conflict in words, in the order of the keys 1, 2, 3."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.conflict_words import value_word
from tierline.desk.sayings import Words
from tierline.domain import events as ev
from tierline.domain.ticket import Ticket

_LONGEST = 24
_REDO = {ev.Resolved: "Resolve it", ev.Closed: "Close it", ev.Cancelled: "Cancel it"}


class Answer(NamedTuple):
    """One way out: its word on the button, and what it chooses."""

    choice: ev.Choice
    word: str


def answers(conflict: ev.Conflicted, ticket: Ticket, words: Words, me: str) -> tuple[Answer, ...]:
    """What can be chosen, in words; at least to leave it as it is."""
    kept, lost = (
        _short(value_word(words, conflict.what, v)) for v in (conflict.kept, conflict.lost)
    )
    match conflict.what:
        case "undo":
            return (Answer("keep", "Leave it"),)
        case "owner":
            return _owners(conflict, ticket, words, me)
        case "status":
            keep, use = f"Keep {kept}", _again(conflict, lost)
        case "description":
            keep, use = "Keep this text", f"Use {_whose(conflict, words, me)}"
        case _:
            keep, use = f"Keep {kept}", f"Use {_whose(conflict, words, me)}, {lost}"
    found = [Answer("keep", keep)]
    if any(not event.rule for event in conflict.events):
        found.append(Answer("mine", use))
    if conflict.what != "description":  # its other text is a note already
        found.append(Answer("both", f"{keep}, note both"))
    return tuple(found)


def _owners(conflict: ev.Conflicted, ticket: Ticket, words: Words, me: str) -> tuple[Answer, ...]:
    holder = ticket.assignee or words.policy.tier_word(ticket.tier)
    keep = "Keep it" if holder == me else f"Leave it with {words.first(holder)}"
    other = "me" if conflict.lost == me else words.first(conflict.lost)
    return (
        Answer("keep", keep),
        Answer("mine", f"Hand over to {other}"),
        Answer("both", "Work together"),
    )


def _again(conflict: ev.Conflicted, lost: str) -> str:
    kinds = [type(event) for event in conflict.events]
    done = next((_REDO[kind] for kind in reversed(kinds) if kind in _REDO), "")
    if done:
        return done
    return f"Escalate it to {lost}" if ev.Escalated in kinds else f"Set it to {lost}"


def _whose(conflict: ev.Conflicted, words: Words, me: str) -> str:
    if not conflict.lost_by:
        return "the rule’s"
    return "mine" if conflict.lost_by == me else f"{words.first(conflict.lost_by)}’s"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"

"""Conflicts in words: what was changed, what the values are called, what the timeline says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tierline.desk.sayings import Said, Words
from tierline.desk.when import status_phrase
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.conflicts import SEPARATOR, VISIT, find
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.domain.wording import told_time

_WHAT = {
    "owner": "holder",
    "until": "check time",
    "contact_reach": "contact's number",
    "restricted": "readers",
    "undo": "an act that was taken back",
    "visit": "visit",
}
_NOTHING = {"owner": "nobody", "restricted": "everybody"}


def what_word(policy: Policy, what: str) -> str:
    """What was changed by two, as a sentence goes on: "priority", "certificate"."""
    what = "visit" if what.startswith(VISIT) else what
    name = what.removeprefix("detail:")
    field = policy.file.fields.get(name)
    if what in _WHAT or field is None:
        return _WHAT.get(what, name.replace("_", " "))
    return field.word.lower()


def value_word(words: Words, what: str, value: str) -> str:
    """A value of it as people say it: "P2", "2nd line", "Waiting: client", a name, an instant."""
    if not value:
        return _NOTHING.get(what, "nothing")
    match what:
        case _ if what.startswith(VISIT):
            return _visit_word(words, value)
        case "priority":
            return f"P{value}"
        case "owner":
            return words.name(value)
        case "restricted":
            return tr("a few")
        case "until":
            return told_time(datetime.fromisoformat(value), words.policy)
        case "status" if value.startswith("tier:"):
            return words.policy.tier_word(int(value.removeprefix("tier:")))
        case "status":
            return status_phrase(words.policy, value)
        case _:
            return value


def _visit_word(words: Words, value: str) -> str:
    """A visit's value: "Ravi, Fri 6 Nov 09:00, server room", "cancelled", "on site"."""
    start, *rest = value.split(SEPARATOR)
    if not rest:
        return start
    engineer, site, address = rest
    at = (
        told_time(datetime.fromisoformat(start), words.policy)
        if start
        else tr("at a time to agree")
    )
    who = words.first(engineer) if engineer else tr("nobody yet")
    return ", ".join(part for part in (who, at, site or address) if part)


def noting_both(command: cmd.Settle, ticket: Ticket, words: Words) -> cmd.Settle:
    """The answer that keeps both, with both values in its note; another answer as it is."""
    conflict = find(ticket, command.conflict)
    if conflict is None or command.choice != "both" or conflict.what == "owner":
        return command
    sides = ((conflict.kept, conflict.kept_by), (conflict.lost, conflict.lost_by))
    values = (
        tr("{value} by {who}", value=value_word(words, conflict.what, v), who=_who(words, by))
        for v, by in sides
    )
    what = what_word(words.policy, conflict.what).capitalize()
    said = f"{what}: {', '.join(values)}"
    return replace(command, text=f"{said}. {command.text}" if command.text else said)


def _conflicted(event: ev.Conflicted, words: Words) -> Said:
    """Said of the one whose act came to the other's, so that their name stands before it."""
    other = event.lost_by if event.by == event.kept_by else event.kept_by
    if event.what == "undo":
        return Said(
            "git-compare",
            tr("took back what {who} had gone on from: it stays", who=_who(words, other)),
        )
    kept, lost = (value_word(words, event.what, each) for each in (event.kept, event.lost))
    what = what_word(words.policy, event.what)
    both = tr(
        "and {who} changed the {what} unseen by each other", who=_who(words, other), what=what
    )
    both = (
        tr("changed the {what} on two desks", what=what) if event.kept_by == event.lost_by else both
    )
    return Said(
        "git-compare",
        tr("{both}: {kept} stands, {lost} is kept beside it", both=both, kept=kept, lost=lost),
    )


def _who(words: Words, person: str) -> str:
    return words.name(person) if person else tr("a rule")


def _settled(event: ev.Settled, _: Words) -> Said:
    return Said("git-compare", _CHOSE[event.choice], event.text)


def _assisted(event: ev.Assisted, words: Words) -> Said:
    if event.person == event.by:
        done = tr("works on it too") if event.on else tr("no longer works on it")
    else:
        name = words.name(event.person)
        done = (
            tr("has {name} work on it too", name=name)
            if event.on
            else tr("has {name} work on it no longer", name=name)
        )
    return Said("users-round", done)


def _restricted(event: ev.Restricted, _: Words) -> Said:
    return Said(
        "eye", tr("let few read it") if event.on else tr("let everybody read it"), event.reason
    )


_CHOSE = {
    "keep": "settled the conflict: what stood stays",
    "mine": "settled the conflict: took the other value",
    "both": "settled the conflict: kept both",
}
CONFLICT_SAYINGS: dict[type[ev.Event], Callable[[Any, Words], Said]] = {
    ev.Conflicted: _conflicted,
    ev.Settled: _settled,
    ev.Assisted: _assisted,
    ev.Restricted: _restricted,
}

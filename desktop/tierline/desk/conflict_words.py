"""Conflicts in words: what was changed, what the values are called, what the timeline says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tierline.desk.sayings import Said, Words
from tierline.desk.when import status_phrase
from tierline.domain import events as ev
from tierline.domain.policy import Policy

_WHAT = {
    "owner": "who holds it",
    "until": "check time",
    "contact_reach": "contact's number",
    "restricted": "who may read it",
    "undo": "an act that was taken back",
}
_NOTHING = {"owner": "nobody", "restricted": "everybody"}


def what_word(policy: Policy, what: str) -> str:
    """What was changed by two, as a sentence goes on: "priority", "certificate"."""
    name = what.removeprefix("detail:")
    field = policy.file.fields.get(name)
    if what in _WHAT or field is None:
        return _WHAT.get(what, name.replace("_", " "))
    return field.word.lower()


def value_word(words: Words, what: str, value: str) -> str:
    """A value of it as people say it: "P2", "2nd line", "waiting for the client", a name."""
    if not value:
        return _NOTHING.get(what, "nothing")
    match what:
        case "priority":
            return f"P{value}"
        case "owner":
            return words.name(value)
        case "restricted":
            return "a few"
        case "status" if value.startswith("tier:"):
            return words.policy.tier_word(int(value.removeprefix("tier:")))
        case "status":
            return status_phrase(words.policy, value)
        case _:
            return value


def _conflicted(event: ev.Conflicted, words: Words) -> Said:
    kept, lost = (value_word(words, event.what, each) for each in (event.kept, event.lost))
    what = what_word(words.policy, event.what)
    return Said("git-compare", f"two changed the {what}: {kept} stands, {lost} is kept beside it")


def _settled(event: ev.Settled, _: Words) -> Said:
    return Said("git-compare", _CHOSE[event.choice], event.text)


def _assisted(event: ev.Assisted, words: Words) -> Said:
    done = "works on it too" if event.on else "no longer works on it"
    return Said("users-round", f"{words.name(event.person)} {done}")


def _restricted(event: ev.Restricted, _: Words) -> Said:
    return Said("eye", "let few read it" if event.on else "let everybody read it", event.reason)


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

"""What people did for each other, as the timeline says it; "@id" becomes a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Any

from tierline.desk.sayings import Said, Words
from tierline.domain import events as ev
from tierline.domain.team_events import How
from tierline.domain.tongue import tr

MENTION = re.compile(r"(?<![\w@])@([\w.\-]*\w)")
HOW: dict[How, str] = {
    "related": "related to",
    "parent": "child of",
    "child": "parent of",
    "cause": "caused by",
    "effect": "cause of",
    "into": "merged into",
    "from": "goes on with",
}


def mentioned(text: str, known: Container[str]) -> tuple[str, ...]:
    """The ids after an "@" in a text that are somebody's, each once, in their order."""
    found = (each.casefold() for each in MENTION.findall(text))
    return tuple(dict.fromkeys(each for each in found if each in known))


def named(text: str, people: Container[str], name: Callable[[str], str]) -> str:
    """The text with the names of those it mentions in place of their ids."""

    def say(match: re.Match[str]) -> str:
        who = match[1].casefold()
        return f"@{name(who)}" if who in people else match[0]

    return MENTION.sub(say, text) if people else text


def noted(event: ev.Noted, words: Words) -> Said:
    """A note; a plan is called one."""
    text = named(event.text, event.mentions, words.name)
    return Said("sticky-note", "plan" if event.plan else "note", text, "note")


def _handed_over(event: ev.HandedOver, words: Words) -> Said:
    whom = words.name(event.to) if event.to else event.group
    return Said("users-round", tr("handed it over to {whom}", whom=whom), event.note, "note")


def _linked(event: ev.Linked, _: Words) -> Said:
    if event.how == "from":
        return Said("git-merge", tr("merged {number} into it", number=event.number))
    if not event.on:
        return Said(
            "link",
            tr("took away the link to {number}, {how}", number=event.number, how=HOW[event.how]),
        )
    return Said("link", tr("linked it: {how} {number}", how=HOW[event.how], number=event.number))


def _heard(event: ev.Heard, _: Words) -> Said:
    many = tr("what they were told") if len(event.keys) > 1 else "it"
    return Said("check", tr("has read {many}", many=many))


def _carried(event: ev.Carried, _: Words) -> Said:
    return Said(
        "reply", tr("put the contact’s words on {number}, where it goes on", number=event.number)
    )


TEAM_SAYINGS: dict[type[ev.Event], Callable[[Any, Words], Said]] = {
    ev.Noted: noted,
    ev.HandedOver: _handed_over,
    ev.Linked: _linked,
    ev.Heard: _heard,
    ev.Carried: _carried,
}

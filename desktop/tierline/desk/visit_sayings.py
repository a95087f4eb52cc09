"""What visits add to the timeline in words: who goes when, how it went, parts, the sign-off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tierline.desk.sayings import Said, Words
from tierline.domain import events as ev
from tierline.domain.ticket import UsedPart
from tierline.domain.tongue import tr
from tierline.domain.wording import told_time

WAYS = {"signature": "signed", "paper": "signed on paper", "phone": "confirmed by phone"}
_TOLD_LATER = timedelta(minutes=1)


def _planned(event: ev.VisitPlanned, words: Words) -> Said:
    at = told_time(event.start, words.policy) if event.start else tr("at a time to be agreed")
    who = f", {words.name(event.engineer)}" if event.engineer else ""
    place = ", ".join(part for part in (event.site, event.address) if part)
    text = "\n".join(part for part in (place, event.text) if part)
    return Said("calendar-clock", tr("planned a visit, {at}{who}", at=at, who=who), text)


def _left(event: ev.LeftSite, words: Words) -> Said:
    told_later = event.at - event.left_at >= _TOLD_LATER
    at = (
        tr(" at {told_time}", told_time=told_time(event.left_at, words.policy))
        if told_later
        else ""
    )
    return Said("undo-2" if event.turned else "check", f"{_LEFT[event.turned]}{at}")


def _part(event: ev.PartUsed, _: Words) -> Said:
    used = UsedPart(
        event.key, event.part, event.quantity, event.serial, event.number, event.at, event.by
    )
    return Said("file-text", tr("used {part}", part=part_word(used)))


def part_word(part: UsedPart) -> str:
    """A part as people say it: "2 × SFP+ module, FS-10G (serial 1188)"."""
    number = f", {part.number}" if part.number else ""
    serial = tr(" (serial {serial})", serial=part.serial) if part.serial else ""
    return f"{part.quantity} × {part.part}{number}{serial}"


def _checked(event: ev.Checked, _: Words) -> Said:
    if event.done:
        return Said("check", tr("ticked off: {item}", item=event.item))
    return Said("undo-2", tr("is to be done again: {item}", item=event.item))


def _signed(event: ev.SignedOff, _: Words) -> Said:
    return Said(
        "check-check",
        tr("has {name}'s sign-off, {ways}", name=event.name, ways=WAYS[event.way]),
        event.words,
    )


_LEFT = {False: "left the site", True: "turned back"}
VISIT_SAYINGS: dict[type[ev.Event], Callable[[Any, Words], Said]] = {
    ev.VisitPlanned: _planned,
    ev.VisitCancelled: lambda event, _: Said("x", tr("cancelled the visit"), event.reason),
    ev.SetOut: lambda *_: Said("truck", tr("set out for the client")),
    ev.Arrived: lambda *_: Said("map-pin", tr("arrived on site")),
    ev.LeftSite: _left,
    ev.PartUsed: _part,
    ev.PartReturned: lambda event, _: Said("undo-2", tr("took a part off again"), event.reason),
    ev.Checked: _checked,
    ev.SignedOff: _signed,
}

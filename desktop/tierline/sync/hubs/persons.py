"""What a hub tells about people: everybody's own entry is theirs, their role is the hub's.

A role that others trust (whose assignment counts, who keeps a ticket to a few) must not be what a
console wrote. An entry of somebody with a role on the hub says that role or is refused, also an
admin's; another role is given by a grant, which writes the entry itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
import uuid_utils

from tierline.domain.log import Offer
from tierline.domain.tongue import tr
from tierline.storage.entries import id_of
from tierline.storage.records import Person
from tierline.sync.errors import HubError
from tierline.sync.hub import Console, Pushed
from tierline.sync.hubs.proving import Finding
from tierline.sync.hubs.rights import Role, may_write

KIND = "person"
NO_PERSON = "Its content is not a person's."
_NUL = "\\u0000"  # PostgreSQL cannot look behind it: what it hides is not judged
_USUAL: Role = "technician"  # the role of an entry that says none
Change = Callable[[str], str]
"""From an entry as it is ("" for none) to what it becomes ("" for nothing to tell)."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a grant says of a person beside their role; None is not said."""

    name: str | None = None
    tier: int | None = None
    skills: tuple[str, ...] | None = None


class Notice(NamedTuple):
    """How everybody is told of a grant: from which console, and in whose name on a file's hub."""

    console: Console
    by: str = ""
    told: Told = Told()


def entry_id(login: str) -> str:
    """Under which id a person is in the directory."""
    return id_of(Person(id=login, name=login))


def own(login: str, offer: Offer, entry: Callable[[str], str]) -> bool:
    """Whether that is the entry of its author; `entry` gives what the hub has under an id."""
    if offer.kind != KIND or offer.ticket_id != entry_id(login) or _person(offer.payload) != login:
        return False
    before = entry(offer.ticket_id)
    return not before or _person(before) == login


def misfit(offer: Offer, role_of: Callable[[str], Role]) -> str:
    """Why an entry of a person does not fit with the roles of the hub, "" when it does."""
    if offer.kind != KIND:
        return ""
    person, role = _person(offer.payload), _role(offer.payload)
    if not person or not isinstance(role, str):
        return NO_PERSON
    given = role_of(person)
    if may_write(given) and role != given:
        return (
            f"{person} is {given} on this hub, not {role}. Its keeper changes that: "
            "tierline hub grant."
        )
    return ""


def strayed(entries: Iterable[str], role_of: Callable[[str], Role]) -> Iterator[Finding]:
    """Entries of people whose role was changed past them: by hand, or on another hub there."""
    for payload in entries:
        person, role = _person(payload), _role(payload)
        given = role_of(person)
        if may_write(given) and role != given:
            what = f"the role is {given}, the directory says {role}: tierline hub grant tells it"
            yield Finding(about=f"person {person}", what=what, part="right")


def granting(login: str, role: Role, told: Told) -> Change:
    """The entry of who was let in with a role; what is not said stays as it is.

    Raises (the change):
        HubError: the name differs from somebody else's by small and capital letters only.
    """

    def change(before: str) -> str:
        if not may_write(role):  # a wallboard works no tickets
            return leaving(login)(before)
        there = _theirs(login, before)
        said = {k: v for k, v in msgspec.structs.asdict(told).items() if v is not None}
        if there.pop("gone", False):
            there.pop("present", None)
        return _told(before, {"name": login, **there, **said, "id": login, "role": role})

    return change


def leaving(login: str) -> Change:
    """The entry of who is let in no more; nothing when there is none."""

    def change(before: str) -> str:
        there = _theirs(login, before)
        return _told(before, {**there, "present": False, "gone": True}) if there else ""

    return change


def offer_of(login: str, payload: str, now: int) -> Offer:
    """The first act of a new console: that entry."""
    return Offer(
        op_id=str(uuid_utils.uuid7()),
        cseq=1,
        ticket_id=entry_id(login),
        kind=KIND,
        at=now,
        payload=payload,
    )


def check_taken(pushed: Pushed) -> None:
    """See that the hub has it.

    Raises:
        HubError: it does not.
    """
    outcomes = [answer.outcome for answer in pushed.answers]
    if outcomes != ["taken"]:
        why = pushed.why or next((answer.why for answer in pushed.answers), "")
        raise HubError(
            tr("The hub does not take it: {why}", why=why), safe=tr("Nothing was changed."), todo=""
        )


def _theirs(login: str, before: str) -> dict[str, Any]:
    other = _person(before) if before else login
    if other != login:
        raise HubError(
            tr(
                "There is {other} already, and {login} would be taken for them.",
                other=other,
                login=login,
            ),
            safe=tr("Nothing was changed."),
            todo=tr("Choose another name."),
        )
    return _read(before) if before else {}


def _told(before: str, entry: dict[str, Any]) -> str:
    """The entry's JSON; "" when it is as it was."""
    same = before and _read(before) == entry
    return "" if same else msgspec.json.encode(entry).decode()


def _person(payload: str) -> str:
    """Whose entry that is, "" when nobody can tell."""
    person = _read(payload).get("id")
    return person if isinstance(person, str) else ""


def _role(payload: str) -> object:
    return _read(payload).get("role", _USUAL)


def _read(payload: str) -> dict[str, Any]:
    """What is in an entry; nothing when it is no readable one."""
    if _NUL in payload:
        return {}
    try:
        found = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

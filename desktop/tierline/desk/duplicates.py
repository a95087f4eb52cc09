"""Is it known already? Open tickets that a call may be about, while it is being logged.

Scored by how many of the words typed are on the ticket (a slip of the finger forgiven), and by
who calls. Only suggested: whoever logs decides whether the call joins one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz import fuzz

from tierline.desk.desk import Desk
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.storage.alike import OpenOne

MOST = 3
_WORD = re.compile(r"\w{3,}")
# Words that say nothing about what is wrong.
_EMPTY = frozenset(
    "the and for not with from after since does can has have are was her his our their this that "
    "when any all cannot doesnt won please help problem issue error".split()
)
_SAME, _LIKELY = 86, 55  # out of 100: two words are one; a ticket is worth showing
_SUBJECT, _WRITTEN, _CALLER = 70, 30, 25  # points for all words, for being written, for who calls


class Duplicate(NamedTuple):
    """An open ticket the call may be about; `score` up to 100, `why` in words."""

    ticket_id: str
    number: str
    subject: str
    score: int
    why: str


def duplicates(
    desk: Desk, client: str, contact: str = "", subject: str = "", *, critical: bool = False
) -> list[Duplicate]:
    """The likeliest few, best first; milliseconds on 50,000 tickets.

    Without a subject it is the caller's open tickets, and with `critical` the client's open P1s.
    """
    if not client.strip():
        return []
    typed = _words(subject)
    found = desk.replica.alike.open_of(client, " ".join(typed))
    scored = [(_score(each, typed, contact, critical=critical), each) for each in found]
    likely = sorted(
        (pair for pair in scored if pair[0] >= _LIKELY), key=lambda pair: (-pair[0], pair[1].number)
    )
    return [_told(desk, each, score, contact) for score, each in likely[:MOST]]


def joining(call: cmd.Log, contact: str) -> cmd.Receive:
    """The call as what somebody told us about a ticket that is there already."""
    said = "\n".join(part for part in (call.subject, call.description) if part.strip())
    who = ", ".join(part for part in (call.contact, call.contact_reach) if part.strip())
    other = call.contact and call.contact.casefold() != contact.casefold()
    about = tr("{who} has it too", who=who) if other else tr("Came up again")
    return cmd.Receive(text=f"{about}: {said}" if said else f"{about}.", channel=call.channel)


def _score(each: OpenOne, typed: list[str], contact: str, *, critical: bool) -> int:
    same = bool(contact.strip()) and each.contact.casefold() == contact.strip().casefold()
    if not typed:
        meant = each.priority == 1 if critical else same
        return (_LIKELY + _CALLER * same + (each.priority == 1)) if meant else 0
    there = _words(each.subject)
    hits = sum(any(fuzz.ratio(word, other) >= _SAME for other in there) for word in typed)
    if not hits and not each.said:
        return 0
    few = 0.7 if len(typed) == 1 and not same else 1.0
    points = _SUBJECT * hits / len(typed) * few + _WRITTEN * each.said + _CALLER * same
    return min(100, round(points))


def _told(desk: Desk, each: OpenOne, score: int, contact: str) -> Duplicate:
    same = bool(contact.strip()) and each.contact.casefold() == contact.strip().casefold()
    who = tr("same contact") if same else each.contact
    since = tr("open since {when}", when=when(each.logged_at, desk.clock(), desk.zone))
    holder = desk.people.first(each.assignee) if each.assignee else tr("nobody yet")
    why = ", ".join(part for part in (who, since, holder) if part)
    return Duplicate(each.id, each.number, each.subject, score, why)


def _words(text: str) -> list[str]:
    found = (word.casefold() for word in _WORD.findall(text))
    return list(dict.fromkeys(word for word in found if word not in _EMPTY))

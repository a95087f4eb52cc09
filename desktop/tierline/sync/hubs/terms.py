"""The figures of a hub: how old a program may be, how often it announces, how long it remembers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from tierline.domain.log import Line
from tierline.domain.tongue import tr
from tierline.sync.errors import NewerHubError
from tierline.sync.hub import News

SCHEMA = 1000  # of the hub's tables and functions: major * 1000 + minor
INLINE_BYTES = 7500  # PostgreSQL cuts an announcement off at 8000
PRESENT_US = 45_000_000  # a presence that nobody renewed is over
ALIVE_US = 90_000_000  # a console that beat so lately counts as one of the desk
LEASE_MOST = 1000
LONGEST_NUMBER = 200  # bytes of a ticket's number by which it is found
SAFE = "Your acts are kept on this machine."
_encode = msgspec.json.Encoder().encode


class Terms(NamedTuple):
    """The oldest program that may write new acts, and since when (hub time); "" for any."""

    least: str = ""
    since: int = 0


def check_format(where: str, version: int) -> None:
    """Refuse a hub that only a newer program understands; a newer minor version works.

    Raises:
        NewerHubError: the hub's major version is above ours.
    """
    if version // 1000 > SCHEMA // 1000:
        raise NewerHubError(
            tr(
                "The hub {where} is of a newer Tierline (its format is {what}, ours {what2}).",
                where=where,
                what=version // 1000,
                what2=SCHEMA // 1000,
            ),
            safe=tr("{safe} Nothing was sent.", safe=SAFE),
            todo=tr("Update this program; it goes on where it stopped."),
        )


def outdated(terms: Terms, version: str, at: int) -> bool:
    """Whether an act of that instant may not come from that program: a backlog always may."""
    return bool(terms.least) and _figures(version) < _figures(terms.least) and at >= terms.since


def hold_off_ms(consoles: int) -> int:
    """How long announcements are held together, by the number of consoles they all go to."""
    if consoles <= 50:
        return 0
    return 50 if consoles <= 300 else 100


def news(before: int, seq: int, lines: Sequence[Line], chain: str) -> News:
    """An announcement: with its lines when they are all there and small, else only that it is."""
    whole = len(lines) == seq - before
    told = News(before=before, seq=seq, lines=tuple(lines) if whole else (), chain=chain)
    if len(_encode(told)) > INLINE_BYTES:
        return News(before=before, seq=seq, chain=chain)
    return told


def leased_number(number: str) -> tuple[str, int] | None:
    """Prefix and figure of a number that blocks must stay clear of: ("CS", 1234) of "CS0001234"."""
    found = re.fullmatch(r"([^0-9]{0,12})([0-9]{1,9})", number)
    return (found[1], int(found[2])) if found else None


def findable(number: str) -> bool:
    """Whether a ticket is found by that number: an index holds no longer ones."""
    return 0 < len(number.encode()) <= LONGEST_NUMBER


def _figures(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])

"""What a simulation says beside its figures: what was compared, and what it could not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tierline.desk.verdicts import untold
from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

_SHOWN = 12
_WHAT = {
    "status": ("Statuses", "they count as work in hand, and pause no clock"),
    "priority": ("Priorities", "no target is promised for them"),
    "line": ("Lines", "no limit is set on them"),
    "channel": ("Channels", "they have no target of their own"),
    "type": ("Types", "a clock meant for some types leaves them out"),
}

_SAID = """
Each ticket's own history was replayed twice: under the policy it runs under ({before}), and under
{other}.

Taken as they happened: who did what and when, statuses, priorities, lines, work, messages. People
might have acted otherwise under other promises, and what the other policy's rules would have done
by themselves is not played.

A ticket breached when one of its clocks did, limits of lines it has left included; targets are
those of the priority it ended with. Clocks still running are read as of {at}.

Tickets count in the month they were logged in, under their last priority, and on each line they
were ever on; a breach counts on the line that held the ticket when its first deadline passed.
"""


class Doubts:
    """Collects what the other policy does not know, and what the history does not tell."""

    def __init__(self, other: Policy) -> None:
        """Nothing was seen yet."""
        file = other.file
        self._other = other
        self._known = {
            "status": file.statuses.keys(),
            "priority": {key.removeprefix("P") for key in file.priorities},
            "line": file.tiers.keys(),
            "channel": file.channels.keys(),
            "type": file.types.keys(),
        }
        self._unknown: dict[str, Counter[str]] = {kind: Counter() for kind in _WHAT}
        self._silent = self._ruled = 0

    def look(self, ticket: Ticket, history: Sequence[ev.AnyEvent]) -> None:
        """Count a ticket's words, each once."""
        words = {
            "status": {s for event in history if (s := _open_status(event))},
            "priority": {step.value for step in ticket.priorities},
            "line": {step.value for step in ticket.tiers},
            "channel": {ticket.channel} - {""},
            "type": {ticket.type},
        }
        for kind, said in words.items():
            for word in said - self._known[kind]:
                self._unknown[kind][word] += 1
        self._silent += untold(ticket)
        self._ruled += any(event.rule for event in history)

    def warnings(self) -> Iterator[str]:
        """One sentence for each kind of doubt."""
        for kind, counted in self._unknown.items():
            if counted:
                word, effect = _WHAT[kind]
                label = self._other.label
                yield f"{word} that {label} does not know: {_listed(counted)}; {effect}."
        if self._silent:
            yield (
                f"{self._silent:,} imported histories tell of no word to the contact; whether they "
                "were answered in time is not judged."
            )
        if self._ruled:
            yield (
                f"In {self._ruled:,} histories a rule acted by itself; what it did is kept, though "
                "another policy's rules might not have done it."
            )


def explained(
    owns: Iterable[Policy], other: Policy, now: datetime, zone: ZoneInfo
) -> tuple[str, ...]:
    """What was compared with what, a sentence each."""
    before = " and ".join(policy.label for policy in owns)
    at = f"{now.astimezone(zone):%Y-%m-%d %H:%M}"
    said = _SAID.format(before=before, other=other.label, at=at)
    return tuple(" ".join(part.split()) for part in said.split("\n\n"))


def _open_status(event: ev.AnyEvent) -> str:
    """The status an event put an open ticket in: how it ended is told by the kind of event."""
    if isinstance(event, ev.Logged | ev.StatusChanged | ev.Reopened):
        return event.status
    return ""


def _listed(counted: Counter[str]) -> str:
    most = counted.most_common(_SHOWN)
    said = ", ".join(f'"{word}" ({count:,})' for word, count in most)
    return said + (f" and {len(counted) - len(most)} more" if len(counted) > len(most) else "")

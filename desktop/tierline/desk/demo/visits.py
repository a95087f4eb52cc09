"""The visits of a demo's engineers: two have a day on the road, for field mode to show."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from tierline.desk.demo.past import Past
from tierline.domain import commands as cmd

ENGINEERS = ("ravi", "ines")
_HOURS = (1.0, 2.5, 4.5, 24.0)
_PLACES = ("Comms room", "Front desk", "Warehouse", "Meeting room 2")
_TO_KNOW = ("Ask for the key at reception.", "", "Park at the loading dock.", "")
_QUARTER = timedelta(minutes=15)


class Visits:
    """Plans at most four a person, on tickets of second line that they hold."""

    def __init__(self, now: datetime) -> None:
        """As of `now` (aware UTC); nobody goes anywhere yet."""
        self._now = now
        self._planned: Counter[str] = Counter()

    def plan(self, past: Past) -> None:
        """Let this one be visited, if it is one for that."""
        ticket = past.ticket
        who, count = ticket.assignee, self._planned[ticket.assignee]
        if who not in ENGINEERS or ticket.tier != 2 or not ticket.open or count >= len(_HOURS):
            return
        start = self._now + timedelta(hours=_HOURS[count])
        start -= timedelta(seconds=start.timestamp() % _QUARTER.total_seconds())
        plan = cmd.PlanVisit(
            start=start,
            minutes=45 if count % 2 else 90,
            engineer=who,
            site=_PLACES[count],
            text=_TO_KNOW[count],
        )
        past.do(plan, who, past.at)
        self._planned[who] += 1

"""Until when the desk is open, as the toolbar says it."""

from __future__ import annotations

from datetime import datetime

from tierline.desk.desk import Desk
from tierline.desk.when import when
from tierline.domain.policy import ALWAYS

_DESK = "desk"


def shift_words(desk: Desk, now: datetime) -> tuple[str, bool]:
    """("Desk open until 17:00", whether it is open) by the calendar of the desk's own policy."""
    policy = desk.policy(desk.book.default)
    calendar = policy.calendar(_DESK if _DESK in policy.file.calendars else ALWAYS)
    if calendar.never_closes:
        return "Desk open around the clock", True
    if calendar.is_open(now):
        return f"Desk open until {when(calendar.next_close(now), now, desk.zone)}", True
    return f"Desk closed, opens {when(calendar.next_open(now), now, desk.zone)}", False

"""Until when the desk is open, as the toolbar says it."""

from __future__ import annotations

from datetime import datetime

from tierline.desk.desk import Desk
from tierline.desk.when import when
from tierline.domain.policy import ALWAYS
from tierline.domain.tongue import tr

_DAY_SHIFT, _DESK = "day-shift", "desk"


def shift_words(desk: Desk, now: datetime) -> tuple[str, bool]:
    """("Day shift, local desk until 17:00", whether it is open), by the desk's own policy.

    A desk that works in shifts has a calendar of its day shift; the others that of the desk.
    """
    policy = desk.policy(desk.book.default)
    known = [name for name in (_DAY_SHIFT, _DESK) if name in policy.file.calendars]
    name = known[0] if known else ALWAYS
    calendar = policy.calendar(name)
    if calendar.never_closes:
        return tr("Desk open around the clock"), True
    local = tr("Local desk") if name == _DAY_SHIFT else tr("Desk")
    if calendar.is_open(now):
        shift = tr("Day shift, local desk") if name == _DAY_SHIFT else tr("Desk open")
        return tr(
            "{shift} until {when}", shift=shift, when=when(calendar.next_close(now), now, desk.zone)
        ), True
    return tr(
        "{local} closed, opens {when}",
        local=local,
        when=when(calendar.next_open(now), now, desk.zone),
    ), False

"""How often a person may be disturbed: at most twice in ten minutes, on the mean once.

EEMUA 191 calls one alarm in ten minutes acceptable for one person, two manageable. The mean is kept
over any hour, so that a bad ten minutes are paid for in the rest of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tierline.storage.alarms import Popped

# So many pop-ups in any span of that length, both ends of it counted.
CAPS = ((2, timedelta(minutes=10)), (6, timedelta(hours=1)))
LOOKS_BACK = max(span for _, span in CAPS)
_TICK = timedelta(microseconds=1)


def free_at(popped: Sequence[Popped], now: datetime) -> datetime:
    """When the next pop-up is allowed: `now`, or later when the budget is used up."""
    counted = sorted(each.at for each in popped if each.counts)
    found = now
    for most, span in CAPS:
        if len(counted) >= most:
            found = max(found, counted[-most] + span + _TICK)
    return found

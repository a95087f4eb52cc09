"""What every event has: when, who, by which rule, and what its source said beside."""

from __future__ import annotations

from datetime import datetime

import msgspec

_TAG = "kind"


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field=_TAG):
    """One fact about a ticket: when, by whom, and by which rule if no person did it.

    `rule` is said as "line-limit, tiered v3". `occasion` ("line-limit/tier-1") is what that rule
    acted on, so that it acts on it once; the first event of its act carries it.
    """

    at: datetime
    by: str = ""
    rule: str = ""
    occasion: str = ""
    facts: dict[str, str] = {}

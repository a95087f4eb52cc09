"""What every table of a policy file shares: frozen, strict, and the words more than one uses."""

from __future__ import annotations

from typing import Literal

import msgspec

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Interval = tuple[str, str]
Phase = Literal["new", "active", "waiting", "resolved", "closed", "cancelled"]
Side = Literal["us", "client", "both", "other"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table: an unknown key is refused, so a typo cannot switch a promise off."""

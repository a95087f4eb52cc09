"""How instants and statuses are written beside a ticket: short, unmistakable."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tierline.domain.policy import Policy


def when(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Write "09:37" today, "Wed 15:55" within six days, "12 Oct" this year, else "12 Oct 2016"."""
    local, today = instant.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if abs(local.date() - today.date()) < timedelta(days=6):
        return f"{local:%a %H:%M}"
    day = f"{local.day} {local:%b}"
    return day if local.year == today.year else f"{day} {local.year}"


def day_and_time(instant: datetime, zone: ZoneInfo) -> str:
    """Write "Fri 6 Nov 11:52": written out, for where a deadline is explained."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b} {local:%H:%M}"


def status_phrase(policy: Policy, key: str) -> str:
    """A status on one line: "Waiting: client"."""
    table = policy.status(key)
    return f"{table.word}: {table.short}" if table.short else table.word

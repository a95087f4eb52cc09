"""Time worked as a technician types it: "15m", "1h 30m", "1:30", "20"."""

from __future__ import annotations

import re

from tierline.domain import durations
from tierline.domain.tongue import tr

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
LONGEST = 24 * 3600
WRITE = tr("Write the time worked, like 15m or 1h 30m.")


def seconds(typed: str) -> int:
    """The amount in seconds; a bare number is minutes.

    Raises:
        ValueError: not an amount that one works at a stretch; the message says what would be right.
    """
    typed = typed.strip()
    if clock := _CLOCK.fullmatch(typed):
        found = int(clock[1]) * 3600 + int(clock[2]) * 60
    else:
        amount = durations.parse(f"{typed}m" if typed.isdecimal() else typed)
        if amount is not None and amount.business_days:
            raise ValueError(WRITE)
        found = amount.seconds if amount else 0
    if found <= 0:
        raise ValueError(WRITE)
    if found > LONGEST:
        message = tr("That is more than a day. Log it day by day.")
        raise ValueError(message)
    return found


def problem(typed: str) -> str:
    """What is wrong with an amount, "" when it is right."""
    try:
        seconds(typed)
    except ValueError as error:
        return str(error) if str(error).endswith(".") else WRITE
    return ""


def join_time(amount: str, text: str) -> str:
    """Both as one draft."""
    return f"{amount.strip()}\n{text}" if amount.strip() else text


def split_time(draft: str) -> tuple[str, str]:
    """Amount and text of a draft."""
    first, _, rest = draft.partition("\n")
    return (first, rest) if first and not problem(first) else ("", draft)

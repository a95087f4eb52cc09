"""A quote in words: what it comes to, how long it holds, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tierline.desk.when import day_and_time, when
from tierline.domain.policy import Policy
from tierline.domain.ticket import Quote, Ticket

_DAY = timedelta(days=1)


def money(cents: int, currency: str) -> str:
    """A sum (in hundredths) as people write it: "12,500.00 AUD"."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}.{rest:02d} {currency}".rstrip()


def quote_word(ticket: Ticket, policy: Policy, now: datetime, zone: ZoneInfo) -> str:
    """The ticket's latest quote as of `now` (aware), with what is offered beside; "" for none."""
    quote, table = ticket.quote, policy.file.quotes
    if quote is None:
        return ""
    parts = [money(quote.cents, quote.currency), _standing(quote, now, zone)]
    if quote.open and table and table.finance and quote.cents > 100 * table.finance_above:
        parts.append(f"finance: {', '.join(table.finance)}")
    return "; ".join(parts)


def _standing(quote: Quote, now: datetime, zone: ZoneInfo) -> str:
    if quote.open and quote.until is not None:
        return f"open until {day_and_time(quote.until, zone)}{_left(quote.until - now)}"
    who = f" by {quote.person}" if quote.person else ""
    way = f" ({quote.way})" if quote.way else ""
    at = f", {when(quote.ended_at, now, zone)}" if quote.ended_at else ""
    return f"{quote.state or 'open'}{who}{way}{at}"


def _left(left: timedelta) -> str:
    """How long it still holds: days while there are any, else hours; "" when it is over."""
    if left <= timedelta():
        return ""
    many, word = (left // _DAY, "day") if left >= _DAY else (left // timedelta(hours=1), "hour")
    return f" ({many} {word}{'s' * (many != 1)} left)"

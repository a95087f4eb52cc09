"""A quote in words: what it comes to, how long it holds, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tierline.desk.when import day_and_time, when
from tierline.domain.policy import Policy
from tierline.domain.rules.times import later
from tierline.domain.ticket import Quote, Ticket
from tierline.domain.tongue import tr

_DAY = timedelta(days=1)
# Groups of three or none; a comma is never a decimal point: "1,50" could be either sum.
_SUM = re.compile(r"(?P<whole>\d{1,3}(?:[, \u00a0]\d{3})+|\d+)(?:\.(?P<rest>\d{1,2}))?")


def money(cents: int, currency: str) -> str:
    """A sum (in hundredths) as people write it: "12,500.00 AUD"."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}.{rest:02d} {currency}".rstrip()


def cents_of(typed: str, currency: str = "") -> int:
    """What was typed as a sum ("12500", "AUD 12,500.00") in hundredths; 0 for what is none."""
    bare = re.sub(rf"(?i)^{re.escape(currency)}|{re.escape(currency)}$", "", typed.strip())
    found = _SUM.fullmatch(bare.strip().lstrip("$£€").strip())
    if found is None:
        return 0
    return int(re.sub(r"\D", "", found["whole"])) * 100 + int((found["rest"] or "0").ljust(2, "0"))


def terms(
    ticket: Ticket, policy: Policy, cents: int, now: datetime, zone: ZoneInfo
) -> tuple[str, ...]:
    """What holds for a quote of this sum, given now: sentences, none where none are given."""
    return tuple(_terms(ticket, policy, cents, now, zone))


def _terms(
    ticket: Ticket, policy: Policy, cents: int, now: datetime, zone: ZoneInfo
) -> Iterator[str]:
    table, before = policy.file.quotes, ticket.quote
    if table is None:
        return
    until = later(policy, now, table.valid)
    if cents and until is not None:
        sum_ = money(cents, table.currency)
        yield tr(
            "{sum_}, holds until {day_and_time}{left}.",
            sum_=sum_,
            day_and_time=day_and_time(until, zone),
            left=_left(until - now),
        )
    if table.finance and cents > 100 * table.finance_above:
        yield tr("Finance can be offered with it: {names}.", names=", ".join(table.finance))
    if before is not None and before.open:
        yield tr(
            "It takes the place of the open one, {money}.",
            money=money(before.cents, before.currency),
        )


def after_yes(policy: Policy) -> str:
    """What has to be done once a quote is approved: "Order the parts the same day …"."""
    table = policy.file.quotes
    if table is None:
        return ""
    post = (
        tr(", then write on the ticket: {names}", names=", ".join(table.post).lower())
        if table.post
        else ""
    )
    return tr("Order the parts the {order}{post}.", order=table.order, post=post)


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
        return tr(
            "open until {day_and_time}{left}",
            day_and_time=day_and_time(quote.until, zone),
            left=_left(quote.until - now),
        )
    who = tr(" by {person}", person=quote.person) if quote.person else ""
    way = f" ({quote.way})" if quote.way else ""
    at = f", {when(quote.ended_at, now, zone)}" if quote.ended_at else ""
    return f"{quote.state or 'open'}{who}{way}{at}"


def _left(left: timedelta) -> str:
    """How long it still holds: days while there are any, else hours; "" when it is over."""
    if left <= timedelta():
        return ""
    if left >= _DAY:
        return tr(" ({n} days left)", " ({n} day left)", left // _DAY)
    return tr(" ({n} hours left)", " ({n} hour left)", left // timedelta(hours=1))

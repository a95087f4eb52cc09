"""Dates as tools write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tierline.transfer.dates import Dates, OrderFinder, find_orders, parse


@pytest.mark.parametrize(
    ("text", "order", "wanted"),
    [
        ("5/3/2016 12:00", "dmy", "2016-03-05 12:00"),
        ("5/3/2016 12:00", "mdy", "2016-05-03 12:00"),
        ("2016-03-05", "dmy", "2016-03-05"),
        ("2016-03-05T01:02:03.250Z", "dmy", "2016-03-05T01:02:03.250+00:00"),
        (
            "2016-03-05 01:02:03 +0100",
            "",
            "2016-03-05 01:02:03+01:00",
        ),
        ("05.03.2016 7:08", "dmy", "2016-03-05 07:08"),
        ("02/Mar/26 4:30 PM", "dmy", "2026-03-02 16:30"),
        ("12/31/99 12:15 am", "mdy", "1999-12-31 00:15"),
        ("Mon, 2 Mar 2026 09:00:00", "dmy", "2026-03-02 09:00"),
        ("March 2, 2026 9:00 a.m.", "dmy", "2026-03-02 09:00"),
        ("1457136000", "dmy", "2016-03-05 00:00+00:00"),
        ("31/2/2016 10:00", "dmy", None),
        ("13/13/2016", "dmy", None),
        ("2016-03-05 25:00", "dmy", None),
        ("soon", "dmy", None),
        ("5/3/2016 12:00 and more", "dmy", None),
        ("99999999999999999999", "dmy", None),
    ],
)
def test_a_date_is_read_or_refused(text: str, order: str, wanted: str | None) -> None:
    assert parse(text, order) == (wanted and datetime.fromisoformat(wanted))


def test_the_column_tells_the_order() -> None:
    day, month, both, neither = OrderFinder(), OrderFinder(), OrderFinder(), OrderFinder()
    for text in ("4/3/2016 9:00", "25/3/2016 9:00", "4/3/2016 9:00"):
        day.see(text)
    month.see("3/25/2016")
    both.see("25/3/2016")
    both.see("3/25/2016")
    neither.see("4/3/2016")
    assert (day.order, month.order, both.order, neither.order) == ("dmy", "mdy", "", "")
    assert (day.either, find_orders([day, neither]), find_orders([day, month])) == (1, "dmy", "")


def test_hours_that_are_not_or_are_twice() -> None:
    dates = Dates("dmy", ZoneInfo("Europe/London"))
    gap, twice = (dates.read(text) for text in ("27/3/2016 01:30", "30/10/2016 01:30"))
    assert gap is not None
    assert twice is not None
    assert dates.instant(gap) == datetime(2016, 3, 27, 1, 30, tzinfo=UTC)
    assert dates.instant(twice) == datetime(2016, 10, 30, 0, 30, tzinfo=UTC)

"""Amounts of time are read as policies write them, and said as people say them."""

from __future__ import annotations

import pytest

from tierline.domain.durations import Amount, parse


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15m", Amount(seconds=900)),
        ("1h 30m", Amount(seconds=5400)),
        ("1h30m", Amount(seconds=5400)),
        (" 2 H ", Amount(seconds=7200)),
        ("90s", Amount(seconds=90)),
        ("30d", Amount(seconds=2_592_000, in_days=True)),
        ("1bd", Amount(business_days=1)),
        ("10BD", Amount(business_days=10)),
    ],
)
def test_amounts_are_read(text: str, amount: Amount) -> None:
    assert parse(text) == amount


@pytest.mark.parametrize("text", ["", "0", "none", "best effort", "0m", "0bd", " None "])
def test_no_target_is_no_amount(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text", ["soon", "15", "m", "15 minutes", "-5m", "1.5h", "4h or so", "1bd 2h"]
)
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it like|use one of them"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15m", "15 minutes"),
        ("1h", "1 hour"),
        ("24h", "24 hours"),
        ("30d", "30 days"),
        ("1bd", "1 business day"),
        ("3bd", "3 business days"),
        ("1h 30m", "1 hour 30 minutes"),
        ("90s", "1 minute 30 seconds"),
    ],
)
def test_amounts_are_said_as_people_say_them(text: str, said: str) -> None:
    assert str(parse(text)) == said

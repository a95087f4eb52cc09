"""Sums as people type them, and what is said of a quote before it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.desks import done, log, open_desk
from tierline.desk.quoting import after_yes, cents_of, money, terms
from tierline.domain import commands as cmd


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("900", 90_000),
        ("450.5", 45_050),
        ("12,500.00", 1_250_000),
        ("12 500", 1_250_000),
        ("1,234,567.89", 123_456_789),
        (" AUD 12,500 ", 1_250_000),
        ("12,500 aud", 1_250_000),
        ("$450.50", 45_050),
        ("0", 0),
    ],
)
def test_a_sum_is_read_as_it_is_written(typed: str, cents: int) -> None:
    assert cents_of(typed, "AUD") == cents


@pytest.mark.parametrize(
    "typed", ["", "1,50", "1.234,50", "12,5000", "-5", "1.999", "ten", "5 EUR"]
)
def test_what_could_be_another_sum_is_none(typed: str) -> None:
    assert cents_of(typed, "AUD") == 0


def test_money_comes_back_as_the_sum_it_was() -> None:
    for cents in (1, 99, 100, 123_456, 1_250_000, 123_456_789):
        assert cents_of(money(cents, "AUD"), "AUD") == cents


def test_A9_what_holds_for_a_quote_is_said_before_it_is_given(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    made, policy, now = log(desk), desk.policy("playbook"), desk.clock()

    def said(cents: int) -> tuple[str, ...]:
        stored = desk.replica.tickets.get(made)
        assert stored is not None
        return terms(stored.ticket, policy, cents, now, desk.zone)

    assert said(0) == ()
    assert said(1_000_000) == ("10,000.00 AUD, holds until Thu 19 Nov 10:42 (14 days left).",)
    assert said(1_000_001)[1:] == ("Finance can be offered with it: Rental, Operating expense.",)
    done(desk.act(made, cmd.GiveQuote(cents=90_000, text="Two switches")))
    assert said(100)[1:] == ("It takes the place of the open one, 900.00 AUD.",)
    told = "Order the parts the same day, then write on the ticket: arrival date, install schedule."
    assert after_yes(policy) == told
    assert after_yes(desk.policy("tiered")) == ""
    desk.replica.close()

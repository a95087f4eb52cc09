"""Text for a terminal, and instants as people type them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierline.cli import safe
from tierline.cli.moments import instant, iso, seconds, upcoming
from tierline.domain.calendar import BusinessCalendar

MELBOURNE = ZoneInfo("Australia/Melbourne")
NOW = datetime(2026, 11, 4, 23, 42, 8, tzinfo=UTC)
HOURS = BusinessCalendar(
    "Australia/Melbourne", {"thu": [("09:00", "17:00")], "fri": [("09:00", "17:00")]}
)


@given(st.text())
def test_a_line_is_one_line_and_steers_nothing(text: str) -> None:
    shown = safe.line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert not any(c in shown for c in "\u202e\u2066\u200f\u2028")


@given(st.text())
def test_a_block_keeps_its_lines(text: str) -> None:
    assert "\r" not in safe.block(text)
    assert safe.block(text).count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count(
        "\n"
    )


@given(st.text())
def test_escaped_json_says_the_same(text: str) -> None:
    raw = safe.json_text(json.dumps(text, ensure_ascii=False))
    assert json.loads(raw) == text
    assert raw.isprintable() or not any(c in raw for c in "\x7f\x9b\u202e\u2028")


@given(st.text(), st.integers(1, 40))
def test_a_cut_text_fits(text: str, columns: int) -> None:
    assert safe.width(safe.cut(safe.line(text), columns)) <= columns


def test_what_steers_is_shown() -> None:
    assert safe.line("a\0b\x1b[2J\x7f") == "a␀b␛[2J␡"
    assert safe.line("txt.\u202eexe\u2066") == "txt.<U+202E>exe<U+2066>"
    assert safe.block("a\tb\r\nc") == "a   b\nc"
    assert safe.line("family 👩‍💻 stays") == "family 👩‍💻 stays"


def test_wide_characters_take_two_columns() -> None:
    assert safe.width("漢字") == 4
    assert safe.cut("漢字漢字", 5) == "漢字…"
    assert safe.width("e\u0301") == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-05 10:42", "2026-11-04T23:42:00+00:00"),
        ("2026-11-05T10:42:08", "2026-11-04T23:42:08+00:00"),
        ("2026-11-04T23:42Z", "2026-11-04T23:42:00+00:00"),
        ("2026-11-04T23:42+01:00", "2026-11-04T22:42:00+00:00"),
        ("10:42", "2026-11-04T23:42:00+00:00"),
        ("2026-11-05", "2026-11-04T13:00:00+00:00"),
        ("2026-10-04 02:30", "2026-10-03T16:30:00+00:00"),  # inside a gap: moves forward
        ("2026-04-05 02:30", "2026-04-04T15:30:00+00:00"),  # twice: the first
    ],
)
def test_an_instant_is_of_the_desks_zone(typed: str, meant: str) -> None:
    assert iso(instant(typed, MELBOURNE, NOW)) == meant


@pytest.mark.parametrize(
    "typed", ["", "soon", "25:00", "2026-02-30", "1969-12-31", "2101-01-01 00:00"]
)
def test_what_is_no_instant_says_what_would_be(typed: str) -> None:
    with pytest.raises(ValueError, match="Write it like"):
        instant(typed, MELBOURNE, NOW)


def test_a_time_to_come_is_read_as_in_the_forms() -> None:
    told = {typed: iso(upcoming(typed, MELBOURNE, NOW, HOURS)) for typed in ("2h", "10:00", "fri")}
    assert told == {
        "2h": "2026-11-05T01:42:00+00:00",
        "10:00": "2026-11-05T23:00:00+00:00",
        "fri": "2026-11-05T22:00:00+00:00",
    }
    assert iso(upcoming("2026-11-09 16:00", MELBOURNE, NOW, HOURS)) == "2026-11-09T05:00:00+00:00"


def test_lengths_of_work() -> None:
    assert [seconds(each) for each in ("15m", "1h 30m", "1:30", "90s", "")] == [
        900,
        5400,
        5400,
        90,
        0,
    ]
    for wrong in ("soon", "2bd", "1:75"):
        with pytest.raises(ValueError):
            seconds(wrong)

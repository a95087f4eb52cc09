"""`tierline visit …`: the acts of a field visit from a terminal, and what is exported of them."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import START


@pytest.fixture
def ravi(cli: Terminal) -> Terminal:
    """Mira logged a ticket on second line and planned a visit of ravi's, in an hour."""
    number = cli.log("Till 3 offline", "--policy", "tiered", "--line", "2")
    told = ("--at", "2026-11-05 11:42", "--for", "1h30m", "--site", "Comms room")
    cli.done("visit", "plan", number, "Ask for the key", *told, "--engineer", "ravi")
    return Terminal(cli.folder, me="ravi", numbers=[number])


def later(terminal: Terminal, **amount: float) -> None:
    terminal.now = (START + timedelta(**amount)).isoformat()


def shown(terminal: Terminal) -> Any:
    return terminal.done("show", terminal.numbers[0], json=True).data


def test_B8_a_day_is_listed_for_people_and_for_programs(ravi: Terminal) -> None:
    text = ravi.done("visit", "list").out
    assert "11:42" in text
    assert "Comms room" in text
    (each,) = ravi.done("visit", "list", json=True).data
    assert (each["state"], each["engineer"], each["minutes"]) == ("planned", "ravi", 90)
    assert each["start"] == "2026-11-05T00:42:00+00:00"
    other = Terminal(ravi.folder)
    assert other.done("visit", "list").out == "No visits are planned.\n"
    assert "Till 3" in other.done("visit", "list", "--engineer", "Ravi").out


def test_B8_a_visit_goes_from_the_way_to_the_site_and_away(ravi: Terminal) -> None:
    (number,) = ravi.numbers
    later(ravi, minutes=30)
    assert ravi.done("visit", "travel", number).out == f"On the way for {number}.\n"
    later(ravi, minutes=62)
    ravi.done("visit", "arrive", number)
    assert "Visit" in ravi.done("show", number).out
    later(ravi, hours=20)
    why, todo = ravi.refused("visit", "leave", number)
    assert "on site since" in why
    assert "not guessed" in todo
    ravi.done("visit", "leave", number, "--at", "2026-11-05 13:00")
    (visit,) = shown(ravi)["visits"]
    assert (visit["state"], visit["left_at"]) == ("done", "2026-11-05T02:00:00+00:00")
    assert shown(ravi)["work_seconds"] == {"2": 75 * 60 + 52}


def test_B8_a_time_that_has_not_passed_is_not_one_to_have_left_at(ravi: Terminal) -> None:
    (number,) = ravi.numbers
    ravi.done("visit", "arrive", number)
    why, _ = ravi.refused("visit", "leave", number, "--at", "tomorrow 9:00")
    assert why.endswith('"tomorrow 9:00" is no time that has passed.')


def test_B8_a_plan_is_changed_and_taken_back(ravi: Terminal) -> None:
    (number,) = ravi.numbers
    (each,) = ravi.done("visit", "list", json=True).data
    key = each["visit"]
    again = ("visit", "plan", number, "--visit", key, "--at", "fri 9:00", "--engineer", "ines")
    ravi.done(*again)
    assert ravi.done("visit", "list", json=True).data == []
    (each,) = ravi.done("visit", "list", "--engineer", "ines", json=True).data
    assert (each["visit"], each["site"]) == (key, "Comms room")
    ravi.done("visit", "cancel", number, "They are closed on Friday")
    assert shown(ravi)["visits"][0]["state"] == "cancelled"


def test_B8_parts_checks_and_the_sign_off_are_noted_shown_and_exported(
    ravi: Terminal, tmp_path: Path
) -> None:
    (number,) = ravi.numbers
    ravi.done("visit", "part", number, "SFP+ module", "--quantity", "2", "--serial", "1188")
    ravi.done("visit", "part", number, "Patch cable")
    ravi.done("visit", "part", number, "--off", "1188", "Wrong one")
    ravi.done("visit", "part", number, "SFP module", "--serial", "1190", "--part-number", "FS-1")
    ravi.done("visit", "check", number, "1")
    assert "1 [x] The contact has seen that it works" in ravi.done("visit", "check", number).out
    ravi.done("visit", "check", number, "1", "--again")
    assert "1 [ ]" in ravi.done("visit", "check", number).out
    ravi.done("visit", "sign", number, "Elspeth Marlow", "--way", "paper")
    data = shown(ravi)
    assert [each["part"] for each in data["parts"]] == ["Patch cable", "SFP module"]
    assert data["signed"]["way"] == "paper"
    text = ravi.done("show", number).out
    assert "1 × Patch cable; 1 × SFP module, FS-1 (serial 1190)" in text
    assert "has Elspeth Marlow's sign-off, signed on paper" in text
    for what, columns in (("parts", {"part", "serial"}), ("visits", {"engineer", "left_at"})):
        out = tmp_path / f"{what}.csv"
        said = ravi.done("export", what, "--out", str(out)).out
        assert f"{what} of 1 tickets" in said
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert columns <= set(rows[0])
        assert len(rows) == (2 if what == "parts" else 1)


def test_B11_a_sign_off_closes_what_is_resolved(ravi: Terminal) -> None:
    (number,) = ravi.numbers
    ravi.done("resolve", number, "Replaced the switch")
    assert "has not said that it works" in ravi.refused("close", number)[0]
    ravi.done("visit", "sign", number, "Elspeth Marlow")
    ravi.done("close", number)
    assert shown(ravi)["ended"] == "closed"


def test_field_mode_needs_a_display_and_says_which_command_does_without(
    cli: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tierline.system.qt_parts.has_display", lambda: False)
    why, todo = cli.refused("field")
    assert "no display" in why
    assert "Commands work here" in todo

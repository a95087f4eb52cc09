"""Every kind of mistake in a policy file is named: file, key, value and what would be right."""

from __future__ import annotations

import pytest

from tierline.domain.policy_check import PolicyError, load

SOUND = """
name = "small"
title = "A small desk"
version = 1
effective = 2026-01-01
zone = "Europe/Oslo"
[calendars.desk]
zone = "Europe/Oslo"
holidays = "GB"
subdivision = "ENG"
[calendars.desk.hours]
mon = [["08:00", "16:00"]]
[priorities]
P1 = { word = "Critical" }
P2 = { word = "High" }
P3 = { word = "Normal" }
P4 = { word = "Low" }
[classification]
impact = ["All", "Some", "One"]
urgency = ["Stopped", "Hindered", "Can wait"]
matrix = [[1, 2, 3], [2, 3, 4], [3, 4, 4]]
[tiers.1]
word = "1st line"
[tiers.2]
word = "2nd line"
[channels.phone]
word = "Phone"
icon = "phone"
[statuses]
new = { word = "New", phase = "new" }
open = { word = "Open", phase = "active" }
held = { word = "Held", phase = "waiting" }
done = { word = "Done", phase = "resolved" }
closed = { word = "Closed", phase = "closed" }
gone = { word = "Gone", phase = "cancelled" }
[types.incident]
word = "Incident"
[reopen]
within = "5d"
[roles]
lead = "Lead"
[templates]
logged = "Hello {contact}, {number}"
[clocks.fix]
word = "Fix"
letter = "F"
pauses = ["held"]
warn = 0.8
by_priority = { P1 = "4h", P2 = { target = "1bd", calendar = "desk" } }
by_channel = { phone = "2h" }
by_tier = { 1 = "8h" }
[[escalations]]
from = 1
to = 2
reasons = [{ key = "skill", text = "Needs other skills" }]
"""


def problems(old: str, new: str) -> list[tuple[str, str, str]]:
    """What is said about the sound policy with one piece replaced: key, value, what is right."""
    assert SOUND.count(old) >= 1, old
    with pytest.raises(PolicyError) as caught:
        load(SOUND.replace(old, new, 1), "small.toml")
    assert {problem.file for problem in caught.value.problems} == {"small.toml"}
    return [(problem.key, problem.value, problem.right) for problem in caught.value.problems]


def the_problem(old: str, new: str) -> tuple[str, str, str]:
    """The same where there must be exactly one."""
    found = problems(old, new)
    assert len(found) == 1, found
    return found[0]


def test_the_sound_policy_loads() -> None:
    assert load(SOUND, "small.toml").name == "small"


def test_broken_toml_is_named_by_line_and_column() -> None:
    key, value, right = the_problem('title = "A small desk"', "title = A small desk")
    assert key == "line 3, column 9"
    assert value == "title = A small desk"
    assert right.startswith("TOML: ")


def test_text_that_ends_in_the_middle_is_named() -> None:
    with pytest.raises(PolicyError) as caught:
        load('name = "small', "cut.toml")
    assert caught.value.problems[0].file == "cut.toml"


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        ("warn = 0.8", "wran = 0.8", "clocks.fix.wran", 'did you mean "warn"?'),
        ("version = 1", "version = 1\nverion = 2", "verion", 'did you mean "version"?'),
        ("[reopen]", "[reopne]", "reopne", 'did you mean "reopen"?'),
        ("mon = [[", "monday = [[", "calendars.desk.hours.monday", 'did you mean "mon"?'),
        ('phase = "waiting"', 'phase = "waitng"', "statuses.held.phase", 'mean "waiting"?'),
    ],
)
def test_a_typo_names_the_likely_key(old: str, new: str, key: str, hint: str) -> None:
    found = {name: right for name, _, right in problems(old, new)}
    assert hint in found[key]


@pytest.mark.parametrize(
    ("old", "new", "key", "right"),
    [
        ("version = 1", 'version = "one"', "version", "a whole number, like 4"),
        ("2026-01-01", '"soon"', "effective", "a date without quotes, like 2026-10-01"),
        ("warn = 0.8", 'warn = "80%"', "clocks.fix.warn", "a number, like 0.8"),
        ('pauses = ["held"]', 'pauses = "held"', "clocks.fix.pauses", "a list in brackets"),
        ('pauses = ["held"]', "pauses = [1]", "clocks.fix.pauses[1]", "text in quotes"),
        ('[["08:00", "16:00"]]', '["08:00"]', "calendars.desk.hours.mon[1]", "a list in brackets"),
        ('[["08:00", "16:00"]]', '[["08:00"]]', "calendars.desk.hours.mon[1]", "exactly 2 values"),
        ('P1 = "4h"', "P1 = 4", "clocks.fix.by_priority.P1", "text in quotes"),
        (
            '[types.incident]\nword = "Incident"',
            '[types]\nincident = "yes"',
            "types.incident",
            "table",
        ),
    ],
)
def test_a_wrong_kind_of_value_says_what_would_be_right(
    old: str, new: str, key: str, right: str
) -> None:
    name, _, said = the_problem(old, new)
    assert name == key
    assert right in said


def test_what_is_missing_is_named() -> None:
    key, value, right = the_problem('title = "A small desk"\n', "")
    assert (key, value) == ("title", "nothing")
    assert "text in quotes" in right


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "small"', 'name = "Small desk"', "name"),
        ("version = 1", "version = 0", "version"),
        ('zone = "Europe/Oslo"\n[cal', 'zone = "Europe/Atlantis"\n[cal', "zone"),
        ('desk]\nzone = "Europe/Oslo"', 'desk]\nzone = "CEST+1"', "calendars.desk.zone"),
        ('holidays = "GB"', 'holidays = "Narnia"', "calendars.desk.holidays"),
        ('subdivision = "ENG"', 'subdivision = "Mordor"', "calendars.desk.holidays"),
        ('mon = [["08:00", "16:00"]]', "", "calendars.desk.hours"),
        ('"08:00", "16:00"', '"08:00", "08:00"', "calendars.desk.hours"),
        ('"08:00", "16:00"', '"8 am", "16:00"', "calendars.desk.hours"),
        ('"08:00", "16:00"', '"08:00", "25:00"', "calendars.desk.hours"),
        ("[calendars.desk.h", '[calendars.desk.open]\n"24/12" = []\n[calendars.desk.h', "24/12"),
        ('P4 = { word = "Low" }', 'P5 = { word = "Low" }', "priorities.P5"),
        ("[1, 2, 3]", "[0, 2, 3]", "classification.matrix"),
        ("[tiers.2]", "[tiers.4]", "tiers.4"),
        ('word = "1st line"', 'word = "1st line"\npriorities = [5]', "tiers.1.priorities"),
        ('icon = "phone"', 'icon = "fone"', "channels.phone.icon"),
        ('icon = "phone"', 'icon = "phone"\nneeds = ["colour"]', "channels.phone.needs"),
        ('phase = "new"', 'phase = "active"', "statuses"),
        ('phase = "resolved"', 'phase = "closed"', "statuses"),
        ('letter = "F"', 'letter = "Z"', "clocks.fix.letter"),
        ('letter = "F"', 'letter = "F"\ncalendar = "shop"', "clocks.fix.calendar"),
        ('pauses = ["held"]', 'pauses = ["hled"]', "clocks.fix.pauses"),
        ("warn = 0.8", "warn = 80", "clocks.fix.warn"),
        ("warn = 0.8", "warn = 1", "clocks.fix.warn"),
        ('P1 = "4h"', 'P1 = "4 lunches"', "clocks.fix.by_priority.P1"),
        ('P1 = "4h"', 'P1 = "1bd 2h"', "clocks.fix.by_priority.P1"),
        ('P1 = "4h"', 'P9 = "4h"', "clocks.fix.by_priority.P9"),
        ('calendar = "desk"', 'calendar = "shop"', "clocks.fix.by_priority.P2.calendar"),
        ('calendar = "desk"', 'calendar = "always"', "clocks.fix.by_priority.P2"),
        ("warn = 0.8", 'measure = "work"', "clocks.fix.by_priority.P2"),
        ('phone = "2h"', 'fax = "2h"', "clocks.fix.by_channel.fax"),
        ('1 = "8h"', '3 = "8h"', "clocks.fix.by_tier.3"),
        ("warn = 0.8", 'types = ["exit"]', "clocks.fix.types"),
        ('within = "5d"', 'within = "a week"', "reopen.within"),
        ('within = "5d"', 'within = "5d"\nchannels = ["fax"]', "reopen.channels"),
        ("{contact}", "{contcat}", "templates.logged"),
        ("{contact}", "{contact", "templates.logged"),
        ("to = 2", "to = 3", "escalations[1].to"),
        ("from = 1", "from = 2", "escalations[1].to"),
        ('[{ key = "skill", text = "Needs other skills" }]', "[]", "escalations[1].reasons"),
        ("[types.incident]", "[types.request]", "types"),
        (
            "[reopen]",
            '[fields]\npin = { word = "PIN", types = ["x"] }\n[reopen]',
            "fields.pin.types",
        ),
        ("[reopen]", '[sev1]\nlater = ["shoe size"]\n[reopen]', "sev1.later"),
        ("[reopen]", '[rules.r]\ndoes = "prompt"\nclock = "fxi"\n[reopen]', "rules.r.clock"),
        ("[reopen]", '[rules.r]\ndoes = "prompt"\n[reopen]', "rules.r"),
        (
            "[reopen]",
            '[rules.r]\ndoes = "task"\non = "logged"\nrole = "x"\n[reopen]',
            "rules.r.role",
        ),
        ("[reopen]", '[goals.g]\nword="G"\nmeasure="fix met"\nshare=60\n[reopen]', "goals.g.share"),
        (
            "[reopen]",
            '[goals.g]\nword="G"\nmeasure="promises met"\nshare=0.9\npriorities=[5]\n[reopen]',
            "goals.g.priorities",
        ),
        (
            "[reopen]",
            '[catalogue.c]\nword = "C"\ntype = "request"\nnotice = "3bd"\n[reopen]',
            "catalogue.c.dated",
        ),
        (
            "[reopen]",
            '[follow_ups.f]\nstatus="held"\ntimes = 0\nover = "3d"\ntell = "logged"\n[reopen]',
            "follow_ups.f.times",
        ),
    ],
)
def test_what_makes_no_sense_is_named_by_its_key(old: str, new: str, key: str) -> None:
    found = problems(old, new)
    assert any(name.endswith(key) for name, _, _ in found), found
    assert all(right for _, _, right in found)


def test_two_clocks_of_one_letter_share_its_word() -> None:
    other = '[clocks.other]\nword = "Repair"\nletter = "F"\nby_priority = { P1 = "1h" }\n'
    key, value, right = the_problem("[[escalations]]", other + "[[escalations]]")
    assert (key, value) == ("clocks.other.letter", '"F"')
    assert '"Fix"' in right


def test_several_problems_are_told_at_once() -> None:
    text = SOUND.replace("version = 1", 'version = "one"').replace("warn", "wran")
    with pytest.raises(PolicyError) as caught:
        load(text, "small.toml")
    assert [problem.key for problem in caught.value.problems] == ["version", "clocks.fix.wran"]
    text = (
        SOUND.replace("0.8", "8").replace('"4h"', '"soon"').replace('letter = "F"', 'letter = "Z"')
    )
    with pytest.raises(PolicyError) as caught:
        load(text, "small.toml")
    keys = {problem.key for problem in caught.value.problems}
    assert keys == {"clocks.fix.letter", "clocks.fix.warn", "clocks.fix.by_priority.P1"}


def test_beside_a_typo_what_makes_no_sense_is_told_too() -> None:
    text = SOUND.replace("warn = 0.8", "wran = 0.8").replace('"4h"', '"soon"')
    with pytest.raises(PolicyError) as caught:
        load(text, "small.toml")
    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["clocks.fix.wran", "clocks.fix.by_priority.P1"]


def test_the_error_reads_as_lines_of_file_key_value_and_what_is_right() -> None:
    with pytest.raises(PolicyError) as caught:
        load(SOUND.replace("warn = 0.8", "warn = 8.0"), "small.toml")
    lines = str(caught.value).splitlines()
    assert lines[0] == "small.toml has 1 problem:"
    assert lines[1] == "small.toml · clocks.fix.warn · 8.0 · a share between 0 and 1, like 0.8"
    assert caught.value.safe
    assert caught.value.todo


def test_a_long_value_is_cut_to_a_line() -> None:
    _, value, _ = the_problem('name = "small"', f'name = "{"x y" * 400}"')
    assert len(value) < 100

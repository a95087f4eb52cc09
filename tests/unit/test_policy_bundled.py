"""The bundled policies are sound, and no damage to one brings anything but a list of problems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.books import FOLDER, bundled_book
from tierline.domain.policy_check import PolicyError, load

FILES = sorted(FOLDER.glob("*.toml"))
TEXTS = [file.read_text(encoding="utf-8") for file in FILES]
ICONS = FOLDER.parent / "icons"


def test_the_four_providers_are_there() -> None:
    names = {"playbook", "tiered", "three-line", "service-definition"}
    assert {file.stem for file in FILES} >= names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_bundled_policy_is_sound_and_called_as_its_file(file: Path) -> None:
    assert load(file.read_text(encoding="utf-8"), file.name).name == file.stem


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_clock_and_rule_names_its_clause(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    policy = load(text, file.name)
    for name, clock in policy.clocks.items():
        assert re.search(r"[A-D]\d+|reading", clock.source), name
    assert re.search(r"#.*[A-D]\d+", text)


@pytest.mark.parametrize("name", bundled_book().names())
def test_every_icon_is_a_file(name: str) -> None:
    file = bundled_book().get(name).file
    icons = {channel.icon for channel in file.channels.values()}
    icons |= {status.icon for status in file.statuses.values()}
    missing = [icon for icon in icons if not (ICONS / f"{icon}.svg").is_file()]
    assert missing == []


@pytest.mark.parametrize("name", bundled_book().names())
def test_every_policy_has_what_the_console_relies_on(name: str) -> None:
    """Keys that buttons and other parts of the program use under every policy."""
    file = bundled_book().get(name).file
    assert {"new", "assigned", "in-progress", "waiting-client", "resolved"} <= set(file.statuses)
    assert {"phone", "mail", "portal"} <= set(file.channels)
    assert {"1", "2", "3"} == set(file.tiers)
    assert {"incident", "request"} <= set(file.types)
    assert {"escalated", "resolved"} <= set(file.templates)
    assert set(file.sev1.later) <= {*file.fields}


def _loads_or_tells(text: str) -> None:
    try:
        load(text, "damaged.toml")
    except PolicyError as error:
        assert error.problems  # noqa: PT017


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(TEXTS), st.data())
def test_a_lost_or_repeated_line_is_told_or_harmless(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    if data.draw(st.booleans()):
        lines.insert(place, lines[place])
    else:
        del lines[place]
    _loads_or_tells("\n".join(lines))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(TEXTS), st.data())
def test_any_other_value_anywhere_is_told_or_harmless(text: str, data: st.DataObject) -> None:
    values = list(re.finditer(r'(?<== )("[^"\n]*"|\d+|true|false|\[[^\n\]]*\])', text))
    value = data.draw(st.sampled_from(values))
    others = st.sampled_from(
        ["1", "-7", "0.5", "true", '""', '"x"', "[]", "[[]]", "{}", "2026-01-01", "inf", '"{"']
    )
    _loads_or_tells(text[: value.start()] + data.draw(others) + text[value.end() :])

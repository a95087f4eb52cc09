"""Settings: kept whole, shared between consoles, never fatal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tierline.system import choices
from tierline.system.settings import VERSION, Settings


def _kept(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text())
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


def test_a_value_is_back_in_another_run(file: Path) -> None:
    Settings(file).put("theme", "dark")
    Settings(file).put("sizes", [300, 900])
    again = Settings(file)
    assert again.get("theme", "light") == "dark"
    assert again.get("sizes", [0]) == [300, 900]
    assert again.get("scale", 1.0) == 1.0


def test_nothing_is_made_by_reading(file: Path) -> None:
    assert Settings(file).get("theme", "light") == "light"
    assert not file.parent.exists()


def test_a_value_of_another_kind_is_not_trusted(file: Path) -> None:
    Settings(file).put("scale", "huge")
    Settings(file).put("calm", 1)
    assert Settings(file).get("scale", 1.0) == 1.0
    assert Settings(file).get("calm", False) is False
    assert Settings(file).get("scale", None) == "huge"


def test_two_consoles_keep_each_others_values(file: Path) -> None:
    one, other = Settings(file), Settings(file)
    one.put("theme", "dark")
    other.put("scale", 150)
    assert _kept(file) == {"theme": "dark", "scale": 150, "version": VERSION}


@pytest.mark.parametrize("rubbish", [b"{not json", b"\xff\xfe", b"[1, 2]", b"", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_told(file: Path, rubbish: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(rubbish)
    settings = Settings(file)
    assert settings.get("theme", "light") == "light"
    assert "settings.damaged.json" in settings.problem
    assert (file.parent / "settings.damaged.json").read_bytes() == rubbish
    settings.put("theme", "dark")
    assert Settings(file).get("theme", "light") == "dark"


def test_a_place_that_cannot_be_written_is_told_and_the_value_stays(file: Path) -> None:
    file.parent.write_text("in the way")
    settings = Settings(file)
    settings.put("theme", "dark")
    assert settings.get("theme", "light") == "dark"
    assert "could not be" in settings.problem


def test_what_json_cannot_hold_leaves_the_file_whole(file: Path) -> None:
    settings = Settings(file)
    settings.put("theme", "dark")
    with pytest.raises(TypeError):
        settings.put("odd", object())
    assert _kept(file) == {"theme": "dark", "version": VERSION}
    assert [each.name for each in file.parent.iterdir()] == ["settings.json"]


def test_a_file_of_the_first_version_is_brought_up_and_keeps_what_nobody_knows(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"scale": 137.5, "theme": "dark", "from a plug-in": [1]}')
    settings = Settings(file)
    assert settings.of(choices.TEXT_SIZE) == 138
    settings.put("theme", "light")
    assert _kept(file) == {
        "version": VERSION, "scale": 138, "theme": "light", "from a plug-in": [1]
    }  # fmt: skip


@pytest.mark.parametrize("size", ['"huge"', "1.5", "0", "9000", "null", "true"])
def test_a_size_that_never_was_one_is_the_usual_one(file: Path, size: str) -> None:
    file.parent.mkdir()
    file.write_text(f'{{"scale": {size}}}')
    assert Settings(file).of(choices.TEXT_SIZE) == 100


def test_a_file_of_a_newer_version_is_used_and_stays_of_its_version(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"version": 99, "theme": "dark", "later": {"a": 1}}')
    settings = Settings(file)
    assert settings.get("theme", "light") == "dark"
    settings.keep(choices.KEEP_RUNNING, value=True)
    assert _kept(file) == {
        "version": 99, "theme": "dark", "later": {"a": 1}, "keep_running": True
    }  # fmt: skip


@pytest.mark.parametrize("version", ['"two"', "-1", "1.0", "null", "[]"])
def test_a_version_that_is_none_stops_nothing(file: Path, version: str) -> None:
    file.parent.mkdir()
    file.write_text(f'{{"version": {version}, "theme": "dark"}}')
    assert Settings(file).get("theme", "light") == "dark"


def test_a_choice_that_is_none_of_its_values_is_the_usual_one(file: Path) -> None:
    settings = Settings(file)
    assert settings.of(choices.POPUPS) == "all"
    settings.put("popups", "some")
    settings.put("keep_running", "yes")
    assert settings.of(choices.POPUPS) == "all"
    assert settings.of(choices.KEEP_RUNNING) is False
    settings.keep(choices.POPUPS, "none")
    assert Settings(file).of(choices.POPUPS) == "none"

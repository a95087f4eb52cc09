"""Settings: kept whole, shared between consoles, never fatal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tierline.system.settings import Settings


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
    other.put("scale", 1.5)
    assert json.loads(file.read_text()) == {"theme": "dark", "scale": 1.5}


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
    assert json.loads(file.read_text()) == {"theme": "dark"}
    assert [each.name for each in file.parent.iterdir()] == ["settings.json"]

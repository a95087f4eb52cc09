"""The alarm sounds: small, and played by what is there or not at all."""

from __future__ import annotations

import stat
import sys
import wave
from pathlib import Path
from typing import get_args

import pytest

from tierline.system import sounds
from tierline.system.sounds import Sound

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux' players")


@pytest.mark.parametrize("sound", get_args(Sound))
def test_each_is_a_short_small_file(sound: Sound) -> None:
    with wave.open(str(sounds.path(sound)), "rb") as file:
        assert 0.2 < file.getnframes() / file.getframerate() < 1.0
        samples = file.readframes(file.getnframes())
    assert any(samples)
    assert sounds.path(sound).stat().st_size < 30_000


def _player(folder: Path, name: str, script: str) -> None:
    tool = folder / name
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)


@LINUX
def test_the_player_that_is_there_is_given_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _player(tmp_path, "paplay", f'echo "$1" > {tmp_path}/played')
    assert sounds.player() == "paplay"
    assert sounds.play("p1")
    assert (tmp_path / "played").read_text().strip() == str(sounds.path("p1"))


@LINUX
def test_a_player_that_fails_has_not_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _player(tmp_path, "aplay", "exit 1")
    assert not sounds.play("warning")


@LINUX
def test_a_machine_without_a_player_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sounds.player() == ""
    assert not sounds.play("warning")

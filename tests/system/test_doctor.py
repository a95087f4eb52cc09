"""The doctor's checks, and which libraries Qt misses."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.desks import START
from tierline.storage.replica import Replica
from tierline.system import qt_parts
from tierline.system.doctor import examine, terminal
from tierline.system.findings import Check

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux' libraries")


def _checks(folder: Path) -> dict[str, Check]:
    return {check.name: check for check in examine(folder)}


def test_everything_is_looked_at_and_each_trouble_has_its_mend(tmp_path: Path) -> None:
    found = _checks(tmp_path / "desk")
    assert {"Python", "Packages", "Qt's libraries", "Display", "SQLite", "Time zones", "Resources",
            "Desk's folder", "Disk", "Machine's time", "Log", "Keyring", "D-Bus", "Notifications",
            "Tray", "Sound", "Fonts"} == set(found)  # fmt: skip
    assert all(check.found for check in found.values())
    assert all(check.mend for check in found.values() if check.state != "ok")
    assert terminal().found
    assert found["SQLite"].state == found["Python"].state == found["Resources"].state == "ok"


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    assert "no desk yet" in _checks(tmp_path / "a" / "b")["Desk's folder"].found
    assert not (tmp_path / "a").exists()


def test_a_desk_is_found_with_its_size(tmp_path: Path) -> None:
    Replica.open(tmp_path, START).close()
    assert "a desk of 0." in _checks(tmp_path)["Desk's folder"].found


def test_a_folder_that_is_a_file_is_bad(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("in the way")
    assert _checks(tmp_path / "desk")["Desk's folder"].state == "bad"


def test_a_clock_that_runs_behind_is_seen(tmp_path: Path) -> None:
    Replica.open(tmp_path, START).close()
    ahead = time.time() + 7200
    os.utime(tmp_path / "desk.sqlite", (ahead, ahead))
    check = _checks(tmp_path)["Machine's time"]
    assert check.state == "bad"
    assert "120 minutes" in check.found


@LINUX
def test_missing_libraries_are_named_with_their_packages() -> None:
    gone = ("libxcb-cursor.so.0", "libEGL.so.1")
    lacking = qt_parts.missing(
        window=True, environ={"DISPLAY": ":0"}, loads=lambda n: n not in gone
    )
    what, todo = qt_parts.advice(lacking)
    assert "libEGL.so.1 (libegl1), libxcb-cursor.so.0 (libxcb-cursor0)" in what
    assert todo == "On Debian or Ubuntu: sudo apt install libegl1 libxcb-cursor0"


@LINUX
def test_only_the_plug_in_that_is_used_is_asked_for() -> None:
    def asked(**environ: str) -> set[str]:
        return {
            m.library for m in qt_parts.missing(window=True, environ=environ, loads=lambda _: False)
        }

    assert "libxcb-cursor.so.0" in asked(DISPLAY=":0")
    assert "libwayland-client.so.0" in asked(WAYLAND_DISPLAY="wayland-0", DISPLAY=":0")
    assert "libxcb-cursor.so.0" in asked(WAYLAND_DISPLAY="wayland-0", QT_QPA_PLATFORM="xcb")
    assert not asked(QT_QPA_PLATFORM="offscreen") & {"libxcb-cursor.so.0", "libwayland-client.so.0"}
    assert "libEGL.so.1" in asked(QT_QPA_PLATFORM="offscreen")
    assert not qt_parts.missing(window=True, environ={}, loads=lambda _: True)


def test_a_display_is_where_the_session_says() -> None:
    assert not qt_parts.has_display({}, "linux")
    assert qt_parts.has_display({"DISPLAY": ":0"}, "linux")
    assert qt_parts.has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert qt_parts.has_display({}, "win32")


def test_an_import_error_names_its_library() -> None:
    said = "libGL.so.1: cannot open shared object file: No such file or directory"
    assert qt_parts.blamed(ImportError(said)) == (qt_parts.Missing("libGL.so.1", "libgl1"),)
    unknown = qt_parts.blamed(ImportError(said.replace("libGL.so.1", "libodd.so.3")))
    assert "apt-file search libodd.so.3" in qt_parts.advice(unknown)[1]
    assert qt_parts.blamed(ImportError("No module named 'PySide6'")) == ()

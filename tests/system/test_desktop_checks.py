"""The doctor's look at the desktop: a real bus, services that hang, panels of both kinds."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pytest

from tests.fakes import notifications, private_bus
from tests.fakes.ways import Wall
from tests.stories.screen import has_screen, screen
from tierline.system import desktop_checks, tray_host
from tierline.system.findings import Check
from tierline.system.session_bus import VARIABLE

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux' desktops")
WITH_BUS = pytest.mark.skipif(bool(private_bus.lacking("dbus-daemon")), reason="D-Bus is lacking")
SCREEN = pytest.mark.skipif(not has_screen(), reason="Xvfb is lacking")
SECRETS = "org.freedesktop.secrets"
_ALL = """
import json, pathlib, sys
from tierline.system.doctor import examine
print(json.dumps([each._asdict() for each in examine(pathlib.Path(sys.argv[1]))]))
"""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.delenv("DISPLAY", raising=False)
    with private_bus.bus(private_bus.home_env(tmp_path / "home")) as address:
        monkeypatch.setenv(VARIABLE, address)
        yield address


def _around() -> dict[str, Check]:
    return {check.name: check for check in desktop_checks.around()}


@LINUX
def test_without_a_bus_each_thing_that_needs_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    found = _around()
    assert [each.state for each in found.values()] == ["note", "note", "note"]
    assert (
        found["D-Bus"].found == found["Notifications"].found == "there is no D-Bus in this session"
    )
    assert all(each.mend for each in found.values())


@LINUX
@WITH_BUS
def test_a_bare_bus_is_well_and_offers_nothing(bus: str) -> None:
    found = _around()
    assert found["D-Bus"].state == "ok"
    assert found["Notifications"].found == "the notification service does not run here"
    assert found["Tray"].state == "note"


@LINUX
@WITH_BUS
def test_a_watcher_of_tray_icons_is_a_tray(bus: str) -> None:
    with private_bus.mute(bus, tray_host.WATCHER):
        assert _around()["Tray"].state == "ok"


@LINUX
@pytest.mark.desktop
@pytest.mark.skipif(bool(notifications.lacking()), reason="dunst or Xvfb is lacking")
def test_a_real_daemon_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with notifications.dunst(tmp_path) as daemon:
        monkeypatch.setenv(VARIABLE, daemon.address)
        found = _around()["Notifications"]
        assert found.state == "ok"
        assert found.found.startswith("dunst 1.")


@LINUX
@WITH_BUS
def test_a_keyring_and_a_daemon_that_never_answer_do_not_hold_the_doctor(tmp_path: Path) -> None:
    env = private_bus.home_env(tmp_path / "home")
    with ExitStack() as there:
        address = there.enter_context(private_bus.bus(env))
        for name in (SECRETS, notifications.NAME):
            there.enter_context(private_bus.mute(address, name))
        done = subprocess.run(
            [sys.executable, "-c", _ALL, str(tmp_path)],
            env=env | {VARIABLE: address}, text=True, capture_output=True, check=True,
            timeout=private_bus.PATIENCE * 4,
        )  # fmt: skip
    assert '"name": "Notifications", "state": "note"' in done.stdout
    assert "the notification service does not answer" in done.stdout
    assert "the keyring does not answer" in done.stdout
    assert '"name": "Fonts"' in done.stdout  # it went on to the end


def test_a_way_that_shows_nothing_is_told_with_its_reason() -> None:
    wall = Wall()
    assert desktop_checks._notifications(wall) == Check("Notifications", "ok", "desktop")
    wall.problem = "nobody is there"
    found = desktop_checks._notifications(wall)
    assert (found.state, found.found) == ("note", "nobody is there")
    assert "complete without" in found.mend


@LINUX
@SCREEN
def test_a_panel_that_owns_the_tray_of_the_screen_is_a_tray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with screen(tmp_path) as display:
        monkeypatch.setenv("DISPLAY", display)
        with Panel(display) as panel:  # a server whose last client leaves begins anew
            assert not tray_host.has_tray()
            panel.own()
            assert tray_host.has_tray()
        monkeypatch.setenv("DISPLAY", ":987")
        assert not tray_host.has_tray()


class Roots(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("rem", ctypes.c_int), ("index", ctypes.c_int)]


class Panel:
    """Can own the selection that panels own."""

    def __init__(self, display: str) -> None:
        self.xcb, self.libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
        tray_host._declare(self.xcb, self.libc)
        self.link = ctypes.c_void_p(self.xcb.xcb_connect(display.encode(), None))
        assert not self.xcb.xcb_connection_has_error(self.link)

    def __enter__(self) -> Self:
        return self

    def own(self) -> None:
        name, atom = b"_NET_SYSTEM_TRAY_S0", self.xcb.xcb_intern_atom
        asked = atom(self.link, 0, len(name), name)
        selection = self.value(self.xcb.xcb_intern_atom_reply(self.link, asked, None))
        self.xcb.xcb_set_selection_owner.argtypes = [ctypes.c_void_p] + [ctypes.c_uint32] * 3
        self.xcb.xcb_set_selection_owner(self.link, self.root(), selection, 0)
        # A question and its answer: only then has the server carried out what came before.
        asked = self.xcb.xcb_get_selection_owner(self.link, selection)
        reply = self.xcb.xcb_get_selection_owner_reply(self.link, asked, None)
        assert self.value(reply) == self.root()

    def root(self) -> int:
        setup, roots = self.xcb.xcb_get_setup, self.xcb.xcb_setup_roots_iterator
        setup.restype, setup.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
        roots.restype, roots.argtypes = Roots, [ctypes.c_void_p]
        return ctypes.c_uint32.from_address(roots(setup(self.link)).data).value

    def value(self, reply: int | None) -> int:
        return tray_host._value(self.libc, reply)

    def __exit__(self, *told: object) -> None:
        self.xcb.xcb_disconnect(self.link)

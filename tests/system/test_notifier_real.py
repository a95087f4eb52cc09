"""Pop-ups against the real thing: dunst on a private D-Bus, no D-Bus, a daemon that hangs."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fakes import notifications, private_bus
from tests.fakes.notifications import NAME, Daemon
from tierline.system.notifier import Courier, Delivered, DesktopBus, NotShownError, Popup
from tierline.system.session_bus import VARIABLE

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no D-Bus"),
]
WITH_DUNST = pytest.mark.skipif(bool(notifications.lacking()), reason="dunst or Xvfb is lacking")
WITH_BUS = pytest.mark.skipif(bool(private_bus.lacking("dbus-daemon")), reason="D-Bus is lacking")
OVER = Popup("1/update/over", "CS0012376 Update over", "Pellow & Voss, +04:12", "critical")


@pytest.fixture
def daemon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    with notifications.dunst(tmp_path) as made:
        monkeypatch.setenv(VARIABLE, made.address)
        yield made


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus.bus(private_bus.home_env(tmp_path / "home")) as made:
        monkeypatch.setenv(VARIABLE, made)
        yield made


@pytest.fixture
def way() -> Iterator[DesktopBus]:
    made = DesktopBus()
    yield made
    made._hang_up()


@WITH_DUNST
def test_a_pop_up_is_seen_renewed_in_place_and_taken_back(daemon: Daemon, way: DesktopBus) -> None:
    courier = Courier(way)
    assert courier.deliver(OVER) == Delivered("desktop")
    assert courier.deliver(OVER._replace(body="+05:00")) == Delivered("desktop")
    assert daemon.on_screen() == 1
    courier.withdraw(OVER.key)
    assert daemon.on_screen() == 0
    assert [(each.title, each.body) for each in daemon.gone()] == [
        ("CS0012376 Update over", "+05:00")
    ]
    assert daemon.gone()[0].program == "Tierline"


@WITH_DUNST
def test_what_a_client_wrote_is_text_and_no_markup(daemon: Daemon, way: DesktopBus) -> None:
    said = "<b>loud</b> & “right” مرحبا 👩‍🔧"
    Courier(way).deliver(OVER._replace(body=said))
    way.withdraw(OVER.key)
    shown = daemon.gone()[0].body
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == said
    assert "<b>" not in shown


@WITH_DUNST
def test_one_closed_by_hand_or_unknown_is_not_missed(daemon: Daemon, way: DesktopBus) -> None:
    courier = Courier(way)
    courier.withdraw("never shown")
    courier.deliver(OVER)
    courier.withdraw(OVER.key)
    courier.withdraw(OVER.key)
    assert courier.deliver(OVER) == Delivered("desktop")
    assert daemon.on_screen() == 1


@WITH_DUNST
def test_the_daemon_is_known_by_name(daemon: Daemon, way: DesktopBus) -> None:
    assert way.look().startswith("dunst 1.")


def test_without_a_d_bus_it_says_so(way: DesktopBus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert Courier(way).deliver(OVER) == Delivered("", "there is no D-Bus in this session")
    with pytest.raises(NotShownError, match="no D-Bus"):
        way.look()


@pytest.mark.parametrize("rubbish", ["nonsense", "unix:path=/no/such/socket", "tcp:host=x,port=1"])
def test_an_address_nobody_serves_is_told(
    way: DesktopBus, monkeypatch: pytest.MonkeyPatch, rubbish: str
) -> None:
    monkeypatch.setenv(VARIABLE, rubbish)
    assert "the D-Bus does not answer" in Courier(way).deliver(OVER).problem


def test_a_bus_that_takes_calls_and_says_nothing_does_not_hold_us(
    way: DesktopBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        monkeypatch.setenv(VARIABLE, f"unix:path={tmp_path / 'deaf'}")
        assert "the D-Bus does not answer" in Courier(way).deliver(OVER).problem


@WITH_BUS
def test_a_session_without_a_daemon_is_told(address: str, way: DesktopBus) -> None:
    told = "the notification service does not run here"
    assert Courier(way).deliver(OVER) == Delivered("", told)
    with pytest.raises(NotShownError, match=told):
        way.look()


@WITH_BUS
def test_a_daemon_that_cannot_be_started_is_told(
    tmp_path: Path, way: DesktopBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = private_bus.home_env(tmp_path / "home")
    with private_bus.bus(env, {NAME: "/bin/false"}) as address:
        monkeypatch.setenv(VARIABLE, address)
        told = "the notification service could not be started"
        assert Courier(way).deliver(OVER) == Delivered("", told)


@WITH_BUS
def test_a_daemon_that_hangs_is_left_after_a_while(address: str, way: DesktopBus) -> None:
    told = "the notification service does not answer"
    with private_bus.mute(address, NAME):
        assert Courier(way).deliver(OVER) == Delivered("", told)
        with pytest.raises(NotShownError, match=told):
            way.look()


@WITH_DUNST
def test_after_a_daemon_that_hung_another_one_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: DesktopBus
) -> None:
    with ExitStack() as later:
        hung = later.enter_context(private_bus.bus(private_bus.home_env(tmp_path / "hung")))
        later.enter_context(private_bus.mute(hung, NAME))
        monkeypatch.setenv(VARIABLE, hung)
        courier = Courier(way)
        assert courier.deliver(OVER).problem
        well = later.enter_context(notifications.dunst(tmp_path / "well"))
        monkeypatch.setenv(VARIABLE, well.address)
        assert courier.deliver(OVER) == Delivered("desktop")

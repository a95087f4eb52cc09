"""What a reviewer found: nothing unexpected ends the sync, and a slow line only makes it slower."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fakes.desks import log, open_desk
from tests.sync.scripted import Script
from tests.sync.test_runner import Console2, server
from tierline.app.hubs import Door, whole
from tierline.app.syncing import HubEngine
from tierline.domain.errors import WorldError
from tierline.storage.sync_records import Applied
from tierline.sync.hubs.memory import MemoryHub
from tierline.sync.status import SyncStatus

__all__ = ["server"]


@pytest.mark.expects_logs
def test_an_answer_that_makes_no_sense_is_told_and_the_hub_tried_again() -> None:
    script = Script(numbers_left=0, lease=[None, (1, 50)])
    script.core._run.prefixes = ("CS",)
    rest = script.run()
    assert script.status.link == "offline"
    assert "unexpected" in script.status.what
    assert rest.until is not None
    script.sleep()
    assert script.status.link == "online"
    assert script.status.what == ""


@pytest.mark.expects_logs
def test_a_listener_that_fails_does_not_end_the_sync(
    tmp_path: Path, server: MemoryHub, caplog: pytest.LogCaptureFixture
) -> None:
    console = Console2(tmp_path / "mira", server, "mira")
    heard = console.sync._listener
    assert heard is not None
    failures: list[Any] = [WorldError("The disk is full.", safe="", todo=""), RuntimeError("gone")]

    def failing(status: SyncStatus, applied: Applied) -> None:
        heard(status, applied)
        if failures:
            raise failures.pop()

    console.sync._listener = failing
    console.sync.start()
    console.settled()
    log(console.desk)
    console.sync.poke()
    console.until(lambda: len(server.state.lines) == 1)
    console.close()
    assert not failures
    assert "was not heard" in caplog.text


def test_a_disk_that_keeps_no_time_hides_no_status(
    tmp_path: Path, server: MemoryHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(key: str, value: str) -> None:
        raise WorldError(f"{key} = {value} was not kept.", safe="", todo="")

    desk = open_desk(tmp_path / "mira", "mira")
    desk.replica.sync.join("sqlite:////h.sqlite", "hub", "mira", "console-mira")
    door = Door(
        whole("sqlite:////h.sqlite", "mira"), opening=lambda *_, **__: server.session("mira")
    )
    monkeypatch.setattr(desk.replica, "set_meta", full)
    told: list[SyncStatus] = []
    assert HubEngine(desk, door).once(lambda status, _: told.append(status)).link == "online"
    assert told[-1].caught_up
    desk.replica.close()

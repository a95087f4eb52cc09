"""What is read from the disk, and when: each thing once, and first what is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
READS = ("act", "open_ticket", "rows", "ids", "counts")


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    for at in range(6):
        log(desk, f"Label printer {at} prints blank", urgency=3 - at % 3)
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    yield made
    made.close()


@pytest.fixture
def reads(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what the desk is asked for from now on, in order."""
    del desktop
    told: list[str] = []

    def hear(name: str) -> None:
        asked = getattr(Desk, name)

        def heard(desk: Desk, *words: Any, **more: Any) -> Any:
            told.append(name)
            return asked(desk, *words, **more)

        monkeypatch.setattr(Desk, name, heard)

    for name in READS:
        hear(name)
    return told


def test_after_an_act_ticket_row_order_and_counts_are_read_once_in_this_order(
    desktop: Desktop, reads: list[str]
) -> None:
    desktop.made.console.actor.act([desktop.ids()[0]], cmd.Note(text="Rebooted"))
    desktop.settle()
    assert reads[0] == "act"
    assert sorted(reads[1:]) == ["counts", "ids", "open_ticket", "rows"]  # in any order
    view = desktop.made.console.ticket.current
    assert view is not None
    assert any("Rebooted" in str(entry) for entry in view.timeline)


def test_order_and_counts_wait_for_the_ticket_to_be_shown(
    desktop: Desktop, reads: list[str]
) -> None:
    seen: list[list[str]] = []
    desktop.made.console.ticket.shown.connect(lambda _: seen.append(list(reads)))
    desktop.made.console.actor.act([desktop.ids()[0]], cmd.Note(text="Rebooted"))
    desktop.settle()
    (at_once,) = seen
    assert "ids" not in at_once
    assert "counts" not in at_once


def test_an_act_on_a_ticket_that_is_not_looked_at_reads_no_ticket(
    desktop: Desktop, reads: list[str]
) -> None:
    other = desktop.ids()[3]
    desktop.made.console.actor.act([other], cmd.Take())
    desktop.settle()
    assert reads[0] == "act"
    assert sorted(reads[1:]) == ["counts", "ids", "rows"]  # in any order
    row = desktop.made.console.queue.model.row_at(desktop.ids().index(other))
    assert row is not None
    assert row.assignee.startswith("Mira")


def test_a_refused_act_leaves_nothing_behind_for_the_next(
    desktop: Desktop, reads: list[str]
) -> None:
    first = desktop.ids()[0]
    actor = desktop.made.console.actor
    actor.act([first], cmd.Close(confirmed_by="Elspeth"))
    desktop.settle()
    assert "ids" not in reads
    actor.start_or_stop_timer(first)
    desktop.settle()
    view = desktop.made.console.ticket.current
    assert view is not None
    assert view.ticket.timer_by == "mira"
    assert "counts" in reads


def test_another_order_reads_the_open_ticket_not_again(desktop: Desktop, reads: list[str]) -> None:
    chosen = desktop.parts.queue.current_id()
    desktop.made.console.queue.sort("number")
    desktop.settle()
    assert desktop.parts.queue.current_id() == chosen
    assert "open_ticket" not in reads


@pytest.mark.expects_logs
def test_a_ticket_that_cannot_be_read_still_lets_order_and_counts_be_read(
    desktop: Desktop, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(desk: Desk, ticket_id: str) -> None:
        del desk, ticket_id
        raise OSError("disk")

    monkeypatch.setattr(Desk, "open_ticket", broken)
    desktop.made.console.actor.act([desktop.ids()[0]], cmd.Note(text="Rebooted"))
    desktop.settle()
    assert reads[0] == "act"
    assert sorted(reads[1:]) == ["counts", "ids", "rows"]

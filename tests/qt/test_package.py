"""C12 on screen: what a package has left is told by a sign and words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done
from tests.qt.process_scene import SCHOOL, Screen
from tierline.domain import commands as cmd
from tierline.storage.records import Client
from tierline.widgets.brush import Brush

HOUR = 3600
LAPTOP = (1180, 760)


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(qtbot, qapp, tmp_path)
    yield made
    made.close()


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sign and text that is painted, in order."""
    said: list[str] = []
    icon, text = Brush.icon, Brush.text

    def sign(brush: Brush, left: float, middle: float, name: str, *more: Any) -> float:
        said.append(name)
        return icon(brush, left, middle, name, *more)

    def words(
        brush: Brush, left: float, middle: float, shown: str, *more: Any, **named: Any
    ) -> Any:
        said.append(shown)
        return text(brush, left, middle, shown, *more, **named)

    monkeypatch.setattr(Brush, "icon", sign)
    monkeypatch.setattr(Brush, "text", words)
    return said


def worked(screen: Screen, hours: float, package: float = 10, word: str = "") -> None:
    """A ticket of a client with that package, on which so much was worked this month."""
    entry = Client(
        name=SCHOOL,
        policy="three-line",
        allowance_hours=package,
        allowance_word=word,
        city="Hobart",
    )
    screen.desk.replica.directory.put_clients([entry])
    made = screen.log(SCHOOL)
    if hours:
        done(screen.desk.act(made, cmd.LogTime(seconds=round(hours * HOUR))))
    screen.open(made)


@pytest.mark.parametrize(
    ("hours", "sign", "brief"),
    [
        (3, "hourglass", "3:00 of 10:00 this month"),
        (9, "triangle-alert", "1:00 left of 10:00 this month"),
        (10, "triangle-alert", "0:00 left of 10:00 this month"),
        (11.5, "octagon-alert", "1:30 beyond 10:00 this month"),
    ],
)
def test_C12_each_state_has_its_sign_and_its_words(
    screen: Screen, painted: list[str], hours: float, sign: str, brief: str
) -> None:
    worked(screen, hours)
    painted.clear()
    parties = screen.parts.ticket.parties
    parties.grab()
    assert painted[painted.index(brief) - 1] == sign
    assert parties.accessibleName().count("10 hours agreed: ") == 1
    assert f"{int(hours)}:" in parties.toolTip()


def test_C12_a_package_without_a_figure_says_what_was_used(
    screen: Screen, painted: list[str]
) -> None:
    worked(screen, 1, 0, "24×7×365")
    painted.clear()
    screen.parts.ticket.parties.grab()
    assert "24×7×365, 1:00 this month" in painted


def test_a_contract_that_names_no_package_says_where_the_client_is(
    screen: Screen, painted: list[str]
) -> None:
    worked(screen, 1, 0)
    painted.clear()
    screen.parts.ticket.parties.grab()
    assert "Hobart" in painted
    assert "hourglass" not in painted


@pytest.mark.parametrize(("hours", "seen"), [(3, False), (9, True), (11, True)])
def test_C12_a_laptop_is_told_in_the_head_once_little_is_left(
    screen: Screen, painted: list[str], hours: float, seen: bool
) -> None:
    screen.window.resize(*LAPTOP)
    worked(screen, hours)
    painted.clear()
    assert not screen.parts.ticket.parties.isVisible()
    screen.parts.ticket.head.grab()
    assert any("10:00 this month" in each for each in painted) is seen


def test_C12_beyond_it_a_band_says_so_and_no_act_is_held_up(screen: Screen) -> None:
    worked(screen, 11)
    band = screen.parts.ticket.flags
    assert [flag.kind for flag in band.flags] == ["allowance"]
    assert "Beyond the package." in band.accessibleName()
    view = screen.made.console.ticket.current
    assert view is not None
    assert view.action("resolve").allowed

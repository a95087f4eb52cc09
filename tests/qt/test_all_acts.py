"""What can be done from the menu of all acts, the palette and the keys' help; and why not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import PEOPLE, done
from tests.qt.process_scene import HOUSES, SCHOOL, Screen
from tierline.domain import commands as cmd
from tierline.present.acts import TICKET, of_kind

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ONLY = "Only a lead decides who may read a ticket. Ask Priya Rao."


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(qtbot, qapp, tmp_path)
    yield made
    made.close()


def lead(screen: Screen, person: str) -> None:
    """That person is in charge."""
    people = [replace(p, role="lead") if p.id == person else p for p in PEOPLE]
    screen.desk.replica.directory.put_people(people)
    screen.desk.people.refresh()


def offered(screen: Screen) -> dict[str, QAction]:
    """What More has now, by what it asks for."""
    menu = screen.parts.ticket.acts.menu()
    return {str(action.data()): action for action in menu.actions()}


def palette(screen: Screen, typed: str) -> dict[str, str]:
    """The acts that the palette finds, with the reason of those that cannot be done."""
    sheet: Any = screen.asked("palette")
    screen.type(f"> {typed}")
    screen.settle()
    rows = {row.value: row.reason for row in sheet.list.rows if row.what == "act"}
    screen.parts.book.leave()
    return rows


def test_more_has_quote_feedback_readers_and_files(screen: Screen) -> None:
    screen.log(HOUSES)
    acts = offered(screen)
    assert {"quote", "answer_quote", "feedback", "restrict", "attach"} <= set(acts)
    assert acts["attach"].isEnabled()
    assert "gives no quotes" in acts["quote"].statusTip()
    assert "is open" in acts["feedback"].statusTip()


def test_only_leads_restrict_and_the_others_are_told_whom_to_ask(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    lead(screen, "priya")
    screen.open(made)
    act = offered(screen)["restrict"]
    assert (act.isEnabled(), act.statusTip()) == (False, ONLY)
    assert palette(screen, "who may")["restrict"] == ONLY
    assert screen.asked("restrict") is None
    assert ONLY in screen.note()


def test_a_lead_restricts_with_a_reason_and_opens_it_again(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    lead(screen, "mira")
    screen.open(made)
    act = offered(screen)["restrict"]
    assert (act.isEnabled(), act.text()) == (True, "Let only a few read it")
    act.trigger()
    screen.settle()
    sheet: Any = screen.parts.book.current
    assert sheet.lacks() == [("reason", "the reason")]
    screen.type("A personal matter")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.ticket(made).restricted
    head = screen.parts.ticket.head
    assert "Restricted" in head.accessibleName()
    assert offered(screen)["restrict"].text() == "Let everybody read it"
    screen.asked("restrict")
    screen.press(KEY.Key_Return, CTRL)
    assert not screen.ticket(made).restricted
    assert "Restricted" not in head.accessibleName()


def test_a_conflict_is_never_settled_without_saying_how(screen: Screen) -> None:
    screen.log(SCHOOL)
    none = offered(screen)["settle"]
    assert (none.isEnabled(), "no open conflict" in none.statusTip()) == (False, True)
    view = screen.made.console.ticket.current
    assert view is not None
    met = [a._replace(reason="") if a.kind == "settle" else a for a in view.actions]
    screen.parts.ticket.acts.show_ticket(dataclasses.replace(view, actions=tuple(met)))
    acts = offered(screen)
    assert {"settle_keep", "settle_mine", "settle_both"} <= set(acts)
    assert "settle" not in acts
    asked: list[str] = []
    screen.parts.ticket.acts.act_asked.connect(asked.append)
    acts["settle_mine"].trigger()
    assert asked == ["settle_mine"]


def test_every_act_of_the_menu_is_one_that_the_window_knows(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    done(screen.desk.act(made, cmd.Resolve(steps="New cable")))
    screen.open(made)
    for name in offered(screen):
        assert of_kind(name).name in screen.window.deeds._table, name


def test_the_help_has_every_act_with_its_keys(screen: Screen) -> None:
    screen.log(SCHOOL)
    sheet: Any = screen.asked("keys")
    shown = {row.value: row.keys for row in sheet.left.rows if row.what}
    assert shown == {act.name: tuple(k.replace("+", " ") for k in act.keys) for act in TICKET}
    assert {"quote": ("Q",), "answer_quote": ("Shift Q",), "feedback": ("Shift F",)}.items() <= (
        shown.items()
    )


def test_the_help_tells_the_keys_a_person_chose(screen: Screen) -> None:
    screen.log(SCHOOL)
    screen.settings.put("keys", {"quote": ["Ctrl+Q"], "feedback": []})
    sheet: Any = screen.asked("keys")
    shown = {row.value: row.keys for row in sheet.left.rows if row.what}
    assert shown["quote"] == ("Ctrl Q",)
    assert shown["feedback"] == ()
    screen.parts.book.leave()
    screen.settings.put("single_keys", False)
    sheet = screen.asked("keys")
    assert {row.value: row.keys for row in sheet.left.rows}["take"] == ()

"""Merge, link, hand over and read what one was told: the sheets, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import PEOPLE, done, log
from tests.qt.sheet_scene import CTRL, KEY, SCHOOL, SheetScene
from tierline.desk.acting import Done
from tierline.desk.for_me import ForMe
from tierline.domain import commands as cmd
from tierline.present.wishes import Act, HandAll
from tierline.storage.records import Person
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.link_band import LinkBand, LinkRow
from tierline.widgets.ticket.mention_list import MentionList
from tierline.widgets.ticket.writing import Writing


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> ThemeHub:
    return ThemeHub(qapp, "light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    made = SheetScene(qtbot, hub, tmp_path)
    made.book.wished.connect(lambda wish: _grant(made, wish))
    yield made
    made.close()


def _grant(scene: SheetScene, wish: Any) -> None:
    desk = scene.desk
    if isinstance(wish, HandAll):
        answers = desk.teams.hand_over(wish.handings, wish.to, wish.group, desk.clock(), desk.me)
        assert all(isinstance(each, Done) for each in answers), answers
    else:
        assert isinstance(wish, Act)
        done(desk.act(wish.ticket_id, wish.command))
    scene.book.granted()


def _told(scene: SheetScene, person: str) -> tuple[ForMe, ...]:
    before, scene.desk.me = scene.desk.me, person
    found = scene.desk.for_me()
    scene.desk.me = before
    return found


def test_a_merge_is_asked_about_with_the_likeliest_ticket_first(scene: SheetScene) -> None:
    log(scene.desk, "Something else is slow", client=SCHOOL, contact="Orla Fennick")
    same = log(scene.desk, "The printer gateway is silent", client=SCHOOL, contact="Orla Fennick")
    number = scene.desk.rows([same])[0].number
    sheet = scene.open("merge")
    assert sheet.into.list.rows[0].key == same
    assert sheet.primary.text() == f"Merge into {number}"
    assert "cannot be undone" in sheet.warning.text()
    assert f"about the same as {number}" in sheet.message.text()
    scene.send()
    merged = scene.last()
    assert merged.ticket.ended == "cancelled"
    assert merged.undo_until is None
    view = scene.desk.open_ticket(same)
    assert view is not None
    assert [link.word for link in view.links] == ["goes on with"]
    verbs = [entry.verb for entry in view.timeline]
    assert f"note, on {scene.ticket.number}" in verbs, "what was written is read on the other"


def test_another_ticket_is_found_by_its_number(scene: SheetScene) -> None:
    other = log(scene.desk, "A quite different thing", client="Marrowby Foods")
    number = scene.desk.rows([other])[0].number
    sheet = scene.open("merge")
    scene.type(number.lstrip("CS0"))
    assert [row.key for row in sheet.into.list.rows] == [other]
    sheet.into.entry.selectAll()
    scene.type("nonsense")
    assert "the other ticket" in sheet.lack.text()
    assert not sheet.primary.isEnabled()


def test_a_link_is_made_and_taken_away_on_both(scene: SheetScene) -> None:
    cause = log(scene.desk, "The gateway lost its power", client=SCHOOL)
    sheet = scene.open("link")
    sheet.how.list.choose(3)
    sheet.other.entry.setFocus()
    scene.type("lost its power")
    scene.send()
    assert [(t.other, t.how) for t in scene.last().ticket.links] == [(cause, "cause")]
    view = scene.desk.open_ticket(cause)
    assert view is not None
    assert view.links[0].sentence.startswith(f"Cause of {scene.ticket.number}: Printer gateway")
    sheet = scene.open("link")
    sheet.there.list.choose(1)
    assert sheet.primary.text() == "Take the link away"
    scene.send()
    assert scene.last().ticket.links == ()
    assert scene.desk.open_ticket(cause).links == ()  # type: ignore[union-attr]


def test_B2_what_i_hold_is_handed_to_the_coming_shift_by_keys(scene: SheetScene) -> None:
    """The team of the night comes at 17:00; a note is on each ticket before it goes."""
    night = Person(id="noor", name="Noor Haddad", tier=1, team="Global desk")
    day = next(each for each in PEOPLE if each.id == "mira")
    scene.desk.replica.directory.put_people([night, _in_team(day, "Local desk")])
    scene.desk.people.refresh()
    scene.desk.book.default = "tiered"
    assert scene.book.open("handover", None)
    scene.settle()
    sheet = scene.sheet
    assert "Hand over at 17:00" in sheet.title.text()
    assert [row.key for row in sheet.to.list.rows] == ["noor", "team:"]
    assert "Driver rolled back" in sheet.text.text(), "the note begins with what was done last"
    sheet.text.entry.setFocus()
    sheet.text.entry.end(False)
    scene.type(" Test print at six.")
    sheet.to.list.setFocus()
    scene.press(KEY.Key_1)
    assert sheet.primary.text() == "Hand over 1 to Noor"
    scene.send()
    assert scene.ticket.assignee == "noor"
    (told,) = _told(scene, "noor")
    assert told.kind == "hand-over"
    assert told.text.endswith("Test print at six.")
    assert "handed it over to Noor Haddad" in [entry.verb for entry in scene.view.timeline]


def test_a_ticket_that_is_left_out_stays_mine(scene: SheetScene) -> None:
    other = log(scene.desk, "Another one of mine")
    done(scene.desk.act(other, cmd.Take()))
    assert scene.book.open("handover", None)
    scene.settle()
    sheet = scene.sheet
    left = sheet.list.rows[0].key
    sheet.goes.click()
    sheet.to.list.choose(0)
    scene.send()
    assert scene.desk.rows([left])[0].assignee == "Mira O."
    assert not scene.sheet.isHidden(), "what stayed is still there to be handed over"


def test_what_i_was_told_is_read_one_by_one(scene: SheetScene) -> None:
    done(
        scene.desk.acting.act(scene.id, _mention("mira", "look at the log"), scene.clock(), "hana")
    )
    assert scene.book.open("for_me", None)
    scene.settle()
    sheet = scene.sheet
    assert sheet.title.text() == "For you: 0 handed over, 1 mention"
    assert sheet.text.text() == "Hana Sato: @Mira Okonedo look at the log"
    scene.send()
    assert scene.desk.for_me() == ()
    assert not sheet.none.isHidden()
    assert "has read it" in [entry.verb for entry in scene.view.timeline]


def _mention(who: str, text: str) -> cmd.Note:
    return cmd.Note(text=f"@{who} {text}", mentions=(who,))


def _in_team(person: Person, team: str) -> Person:
    return Person(id=person.id, name=person.name, tier=person.tier, team=team)


def test_A8_a_call_about_a_known_ticket_joins_it_by_one_key(scene: SheetScene) -> None:
    sheet = scene.open("log", client=SCHOOL, contact="Ben Ash")
    assert sheet.known.isHidden()
    sheet.subject_line.entry.setFocus()
    scene.type("printer gatway silent")
    assert [row.key for row in sheet.known.list.rows] == [scene.id], "a slip is forgiven"
    before = scene.desk.replica.tickets.count()
    scene.press(KEY.Key_J, CTRL)
    assert scene.desk.replica.tickets.count() == before
    said = scene.view.timeline[-1]
    assert (said.kind, said.text) == ("in", "Ben Ash has it too: printer gatway silent")
    assert scene.ticket.replied
    assert scene.book.current is None


def test_a_second_caller_of_a_major_incident_is_told_there(scene: SheetScene) -> None:
    done(scene.desk.act(scene.id, cmd.Prioritise(priority=1, reason="All of them")))
    sheet = scene.open("sev1")
    scene.type("kes")
    scene.press(KEY.Key_Return)
    assert [row.key for row in sheet.known.list.rows] == [scene.id]
    scene.press(KEY.Key_J, CTRL)
    assert scene.view.timeline[-1].kind == "in"


def test_a_new_ticket_is_given_to_the_suggested_only_when_ticked(scene: SheetScene) -> None:
    sheet = scene.open("log", client="Marrowby Foods", contact="Ada Prior")
    sheet.subject_line.entry.setFocus()
    scene.type("Label printer is jammed")
    assert sheet.give.text() == "Mira Okonedo: has printer, on shift until 17:00, 1 open"
    sheet.grid.choose(1, 1)
    assert sheet._command().assignee == ""
    sheet.give.click()
    assert sheet._command().assignee == "mira"


def test_a_name_is_completed_behind_an_at_sign(scene: SheetScene, hub: ThemeHub) -> None:
    box = Writing(hub, "Note", scene.window)
    names = MentionList(hub, box)
    names.offer(scene.desk.people.alike)
    box.show()
    box.setFocus()
    scene.type("Mail to a@ha, and @ha")
    assert [row.key for row in names.list.rows] == ["hana"]
    assert names.isVisible()
    scene.press(KEY.Key_Return)
    assert box.toPlainText() == "Mail to a@ha, and @hana "
    assert not names.isVisible()
    scene.type("@")
    scene.press(KEY.Key_Down)
    scene.press(KEY.Key_Escape)
    assert not names.isVisible()
    assert box.toPlainText().endswith("@hana @")


def test_the_other_tickets_open_from_the_pane(scene: SheetScene, hub: ThemeHub) -> None:
    other = log(scene.desk, "The gateway lost its power", client=SCHOOL)
    number = scene.desk.rows([other])[0].number
    done(scene.desk.act(scene.id, cmd.Link(other=other, number=number, how="cause")))
    band, opened = LinkBand(hub, scene.window), []
    band.opened.connect(opened.append)
    band.show_links(scene.view.links)
    row = band.findChildren(LinkRow)[0]
    assert row.accessibleName().startswith(f"Caused by {number}: The gateway lost its power")
    row.click()
    assert opened == [other]

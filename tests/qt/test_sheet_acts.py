"""Each plain act through its sheet, by keys, accepted by the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done, log
from tests.qt.sheet_scene import DENTAL, KEY, SheetScene, texts
from tierline.domain import commands as cmd
from tierline.storage.records import Client
from tierline.widgets.theme import ThemeHub

HOUSES = "Loxhaven Property"


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> ThemeHub:
    return ThemeHub(qapp, "light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    made = SheetScene(qtbot, hub, tmp_path)
    yield made
    made.close()


def test_resolve_tells_the_contact_what_was_done(scene: SheetScene) -> None:
    sheet = scene.open("resolve")
    scene.type("Amplifier changed.")
    assert "Orla" in sheet.message.text()
    assert "Amplifier changed." in sheet.message.text()
    assert sheet.message.channel() == "phone"
    sheet.message.mail.click()
    sheet.first_contact.click()
    scene.send()
    ticket = scene.last().ticket
    assert (ticket.ended, ticket.steps, ticket.first_contact) == (
        "resolved",
        "Amplifier changed.",
        True,
    )
    sent = next(
        entry for entry in scene.view.timeline if "Amplifier" in entry.text and entry.kind == "out"
    )
    assert sent.verb == "to Orla Fennick, e-mail"
    assert "Amplifier changed." in sent.text


def test_a_message_that_was_written_is_not_overwritten_by_the_steps(scene: SheetScene) -> None:
    sheet = scene.open("resolve")
    scene.type("Amp")
    sheet.message.entry.setFocus()
    scene.type(" Thanks!")
    sheet.steps.entry.setFocus()
    scene.type("lifier")
    assert "Amplifier" not in sheet.message.text()
    assert sheet.message.text().count("Thanks!") == 1


def test_wait_by_digit_reason_and_a_moment(scene: SheetScene) -> None:
    sheet = scene.open("wait")
    assert sheet.lack.text() == "Still needed: what it waits for."
    scene.press(KEY.Key_4)
    assert sheet.primary.text() == "Wait: 3rd party"
    assert sheet.lack.text() == "Still needed: the reason."
    scene.press(KEY.Key_Tab)
    scene.type("Vendor sends an engineer")
    scene.press(KEY.Key_Tab)
    scene.type("tomorrow 9:00")
    assert "Fri 6 Nov 09:00" in texts(sheet)
    scene.press(KEY.Key_Return)
    ticket = scene.last().ticket
    assert (ticket.status, ticket.status_why) == (
        "awaiting-third-party",
        "Vendor sends an engineer",
    )
    assert ticket.until == datetime(2026, 11, 5, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "said"), [("maybe", "no date or time"), ("1 nov 2026", "passed")]
)
def test_wait_says_at_the_field_that_a_moment_cannot_be(
    scene: SheetScene, typed: str, said: str
) -> None:
    sheet = scene.open("wait", status="waiting-client")
    sheet.why.entry.setText("asked")
    sheet.until.entry.setFocus()
    scene.type(typed)
    assert said in sheet.until.error.text()
    assert not sheet.primary.isEnabled()


def test_wait_offers_moments_at_one_click(scene: SheetScene) -> None:
    sheet = scene.open("wait")
    words = [button.text() for button in sheet.until.quick.widgets()]
    assert words[:3] == ["In 2 hours", "Today 16:00", "Tomorrow 08:00"]
    sheet.until.quick.widgets()[2].click()
    assert sheet.until.moment() == datetime(2026, 11, 5, 21, 0, tzinfo=UTC)


def test_wait_says_which_clocks_each_status_stops(scene: SheetScene) -> None:
    rows = scene.open("wait").status.list.rows
    notes = {row.key: row.note for row in rows}
    assert notes["planned"] == "stops update"
    assert "line limit" in notes["awaiting-parts"]


def test_status_by_digit(scene: SheetScene) -> None:
    sheet = scene.open("status")
    keys = [row.key for row in sheet.status.list.rows]
    assert "in-progress" not in keys
    sheet.status.list.choose(keys.index("assigned"))
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.status == "assigned"


def test_C1_a_visit_by_first_line_asks_for_its_reason(scene: SheetScene) -> None:
    sheet = scene.open("status")
    keys = [row.key for row in sheet.status.list.rows]
    sheet.status.list.choose(keys.index("on-site"))
    assert not sheet.primary.isEnabled()
    sheet.why.put("I am in the building")
    assert sheet.primary.isEnabled()
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.status == "on-site"


def test_B8_a_visit_goes_by_enter_from_the_way_to_the_site_and_away(scene: SheetScene) -> None:
    """The likeliest step is chosen; second line travels without a reason."""
    done(scene.desk.act(scene.id, escalated()))
    for status, verb in (
        ("travelling", "Travelling"),
        ("on-site", "On site"),
        ("in-progress", "Leave site"),
    ):
        sheet = scene.open("visit")
        assert (sheet.status.text(), sheet.primary.text()) == (status, verb)
        scene.press(KEY.Key_Return)
        assert scene.last().ticket.status == status


def test_B8_one_turns_back_or_travels_on(scene: SheetScene) -> None:
    done(scene.desk.act(scene.id, escalated()))
    done(scene.desk.act(scene.id, cmd.ChangeStatus(status="travelling")))
    assert steps(scene) == ["On site", "Turn back"]
    done(scene.desk.act(scene.id, cmd.ChangeStatus(status="on-site")))
    assert steps(scene) == ["Leave site", "Travelling"]


@pytest.mark.parametrize("client", [DENTAL, HOUSES])
def test_a_policy_without_rules_for_visits_is_read_by_its_signs(
    scene: SheetScene, client: str
) -> None:
    scene.desk.replica.directory.put_clients([Client(name=HOUSES, policy="service-definition")])
    scene.id = log(scene.desk, client=client, channel="phone", later=True, priority=3)
    done(scene.desk.act(scene.id, cmd.Take()))
    assert steps(scene)[-1] == "On site"
    done(scene.desk.act(scene.id, cmd.ChangeStatus(status="on-site")))
    assert steps(scene)[0] == "Leave site"
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.status == "in-progress"


def test_C1_a_visit_by_first_line_needs_its_reason(scene: SheetScene) -> None:
    sheet = scene.open("visit")
    assert sheet.lack.text() == "Still needed: the reason."
    sheet.why.put("I am in the building")
    assert sheet.primary.isEnabled()


def steps(scene: SheetScene) -> list[str]:
    return [row.text for row in scene.open("visit").status.list.rows]


def escalated() -> cmd.Escalate:
    return cmd.Escalate(
        tier=2, reason="remote", handover="Needs hands", message="Ines comes.", assignee="mira"
    )


def test_priority_by_arrows_with_a_reason(scene: SheetScene) -> None:
    sheet = scene.open("prioritise")
    assert sheet.grid.value() == (3, 2)
    assert not sheet.primary.isEnabled()
    scene.press(KEY.Key_Up)
    assert sheet.grid.priority() == 2
    assert sheet.lack.text() == "Still needed: the reason."
    assert "Fix is now due" in texts(sheet)
    sheet.why.entry.setFocus()
    scene.type("The whole floor is silent")
    assert sheet.primary.text() == "Set to P2"
    scene.press(KEY.Key_Return)
    ticket = scene.last().ticket
    assert (ticket.priority, ticket.impact, ticket.urgency) == (2, 2, 2)


def test_priority_shows_the_policys_own_help(scene: SheetScene) -> None:
    assert "Critical: Nobody at the client can work" in texts(scene.open("prioritise"))


def test_assign_by_typing_part_of_a_name(scene: SheetScene) -> None:
    sheet = scene.open("assign")
    assert [row.id for row in sheet.people.list.rows] == ["tobias"]
    scene.type("tob")
    assert sheet.primary.text() == "Assign to Tobias"
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.assignee == "tobias"


def test_assign_says_when_nobody_fits(scene: SheetScene) -> None:
    sheet = scene.open("assign")
    scene.type("zz")
    assert sheet.people.none.isVisible()
    assert not sheet.primary.isEnabled()


def test_C6_consult_keeps_the_ticket_and_names_whom(scene: SheetScene) -> None:
    sheet = scene.open("consult")
    scene.type("priya")
    sheet.question.entry.setFocus()
    scene.type("Same firmware on gateway 2?")
    scene.send()
    ticket = scene.last().ticket
    assert (ticket.tier, ticket.assignee) == (1, "mira")
    verbs = [entry.verb for entry in scene.view.timeline]
    assert "consulted Priya Rao, 2nd line" in verbs


def resolved(scene: SheetScene) -> None:
    done(scene.desk.act(scene.id, cmd.Resolve(steps="Restarted")))


def test_reopen_needs_what_still_does_not_work(scene: SheetScene) -> None:
    resolved(scene)
    sheet = scene.open("reopen")
    assert "5 business days" in texts(sheet)
    scene.type("Silent again")
    scene.send()
    assert scene.last().ticket.open


def test_B11_close_waits_for_the_contacts_yes_where_the_policy_wants_it(
    scene: SheetScene,
) -> None:
    scene.desk.replica.directory.put_clients([Client(name="Tiered", policy="tiered")])
    scene.id = log(scene.desk, client="Tiered")
    resolved(scene)
    sheet = scene.open("close")
    assert sheet.lack.text() == "Still needed: who confirmed."
    assert "wants Elspeth Marlow to confirm first" in texts(sheet)
    scene.type("Elspeth Marlow")
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.ended == "closed"


def test_close_without_such_a_rule_needs_nobodys_word(scene: SheetScene) -> None:
    resolved(scene)
    scene.open("close")
    scene.send()
    assert scene.last().ticket.ended == "closed"


def test_A3_missing_details_block_closing_and_lead_to_their_form(scene: SheetScene) -> None:
    facts = {"client": DENTAL, "impact": 1, "urgency": 1, "later": True, "channel": "phone"}
    scene.id = log(scene.desk, "", **facts)
    resolved(scene)
    sheet = scene.open("close")
    assert not sheet.primary.isEnabled()
    assert "Sites and people affected" in texts(sheet)
    assert sheet.fill_in.hasFocus()
    scene.press(KEY.Key_Return)
    form = scene.sheet
    assert form.kind == "fill"
    for text in ("Mail, since nine", "All of them", "(03) 5550 0117", "PC-12"):
        scene.type(text)
        scene.press(KEY.Key_Tab)
    scene.send()
    assert scene.last().ticket.missing == ()
    scene.open("close")
    scene.send()
    assert scene.last().ticket.ended == "closed"


def test_verify_records_how_and_never_the_proof(scene: SheetScene) -> None:
    sheet = scene.open("verify")
    assert "(02) 5550 0142" in [row.note for row in sheet.how.list.rows]
    scene.press(KEY.Key_2)
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.verified == "call-back"

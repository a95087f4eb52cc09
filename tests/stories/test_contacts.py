"""Short stories of what is between the desk and its contacts: proof, quotes, surveys, letters."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.stories.office import DENTAL, SCHOOL, WINES, Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_D7_a_password_is_reset_only_for_a_caller_who_knows_the_PIN(office: Office) -> None:
    office.opens_with_clients()
    nell = {"client": WINES, "contact": "Nell Abara", "contact_reach": "020 7946 0112"}
    before = office.has_a_ticket("Till is slow", details={"computer": "TILL-1"}, **nell)
    call = office.has_a_ticket("Password", channel="phone", type="password-reset", **nell)
    mira = office.sits_down("mira")
    with office.tells("Nell has no PIN yet: the sheet names the other way, and nothing is done."):
        mira.opens(call)
        mira.presses("I")
        assert "Or the other way: The portal, or a manager or colleague logs it" in mira.words
        mira.presses("Esc")
    with office.tells("On a visit she chooses one: nobody can look it up, its hash alone is kept."):
        mira.opens(before)
        mira.commands("set the contact")
        assert "Only its hash is kept" in mira.words
        mira.types("4711")
        mira.writes("The same again", "4711")
        mira.presses("Ctrl Return")
        assert mira.sheet == ""
    with office.tells("Somebody calls and says another: it does not match, two tries are left."):
        mira.opens(call)
        mira.presses("I")
        mira.types("1234")
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: "2 tries left" in mira.words + "\n".join(mira.lines))
        assert "4711" not in mira.words
    with office.tells("The right one: Nell is proven, and the ticket says when."):
        mira.types("4711")
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: mira.sheet == "")
        assert "verified" in mira.told.lower()
        assert "4711" not in mira.told


def test_A9_a_quote_is_given_holds_fourteen_days_and_is_approved(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket(
        "Two new label printers", held_by="mira", client=DENTAL, contact="Joy Maddern"
    )
    mira = office.sits_down("mira")
    with office.tells(
        "Q: a sum and what it is for; until when it holds is said before it is sent."
    ):
        mira.presses("Q")
        assert mira.sheet == f"Quote on {number}"
        mira.types("12,500.00")
        mira.writes("What the money is for", "Two printers, installed")
        assert "19 Nov" in mira.words, mira.words
        mira.presses("Ctrl Return")
        assert "12,500.00" in mira.told
    with office.tells("Joy's director approves by e-signature; what is to be ordered is said."):
        mira.presses("Shift Q")
        mira.presses("1", "Tab")
        mira.presses("1")
        mira.writes("Who", "Dr Alan Petrie")
        mira.presses("Ctrl Return")
        assert mira.sheet == "", mira.words
        assert "Dr Alan Petrie" in mira.told


def test_messages_leave_by_hand_where_there_is_no_mail_yet(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Board has no sound", held_by="mira")
    mira = office.sits_down("mira")
    with office.tells("Mira writes to Orla. The message is kept, and marked as still to send."):
        mira.presses("M")
        mira.types("Hello Orla, we come at noon.")
        mira.presses("Ctrl Return", "Esc")
        assert "we come at noon., to send" in mira.history[-2], mira.history
    with office.tells("Ctrl O lists what is to go out; Enter copies address, subject and words."):
        mira.presses("Ctrl O")
        assert mira.sheet == "1 message to send"
        mira.presses("Return")
        copied = QApplication.clipboard().text()
        assert "orla@kestrelbrook.example" in copied
        assert number in copied
        assert "Hello Orla, we come at noon." in copied
    with office.tells("Ctrl Enter marks it as sent by hand, and the history says so."):
        mira.presses("Ctrl Return")
        assert "Every message has gone out." in mira.words
        mira.presses("Esc")
        assert "sent by hand" in mira.told


def test_C6_second_line_consults_third_and_keeps_the_ticket(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Gateway forgets its routes", client=SCHOOL, tier=2)
    priya = office.sits_down("priya")
    with office.tells("Priya takes it on second line, where its limit counts."):
        priya.presses("T")
        assert "line limit due" in priya.clocks
    with office.tells("C asks third line, and the ticket stays hers."):
        priya.presses("C")
        assert priya.sheet == f"Consult on {number}"
        priya.types("hana")
        priya.writes("Asked or told", "Seen this on the new firmware? Roll it back, says Hana.")
        priya.presses("Ctrl Return")
        assert "consulted Hana Sato" in priya.told
        assert "Priya" in priya.head
    with office.tells("The limit of second line is met by that."):
        assert "line limit met" in priya.clocks

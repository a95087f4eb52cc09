"""D7: a password is reset by phone only after the caller's PIN; and nobody ever sees one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.process.talk.conftest import CLIENT, CONTACT, Desk
from tierline.app.opening import open_desk
from tierline.desk.identity import PinChecked
from tierline.domain.errors import Refusal

PIN, WRONG = "73019264", "73019265"
OTHERWISE = "Or the other way: The portal, or a manager or colleague logs it."
DESKTOP = Path(__file__).parents[3] / "desktop"


@pytest.fixture
def service(desk: Callable[[str], Desk]) -> Desk:
    """A desk on which Ada has a PIN."""
    made = desk("service-definition")
    made.at("2026-11-05 09:00")
    made.do("pin", "set", "--client", CLIENT, "--contact", CONTACT, stdin=f"{PIN}\n")
    made.at("2026-11-05 10:42")
    return made


@pytest.fixture
def reset(service: Desk) -> str:
    """A password reset by phone."""
    return service.log("Password forgotten", "--type", "password-reset")


def wrong(service: Desk, number: str, times: int) -> str:
    """Say a wrong PIN so often; the last answer."""
    return [service.refused("pin", "check", number, stdin=f"{WRONG}\n") for _ in range(times)][-1]


@pytest.mark.parametrize(
    "words",
    [
        ("message", "Your new password is on its way"),
        ("resolve", "Password reset"),
        ("time", "5m"),
        ("time", "--start"),
        ("escalate", "--to", "2", "--reason", "skill", "--handover", "x", "--message", "x"),
        ("verify", "I know the voice"),
    ],
)
def test_D7_by_phone_it_is_not_worked_before_the_pin_and_the_other_way_is_named(
    service: Desk, reset: str, words: tuple[str, ...]
) -> None:
    why = service.refused(words[0], reset, *words[1:])
    assert "before the caller's PIN is right." in why
    assert why.rstrip().endswith(OTHERWISE)


def test_D7_it_may_be_taken_and_noted_meanwhile(service: Desk, reset: str) -> None:
    service.do("take", reset)
    service.do("note", reset, "Looks for the PIN letter")
    assert service.show(reset)["assignee"] == "mira"


def test_D7_the_right_pin_lets_it_be_worked(service: Desk, reset: str) -> None:
    answer = service.do("pin", "check", reset, stdin=f"{PIN}\n")
    assert answer["right"] is True
    shown = service.show(reset)
    assert (shown["verified"], shown["proven"]) == ("PIN", True)
    assert "verified the caller by PIN" in service.verbs(reset)
    assert service.do("resolve", reset, "Password reset")["ticket"]["ended"] == "resolved"


@pytest.mark.parametrize("more", [("--channel", "portal", "--type", "password-reset"), ()])
def test_D7_by_the_portal_or_for_another_matter_no_pin_is_asked(
    service: Desk, more: tuple[str, ...]
) -> None:
    number = service.log("Password forgotten", *more)
    service.do("resolve", number, "Done")
    assert service.do("pin", "show", number)["needed"] is False


def test_D7_a_wrong_pin_is_counted_said_and_recorded(service: Desk, reset: str) -> None:
    assert wrong(service, reset, 1) == f"The PIN does not match, 2 tries left.\n{OTHERWISE}\n"
    assert wrong(service, reset, 1).startswith("The PIN does not match, 1 try left.")
    assert "heard a wrong PIN, 2 in a row" in service.verbs(reset)
    answer = service.run("pin", "check", reset, stdin=f"{WRONG}\n", json_=True)
    assert answer.code == 1
    assert (answer.data["right"], answer.data["tries_left"]) == (False, 0)
    assert answer.data["locked_until"] == "2026-11-05T11:12:00+00:00"


def test_D7_after_three_wrong_ones_even_the_right_pin_waits_for_the_lock(
    service: Desk, reset: str
) -> None:
    assert "it is locked until 11:12." in wrong(service, reset, 3)
    before = service.show(reset)
    why = service.refused("pin", "check", reset, stdin=f"{PIN}\n")
    assert why == f"{CONTACT}'s PIN is locked until 11:12.\n{OTHERWISE}\n"
    assert service.show(reset) == before
    service.at("2026-11-05 11:11")
    service.refused("pin", "check", reset, stdin=f"{PIN}\n")
    service.at("2026-11-05 11:12")
    assert service.do("pin", "check", reset, stdin=f"{PIN}\n")["right"] is True


def test_D7_after_the_lock_counting_begins_anew_and_a_right_one_forgives(
    service: Desk, reset: str
) -> None:
    wrong(service, reset, 3)
    service.at("2026-11-05 11:30")
    assert "2 tries left" in wrong(service, reset, 1)
    service.do("pin", "check", reset, stdin=f"{PIN}\n")
    assert service.do("pin", "show", reset)["tries_left"] == 3


def test_D7_tries_follow_the_contact_not_the_ticket(service: Desk, reset: str) -> None:
    wrong(service, reset, 2)
    other = service.log("Password forgotten too", "--type", "password-reset")
    assert "it is locked until" in wrong(service, other, 1)


def test_D7_without_a_pin_the_other_way_is_named(service: Desk) -> None:
    more = ("--type", "password-reset", "--contact", "Rhys Tarn")
    number = service.log("Password forgotten", *more)
    why = service.refused("pin", "check", number, stdin=f"{PIN}\n")
    assert why == f"Rhys Tarn has no PIN.\n{OTHERWISE}\n"


def test_D7_no_pin_is_chosen_on_the_call_it_has_to_prove(service: Desk, reset: str) -> None:
    why = service.refused("pin", "set", reset, stdin="48261937\n")
    assert why.startswith(f"{reset} waits for proof:")
    assert service.do("pin", "check", reset, stdin=f"{PIN}\n")["right"] is True
    service.do("pin", "set", reset, stdin="48261937\n")
    assert f"Set a PIN for {CONTACT}." in service.said(reset, "note")
    assert "does not match" in service.refused("pin", "check", reset, stdin=f"{PIN}\n")


def test_D7_a_proof_is_of_the_contact_who_gave_it(service: Desk, reset: str) -> None:
    service.do("pin", "check", reset, stdin=f"{PIN}\n")
    service.do("fill", reset, "--contact", "Rhys Tarn")
    shown = service.show(reset)
    assert (shown["verified"], shown["proven"]) == ("", False)
    assert "before the caller's PIN" in service.refused("resolve", reset, "Password reset")


def test_D7_a_new_pin_ends_a_lock(service: Desk, reset: str) -> None:
    wrong(service, reset, 3)
    service.do("pin", "set", "--client", CLIENT, "--contact", CONTACT, stdin="48261937\n")
    assert service.do("pin", "check", reset, stdin="48261937\n")["right"] is True


def test_D7_what_is_none_or_can_be_guessed_is_refused(service: Desk) -> None:
    none = ("", "123", "123456789", "12a4", "١٢٣٤", "12 34")
    guessed = ("0000", "1234", "4321", "8901", "7117", "482482")
    theirs = ("5550", "0142")  # of their telephone number
    before = sqlite_of(service)
    for typed in (*none, *guessed, *theirs):
        words = ("pin", "set", "--client", CLIENT, "--contact", CONTACT)
        service.refused(*words, stdin=f"{typed}\n")
    assert sqlite_of(service) == before


def test_D7_a_slip_of_the_keyboard_is_no_try(service: Desk, reset: str) -> None:
    for typed in ("", "73", "7301926473", "seven"):
        assert "It was not compared" in service.refused("pin", "check", reset, stdin=f"{typed}\n")
    assert service.do("pin", "show", reset)["tries_left"] == 3


def test_D7_a_slip_in_a_name_makes_no_second_contact(service: Desk) -> None:
    words = ("pin", "set", "--client", CLIENT, "--contact", "Ada Pryor")
    why = service.refused(*words, stdin=f"{PIN}\n")
    assert f"Known there: {CONTACT}." in why


def test_D7_who_set_a_contacts_pin_and_when_is_told_with_no_ticket_in_hand(service: Desk) -> None:
    who = ("--client", CLIENT, "--contact", CONTACT)
    assert (
        f"{CONTACT} has a PIN, set Thu 5 Nov 09:00 by Mira" in service.run("pin", "show", *who).out
    )
    service.at("2026-11-06 09:15")
    service.me = "tobias"
    service.do("pin", "set", *who, stdin="48261937\n")
    shown = service.do("pin", "show", *who)
    assert (shown["contact"], shown["set"], shown["set_by"]) == (CONTACT, True, "tobias")
    assert shown["set_at"] == "2026-11-06T09:15:00+00:00"
    assert "by Tobias Lund; 3 tries left." in service.run("pin", "show", *who).out
    assert "No contact" in service.refused("pin", "show", "--client", CLIENT, "--contact", "Nobody")
    assert service.run("pin", "show").code == 2


def test_D7_a_pin_is_no_argument(service: Desk, reset: str) -> None:
    assert service.run("pin", "check", reset, PIN).code == 2
    assert service.run("pin", "set").code == 2


def test_D7_the_pin_is_nowhere_but_as_an_argon2id_hash(service: Desk, reset: str) -> None:
    said = [
        service.run("pin", "check", reset, stdin=f"{WRONG}\n", json_=True),
        service.run("pin", "check", reset, stdin=f"{PIN}\n", json_=True),
        service.run("pin", "show", reset),
        service.run("show", reset, json_=True),
    ]
    for answer in said:
        assert PIN not in answer.out + answer.err
        assert WRONG not in answer.out + answer.err
        assert "argon2" not in answer.out + answer.err
    kept = [path.read_bytes() for path in service.folder.parent.rglob("*") if path.is_file()]
    assert len(kept) > 1  # the desk, and a log at least
    assert not any(word.encode() in each for each in kept for word in (PIN, WRONG))
    assert any(b"$argon2id$v=19$" in each for each in kept)


@pytest.mark.expects_logs
def test_D7_a_mistake_of_ours_tells_no_pin_to_the_log(
    service: Desk, reset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(kept: str, typed: str) -> bool:
        raise RuntimeError(f"compared {typed} with {kept}")

    monkeypatch.setattr("tierline.desk.pins.matches", broken)
    answer = service.run("pin", "check", reset, stdin=f"{PIN}\n")
    assert answer.code == 70
    home = Path(os.environ["TIERLINE_HOME"])
    logged = "".join(path.read_text("utf-8") for path in home.rglob("*.log"))
    assert "RuntimeError" in logged
    for text in (logged, answer.out, answer.err):
        assert PIN not in text
        assert "argon2id" not in text


def test_D7_two_consoles_together_have_no_more_tries_than_one(service: Desk, reset: str) -> None:
    """Six tries at once from two consoles: three are compared, the rest find it locked."""
    now = datetime(2026, 11, 5, 10, 43, tzinfo=UTC)
    consoles = [open_desk(service.folder, lambda: now, me=me) for me in ("mira", "tobias")]
    stored = consoles[0].find(reset)
    assert stored is not None
    ready, answers = threading.Barrier(6), list[PinChecked | Refusal]()

    def guess(place: int) -> None:
        ready.wait()
        answers.append(consoles[place % 2].check_pin(stored.ticket.id, WRONG))

    threads = [threading.Thread(target=guess, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    compared = [each for each in answers if isinstance(each, PinChecked)]
    assert sorted(each.left for each in compared) == [0, 1, 2]
    assert all("locked" in each.what for each in answers if isinstance(each, Refusal))
    service.at("2026-11-05 10:44")
    assert service.verbs(reset).count("heard a wrong PIN, 1 in a row") == 1
    for each in consoles:
        each.replica.close()


def test_D7_two_programs_count_the_same_tries(service: Desk, reset: str) -> None:
    command = [sys.executable, "-m", "tierline", "pin", "check", reset, "--data",
               str(service.folder), "--now", service.now]  # fmt: skip
    environ = os.environ | {"PYTHONPATH": str(DESKTOP)}
    running = [
        subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True, env=environ)
        for _ in range(4)
    ]
    said = [each.communicate(f"{WRONG}\n", timeout=60) for each in running]
    assert [each.returncode for each in running] == [1] * 4
    assert sum("does not match" in err for _, err in said) == 3
    assert sum(f"{CONTACT}'s PIN is locked" in err for _, err in said) == 1
    assert not any(WRONG in out + err for out, err in said)


def sqlite_of(service: Desk) -> list[tuple[object, ...]]:
    """The directory's contacts as the file has them."""
    with sqlite3.connect(service.folder / "desk.sqlite") as base:
        return base.execute("SELECT * FROM contact").fetchall()

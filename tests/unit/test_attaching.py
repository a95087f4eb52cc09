"""What may be attached to a ticket, what a file is called, and that two consoles lose none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracles.desks import clock, policy
from tests.process.case import Case
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.attaching import MEBIBYTE, file_name, is_run, kind_of, size_word
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.merge import merge
from tierline.domain.policy_check import check
from tierline.domain.policy_process import AttachmentsTable

NINE, TEN = "2026-11-02 09:00", "2026-11-02 10:00"
SHA = "ab" * 32


def opened(**told: Any) -> Case:
    table = AttachmentsTable(**told)
    case = Case(policy({"fix": clock()}, attachments=table))
    assert case.log(NINE) is None
    return case


def attach(name: str = "photo.jpg", size: int = 1000, **told: Any) -> cmd.Attach:
    return cmd.Attach(**{"name": name, "sha256": SHA, "size": size} | told)


def attached(case: Case, command: cmd.Attach) -> ev.Attached:
    answer = decide(case.ticket, command, case.policy, case.utc(TEN), "mira")
    assert not isinstance(answer, Refusal), answer
    (event,) = answer
    assert isinstance(event, ev.Attached)
    return event


def test_a_file_is_named_with_all_that_finds_its_bytes() -> None:
    event = attached(opened(), attach(media="image/jpeg", text=" The label \n"))
    assert (event.name, event.sha256, event.size) == ("photo.jpg", SHA, 1000)
    assert (event.media, event.text, event.by) == ("image/jpeg", "The label", "mira")


def test_a_file_is_taken_on_a_ticket_that_has_ended() -> None:
    case = opened()
    assert case.do(TEN, cmd.Resolve(steps="Done")) is None
    assert case.do(TEN, attach()) is None
    assert case.do(TEN, cmd.Close(confirmed_by="Ada")) is None
    assert case.do(TEN, attach()) is None


@pytest.mark.parametrize(("mb", "size"), [(25, 25 * MEBIBYTE), (1, MEBIBYTE)])
def test_the_policys_limit_is_taken_and_one_byte_more_is_not(mb: int, size: int) -> None:
    case = opened(largest_mb=mb)
    assert case.do(TEN, attach(size=size)) is None
    refused = case.do(TEN, attach(size=size + 1))
    assert refused is not None
    assert f"up to {mb} MB" in refused.what
    assert "Make it smaller" in refused.todo


def test_a_policy_that_says_nothing_takes_25_megabytes_of_any_kind() -> None:
    assert AttachmentsTable() == AttachmentsTable(largest_mb=25, refused=())


def test_a_kind_the_policy_does_not_take_is_refused_however_it_is_spelt() -> None:
    case = opened(refused=("exe", ".Zip"))
    for name in ("setup.EXE", "all.zip"):
        refused = case.do(TEN, attach(name))
        assert refused is not None
        assert "takes no files of the kind" in refused.what
    assert case.do(TEN, attach("exe")) is None
    assert case.do(TEN, attach("exe.txt")) is None


@pytest.mark.parametrize(
    "command",
    [attach(size=0), attach(sha256=""), attach(sha256="../../etc/passwd"), attach(size=-1)],
)
def test_what_was_not_read_is_refused(command: cmd.Attach) -> None:
    assert opened().do(TEN, command) is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("/Users/ravi/Pictures/IMG 1.jpg", "IMG 1.jpg"),
        ("C:\\Users\\ravi\\log.txt", "log.txt"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("a:b?.txt", "a_b_.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("conference.txt", "conference.txt"),
        ("trailing. . ", "trailing"),
        ("a\nb.log", "a_b.log"),
        ("日本語.png", "日本語.png"),
    ],
)
def test_a_name_leads_nowhere_and_every_system_can_keep_it(given: str, kept: str) -> None:
    assert file_name(given) == kept
    assert file_name(kept) == kept


def test_a_long_name_is_cut_and_keeps_its_kind() -> None:
    for given in ("x" * 500 + ".jpeg", "x" * 500, "." + "y" * 500, "x." + "y" * 500):
        kept = file_name(given)
        assert 0 < len(kept) <= 120
        assert file_name(kept) == kept
    assert file_name("x" * 500 + ".jpeg").endswith("x.jpeg")


def test_what_could_run_is_known_by_its_kind() -> None:
    assert [is_run(each) for each in ("a.EXE", "a.pdf.lnk", "run.sh", "a.svg")] == [True] * 4
    assert [is_run(each) for each in ("a.pdf", "a.jpg", "a.txt", "a.log", "sh")] == [False] * 5
    assert (kind_of("a.B.Log"), kind_of("none"), kind_of(".hidden")) == ("log", "", "")


def test_a_size_is_said_in_words() -> None:
    said = [size_word(size) for size in (0, 999, 1000, 340 * 1024, 1023 * 1024, 2_516_582)]
    assert said == ["0 B", "999 B", "1 KB", "340 KB", "1.0 MB", "2.4 MB"]


def test_a_policys_table_is_checked() -> None:
    wrong = policy({"fix": clock()}, attachments=AttachmentsTable(largest_mb=0, refused=("a*",)))
    keys = [each.key for each in check(wrong.file).found]
    assert [key for key in keys if key.startswith("attachments")] == [
        "attachments.largest_mb",
        "attachments.refused[1]",
    ]
    sound = policy({"fix": clock()}, attachments=AttachmentsTable(largest_mb=200, refused=("7z",)))
    assert not [e for e in check(sound.file).found if e.key.startswith("attachments")]


def test_files_attached_at_the_same_time_are_all_kept() -> None:
    case = opened()
    closing = ev.Resolved(at=case.utc(TEN), status="resolved", steps="Done")
    other = ev.Operation(
        op_id="o", ticket_id="ticket-1", kind="resolve", at=case.utc(TEN), events=(closing,)
    )
    mine = attached(case, attach())
    act = ev.Operation(
        op_id="m", ticket_id="ticket-1", kind="attach", at=case.utc(TEN), events=(mine,), by="mira"
    )
    before = case.ticket
    assert case.do(TEN, cmd.Resolve(steps="Done")) is None
    merged = merge(case.ticket, [other], act, case.policy, seen=before)
    assert merged.events == (mine,)

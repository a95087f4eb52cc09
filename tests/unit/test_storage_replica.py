"""The replica keeps what was confirmed, in order, and lets nobody edit history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from tests.fakes.made import NOW, imported, logged, noted, projected
from tierline.domain.events import Operation
from tierline.storage.records import Client, Contact, Draft, Person, SavedView
from tierline.storage.replica import Replica


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    opened = Replica.open(tmp_path, NOW)
    yield opened
    opened.close()


def record(replica: Replica, *operations: Operation, words: str = "") -> int:
    with replica.writing() as writing:
        known = [r.operation for r in writing.operations(operations[0].ticket_id)]
        after = projected(*known, *operations, words=words)
        return writing.record_all([(operations, after)])


def test_an_act_is_read_back_as_it_was_made(replica: Replica) -> None:
    first = logged(1)
    seq = record(replica, first)
    stored = replica.tickets.get(first.ticket_id)
    assert stored is not None
    assert stored.seq == seq
    assert stored.ticket.number == "CS0000001"
    assert [r.operation for r in replica.tickets.operations(first.ticket_id)] == [first]


def test_cseq_counts_without_holes(replica: Replica) -> None:
    first = logged(1)
    record(replica, first)
    record(replica, noted(first.ticket_id, "one"), noted(first.ticket_id, "two"))
    assert [r.cseq for r in replica.tickets.operations(first.ticket_id)] == [1, 2, 3]


def test_a_failed_transaction_leaves_nothing(replica: Replica) -> None:
    first = logged(1)
    with pytest.raises(RuntimeError), replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
        raise RuntimeError
    assert replica.tickets.get(first.ticket_id) is None
    assert replica.tickets.operations(first.ticket_id) == ()


def test_the_same_operation_is_not_taken_twice(replica: Replica) -> None:
    first = logged(1)
    record(replica, first)
    with pytest.raises(IntegrityError), replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET at = 1",
        "UPDATE journal SET events = '[]'",
        "UPDATE journal SET \"by\" = 'someone'",
        "DELETE FROM journal",
    ],
)
def test_history_is_never_edited(replica: Replica, statement: str) -> None:
    record(replica, logged(1))
    raw = sqlite3.connect(replica.path)
    with pytest.raises(sqlite3.IntegrityError, match="history is never edited"):
        raw.execute(statement)
    raw.close()


def test_a_journal_row_may_become_acknowledged(replica: Replica) -> None:
    record(replica, logged(1))
    raw = sqlite3.connect(replica.path, isolation_level=None)
    raw.execute("UPDATE journal SET state = 'acked', hub_seq = 7")
    raw.close()
    assert replica.tickets.operations(logged(1).ticket_id)[0].state == "acked"


@pytest.mark.parametrize("typed", ["CS0012376", "cs0012376", "12376", "#12376", " # 12376 "])
def test_a_number_is_found_as_people_say_it(replica: Replica, typed: str) -> None:
    record(replica, logged(12376))
    found = replica.tickets.find(typed)
    assert found is not None
    assert found.ticket.number == "CS0012376"


def test_an_alias_is_kept_for_ever(replica: Replica) -> None:
    first = logged(1)
    record(replica, first)
    with replica.writing() as writing:
        writing.add_alias("CS-laptop-7", first.ticket_id)
    found = replica.tickets.find("cs-LAPTOP-7")
    assert found is not None
    assert found.ticket.id == first.ticket_id


def test_numbers_are_told_once(replica: Replica) -> None:
    record(replica, logged(3))
    with replica.writing() as writing:
        told = [writing.next_number("CS") for _ in range(120)]
    assert len(set(told)) == 120
    assert "CS0000003" not in told
    assert told[0] == "CS0000001"


def test_a_number_of_a_failed_act_is_told_again(replica: Replica) -> None:
    with pytest.raises(RuntimeError), replica.writing() as writing:
        lost = writing.next_number("CS")
        raise RuntimeError
    with replica.writing() as writing:
        assert writing.next_number("CS") == lost


def test_two_programs_get_different_numbers(replica: Replica) -> None:
    other = Replica.open(replica.path.parent, NOW)
    told = []
    for each in (replica, other, replica, other):
        with each.writing() as writing:
            told.append(writing.next_number("CS"))
    other.close()
    assert len(set(told)) == 4


def test_a_change_by_another_program_is_noticed_once(replica: Replica) -> None:
    other = Replica.open(replica.path.parent, NOW)
    replica.changed_elsewhere()
    record(replica, logged(1))
    assert not replica.changed_elsewhere()
    record(other, logged(2))
    assert replica.changed_elsewhere()
    assert not replica.changed_elsewhere()
    other.close()


def test_two_programs_writing_at_once_lose_nothing(replica: Replica) -> None:
    other = Replica.open(replica.path.parent, NOW)

    def work(mine: Replica, start: int) -> None:
        for number in range(start, start + 40):
            first = logged(number)
            with mine.writing() as writing:
                writing.record(first, projected(first, words="both"), base_seq=0)

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(work, replica, 0), pool.submit(work, other, 1_000)]:
            each.result()
    assert replica.tickets.count() == other.tickets.last_seq() == 80
    assert len(replica.text.search("both", limit=100)) == 80
    other.close()


def test_an_import_may_be_brought_again(replica: Replica) -> None:
    batch = [imported(n, notes=2) for n in range(30)]
    assert replica.imports.bring(batch) == (30, 0, 90)
    assert replica.imports.bring(batch) == (0, 0, 0)
    assert replica.imports.bring([imported(7, notes=3)]) == (0, 1, 1)
    assert replica.tickets.count() == 30
    assert replica.imports.known("test")["7"].mark == "3"
    assert replica.imports.numbers_in_use(["CS0000007", "CS9"]) == {
        "CS0000007": logged(7).ticket_id
    }


def test_a_draft_is_kept_replaced_and_forgotten(replica: Replica) -> None:
    draft = Draft("t", "message", "Hi Elspeth,", 3, NOW)
    replica.drafts.save(draft)
    assert replica.drafts.of("t") == (draft,)
    replica.drafts.save(Draft("t", "message", "Hi", 3, NOW))
    assert [d.text for d in replica.drafts.of("t")] == ["Hi"]
    replica.drafts.save(Draft("t", "message", "", 3, NOW))
    assert replica.drafts.of("t") == ()


def test_a_sent_draft_goes_and_another_text_stays(replica: Replica) -> None:
    replica.drafts.save(Draft("t", "note", "being written", 0, NOW))
    with replica.writing() as writing:
        writing.drop_draft("t", "note", "something else")
    assert replica.drafts.tickets() == {"t"}
    with replica.writing() as writing:
        writing.drop_draft("t", "note", "being written ")
    assert replica.drafts.tickets() == frozenset()


def test_the_directory_replaces_by_key_whatever_the_case(replica: Replica) -> None:
    directory = replica.directory
    directory.put_clients([Client(name="Pellow & Voss Legal", policy="tiered")])
    directory.put_clients([Client(name="PELLOW & VOSS LEGAL", policy="playbook")])
    assert [client.policy for client in directory.clients()] == ["playbook"]
    directory.put_contacts([Contact(client="Pellow & Voss Legal", name="Elspeth Marlow")])
    assert directory.contact("pellow & voss legal", "elspeth marlow") is not None
    directory.put_people([Person(id="mira", name="Mira Okonedo", skills=("printer",))])
    assert directory.person("Mira Okonedo") == directory.person("MIRA")


def test_saved_views_come_back(replica: Replica) -> None:
    view = SavedView("key", "Key clients", 'client:"Pellow"', "-number", 1.5, ("Line",))
    replica.templates.put([view])
    assert replica.templates.get("key") == view
    assert replica.templates.views() == (view,)
    replica.templates.put([replace(view, gone=True)])
    assert replica.templates.views() == ()


def test_text_with_nul_emoji_and_ten_megabytes_is_kept_whole(replica: Replica) -> None:
    text = "a\0b\u202e\U0001f600 " + "x" * 10_000_000
    first = logged(1, description=text)
    record(replica, first, words=text)
    stored = replica.tickets.get(first.ticket_id)
    assert stored is not None
    assert stored.ticket.description == text
    assert replica.tickets.listed([first.ticket_id])[0].subject == stored.ticket.subject

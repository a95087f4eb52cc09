"""Search finds what was written wherever it was written, and survives whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.made import NOW, logged, noted, projected
from tierline.storage.fulltext import match_query
from tierline.storage.replica import Replica


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    opened = Replica.open(tmp_path_factory.mktemp("desk"), NOW)
    with opened.writing() as writing:
        first = logged(1, subject="VPN drops every few minutes", contact="Zoë Quill")
        writing.record(first, projected(first, words="since the router change"), base_seq=0)
        note = noted(first.ticket_id, "swapped the gateway")
        writing.record(note, projected(first, note, words="swapped the gateway"), base_seq=1)
        second = logged(2, subject="VPN profile for a new starter", client="Pellow & Voss")
        writing.record(second, projected(second, words="e-mail says error 0x80070005"), base_seq=0)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("vpn", [2, 1]),
        ("vp", [2, 1]),
        ("v", [2, 1]),
        ("vpn drop", [1]),
        ("gatew", [1]),
        ("router gateway", [1]),
        ("zoe", [1]),
        ("ZOË QUILL", [1]),
        ("pellow voss", [2]),
        ("cs0000002", [2]),
        ("e-mail", [2]),
        ('"new starter"', [2]),
        ('"starter new"', []),
        ("0x8007", [2]),
        ("vpn nothing", []),
        ("   ", []),
        ("***", []),
    ],
)
def test_search_finds(replica: Replica, typed: str, numbers: list[int]) -> None:
    assert replica.text.search(typed) == [logged(n).ticket_id for n in numbers]


@given(typed=st.text(max_size=60))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_an_error(replica: Replica, typed: str) -> None:
    replica.text.search(typed)
    replica.queues.ids([], words=typed)


@pytest.mark.parametrize("typed", ['"', 'a"b', "NEAR(a b)", "a AND", "text:x", "^a", "-a", "a*b"])
def test_operators_are_only_words(replica: Replica, typed: str) -> None:
    replica.text.search(typed)


def test_the_last_word_may_be_unfinished_a_phrase_not() -> None:
    assert match_query("vpn dro") == '"vpn" "dro"*'
    assert match_query('"vpn dro"') == '"vpn dro"'


def test_a_pasted_novel_is_only_looked_at(replica: Replica) -> None:
    replica.text.search("novel " * 1_000_000)
    assert len(match_query("x" * 5_000_000)) < 2_000


def test_only_so_many_words_are_asked_for() -> None:
    assert match_query("word " * 500).count('"word"') == 12

"""Texts woven together: both changes are there, or neither side is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.shared_log import SharedLog, meet
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.merge_text import three_way

texts = st.text(alphabet="ab \n", max_size=40)
BASE = "The scanner in aisle 4 is off.\nIt was moved on Monday.\nAda knows more."


@settings(deadline=None)
@given(texts, texts)
def test_a_change_of_one_side_is_taken_as_it_is(base: str, new: str) -> None:
    assert three_way(base, new, base) == three_way(base, base, new) == new
    assert three_way(base, new, new) == new


@settings(deadline=None, max_examples=300)
@given(texts, texts, texts)
def test_which_side_is_which_does_not_matter(base: str, one: str, other: str) -> None:
    assert three_way(base, one, other) == three_way(base, other, one)


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=12), st.data())
def test_changes_that_do_not_touch_are_both_made(letters: list[str], data: st.DataObject) -> None:
    """Every word is a word of its own place, so that it is known what must come out."""
    words = [f"{letter}{place}" for place, letter in enumerate(letters)]
    first = data.draw(st.integers(0, len(words) - 3))
    second = data.draw(st.integers(first + 2, len(words) - 1))
    one, other = list(words), list(words)
    one[first], other[second] = "new", "fresh"
    both = list(one)
    both[second] = "fresh"
    made = three_way(" ".join(words), " ".join(one), " ".join(other))
    assert made == " ".join(both)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a x c", "a y c"),
        ("a b d c", "a b e c"),
        ("a c", "a bb c"),
        ("x b c", "y b c"),
    ],
)
def test_changes_that_touch_are_not_guessed_at(one: str, other: str) -> None:
    assert three_way("a b c", one, other) is None


def test_long_texts_are_compared_by_lines() -> None:
    base = "".join(f"line {n}\n" for n in range(3_000))
    one, other = base.replace("line 7\n", "seven\n"), base.replace("line 9\n", "nine\n")
    assert three_way(base, one, other) == one.replace("line 9\n", "nine\n")


def _described(theirs: str, mine: str) -> SharedLog:
    first = [cmd.FillDetails(description=BASE)]
    acts = ([cmd.FillDetails(description=text)] for text in (theirs, mine))
    return meet(*acts, first=first)


def test_both_changes_of_a_description_are_in_it() -> None:
    log = _described(BASE.replace("aisle 4", "aisle 5"), BASE + "\nIt smells.")
    assert log.ticket.description == BASE.replace("aisle 4", "aisle 5") + "\nIt smells."
    assert log.ticket.conflicts == ()


def test_of_two_changes_of_the_same_words_the_newer_stays_and_the_other_is_a_note() -> None:
    theirs, mine = BASE.replace("off", "broken"), BASE.replace("off", "dead")
    log = _described(theirs, mine)
    conflict = log.ticket.conflicts[0]
    notes = [e.text for op in log.lines for e in op.events if isinstance(e, ev.Noted)]
    assert log.ticket.description == mine
    assert notes == [theirs]
    assert (conflict.kept, conflict.lost, conflict.was) == (mine, theirs, BASE)
    assert (conflict.kept_by, conflict.lost_by, conflict.grave) == ("mira", "dana", True)

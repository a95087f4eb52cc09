"""An order becomes another in steps: whatever the two are, the steps lead there."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tierline.present.order import FEW, LONG, Change, common_ends, compare

ORDERS = st.lists(st.integers(0, 30).map(str), unique=True, max_size=24)


def _holds(old: list[str], new: list[str], change: Change) -> None:
    assert change.new == set(new) - set(old)
    assert change.gone == set(old) - set(new)
    assert change.moved <= set(old) & set(new)
    still = set(old) & set(new) - change.moved
    assert [i for i in old if i in still] == [i for i in new if i in still]


@given(ORDERS, ORDERS)
@example(["1", "2", "3"], ["3", "1", "2"])
@example([], ["1"])
def test_what_did_not_move_keeps_its_order(old: list[str], new: list[str]) -> None:
    _holds(old, new, compare(old, new))


def test_as_few_as_possible_move() -> None:
    old = [str(n) for n in range(20)]
    assert compare(old, ["19", *old[:-1]]).moved == {"19"}


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_long_orders_are_compared_alike(data: st.DataObject) -> None:
    old = [str(n) for n in range(LONG)]
    new = list(old)
    for turn in range(data.draw(st.integers(1, FEW))):
        ident = new.pop(data.draw(st.integers(0, len(new) - 1)))
        kind = data.draw(st.sampled_from(["move", "drop", "replace"]))
        if kind != "drop":
            fresh = ident if kind == "move" else f"new {turn}"
            new.insert(data.draw(st.integers(0, len(new))), fresh)
    _holds(old, new, compare(old, new))


@given(ORDERS, ORDERS)
def test_common_ends_are_common_and_do_not_overlap(old: list[str], new: list[str]) -> None:
    head, tail = common_ends(old, new)
    assert old[:head] == new[:head]
    assert tail == 0 or old[-tail:] == new[-tail:]
    assert head + tail <= min(len(old), len(new))

"""How one order of tickets becomes another in few steps, so that a list need not be reset."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Change(NamedTuple):
    """What differs between two orders: ids that are new, gone, or moved among those that stay."""

    new: frozenset[str]
    gone: frozenset[str]
    moved: frozenset[str]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.new or self.gone or self.moved)


# Beyond this length an order is walked along first; up to so many differences, looking so far.
LONG, FEW, AHEAD, CHUNK = 4000, 64, 9, 2048

NO_CHANGE = Change(frozenset(), frozenset(), frozenset())


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many ids both orders share at the start and, apart from those, at the end."""
    head = _run(old, 0, new, 0)
    most, tail = min(len(old), len(new)) - head, 0

    def same(n: int) -> bool:
        low, high = tail + n, tail
        return old[len(old) - low : len(old) - high] == new[len(new) - low : len(new) - high]

    while most - tail > CHUNK and same(CHUNK):
        tail += CHUNK
    return head, tail + _longest(min(CHUNK, most - tail), same)


def compare(old: Sequence[str], new: Sequence[str]) -> Change:
    """The difference. Long orders that differ little cost little more than reading them."""
    if old == new:
        return NO_CHANGE
    head, tail = common_ends(old, new)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(before) + len(after) > LONG and (found := _walk(before, after)):
        return found
    had, has = frozenset(before), frozenset(after)
    return Change(has - had, had - has, frozenset(_moved(before, after, had & has)))


def _walk(before: Sequence[str], after: Sequence[str]) -> Change | None:
    """The difference read off in one walk along both orders; None once they differ too much.

    Whatever is stepped over together keeps its order, so the rest is all that can have moved.
    """
    left, came = set[str](), set[str]()
    i = j = 0
    while len(left) + len(came) <= FEW:
        step = _run(before, i, after, j)
        i, j = i + step, j + step
        if i >= len(before) or j >= len(after):
            left.update(before[i : i + FEW + 1])
            came.update(after[j : j + FEW + 1])
            break
        if before[i] in came or before[i + 1 : i + AHEAD] == after[j : j + AHEAD - 1]:
            left.add(before[i])
            i += 1
        elif after[j] in left or before[i : i + AHEAD - 1] == after[j + 1 : j + AHEAD]:
            came.add(after[j])
            j += 1
        else:
            left.add(before[i])
            came.add(after[j])
            i, j = i + 1, j + 1
    if len(left) + len(came) > FEW:
        return None
    moved = frozenset(left & came)
    return Change(frozenset(came - moved), frozenset(left - moved), moved)


def _run(before: Sequence[str], i: int, after: Sequence[str], j: int) -> int:
    """How many ids from `i` and from `j` on are the same."""
    most, run = min(len(before) - i, len(after) - j), 0

    def same(n: int) -> bool:
        return before[i + run : i + run + n] == after[j + run : j + run + n]

    while most - run > CHUNK and same(CHUNK):
        run += CHUNK
    return run + _longest(min(CHUNK, most - run), same)


def _moved(before: Sequence[str], after: Sequence[str], kept: frozenset[str]) -> set[str]:
    place = {ident: at for at, ident in enumerate(ident for ident in before if ident in kept)}
    order = [ident for ident in after if ident in kept]
    return set(order) - set(_still(order, [place[ident] for ident in order]))


def _still(order: Sequence[str], places: Sequence[int]) -> list[str]:
    """The most ids that need not move: a longest increasing run of their old places."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        depth = bisect_left(tops, place)
        before.append(ends[depth - 1] if depth else -1)
        if depth == len(tops):
            tops.append(place)
            ends.append(at)
        else:
            tops[depth] = place
            ends[depth] = at
    found: list[str] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(order[at])
        at = before[at]
    return found


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest n up to `most` for which `holds(n)`; it holds for 0 and for all below."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low

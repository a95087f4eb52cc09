"""What a wallboard shows is what can be read: the figures are those of UI.md 7."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierline.desk.wall_size import DISTANCES, SIZES, Shown, fit, plausible

sizes = st.floats(*SIZES)
distances = st.floats(*DISTANCES)


@pytest.mark.parametrize(("inches", "farthest"), [(43, 3.4), (55, 4.3), (65, 5.1), (75, 5.9)])
def test_all_tiles_are_read_from_as_far_as_the_design_says(inches: int, farthest: float) -> None:
    there, further = fit(inches, farthest), fit(inches, farthest + 0.1)
    assert (there.shown, there.reach) == (Shown.ALL, farthest)
    assert further.shown is not Shown.ALL


def test_the_tiles_that_matter_least_go_first_and_then_it_refuses() -> None:
    seen = [fit(65, metres / 10).shown for metres in range(30, 90)]
    assert list(dict.fromkeys(seen)) == [Shown.ALL, Shown.FEWER, Shown.LEAST, None]


def test_a_refusal_names_the_greatest_distance_that_works() -> None:
    refused = fit(43, 12)
    assert refused.shown is None
    assert f"The greatest distance that works is {refused.farthest:.1f} m." in refused.sentence
    assert fit(43, refused.farthest).shown is Shown.LEAST


def test_more_pixels_on_the_same_screen_change_nothing() -> None:
    assert fit(65, 5.1, 3840, 2160) == fit(65, 5.1)


def test_a_screen_of_another_shape_has_a_smaller_board() -> None:
    upright, wide = fit(65, 5.1, 1080, 1920), fit(65, 5.1, 2560, 1080)
    assert upright.reach < fit(65, 5.1).reach
    assert upright.farthest < wide.farthest < fit(65, 5.1).farthest


@given(sizes, distances)
def test_whatever_is_shown_has_sixteen_arc_minutes(inches: float, metres: float) -> None:
    found = fit(inches, metres)
    if found.shown is None:
        assert metres > found.farthest
        return
    width = inches * 25.4 * 16 / math.hypot(16, 9)
    cap = found.shown * width / 1920 * 0.727
    assert cap >= metres * 1000 * 0.00465 * (1 - 1e-9)
    assert metres <= found.reach <= found.farthest


@given(sizes, distances, distances)
def test_further_away_never_shows_more(inches: float, one: float, other: float) -> None:
    near, far = sorted((one, other))
    shown = [fit(inches, each).shown or math.inf for each in (near, far)]
    assert shown == sorted(shown)


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf, 1e9])
def test_what_is_no_size_is_told_apart(value: float) -> None:
    assert not plausible(value, SIZES)
    assert not plausible(value, DISTANCES)


@pytest.mark.parametrize("metres", [2.0, 5.5, 6.5, 30.0])
def test_every_answer_is_a_whole_sentence(metres: float) -> None:
    assert fit(65, metres).sentence.endswith(".")

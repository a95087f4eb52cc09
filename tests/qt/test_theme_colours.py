"""The colours of the design, measured: readable on every ground, apart for every eye."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from tests.qt.colour_science import MACHADO, ciede2000, contrast, seen
from tierline.widgets.theme import DARK, LIGHT, Theme

GROUNDS = ("win", "pane", "sheet", "raised", "sel", "hover")
QUIET = ("win", "pane", "sheet", "raised")
BY_NAME = {"light": LIGHT, "dark": DARK}

# The table of the design: worst case over the grounds, light and dark.
TABLE = [
    (("ink", GROUNDS), 12.5, 10.0),
    (("ink2", GROUNDS), 7.1, 7.0),
    (("ink3", GROUNDS), 4.9, 4.9),
    (("acc", GROUNDS), 5.6, 5.9),
    (("onacc", ("acc",)), 7.4, 8.9),
    (("now", GROUNDS), 5.6, 5.5),
    (("onnow", ("nowfill",)), 6.6, 6.9),
    (("soon", GROUNDS), 6.2, 7.1),
    (("soon", ("soontint",)), 7.0, 7.7),
    (("sheet", ("bar",)), 4.6, 6.1),
    (("nowfill", ("sunk",)), 4.9, 4.1),
    (("soonfill", ("sunk",)), 3.1, 4.9),
    (("bar", ("sunk",)), 3.5, 4.2),
    (("nowfill", ("sheet",)), 6.4, 6.0),
    (("soonfill", ("sheet",)), 4.0, 7.0),
    (("edge", ("sel",)), 3.2, 3.4),
]
DISTANCES = {"light": (16.5, 11.4, 13.3), "dark": (13.6, 9.6, 9.4)}


def _worst(theme: Theme, pair: tuple[str, tuple[str, ...]]) -> float:
    token, grounds = pair
    tokens = theme.tokens()
    return min(contrast(tokens[token], tokens[ground]) for ground in grounds)


@pytest.mark.parametrize(("pair", "light", "dark"), TABLE, ids=lambda v: str(v)[:40])
def test_contrast_is_what_the_design_says(
    pair: tuple[str, tuple[str, ...]], light: float, dark: float
) -> None:
    assert _worst(LIGHT, pair) == pytest.approx(light, abs=0.1)
    assert _worst(DARK, pair) == pytest.approx(dark, abs=0.1)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("kind", list(MACHADO))
def test_states_stay_apart_for_colour_blind_eyes(name: str, kind: str) -> None:
    tokens = BY_NAME[name].tokens()
    looks = [seen(tokens[token], kind) for token in ("nowfill", "soonfill", "bar", "acc")]
    least = min(ciede2000(one, other) for one, other in combinations(looks, 2))
    assert least >= 9
    assert least == pytest.approx(DISTANCES[name][list(MACHADO).index(kind)], abs=0.1)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_formula_gives_its_authors_figures(
    one: tuple[float, float, float], other: tuple[float, float, float], distance: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(distance, abs=0.0001)


def test_every_token_is_a_whole_colour() -> None:
    for theme in BY_NAME.values():
        assert len(theme.tokens()) == 25
        for name, colour in theme.tokens().items():
            assert isinstance(colour, QColor), name
            assert colour.isValid(), name
            assert colour.alpha() == 255, name

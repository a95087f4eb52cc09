"""What a wallboard remembers of its screen: how large it is, and how far away people sit."""

from __future__ import annotations

from typing import Any, NamedTuple

from tierline.desk.wall_size import DISTANCES, SIZES, Fit, fit, plausible
from tierline.system.settings import Settings
from tierline.widgets.wallboard.screens import Spot

_SEATS, _SCREEN, _NAMES = "wallboard_seats", "wallboard_screen", "wallboard_names"


class Seat(NamedTuple):
    """A screen's diagonal in inches and the farthest seat in metres; 0 is not known."""

    inches: float = 0.0
    metres: float = 0.0

    @property
    def known(self) -> bool:
        """Whether it can be said what is read from there."""
        return plausible(self.inches, SIZES) and plausible(self.metres, DISTANCES)

    def fit(self, spot: Spot) -> Fit:
        """What that screen can show to the farthest seat."""
        return fit(self.inches, self.metres, spot.wide, spot.high)


class Wish(NamedTuple):
    """What was asked for on the command line; 0 for what was not said. Screens count from 1."""

    screen: int = 0
    inches: float = 0.0
    metres: float = 0.0


class Seats:
    """The settings of the wallboard: a seat by the name of its screen, and which screen it is."""

    def __init__(self, settings: Settings) -> None:
        """Kept there."""
        self._settings = settings

    @property
    def screen(self) -> str:
        """Name of the screen it was on last, "" for none."""
        return self._settings.get(_SCREEN, "")

    @property
    def names(self) -> bool:
        """Whether a lead has turned the names of clients on."""
        return self._settings.get(_NAMES, False)

    def of(self, spot: Spot) -> Seat:
        """What is known of a screen: what was said of it, else what it tells itself."""
        told: dict[str, Any] = self._settings.get(_SEATS, {})
        kept = told.get(spot.name)
        numbers = [_number(each) for each in kept] if isinstance(kept, list) else []
        inches, metres = numbers if len(numbers) == len(Seat._fields) else (0.0, 0.0)
        return Seat(inches or spot.inches, metres)

    def keep(self, spot: Spot, seat: Seat, *, names: bool) -> None:
        """Remember it for the next start."""
        told: dict[str, Any] = self._settings.get(_SEATS, {})
        self._settings.put(_SEATS, told | {spot.name: list(seat)})
        self._settings.put(_SCREEN, spot.name)
        self._settings.put(_NAMES, names)


def _number(value: object) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable else 0.0  # type: ignore[arg-type]

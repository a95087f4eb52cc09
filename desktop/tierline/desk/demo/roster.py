"""Who is in, and who of them takes what: shifts, skills and a fair share of the work."""

from __future__ import annotations

import random
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from tierline.desk.demo.cast import Cast, Colleague

_SKILLED = 3.0


class Roster:
    """The desk's people by line and by the hour. Instants are aware UTC."""

    def __init__(self, cast: Cast) -> None:
        """Take the people of the cast."""
        self._cast = cast
        self.me = cast.me

    def in_at(self, at: datetime, tier: int = 0) -> list[Colleague]:
        """Who is on shift then, of one line or of all (0); the last team when no other is."""
        team = self._team_at(at)
        return [p for p in self._cast.people if p.team == team and tier in (0, p.tier)]

    def pick(
        self, rng: random.Random, at: datetime, tier: int, category: str, *, without: str = ""
    ) -> str:
        """Id of someone of a line who is in, rather one with the skill."""
        there = [p for p in self.in_at(at, tier) if p.id != without] or self._line(tier)
        weights = [p.weight * (_SKILLED if category in p.skills else 1.0) for p in there]
        return rng.choices(there, weights)[0].id

    def stand_in(self, rng: random.Random, at: datetime, holder: str, category: str) -> str:
        """The holder when in, else a colleague of the same line who is."""
        person = self._cast.colleague(holder)
        if person is None or person.team == self._team_at(at):
            return holder
        return self.pick(rng, at, person.tier, category)

    def is_in(self, person: str, at: datetime) -> bool:
        """Whether that person's team is on shift."""
        return any(each.id == person for each in self.in_at(at))

    def name(self, person: str) -> str:
        """Full name of an id."""
        found = self._cast.colleague(person)
        return found.name if found else person

    def _team_at(self, at: datetime) -> str:
        for name, zone, first, to in self._hours:
            if first <= at.astimezone(zone).hour < to:
                return name
        return self._hours[-1][0]

    def _line(self, tier: int) -> list[Colleague]:
        found = [p for p in self._cast.people if p.tier == tier]
        return found or list(self._cast.people)

    @cached_property
    def _hours(self) -> list[tuple[str, ZoneInfo, int, int]]:
        teams = self._cast.teams.items()
        return [(name, ZoneInfo(team.zone), team.first, team.to) for name, team in teams]

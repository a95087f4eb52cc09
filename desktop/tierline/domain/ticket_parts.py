"""What a ticket remembers in small: steps, gaps, letters, questions, tasks, rules, visits."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tierline.domain.events import Delivery
from tierline.domain.team_events import How
from tierline.domain.visit_events import Way

VisitState = Literal["planned", "travelling", "on site", "done", "turned back", "cancelled"]


class Step(msgspec.Struct, frozen=True, array_like=True):
    """From `at` on, the ticket had this status, priority or line; who made it so, and why."""

    at: datetime
    value: str
    by: str = ""
    why: str = ""


class Gap(msgspec.Struct, frozen=True, array_like=True):
    """Time the ticket spent resolved or closed before it was re-opened, half-open, UTC."""

    start: datetime
    end: datetime


class Acted(msgspec.Struct, frozen=True, array_like=True):
    """A rule acted at `at` on `occasion` ("line-limit/tier-1")."""

    occasion: str
    at: datetime

    @property
    def rule(self) -> str:
        """The rule's name."""
        return self.occasion.partition("/")[0]


class Letter(msgspec.Struct, frozen=True, array_like=True):
    """A message to the contact that has not reached them: to send, or failed and why."""

    key: str
    at: datetime
    channel: str
    to: str
    delivery: Delivery
    why: str = ""


class Prompt(msgspec.Struct, frozen=True, array_like=True):
    """A rule's question to the holder, open until the clock's `run` is over or it is answered."""

    name: str
    at: datetime
    text: str
    clock: str = ""
    run: str = ""


class Overruled(msgspec.Struct, frozen=True, array_like=True):
    """A person keeps the ticket here against a rule, for one run of a clock, with a reason."""

    name: str
    clock: str
    run: str
    at: datetime
    by: str
    reason: str


class Task(msgspec.Struct, frozen=True, array_like=True):
    """Something that someone of a role has to do about the ticket."""

    key: str
    role: str
    text: str
    at: datetime


class Feedback(msgspec.Struct, frozen=True, array_like=True):
    """What the contact answered to a survey; `answer` is its position in the list, from 1."""

    survey: str
    answer: int
    word: str
    score: int
    poor: bool
    text: str
    at: datetime
    asked_at: datetime | None = None


class Quote(msgspec.Struct, frozen=True, array_like=True):
    """The latest quote; `state` is "" until it is over, `person` who answered it and `way` how."""

    cents: int
    currency: str
    text: str
    at: datetime
    until: datetime | None = None
    state: Literal["", "approved", "declined", "expired"] = ""
    person: str = ""
    way: str = ""
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has answered it, nor has it run out."""
        return not self.state


class Visit(msgspec.Struct, frozen=True, array_like=True):
    """A visit of an engineer; `set_out_at`, `arrived_at` and `left_at` are how it went.

    Who turned back was never there: `left_at` without `arrived_at`.
    """

    key: str
    engineer: str = ""
    start: datetime | None = None
    minutes: int = 0
    site: str = ""
    address: str = ""
    text: str = ""
    state: VisitState = "planned"
    set_out_at: datetime | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def under_way(self) -> bool:
        """Whether somebody is travelling there, or on site."""
        return self.state in ("travelling", "on site")

    @property
    def since(self) -> datetime | None:
        """When they set out, or arrived; None while nobody has."""
        return self.arrived_at if self.state == "on site" else self.set_out_at


class UsedPart(msgspec.Struct, frozen=True, array_like=True):
    """A part that stayed with the client."""

    key: str
    part: str
    quantity: int
    serial: str
    number: str
    at: datetime
    by: str


class Signed(msgspec.Struct, frozen=True, array_like=True):
    """Who of the client's confirmed the work since the ticket was last (re-)opened."""

    name: str
    way: Way
    at: datetime
    sha256: str = ""


class GateAsk(msgspec.Struct, frozen=True, array_like=True):
    """A gate that was asked for and has not been answered; `asked` are the roles asked so far."""

    gate: str
    at: datetime
    asked: tuple[str, ...]


class AlarmAnswer(msgspec.Struct, frozen=True, array_like=True):
    """Somebody's latest answer to a clock's alarm: snoozed until then, or (None) acknowledged."""

    clock: str
    run: str
    by: str
    at: datetime
    until: datetime | None = None
    reason: str = ""


class Tie(msgspec.Struct, frozen=True, array_like=True):
    """Another ticket (its id, and its number when they were linked), and what it is to this one."""

    other: str
    number: str
    how: How


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What somebody (`to`: a person, or a team) was told here and has not said to have read."""

    key: str
    kind: Literal["mention", "hand-over"]
    to: str
    by: str
    at: datetime
    text: str

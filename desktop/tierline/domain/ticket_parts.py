"""What a ticket remembers in small: steps, gaps, letters, questions, tasks and what rules did."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tierline.domain.events import Delivery


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


class GateAsk(msgspec.Struct, frozen=True, array_like=True):
    """A gate that was asked for and has not been answered; `asked` are the roles asked so far."""

    gate: str
    at: datetime
    asked: tuple[str, ...]

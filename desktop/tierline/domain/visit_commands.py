"""What people want done about a visit to the client. Imperative; `visiting` answers each."""

from __future__ import annotations

from datetime import datetime

from tierline.domain.command import Command
from tierline.domain.visit_events import Way


class PlanVisit(Command, frozen=True, kw_only=True):
    """Plan a visit, or with its `key` plan one anew; `start` None is a time still to be agreed."""

    key: str = ""
    start: datetime | None = None
    minutes: int = 0
    engineer: str = ""
    site: str = ""
    address: str = ""
    text: str = ""


class CancelVisit(Command, frozen=True, kw_only=True):
    """Nobody goes; blank `visit` is the only one that is planned."""

    reason: str
    visit: str = ""


class SetOut(Command, frozen=True, kw_only=True):
    """I am on the way; blank `visit` is my next one on this ticket, or one nobody planned."""

    visit: str = ""
    reason: str = ""


class Arrive(Command, frozen=True, kw_only=True):
    """I am on site."""

    visit: str = ""
    reason: str = ""


class LeaveSite(Command, frozen=True, kw_only=True):
    """I left the site, now or (forgotten then) at `left_at`; on the way there I turned back."""

    visit: str = ""
    left_at: datetime | None = None


class UsePart(Command, frozen=True, kw_only=True):
    """A part stays with the client."""

    part: str
    quantity: int = 1
    serial: str = ""
    number: str = ""


class ReturnPart(Command, frozen=True, kw_only=True):
    """A part (its key) that I noted was not used after all."""

    key: str
    reason: str = ""


class Check(Command, frozen=True, kw_only=True):
    """A point of the check-list is done, or (`done` false) to be done again."""

    item: str
    done: bool = True


class SignOff(Command, frozen=True, kw_only=True):
    """Record who confirmed the work, and how; a signature is a file of the same act."""

    name: str
    way: Way = "signature"
    sha256: str = ""
    words: str = ""

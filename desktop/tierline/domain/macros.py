"""Several acts under one name: steps in the order in which they are done, as they are kept.

Their texts may have the facts of a ticket in braces ("{contact}"). A step is typed by its `do`; one
that this version does not know makes the whole macro unreadable, and it waits for a newer program.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from tierline.domain import commands as cmd

FORMAT = 1  # of the steps this version writes
MOST_STEPS = 20


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="do"):
    """Base of every step; `command` is what it asks for at an instant (aware)."""

    def command(self, now: datetime) -> cmd.Command:
        """The command of this step, its texts as they were written."""
        raise NotImplementedError


class TakeStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="take"):
    """Hold the ticket oneself; with `timer` the work timer starts."""

    timer: bool = False

    def command(self, now: datetime) -> cmd.Command:
        """Take it."""
        del now
        return cmd.Take(timer=self.timer)


class ReleaseStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="release"):
    """Put it back for whoever is free."""

    def command(self, now: datetime) -> cmd.Command:
        """Release it."""
        del now
        return cmd.Release()


class AssignStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="assign"):
    """Give it to a person, by id."""

    person: str

    def command(self, now: datetime) -> cmd.Command:
        """Assign it."""
        del now
        return cmd.Assign(assignee=self.person)


class NoteStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="note"):
    """Write an internal note."""

    text: str
    plan: bool = False

    def command(self, now: datetime) -> cmd.Command:
        """The note."""
        del now
        return cmd.Note(text=self.text, plan=self.plan)


class MessageStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="message"):
    """Write to the contact, or tell them by phone."""

    text: str
    channel: Literal["mail", "phone"] = "mail"

    def command(self, now: datetime) -> cmd.Command:
        """The message."""
        del now
        return cmd.Message(text=self.text, channel=self.channel)


class StatusStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="status"):
    """Set a status (a key of the policy), to be looked at again after so many minutes (0: none)."""

    status: str
    reason: str = ""
    minutes: int = 0

    def command(self, now: datetime) -> cmd.Command:
        """The change of status."""
        until = now + timedelta(minutes=self.minutes) if self.minutes else None
        return cmd.ChangeStatus(status=self.status, reason=self.reason, until=until)


class PriorityStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="priority"):
    """Judge it by impact and urgency, 1 to 3 each."""

    impact: int
    urgency: int
    reason: str = ""

    def command(self, now: datetime) -> cmd.Command:
        """The judgement."""
        del now
        return cmd.Prioritise(impact=self.impact, urgency=self.urgency, reason=self.reason)


class TimeStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="time"):
    """Log work, in whole minutes."""

    minutes: int
    text: str = ""

    def command(self, now: datetime) -> cmd.Command:
        """The work."""
        del now
        return cmd.LogTime(seconds=self.minutes * 60, text=self.text)


class ResolveStep(Step, frozen=True, kw_only=True, omit_defaults=True, tag="resolve"):
    """Say that it works again; without a `message` nobody is written to."""

    steps: str
    message: str = ""
    channel: Literal["mail", "phone"] = "mail"

    def command(self, now: datetime) -> cmd.Command:
        """The resolution."""
        del now
        return cmd.Resolve(steps=self.steps, message=self.message, message_channel=self.channel)


AnyStep = (
    TakeStep
    | ReleaseStep
    | AssignStep
    | NoteStep
    | MessageStep
    | StatusStep
    | PriorityStep
    | TimeStep
    | ResolveStep
)


class Macro(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="macro", tag_field="what"
):
    """Steps under a name and, for who wants it, a key as `QKeySequence` reads it.

    `owner` is the id of who made it; one that is `shared` is everybody's, and travels. One that is
    `gone` was dropped: others must hear of it.
    """

    id: str
    name: str
    steps: tuple[AnyStep, ...] = ()
    key: str = ""
    position: float = 0.0
    owner: str = ""
    shared: bool = False
    gone: bool = False
    v: int = FORMAT


def step_of(command: cmd.Command, now: datetime) -> AnyStep | None:
    """The step that asks for this again, None for acts that are of one ticket only."""
    match command:
        case cmd.Take():
            return TakeStep(timer=command.timer)
        case cmd.Release():
            return ReleaseStep()
        case cmd.Assign():
            return AssignStep(person=command.assignee)
        case cmd.ChangeStatus():
            minutes = (command.until - now) / timedelta(minutes=1) if command.until else 0
            return StatusStep(
                status=command.status, reason=command.reason, minutes=max(round(minutes), 0)
            )
        case cmd.Prioritise() if command.impact and command.urgency:
            told = (command.impact, command.urgency, command.reason)
            return PriorityStep(impact=told[0], urgency=told[1], reason=told[2])
        case _:
            return _written(command)


def _written(command: cmd.Command) -> AnyStep | None:
    """The step of what is mostly words."""
    match command:
        case cmd.Note():
            return NoteStep(text=command.text, plan=command.plan)
        case cmd.Message():
            return MessageStep(text=command.text, channel=_way(command.channel))
        case cmd.LogTime():
            return TimeStep(minutes=max(round(command.seconds / 60), 1), text=command.text)
        case cmd.Resolve():
            way = _way(command.message_channel)
            return ResolveStep(steps=command.steps, message=command.message, channel=way)
        case _:
            return None


def _way(channel: str) -> Literal["mail", "phone"]:
    return "phone" if channel == "phone" else "mail"

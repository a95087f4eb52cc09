"""What people do for each other: merge and link tickets, hand them over, read what one was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tierline.desk.acting import Acting, Done, RefusedError
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.team_commands import OPPOSITE
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica


class Handing(NamedTuple):
    """A ticket on its way to the coming shift, and what to tell about it."""

    ticket_id: str
    note: str


class Teams:
    """Acts on one replica; those that touch two tickets happen to both or to neither."""

    def __init__(self, replica: Replica, acting: Acting) -> None:
        """Act through this door."""
        self._replica = replica
        self._acting = acting

    def merge(
        self, ticket_id: str, command: cmd.Merge, now: datetime, by: str, shown_seq: int = 0
    ) -> Done | Refusal:
        """End a duplicate in favour of `command.into`. It cannot be undone: ask first."""
        this, other = self._both(ticket_id, command.into)
        if this is None or other is None:
            return _unknown()
        named = cmd.Merge(
            into=other.id,
            number=other.number,
            reason=command.reason,
            message=command.message,
            message_channel=command.message_channel,
        )
        half = cmd.Absorb(other=this.id, number=this.number)
        return self._act_on_both((this.id, named), (other.id, half), now, by, shown_seq)

    def link(
        self, ticket_id: str, command: cmd.Link, now: datetime, by: str, shown_seq: int = 0
    ) -> Done | Refusal:
        """Link two tickets, or take the link away; both of them show it."""
        this, other = self._both(ticket_id, command.other)
        if this is None or other is None:
            return _unknown()
        named = cmd.Link(other=other.id, number=other.number, how=command.how, on=command.on)
        back = OPPOSITE[command.how]
        half = cmd.Link(other=this.id, number=this.number, how=back, on=command.on)
        return self._act_on_both((this.id, named), (other.id, half), now, by, shown_seq)

    def hand_over(
        self, handings: Sequence[Handing], to: str, group: str, now: datetime, by: str
    ) -> list[Done | Refusal]:
        """Give tickets to the coming shift, each with its note; one that is refused stays."""
        acts = [(each, cmd.HandOver(note=each.note, to=to, group=group)) for each in handings]
        return [self._acting.act(each.ticket_id, act, now, by) for each, act in acts]

    def _both(self, one: str, other: str) -> tuple[Ticket | None, Ticket | None]:
        found = [self._replica.tickets.get(each) for each in (one, other)]
        this, that = (stored.ticket if stored else None for stored in found)
        return this, that

    def _act_on_both(
        self,
        first: tuple[str, cmd.Command],
        second: tuple[str, cmd.Command],
        now: datetime,
        by: str,
        shown_seq: int,
    ) -> Done | Refusal:
        try:
            with self._replica.writing() as writing:
                done = self._acting.act_within(writing, first[0], (first[1],), now, by, shown_seq)
                half = self._acting.act_within(writing, second[0], (second[1],), now, by)
                for answer in (done, half):
                    if isinstance(answer, Refusal):
                        raise RefusedError(answer)
                return done
        except RefusedError as refused:
            return refused.refusal


def _unknown() -> Refusal:
    return Refusal(tr("There is no such ticket."), tr("Check the number."), "other")

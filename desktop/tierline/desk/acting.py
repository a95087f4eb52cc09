"""One act, from command to disk: decide on the ticket as it is, fold, record; all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from tierline.desk.said import said
from tierline.desk.when import status_phrase
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.rules.keys import KIND
from tierline.domain.ticket import Ticket, begun, evolve, fold_operations, undone_operations
from tierline.domain.tongue import tr
from tierline.storage.identifiers import new_id
from tierline.storage.projection import all_words, more_words, project
from tierline.storage.records import Recorded
from tierline.storage.refold import current
from tierline.storage.replica import Replica
from tierline.storage.writing import Writing

_Command = TypeVar("_Command", bound=cmd.Command)
GRACE = timedelta(seconds=10)
LONGEST = 1_000_000  # characters of one text: what is longer would hold up everything behind it
# What is told on two tickets is not taken back on one of them; what was read was read.
_FINAL = {
    "undo": Refusal("An undo is not undone.", "Do the act again."),
    "merge": Refusal("A merge is not taken back.", "Log a new ticket, and link it to this one."),
    "absorb": Refusal("A merge is not taken back.", "Log a new ticket, and link it to this one."),
    "link": Refusal("A link is on both tickets.", "Take it away (Links of the ticket)."),
    "hear": Refusal("What was read was read.", "Nothing was changed."),
}
_COUNTS = frozenset({"pending", "acked"})
_DRAFTS = {"note": "note", "message": "message", "logtime": "time"}


class Done(msgspec.Struct, frozen=True):
    """An act that is on the disk; `undo_until` (UTC) while it can be taken back."""

    op_id: str
    ticket: Ticket
    undo_until: datetime | None
    message: str
    seq: int = 0


class RefusedError(Exception):
    """Carries a refusal out of a transaction, so that all of it is taken back."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class Acting:
    """Carries out commands on one replica, safe against other programs acting at the same time.

    Each decision is made on what the write transaction itself reads.
    """

    def __init__(self, replica: Replica, book: PolicyBook) -> None:
        """Act on this replica under these policies."""
        self._replica = replica
        self._book = book

    def log(self, command: cmd.Log, policy: str, now: datetime, by: str) -> Done | Refusal:
        """Make a ticket under the next free number. It cannot be undone: cancel it instead."""
        try:
            with self._replica.writing() as writing:
                return self.log_within(writing, command, policy, now, by)
        except RefusedError as refused:
            return refused.refusal

    def log_within(
        self, writing: Writing, command: cmd.Log, policy: str, now: datetime, by: str
    ) -> Done:
        """The same inside a transaction that does more.

        Raises:
            RefusedError: it was refused; let it travel out of the transaction, number and all.
        """
        if refusal := _too_long(command):
            raise RefusedError(refusal)
        command, rules = storable(command), self._book.get(policy)
        number = command.number or writing.next_number(rules.file.number_prefix)
        named = msgspec.structs.replace(command, number=number)
        events = decide(None, named, rules, now, by)
        if isinstance(events, Refusal):
            raise RefusedError(events)
        made = new_id()
        operation = ev.Operation(
            op_id=made, ticket_id=made, kind=command.kind, at=now, events=events, by=by
        )
        ticket = fold_operations((operation,))
        done = project(ticket, rules, all_words(ticket, events))
        seq = writing.record(operation, done, base_seq=0)
        self._one_timer(writing, ticket, now)
        return Done(made, ticket, None, tr("Logged {number}.", number=ticket.number), seq)

    def act(
        self, ticket_id: str, command: cmd.Command, now: datetime, by: str, shown_seq: int = 0
    ) -> Done | Refusal:
        """Carry a command out on a ticket; `shown_seq` is the journal row its giver was seeing."""
        return self.act_all(ticket_id, (command,), now, by, shown_seq)

    def act_all(
        self,
        ticket_id: str,
        commands: Sequence[cmd.Command],
        now: datetime,
        by: str,
        shown_seq: int = 0,
    ) -> Done | Refusal:
        """Carry commands out as one act: all of them, or none; they are undone together."""
        with self._replica.writing() as writing:
            return self.act_within(writing, ticket_id, commands, now, by, shown_seq)

    def act_within(
        self,
        writing: Writing,
        ticket_id: str,
        commands: Sequence[cmd.Command],
        now: datetime,
        by: str,
        shown_seq: int = 0,
    ) -> Done | Refusal:
        """The same inside a transaction that does more; the act is of the last command's kind."""
        before = writing.stored(ticket_id)
        if before is None:
            return _unknown()
        ticket = current(before, writing.operations)
        reached = self._decided(ticket, commands, now, by)
        if isinstance(reached, Refusal):
            return reached
        ticket, events = reached
        if refusal := self._still_away(writing, ticket, events, by):
            return refusal
        kind = commands[-1].kind
        operation = _operation(ticket_id, kind, now, events, by)
        rules = self._book.get(ticket.policy)
        after = project(ticket, rules, more_words(ticket, events))
        seq = writing.record(operation, after, base_seq=shown_seq or before.seq)
        for command in commands:
            if command.kind in _DRAFTS:
                sent = getattr(storable(command), "text", "")
                writing.drop_draft(ticket_id, _DRAFTS[command.kind], sent)
        self._one_timer(writing, ticket, now)
        until = None if kind in _FINAL else now + GRACE
        return Done(operation.op_id, ticket, until, _sentence(kind, ticket, rules), seq)

    def _still_away(
        self, writing: Writing, ticket: Ticket, events: Sequence[ev.AnyEvent], by: str
    ) -> Refusal | None:
        """Nobody is in two places: when a visit elsewhere ended is asked, and never guessed."""
        if not any(isinstance(each, ev.SetOut | ev.Arrived) for each in events):
            return None
        for other in writing.tickets_visited_by(by):
            if other.id != ticket.id:
                where = {visit.state for visit in other.visits if visit.engineer == by}
                still = tr("on site") if "on site" in where else tr("on the way")
                what = tr("You are still {still} for {number}.", still=still, number=other.number)
                return Refusal(what, tr("Say when that ended, then go on here."), "left_at")
        return None

    def _one_timer(self, writing: Writing, ticket: Ticket, now: datetime) -> None:
        """Nobody works on two tickets at once: what begins here ends my timer elsewhere."""
        begun = [ticket.timer_by] if ticket.timer_since == now else []
        begun += [visit.engineer for visit in ticket.visits if visit.since == now]
        for person in filter(None, begun):
            for other in writing.timed_by(person):
                if other != ticket.id:
                    self.act_within(writing, other, (cmd.StopTimer(),), now, person)

    def _decided(
        self, ticket: Ticket, commands: Sequence[cmd.Command], now: datetime, by: str
    ) -> tuple[Ticket, tuple[ev.AnyEvent, ...]] | Refusal:
        events: list[ev.AnyEvent] = []
        for command in commands:
            if refusal := _too_long(command):
                return refusal
            answer = decide(ticket, storable(command), self._book.get(ticket.policy), now, by)
            if isinstance(answer, Refusal):
                return answer
            for event in answer:
                ticket = evolve(ticket, event)
            events += answer
        return ticket, tuple(events)

    def undo(
        self, op_id: str, now: datetime, by: str, ended: datetime | None = None
    ) -> Done | Refusal:
        """Take an act of mine back within ten seconds; both stay in the history.

        `ended` is when the last of the acts that were done as one with it was done.
        """
        found = self._replica.tickets.operation(op_id)
        if found is None:
            return Refusal(tr("There is nothing to undo."), tr("The act is not known here."))
        ticket_id = found.operation.ticket_id
        with self._replica.writing() as writing:
            history = writing.operations(ticket_id)
            if refusal := _not_undoable(found, history, now, by, ended or found.operation.at):
                return refusal
            if not begun(each.operation for each in history):
                what = tr("How this ticket began is still to come again from another console.")
                return Refusal(what, tr("Change it with a new act."))
            taken_back = ev.Undone(at=now, by=by, op_id=op_id)
            operation = _operation(ticket_id, "undo", now, (taken_back,), by)
            operations = [*(each.operation for each in history), operation]
            ticket = fold_operations(operations)
            undone = undone_operations(operations)
            kept = (e for op in operations if op.op_id not in undone for e in op.events)
            rules = self._book.get(ticket.policy)
            after = project(ticket, rules, all_words(ticket, kept))
            seq = writing.record(operation, after, base_seq=max(each.seq for each in history))
        return Done(operation.op_id, ticket, None, _sentence("undo", ticket, rules), seq)


def storable(command: _Command) -> _Command:
    """The command with half characters (lone surrogates) replaced: no file could keep them."""
    told = {name: getattr(command, name) for name in command.__struct_fields__}
    kept = {name: _whole(value) for name, value in told.items()}
    return command if kept == told else msgspec.structs.replace(command, **kept)


def _whole(value: object) -> object:
    """A text, or texts in what a command has, without half characters."""
    match value:
        case str() if not value.isascii():
            return value.encode("utf-8", "replace").decode()
        case tuple():
            return tuple(map(_whole, value))
        case dict():
            return {_whole(key): _whole(each) for key, each in value.items()}
        case _:
            return value


def _too_long(command: cmd.Command) -> Refusal | None:
    texts = (getattr(command, name) for name in command.__struct_fields__)
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    if longest <= LONGEST:
        return None
    return Refusal(
        tr(
            "That is too long for a ticket: {longest:,} characters of at most {longest2:,}.",
            longest=longest,
            longest2=LONGEST,
        ),
        tr("Attach it as a file."),
    )


def _operation(
    ticket_id: str, kind: str, now: datetime, events: tuple[ev.AnyEvent, ...], by: str
) -> ev.Operation:
    return ev.Operation(
        op_id=new_id(), ticket_id=ticket_id, kind=kind, at=now, events=events, by=by
    )


def _not_undoable(
    found: Recorded, history: tuple[Recorded, ...], now: datetime, by: str, ended: datetime
) -> Refusal | None:
    operation = found.operation
    undone = undone_operations(each.operation for each in history)
    if operation.op_id in undone:
        return Refusal(tr("That was taken back already."), tr("Nothing was changed."))
    if refusal := _FINAL.get(operation.kind):
        return refusal
    if found.seq == history[0].seq:
        return Refusal(tr("Logging is not undone: the number was told."), tr("Cancel the ticket."))
    if operation.kind == KIND:
        return Refusal(
            tr("A rule of the policy did that."), tr("Change it with an act of your own.")
        )
    if operation.by != by:
        return Refusal(tr("That was {by}'s act.", by=operation.by), tr("Only they can undo it."))
    if found.state not in _COUNTS:
        return Refusal(
            tr("The shared desk did not accept that."), tr("It is among what needs attention.")
        )
    if abs(now - ended) > GRACE:  # a clock that was set back gives no more time
        return Refusal(tr("The ten seconds to undo are over."), tr("Change it with a new act."))
    last = [each for each in history if each.operation.op_id not in undone]
    ids = [each.operation.op_id for each in last]
    place = ids.index(operation.op_id) if operation.op_id in ids else len(ids)
    later = [each for each in last[place + 1 :] if each.operation.kind != "undo"]
    if later:
        first = later[0].operation
        who = "A rule" if first.kind == KIND else first.by or tr("Someone")
        return Refusal(tr("{who} has acted on it since.", who=who), tr("Change it with a new act."))
    return None


def _unknown() -> Refusal:
    return Refusal(tr("There is no such ticket."), tr("Check the number."))


def _sentence(kind: str, ticket: Ticket, policy: Policy) -> str:
    if kind == "changestatus":
        return tr(
            "{number} set to {status_phrase}.",
            number=ticket.number,
            status_phrase=status_phrase(policy, ticket.status),
        )
    if kind == "escalate":
        return tr(
            "Escalated {number} to {tier}.",
            number=ticket.number,
            tier=policy.tier_word(ticket.tier),
        )
    if kind == "merge":
        return tr(
            "Merged {number} into {number2}.", number=ticket.number, number2=ticket.links[-1].number
        )
    if kind == "prioritise":
        return tr("{number} set to P{priority}.", number=ticket.number, priority=ticket.priority)
    return said(kind, ticket.number)

"""Acts of the person at the console, on one ticket or on all that are selected."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from tierline.desk.acting import Done
from tierline.desk.bulk import act_filled, undo_all
from tierline.desk.desk import Desk
from tierline.desk.macros import run
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.macros import MOST_STEPS, AnyStep, Macro, step_of
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.present.in_turn import DOING, InTurn, Work
from tierline.present.messages import Messages
from tierline.present.tasks import STORAGE, Tasks
from tierline.present.undo import UndoLine, UndoOffer

FEW = 50  # about a screenful of rows
_MACRO = "macro"
PORTION = 20  # acts in a row before others have the storage thread
Judge = Callable[[str], cmd.Command]


class Outcome(NamedTuple):
    """What came of one act: done on these, refused for those; `kind` is the command's.

    `read`: who listens to `Actor.asked` has its tickets read already.
    """

    kind: str
    done: tuple[Done, ...]
    refused: tuple[Refusal, ...]
    read: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The tickets that changed."""
        return tuple(each.ticket.id for each in self.done)


class Actor(QObject):
    """Carries acts out on the storage thread; `pending` counts those not yet on the disk.

    `asked(ids)` as soon as an act on a few is on its way: what is read from now on is read after
    it. `acted(Outcome)` when something was done, `refused(Refusal)` for what was not (an open sheet
    shows it at its field), `failed()` when the world failed: nothing was done, and it was told.
    `progressed(done, total)` while more than a few are acted on, and (0, 0) once that is over.
    """

    asked = Signal(object)
    acted = Signal(object)
    refused = Signal(object)
    failed = Signal()
    pending_changed = Signal()
    progressed = Signal(int, int)

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        """Act as the desk's person."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.undo_offer = UndoOffer(self)
        self.pending = 0
        self.latest: deque[tuple[Ticket, AnyStep]] = deque(maxlen=MOST_STEPS)
        """What was done last that a macro could do again, with the ticket it led to."""
        self._run_now: InTurn | None = None

    def act(self, ids: Sequence[str], command: cmd.Command, shown_seq: int = 0) -> None:
        """The same command on each of these tickets; `shown_seq` goes with a single one."""
        if len(ids) > 1:
            works = [self._filling(each, command) for each in ids]
            self.in_turn(command.kind, works, ids, command)
        else:
            self._run(command, ids, lambda _: command, shown_seq)

    def stop(self) -> None:
        """Do no more of a long run; what is done of it stays, and can be undone."""
        if self._run_now is not None:
            self._run_now.stop()

    def take(self, ids: Sequence[str]) -> None:
        """Hold these and begin; who takes up one ticket has the work timer run on it.

        A timer of mine that runs elsewhere goes on there: what I work on now is not guessed.
        """
        self._run(cmd.Take(), ids, _taking(self._desk, ids))

    def take_or_release(self, ids: Sequence[str]) -> None:
        """Take those that are not mine; when all of them are mine, release them."""
        rows = self._desk.rows(ids)
        if rows and all(row.mine for row in rows):
            self._run(cmd.Release(), ids, lambda _: cmd.Release())
        else:
            self.take(ids)

    def start_or_stop_timer(self, ticket_id: str) -> None:
        """Stop my timer where it runs; start it here unless it ran here."""

        def work() -> list[Done | Refusal]:
            running = self._desk.my_timer()
            answers = []
            if running is not None:
                answers.append(self._desk.act(running.id, cmd.StopTimer()))
            if ticket_id and (running is None or running.id != ticket_id):
                answers.append(self._desk.act(ticket_id, cmd.StartTimer()))
            return answers

        self.carry(tr("changing the work timer"), work, "timer")

    def log(self, command: cmd.Log, policy: str = "") -> None:
        """Make a ticket."""
        work = self._logging(command, policy)
        self.carry(tr("logging the ticket"), work, command.kind)

    def undo(self) -> None:
        """Take the last act back, on every ticket it was done on."""
        line = self.undo_offer.take()
        if line is None:
            self._messages.note(
                tr("There is nothing to undo."), tr("An act can be undone for 10 s.")
            )
            return
        if line.back is not None:
            line.back()
            return
        self.carry("undoing", lambda: self._take_back(line), "undo", line.ticket_ids)

    def _take_back(self, line: UndoLine) -> list[Done | Refusal]:
        return undo_all(self._desk, line.op_ids)

    def _filling(self, ticket_id: str, command: cmd.Command) -> Work:
        return lambda: act_filled(self._desk, ticket_id, command)

    def _logging(self, command: cmd.Log, policy: str) -> Callable[[], list[Done | Refusal]]:
        return lambda: [self._desk.log(command, policy)]

    def run_macro(self, ticket_id: str, macro: Macro) -> None:
        """Do its steps on a ticket, in turn; one undo takes all of them back."""
        work = self._stepping(ticket_id, macro)
        self.carry(tr("running the macro"), work, _MACRO, (ticket_id,))

    def _stepping(self, ticket_id: str, macro: Macro) -> Callable[[], list[Done | Refusal]]:
        return lambda: run(self._desk, ticket_id, macro)

    def _run(self, command: cmd.Command, ids: Sequence[str], judge: Judge, seq: int = 0) -> None:
        if not ids:
            self._messages.note(tr("No ticket is selected."), tr("Choose one in the list."))
            return
        works = [self._judging(each, judge, seq) for each in ids]
        self.in_turn(command.kind, works, ids, command)

    def _judging(self, ticket_id: str, judge: Judge, seq: int) -> Work:
        return lambda: self._desk.act(ticket_id, judge(ticket_id), seq)

    def in_turn(
        self, kind: str, works: Sequence[Work], ids: Sequence[str], command: cmd.Command
    ) -> None:
        """Do one thing after the other and tell of all of them as one act, that of `command`."""
        read, many = 0 < len(ids) <= FEW, len(works) > FEW
        turn = self._run_now = InTurn(self._tasks, works, PORTION if many else len(works))

        def over(error: BaseException | None) -> None:
            self._count(-1)
            if error is not None:
                self._messages.failed(DOING, error)
                self.failed.emit()
            if many:
                self.progressed.emit(0, 0)
            self._remember(command, turn.answers)
            self._tell(kind, turn.answers, read=read)

        self._count(+1)
        if many:
            self.progressed.emit(0, len(works))
        turn.begin(self.progressed.emit, over)
        if read:
            self.asked.emit(tuple(ids))

    def carry(
        self,
        name: str,
        work: Callable[[], list[Done | Refusal]],
        kind: str,
        ids: Sequence[str] = (),
        thread: str = STORAGE,
    ) -> None:
        """Do `work` on the storage thread and tell what came of it; `kind` is the outcome's.

        `ids` are the tickets it can change, where they are known before. What takes long names
        another `thread`, and no ids.
        """
        read = 0 < len(ids) <= FEW

        def done(answers: list[Done | Refusal]) -> None:
            self._count(-1)
            self._tell(kind, answers, read=read)

        def failed(error: BaseException) -> None:
            self._count(-1)
            self._messages.failed(name, error)
            self.failed.emit()

        self._count(+1)
        self._tasks.run(name, work, done, failed, thread=thread)
        if read:
            self.asked.emit(tuple(ids))

    def _remember(self, command: cmd.Command, answers: Sequence[Done | Refusal]) -> None:
        done = next((each for each in answers if isinstance(each, Done)), None)
        step = step_of(command, self._desk.clock())
        if done is not None and step is not None:
            self.latest.append((done.ticket, step))

    def _count(self, by: int) -> None:
        self.pending += by
        self.pending_changed.emit()

    def _tell(self, kind: str, answers: list[Done | Refusal], *, read: bool) -> None:
        done = tuple(each for each in answers if isinstance(each, Done))
        refused = tuple(each for each in answers if isinstance(each, Refusal))
        if done:
            self.undo_offer.offer(said(done), done)
        if refused:
            # A macro ends at its first refusal, which says by itself what was done.
            self.refused.emit(refused[0] if kind == _MACRO else _one(refused, len(done)))
        if done:
            self.acted.emit(Outcome(kind, done, refused, read))


def said(done: Sequence[Done]) -> str:
    """One sentence for an act on one ticket or on many: "Taken 3 tickets."."""
    last = done[-1]
    tickets = {each.ticket.number for each in done}
    if len(tickets) == 1:
        return last.message
    return last.message.replace(last.ticket.number, f"{len(tickets)} tickets")


def _one(refused: Sequence[Refusal], done: int) -> Refusal:
    first = refused[0]
    if len(refused) + done == 1:
        return first
    count = tr(
        "{count} of {total} tickets were left as they are: ",
        count=len(refused),
        total=len(refused) + done,
    )
    return Refusal(count + first.what, first.todo, first.field)


def _taking(desk: Desk, ids: Sequence[str]) -> Judge:
    return lambda _: cmd.Take(timer=len(ids) == 1 and desk.my_timer() is None)

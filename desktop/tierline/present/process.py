"""Grants what sheets wish for: PINs, replies, what became of messages; on the storage thread."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.desk.identity import PinChecked
from tierline.desk.replies import Received
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.acting import Actor, Outcome
from tierline.present.messages import Messages
from tierline.present.tasks import Tasks
from tierline.present.wishes import Act, CheckPin, HandAll, Mark, Refused, Reply, SetPin, Wish


class Process(QObject):
    """`granted(wish, message)` once it is on the disk, `refused(refusal)` when it is not done.

    `went_on(ticket id)` when a reply to a closed ticket became a new one.
    """

    granted = Signal(object, str)
    refused = Signal(object)
    went_on = Signal(str)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        actor: Actor,
        parent: QObject | None = None,
    ) -> None:
        """Acts as the desk's person."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages, self._actor = desk, tasks, messages, actor

    def grant(self, wish: Wish) -> None:
        """Do it; what came of it is told by a signal."""
        match wish:
            case CheckPin():
                self._run(wish, lambda: self._desk.check_pin(wish.ticket_id, wish.pin, wish.seq))
            case SetPin():
                self._run(wish, lambda: self._set(wish))
            case Reply():
                self._run(wish, lambda: self._desk.receive(wish.ticket_id, wish.said, wish.then))
            case Mark():
                self._run(wish, lambda: self._desk.mark(wish.message, wish.state, wish.why))
            case Refused():
                self._run(wish, lambda: self._answered(wish))
            case Act():
                self._run(wish, lambda: self._desk.act(wish.ticket_id, wish.command))
            case HandAll():
                self._run(wish, lambda: self._handed(wish))

    def _handed(self, wish: HandAll) -> object:
        """What was done of it: all of it, some, or why nothing was."""
        desk = self._desk
        told = (wish.handings, wish.to, wish.group, desk.clock(), desk.me)
        answers = desk.teams.hand_over(*told)
        done = [each for each in answers if isinstance(each, Done)]
        refused = [each for each in answers if isinstance(each, Refusal)]
        if refused and not done:
            return refused[0]
        whom = desk.people.name(wish.to) if wish.to else wish.group
        many = "1 ticket" if len(done) == 1 else tr("{count} tickets", count=len(done))
        stayed = tr(" {count} stayed with you.", count=len(refused)) if refused else ""
        return tr("Handed over {many} to {whom}.{stayed}", many=many, whom=whom, stayed=stayed)

    def _answered(self, wish: Refused) -> object:
        desk = self._desk
        return desk.refusals.answer(wish.op_id, wish.way, wish.text, desk.clock(), desk.me)

    def _set(self, wish: SetPin) -> str | Refusal:
        made = self._desk.set_pin(wish.client, wish.contact, wish.pin, wish.ticket_id)
        return made if isinstance(made, Refusal) else tr("{name} has a PIN now.", name=made.name)

    def _run(self, wish: Wish, work: Callable[[], object]) -> None:
        def done(answer: object) -> None:
            self._tell(wish, answer)

        self._tasks.run("carrying that out", work, done)

    def _tell(self, wish: Wish, answer: object) -> None:
        if isinstance(answer, Refusal):
            self.refused.emit(answer)
        elif isinstance(answer, PinChecked):
            self._checked(wish, answer)
        elif isinstance(answer, Received):
            self._received(wish, answer)
        elif isinstance(answer, Done):
            self._done(wish, answer)
        else:
            self.granted.emit(wish, str(answer))
            if isinstance(wish, SetPin | Refused | HandAll):
                self._actor.acted.emit(Outcome("wish", (), ()))

    def _done(self, wish: Wish, done: Done) -> None:
        self._actor.undo_offer.offer(done.message, (done,))
        self.granted.emit(wish, done.message)
        self._actor.acted.emit(Outcome("wish", (done,), ()))

    def _checked(self, wish: Wish, answer: PinChecked) -> None:
        if answer.right:
            self.granted.emit(wish, answer.what)
        else:
            self.refused.emit(Refusal(answer.what, answer.todo, "pin"))
        self._actor.acted.emit(Outcome("pin", (answer.done,), ()))

    def _received(self, wish: Wish, answer: Received) -> None:
        told = msgspec.structs.replace(answer.done, message=answer.message)
        if answer.fresh is None:
            self._done(wish, told)
            return
        # A number was told to somebody: neither half is taken back.
        self._actor.undo_offer.withdraw()
        self.granted.emit(wish, answer.message)
        self._messages.note(answer.message)
        self._actor.acted.emit(Outcome("wish", (told, answer.fresh), ()))
        self.went_on.emit(answer.fresh.ticket.id)

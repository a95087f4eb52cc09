"""Acts that the hub refused: what they are called, and what a person can make of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from tierline.desk.acting import Acting, Done
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica
from tierline.storage.sync_records import Aside

Way = Literal["resend", "note", "withdraw"]
_WORDS = {
    "attach": "file",
    "changestatus": "change of status",
    "filldetails": "details",
    "logtime": "time",
    "message": "message",
    "note": "note",
    "prioritise": "priority",
}
# Acts whose text is all there is to them: changed, they are simply said anew.
_ANEW: dict[str, Callable[[str], cmd.Command]] = {
    "note": lambda text: cmd.Note(text=text),
    "message": lambda text: cmd.Message(text=text),
    "resolve": lambda text: cmd.Resolve(steps=text),
    "reopen": lambda text: cmd.Reopen(reason=text),
}


class Refusals:
    """None of them is ever thrown away: withdrawn ones stay in the journal too."""

    def __init__(self, replica: Replica, acting: Acting) -> None:
        """Read from and act on this replica."""
        self._replica, self._acting = replica, acting

    def waiting(self) -> tuple[Aside, ...]:
        """Those that need somebody, the oldest first."""
        return tuple(self._replica.sync.aside())

    def answer(
        self, op_id: str, way: Way, text: str, now: datetime, by: str
    ) -> Done | Refusal | str:
        """Send it again (with another text, if it may have one), keep its text, or withdraw it.

        Answers the new act, why it is not possible, or what was done in a sentence.
        """
        act = next((each for each in self.waiting() if each.op_id == op_id), None)
        if act is None:
            return Refusal(tr("That change was seen to already."), tr("Nothing was changed."))
        sync = self._replica.sync
        if way == "withdraw":
            sync.withdraw(op_id)
            return tr("Withdrawn from {number}.", number=act.number)
        if way == "note":
            return self._as_note(act, text, now, by)
        if text.strip() == act.text.strip() or not text.strip():
            sync.resend(op_id)
            return tr("Sent again on {number}.", number=act.number)
        return self._anew(act, text, now, by)

    def _as_note(self, act: Aside, text: str, now: datetime, by: str) -> Done | Refusal | str:
        if text.strip() == act.text.strip():
            self._replica.sync.keep_as_note(act.op_id)
            return tr("Kept as a note on {number}.", number=act.number)
        return self._said(act, cmd.Note(text=text), now, by)

    def _anew(self, act: Aside, text: str, now: datetime, by: str) -> Done | Refusal:
        made = _ANEW.get(act.kind)
        if made is None:
            todo = tr("Withdraw it and do it anew on the ticket, or keep the text as a note.")
            return Refusal(
                tr("The text of a {word} cannot be changed here.", word=word(act.kind)), todo
            )
        return self._said(act, made(text), now, by)

    def _said(self, act: Aside, command: cmd.Command, now: datetime, by: str) -> Done | Refusal:
        done = self._acting.act(act.ticket_id, command, now, by)
        if isinstance(done, Done):
            self._replica.sync.withdraw(act.op_id)
        return done


def word(kind: str) -> str:
    """What an act of that kind is called, in the middle of a sentence."""
    return _WORDS.get(kind, kind)

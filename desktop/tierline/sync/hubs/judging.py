"""How a hub judges what it is offered: pure checks, the same for memory and the SQLite file.

PostgreSQL does the same in its function `push`, held to it by the contract suite. An offer stands
on its ticket's lines up to `base_seq` and on its own console's later ones (several acts in a row
cannot know each other's line yet); it is stale when anybody else's line came after `base_seq`.
Entries of the directory are never stale: the last writer counts, the log keeps the others.

An offer without a row (its console cannot tell how the ticket stands) leaves the row as it is,
and who may read it: its flags say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from tierline.domain.log import DIRECTORY, Line, Offer, chain
from tierline.sync.hub import Answer, Pushed, Trouble
from tierline.sync.hubs import persons
from tierline.sync.hubs.rights import Role, hides, may_write, refusal
from tierline.sync.hubs.terms import Terms, outdated

_UNSTORABLE = "\0"
_IN_ITS_PLACE = "\ufffd"
UNTOLD = "It says who may read a ticket that its console cannot read itself."


class Known(NamedTuple):
    """A console as the hub has it: whose it is, its last counted offer, its program's version."""

    login: str
    last_cseq: int
    version: str


class Standing(NamedTuple):
    """Where a ticket is: its last line, and whether only leads may see it."""

    last_seq: int
    restricted: bool


class Caller(NamedTuple):
    """Who is calling, from which console; `now` is the hub's time in microseconds."""

    login: str
    role: Role
    console_id: str
    now: int


class Ledger(Protocol):
    """What a hub has written down, read and added to inside one transaction."""

    def head(self) -> tuple[int, str]:
        """The last line's number and hash."""

    @property
    def terms(self) -> Terms:
        """Which programs may write."""

    def console(self, console_id: str, login: str) -> Known:
        """A console; one that is new here is registered as this login's."""

    def recorded(self, console_id: str, cseq: int) -> tuple[str, Answer] | None:
        """The act (op_id) and the answer of an offer that was counted."""

    def line_of(self, op_id: str) -> int:
        """The line of an act, 0 when there is none."""

    def standing(self, ticket_id: str) -> Standing:
        """Where a ticket is; (0, False) when there is none."""

    def moved(self, ticket_id: str, base_seq: int, console_id: str) -> bool:
        """Whether another console has a line on the ticket after `base_seq`."""

    def after(self, ticket_id: str, base_seq: int) -> tuple[Line, ...]:
        """The ticket's lines after `base_seq`."""

    def entry(self, entry_id: str) -> str:
        """The newest payload of an entry of the directory, "" when there is none."""

    def role_of(self, login: str) -> Role:
        """The role that the hub gave to a login."""

    def append(self, line: Line, offer: Offer) -> None:
        """Add the line, write the ticket's row (or the directory's entry) and count the offer."""

    def keep(self, console_id: str, offer: Offer, answer: Answer) -> None:
        """Count an offer that made no line, with its answer."""


def push(ledger: Ledger, caller: Caller, offers: Sequence[Offer]) -> Pushed:
    """Judge offers in their order and write down what becomes of them."""
    offers = [storable(offer) for offer in offers]
    if not may_write(caller.role):
        return Pushed(answers=(), seq=0, last_cseq=0, trouble="revoked", why=_read_only(caller))
    known = ledger.console(caller.console_id, caller.login)
    last = known.last_cseq
    trouble, why = _trouble(ledger, caller, known, offers)
    answers: list[Answer] = []
    if not trouble:
        answers = _answers(ledger, caller, known, offers)
        last = max([last, *(a.cseq for a in answers if a.outcome not in {"stale", "later"})])
    return Pushed(
        answers=tuple(answers), seq=ledger.head()[0], last_cseq=last, trouble=trouble, why=why
    )


def _trouble(
    ledger: Ledger, caller: Caller, known: Known, offers: Sequence[Offer]
) -> tuple[Trouble, str]:
    """What is wrong with the console itself; nothing of the batch is taken then."""
    if known.login != caller.login:
        return "forked", f"This console is {known.login}'s."
    if offers and outdated(ledger.terms, known.version, offers[0].at):
        return "outdated", f"New acts need Tierline {ledger.terms.least} or newer."
    last, here = known.last_cseq, dict[int, str]()
    for offer in offers:
        if offer.cseq > last + 1:
            return "gap", f"Offer {last + 1} is missing."
        if offer.cseq <= known.last_cseq:
            found = ledger.recorded(caller.console_id, offer.cseq)
            if found is None or found[0] != offer.op_id:
                return "forked", f"Offer {offer.cseq} was another act."
        elif here.setdefault(offer.cseq, offer.op_id) != offer.op_id:
            return "forked", f"Offer {offer.cseq} is two acts."
        last = max(last, offer.cseq)
    return "", ""


def _answers(ledger: Ledger, caller: Caller, known: Known, offers: Sequence[Offer]) -> list[Answer]:
    answers: list[Answer] = []
    refused: set[str] = set()  # what comes after on the same ticket stood on the refused act
    ended = False
    for offer in offers:
        late = ended or offer.ticket_id in refused
        if late or outdated(ledger.terms, known.version, offer.at):
            answers.append(Answer(cseq=offer.cseq, outcome="later"))
            ended = True
            continue
        answer = _answer(ledger, caller, offer)
        answers.append(answer)
        ended = answer.outcome == "stale"
        if answer.outcome == "refused":
            refused.add(offer.ticket_id)
    return answers


def _answer(ledger: Ledger, caller: Caller, offer: Offer) -> Answer:
    if found := ledger.recorded(caller.console_id, offer.cseq):
        return found[1]
    if seq := ledger.line_of(offer.op_id):
        answer = Answer(cseq=offer.cseq, outcome="known", seq=seq)
        ledger.keep(caller.console_id, offer, answer)
        return answer
    standing = ledger.standing(offer.ticket_id)
    if not offer.row:
        offer = replace(offer, restricted=standing.restricted)
    own = persons.own(caller.login, offer, ledger.entry)
    why = refusal(caller.login, caller.role, offer, restricted=standing.restricted, own=own)
    why = why or persons.misfit(offer, ledger.role_of)
    if not why and _stale(ledger, caller, offer, standing):
        lines = ledger.after(offer.ticket_id, offer.base_seq)
        return Answer(cseq=offer.cseq, outcome="stale", lines=lines)
    if why := why or _rowless(offer, standing):
        answer = Answer(cseq=offer.cseq, outcome="refused", why=why)
        ledger.keep(caller.console_id, offer, answer)
        return answer
    line = _line(ledger.head(), caller, offer)
    ledger.append(line, offer)
    return Answer(cseq=offer.cseq, outcome="taken", seq=line.seq)


def _stale(ledger: Ledger, caller: Caller, offer: Offer, standing: Standing) -> bool:
    if offer.kind in DIRECTORY or standing.last_seq == offer.base_seq:
        return False
    # A base beyond the ticket's last line is one of a log that this hub has lost.
    return offer.base_seq > standing.last_seq or ledger.moved(
        offer.ticket_id, offer.base_seq, caller.console_id
    )


def _rowless(offer: Offer, standing: Standing) -> str:
    """Every ticket in the log has its row, and its row says who may read it."""
    if offer.row or offer.kind in DIRECTORY:
        return ""
    if not standing.last_seq:
        return "It begins a ticket without saying how it stands."
    return UNTOLD if offer.kind == "restrict" else ""


def _line(head: tuple[int, str], caller: Caller, offer: Offer) -> Line:
    seq, before = head
    line = Line(
        seq=seq + 1,
        op_id=offer.op_id,
        console_id=caller.console_id,
        cseq=offer.cseq,
        ticket_id=offer.ticket_id,
        kind=offer.kind,
        v=offer.v,
        author=caller.login,
        at=min(offer.at, caller.now),
        received_at=caller.now,
        base_seq=offer.base_seq,
        seen_seq=offer.seen_seq,
        payload=offer.payload,
        chain="",
        restricted=offer.restricted,
    )
    return replace(line, chain=chain(before, line))


def visible(lines: Sequence[Line], role: Role, hidden: set[str]) -> tuple[Line, ...]:
    """The lines that a role may read, `hidden` being the restricted tickets."""
    if not hides(role):
        return tuple(lines)
    return tuple(each for each in lines if each.ticket_id not in hidden)


def _read_only(caller: Caller) -> str:
    if not caller.role:
        return f"The login {caller.login} may not use this hub any more."
    return f"The login {caller.login} ({caller.role}) only reads."


def storable(offer: Offer) -> Offer:
    """The offer without what a database's text cannot hold (JSON writes such a character out)."""
    names = ("op_id", "ticket_id", "kind", "payload", "row", "number")
    found = {n: text for n in names if _UNSTORABLE in (text := getattr(offer, n))}
    cleaned = {name: text.replace(_UNSTORABLE, _IN_ITS_PLACE) for name, text in found.items()}
    return replace(offer, **cleaned) if cleaned else offer

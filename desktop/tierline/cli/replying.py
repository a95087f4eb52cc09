"""What several commands share about words: a reply recorded, a message in the policy's words."""

from __future__ import annotations

from collections.abc import Mapping

from tierline.cli.asking import until_done
from tierline.cli.call import Call, RefusedError
from tierline.cli.choosing import choose
from tierline.desk.composing import offers
from tierline.desk.replies import Received
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.storage.records import Stored


def receive(call: Call, stored: Stored, reply: cmd.Receive, then: str = "") -> Received:
    """Record it; on a terminal, ask what is to come of it.

    Raises:
        RefusedError: it was not recorded.
    """
    ticket_id = stored.ticket.id

    def attempt(told: Mapping[str, str]) -> Received | Refusal:
        return call.desk.receive(ticket_id, reply, told.get("then", then))

    def question(refusal: Refusal) -> str:
        return str(refusal).rstrip(".") if refusal.field == "then" else ""

    answer = until_done(call, attempt, question)
    if isinstance(answer, Refusal):
        raise RefusedError(_with_option(answer))
    assert isinstance(answer, Received)
    return answer


def in_words(call: Call, number: str, template: str, more: str = "", **known: str) -> str:
    """The message of a template for a ticket; what was typed besides becomes its reason.

    Raises:
        RefusedError: the policy has no such template.
    """
    ticket = call.ticket(number).ticket
    choices = {offer.kind: offer.word for offer in offers(call.desk.policy(ticket.policy))}
    kind = choose(template, choices, "template", "template")
    told = {"reason": more} | known if more.strip() else known
    made = call.desk.prepare(ticket.id, kind, **told)
    if made.lacks:
        call.out.hint(f"Not known, and left out: {', '.join(made.lacks)}.")
    return made.text


def _with_option(refusal: Refusal) -> Refusal:
    if refusal.field != "then":
        return refusal
    return Refusal(refusal.what, f"{refusal.todo} (--then)", "then")

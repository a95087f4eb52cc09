"""Between the lines: escalate a ticket, or ask another line about it."""

from __future__ import annotations

from typing import Annotated

import typer

from tierline.cli.acting import act, text_of
from tierline.cli.call import Call
from tierline.cli.choosing import choose, person
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.words import Channel, Number, Text, Tier, ToContact
from tierline.desk.escalating import contact_message
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket


@command(
    program,
    "escalate",
    'tierline escalate 12376 --to 2 --reason 1 --handover "Driver swap tried, no change" \\',
    '    --message "Second line looks at it now"',
    'tierline escalate 12376 --to 2 --reason 1 --handover "Driver swap tried" --template',
)
def escalate(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    number: Number,
    to: Tier,
    reason: Annotated[
        str,
        typer.Option("--reason", metavar="WHICH", help="Of the policy's list, by number or words."),
    ] = "",
    handover: Annotated[
        str, typer.Option("--handover", metavar="TEXT", help="For whoever takes over.")
    ] = "",
    message: ToContact = "",
    template: Annotated[
        bool, typer.Option("--template", help="Tell the contact in the policy's words.")
    ] = False,
    channel: Channel = "mail",
    assignee: Annotated[str, typer.Option("--assignee", metavar="PERSON", help="To whom.")] = "",
    tried: Annotated[
        list[str] | None,
        typer.Option("--tried", metavar="STEP", help="Done so far; may be repeated."),
    ] = None,
) -> None:
    """Hand a ticket to another line: reason, hand-over, message."""

    def made(ticket: Ticket, policy: Policy) -> cmd.Escalate:
        whom = person(call, assignee)
        offered = contact_message(ticket, policy, to, call.desk.people.name(whom))
        return cmd.Escalate(
            tier=to,
            reason=_reason(ticket, policy, to, reason),
            handover=handover,
            tried=tuple(tried or ()),
            assignee=whom,
            message=offered if template and not message else message,
            message_channel=channel,
        )

    act(call, number, made)


@command(
    program,
    "consult",
    'tierline consult 12376 --to 2 --whom Priya "Is the new driver signed for this model?"',
)
def consult(
    call: Call,
    number: Number,
    to: Tier,
    text: Text = None,
    whom: Annotated[str, typer.Option("--whom", metavar="PERSON", help="Whom you asked.")] = "",
) -> None:
    """Ask another line; the ticket stays where it is."""
    act(call, number, lambda *_: cmd.Consult(tier=to, whom=_asked(call, whom), text=text_of(text)))


def _asked(call: Call, whom: str) -> str:
    return call.desk.people.name(person(call, whom)) if whom.strip() else ""


def _reason(ticket: Ticket, policy: Policy, to: int, typed: str) -> str:
    """The key of the reason; left to the rules where it is the way that is wrong."""
    path = policy.escalation(ticket.tier, to)
    if path is None or not ticket.open:
        return typed
    return choose(typed, {r.key: r.text for r in path.reasons}, "reason", "reason")

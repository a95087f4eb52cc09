"""The acts of the process beyond the everyday: stay, alert, complain, gates, consent, tasks."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tierline.cli.acting import act, text_of
from tierline.cli.call import Call
from tierline.cli.choosing import choose
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.words import Channel, Number, Text, ToContact
from tierline.desk.quoting import cents_of
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

Rule = Annotated[str, typer.Option("--rule", metavar="NAME", help="Which rule; the one that asks.")]
State = Annotated[
    Literal["by-hand", "sent", "failed"],
    typer.Option("--state", help="Sent by hand, by a mailer, or failed."),
]


@command(program, "stay", 'tierline stay 12376 "Fix found, ten minutes more"')
def stay(call: Call, number: Number, reason: Text = None, rule: Rule = "") -> None:
    """Keep a ticket on its line against a rule, with a reason."""
    act(call, number, cmd.Stay(reason=text_of(reason), rule=rule))


@command(program, "workaround", 'tierline workaround 12376 "Prints by USB" --message "Use the USB"')
def workaround(
    call: Call,
    number: Number,
    text: Text = None,
    message: ToContact = "",
    channel: Channel = "mail",
) -> None:
    """Say how the contact can work meanwhile; it stays open."""
    made = cmd.Workaround(text=text_of(text), message=message, message_channel=channel)
    act(call, number, made)


@command(
    program,
    "complain",
    'tierline complain 12376 --reason 2 "Called three times"',
    'tierline complain 12376 --reason "wrong severity"',
)
def complain(
    call: Call,
    number: Number,
    text: Text = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="WHICH", help="Of the policy's list.")
    ] = "",
    reference: Annotated[
        str, typer.Option("--reference", metavar="TEXT", help="Theirs; one is made unless said.")
    ] = "",
) -> None:
    """Record the contact's own escalation; a lead is told."""

    def made(_: Ticket, policy: Policy) -> cmd.Complain:
        table = policy.file.complaints
        listed = {each: each for each in table.reasons} if table else {}
        which = choose(reason, listed, "reason", "reason") if listed else reason
        return cmd.Complain(reason=which, text=text_of(text), reference=reference)

    act(call, number, made)


@command(program, "dispute", 'tierline dispute 12376 "All of dispatch is down, not one user"')
def dispute(call: Call, number: Number, reason: Text = None) -> None:
    """Record that the contact does not accept the priority."""
    act(call, number, cmd.Dispute(reason=text_of(reason)))


@command(program, "alert", 'tierline alert 12376 "The client is losing orders" --role lead')
def alert(
    call: Call,
    number: Number,
    reason: Text = None,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="Whom; the lead unless said.")
    ] = "",
) -> None:
    """Tell someone in charge; the ticket stays where it is."""

    def made(_: Ticket, policy: Policy) -> cmd.AlertLead:
        roles = policy.file.roles
        whom = choose(role, roles, "role", "role") if role.strip() and roles else role
        return cmd.AlertLead(reason=text_of(reason), role=whom)

    act(call, number, made)


@command(
    program,
    "gate",
    'tierline gate 12376 project --ask "Needs a migration"',
    'tierline gate 12376 project --ask "Budget?" --role senior-management',
    'tierline gate 12376 project --yes "Mia Torres"',
    'tierline gate 12376 project --no "Mia Torres" --why "Not this year"',
)
def gate(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    number: Number,
    gate: Annotated[str, typer.Argument(metavar="GATE", help="The status behind the gate.")],
    ask: Annotated[str, typer.Option("--ask", metavar="TEXT", help="Ask its keeper, why.")] = "",
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="Whom the keeper asked in turn.")
    ] = "",
    yes: Annotated[str, typer.Option("--yes", metavar="PERSON", help="Who said yes.")] = "",
    no: Annotated[str, typer.Option("--no", metavar="PERSON", help="Who said no.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What they said.")] = "",
) -> None:
    """Ask leave for project or testing, or record the answer."""
    if bool(ask) + bool(yes) + bool(no) != 1:
        raise typer.BadParameter("one of --ask, --yes and --no", param_hint="--ask")
    if ask:
        act(call, number, cmd.AskGate(gate=gate, text=ask, role=role))
    else:
        answer = cmd.PassGate(gate=gate, person=yes or no, allowed=bool(yes), text=why)
        act(call, number, answer)


@command(
    program,
    "quote",
    'tierline quote 12376 "Two switches, fitted" --amount 12500.00',
    'tierline quote 12376 --yes "Elspeth Marlow" --way 2',
    'tierline quote 12376 "Not this year" --no "Elspeth Marlow"',
)
def quote(
    call: Call,
    number: Number,
    text: Text = None,
    amount: Annotated[str, typer.Option("--amount", metavar="SUM", help="What it comes to.")] = "",
    yes: Annotated[str, typer.Option("--yes", metavar="PERSON", help="Who approved it.")] = "",
    no: Annotated[str, typer.Option("--no", metavar="PERSON", help="Who declined it.")] = "",
    way: Annotated[
        str, typer.Option("--way", metavar="WHICH", help="How: one of the policy's list.")
    ] = "",
) -> None:
    """Give the contact a quote, or record the answer to it."""
    if bool(amount) + bool(yes) + bool(no) != 1:
        raise typer.BadParameter("one of --amount, --yes and --no", param_hint="--amount")
    said = text_of(text)
    if amount:
        act(call, number, cmd.GiveQuote(cents=cents_of(amount), text=said))
    else:
        answer = cmd.AnswerQuote(person=yes or no, accepted=bool(yes), way=way, text=said)
        act(call, number, answer)


@command(program, "consent", "tierline consent 12376", 'tierline consent 12376 --what "recording"')
def consent(
    call: Call,
    number: Number,
    words: Text = None,
    what: Annotated[
        str, typer.Option("--what", metavar="TEXT", help="What they agreed to.")
    ] = "remote control",
) -> None:
    """Record that the contact agreed, to remote control say."""
    act(call, number, cmd.Consent(what=what, words=text_of(words)))


@command(
    program,
    "deliver",
    "tierline deliver 12376",
    'tierline deliver 12376 --state failed --why "Address unknown"',
)
def deliver(
    call: Call,
    number: Number,
    message: Annotated[
        str, typer.Argument(metavar="[MESSAGE]", help="Its key; the latest unless said.")
    ] = "",
    state: State = "by-hand",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it failed.")] = "",
) -> None:
    """Say what became of a message that was to be sent."""
    states: dict[str, Literal["sent by hand", "sent", "failed"]] = {
        "by-hand": "sent by hand",
        "sent": "sent",
        "failed": "failed",
    }
    act(call, number, cmd.MarkDelivered(message=message, state=states[state], why=why))


@command(program, "task", "tierline task 12376", 'tierline task 12376 E/CS0012376-E1 "Called them"')
def task(
    call: Call,
    number: Number,
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="Which; the only one.")] = "",
    text: Text = None,
) -> None:
    """Say that a task of a ticket is done."""
    act(call, number, cmd.FinishTask(key=key, text=text_of(text)))

"""Between the contact and us: what they replied, what is still to be sent, how they found it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tierline.cli import safe
from tierline.cli.acting import done_data, present, report, text_of
from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.moments import iso
from tierline.cli.registry import command
from tierline.cli.replying import receive as record
from tierline.cli.words import Number, Text
from tierline.desk.outbox import Outgoing
from tierline.desk.when import when
from tierline.domain import commands as cmd

_LONGEST = 40


@command(
    program,
    "receive",
    'tierline receive 12376 "The serial number is 4471-B"',
    'tierline receive 12376 "Thank you, it prints" --then confirm',
    "tierline receive 12376 --then reopen < their-mail.txt -",
)
def receive(
    call: Call,
    number: Number,
    text: Text = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="WAY", help="How they told us.")
    ] = "mail",
    then: Annotated[
        str,
        typer.Option(
            "--then", metavar="WHAT", help="record, work, reopen, confirm or new; else the usual."
        ),
    ] = "",
) -> None:
    """Record the contact's reply, and what comes of it."""
    stored = present(call, number)
    reply = cmd.Receive(text=text_of(text), channel=channel)
    answer = record(call, stored, reply, then)
    if not call.out.json:
        call.out.say(answer.message)
        return
    fresh = done_data(call, answer.fresh)["ticket"] if answer.fresh else None
    call.out.data({**done_data(call, answer.said), "then": answer.then, "new_ticket": fresh})


@command(
    program,
    "outbox",
    "tierline outbox",
    "tierline outbox 12376 --text | xclip",
    "tierline outbox --json",
)
def outbox(
    call: Call,
    number: Annotated[
        str, typer.Argument(metavar="[NUMBER]", help="Of one ticket; else of all of them.")
    ] = "",
    text: Annotated[bool, typer.Option("--text", help="Whole messages, to copy.")] = False,
) -> None:
    """List messages to contacts that have not gone out."""
    found = call.desk.to_send(call.ticket(number).ticket.id if number else "")
    if call.out.json:
        call.out.data([_letter(each) for each in found])
    elif text:
        call.out.say("\n---\n\n".join(each.copyable() for each in found).rstrip("\n"))
    elif found:
        rows = [_row(call, each) for each in found]
        call.out.table(("Written", "Number", "To", "By", "State", "Message", "Key"), rows)
        call.out.hint("With --text, whole; once sent: tierline deliver NUMBER [KEY].")
    else:
        call.out.say("Nothing is to be sent.")


@command(
    program,
    "feedback",
    "tierline feedback 12376 good",
    'tierline feedback 12376 poor "Nobody called back for two days"',
)
def feedback(
    call: Call,
    number: Number,
    answer: Annotated[
        str, typer.Argument(metavar="[ANSWER]", help="By word or position, as the policy has it.")
    ] = "",
    text: Text = None,
) -> None:
    """Keep how the contact found our work; who reads it is told."""
    stored = present(call, number)
    report(call, call.desk.feedback(stored.ticket.id, answer, text_of(text)))


def _row(call: Call, message: Outgoing) -> tuple[str, ...]:
    state = f"{message.state}: {message.why}" if message.why else message.state
    return (
        when(message.at, call.now, call.desk.zone),
        message.number,
        safe.cut(safe.line(message.to), _LONGEST),
        message.channel,
        safe.cut(safe.line(state), _LONGEST),
        safe.cut(safe.line(message.text), _LONGEST),
        message.key,
    )


def _letter(message: Outgoing) -> dict[str, Any]:
    names = "number client to address channel subject text key state why by rule"
    told = {name: getattr(message, name) for name in names.split()}
    return {**told, "at": iso(message.at), "copyable": message.copyable()}

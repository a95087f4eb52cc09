"""`tierline log`: make a ticket, asking for what the client's policy requires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
import typer

from tierline.cli.acting import report
from tierline.cli.asking import until_done
from tierline.cli.call import Call, RefusedError
from tierline.cli.choosing import person
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.desk.acting import Done
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy

Words = Annotated[list[str] | None, typer.Argument(metavar="[SUBJECT]", help="What is wrong.")]
Impact = Annotated[int, typer.Option(min=0, max=3, help="1 widest … 3.")]
Urgency = Annotated[int, typer.Option(min=0, max=3, help="1 most urgent … 3.")]
Priority = Annotated[int, typer.Option(min=0, max=4, help="Set it directly: 1 … 4.")]
Details = Annotated[
    list[str] | None,
    typer.Option(
        "--detail", metavar="NAME=VALUE", help="What the policy asks for; may be repeated."
    ),
]
_OWN = (
    "subject",
    "client",
    "contact",
    "contact_reach",
    "channel",
    "type",
    "category",
    "description",
)


@command(
    program,
    "log",
    'tierline log "Label printer prints blank" --client "Marrowby Foods" --contact "Ada Prior" \\',
    "    --impact 3 --urgency 2 --take",
    'tierline log --sev1 --client "Marrowby Foods" --reach "+61 3 5550 0101"',
    'tierline log "VPN drops" --client "Marrowby Foods" --priority 2 --detail outage="since 9:40"',
)
def log(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    subject: Words = None,
    client: Annotated[str, typer.Option(metavar="NAME", help="Whose ticket it is.")] = "",
    contact: Annotated[str, typer.Option(metavar="NAME", help="Who told us.")] = "",
    reach: Annotated[str, typer.Option(metavar="NUMBER", help="How to call them back.")] = "",
    channel: Annotated[str, typer.Option(metavar="WAY", help="How it came in.")] = "phone",
    type_: Annotated[
        str, typer.Option("--type", metavar="KIND", help="Of the policy's.")
    ] = "incident",
    description: Annotated[str, typer.Option(metavar="TEXT", help="All they said.")] = "",
    category: Annotated[str, typer.Option(metavar="TEXT", help="What it is about.")] = "",
    impact: Impact = 0,
    urgency: Urgency = 0,
    priority: Priority = 0,
    tier: Annotated[int, typer.Option("--line", metavar="LINE", help="The first to have it.")] = 1,
    assignee: Annotated[str, typer.Option(metavar="PERSON", help="Who holds it.")] = "",
    take: Annotated[bool, typer.Option("--take", help="Hold it yourself.")] = False,
    detail: Details = None,
    later: Annotated[bool, typer.Option("--later", help="Details may follow.")] = False,
    sev1: Annotated[bool, typer.Option("--sev1", help="Critical: P1, yours at once.")] = False,
    timer: Annotated[bool, typer.Option("--timer", help="Start to count your work.")] = False,
    policy: Annotated[str, typer.Option(metavar="NAME", help="But the client's own.")] = "",
    carries: Annotated[
        str, typer.Option(metavar="NUMBER", help="The closed ticket it goes on from.")
    ] = "",
) -> None:
    """Log a ticket, with what the client's policy asks for."""
    desk = call.desk
    if policy and not desk.book.knows(policy):
        listed = ", ".join(desk.book.names())
        raise RefusedError(f'There is no policy "{policy}".', f"One of: {listed}.", "policy")
    given = cmd.Log(
        number="",
        subject=" ".join(subject or ()),
        channel=channel,
        client=client,
        contact=contact,
        contact_reach=reach,
        description=description,
        type=type_,
        impact=impact,
        urgency=urgency,
        priority=priority,
        category=category,
        details=details_of(detail or ()),
        assignee=desk.me if take else person(call, assignee),
        tier=tier,
        later=later,
        start_timer=timer,
        carries=call.ticket(carries).ticket.number if carries else "",
    )
    if sev1:
        rules = desk.policy(policy or desk.policy_for(client))
        given = _critical(given, rules, desk.me)
    report(call, _logged(call, given, policy))


def _logged(call: Call, given: cmd.Log, policy: str) -> Done | Refusal:
    desk = call.desk

    def attempt(told: Mapping[str, str]) -> Done | Refusal:
        return desk.log(_with(given, told), policy)

    def question(refusal: Refusal) -> str:
        rules = desk.policy(policy or desk.policy_for(given.client))
        return _question(refusal, rules)

    answer = until_done(call, attempt, question)
    assert isinstance(answer, Done | Refusal)
    if isinstance(answer, Refusal):
        return _with_option(answer)
    return answer


def _critical(given: cmd.Log, rules: Policy, me: str) -> cmd.Log:
    """The quick log: two fields, the rest follows later."""
    sev1 = rules.file.sev1
    return msgspec.structs.replace(
        given,
        priority=given.priority or 1,
        later=True,
        assignee=given.assignee or (me if sev1.take else ""),
        start_timer=given.start_timer or sev1.timer,
    )


def _with(given: cmd.Log, told: Mapping[str, str]) -> cmd.Log:
    """The command with what was answered since."""
    own = {name: text for name, text in told.items() if name in _OWN and text}
    details = {k: v for k, v in told.items() if k not in (*_OWN, "priority", "tier") and v}
    more: dict[str, object] = dict(own)
    figure = told.get("priority", "").strip().lstrip("pP")
    if figure in ("1", "2", "3", "4"):
        more["priority"] = int(figure)
    return msgspec.structs.replace(given, **more, details={**given.details, **details})


def _question(refusal: Refusal, rules: Policy) -> str:
    field = refusal.field
    if field == "priority":
        listed = ", ".join(f"{key} {table.word}" for key, table in rules.file.priorities.items())
        return f"Priority ({listed})"
    known = rules.file.fields.get(field)
    if known:
        return known.word
    return field.replace("_", " ").capitalize() if field in _OWN else ""


def _with_option(refusal: Refusal) -> Refusal:
    """The refusal, naming the option that would have said it."""
    option = _option(refusal.field)
    return Refusal(
        refusal.what, f"{refusal.todo} ({option})" if option else refusal.todo, refusal.field
    )


def _option(field: str) -> str:
    names = {"subject": "the words after log", "contact_reach": "--reach", "tier": "--line"}
    names["priority"] = "--impact and --urgency, or --priority"
    own = f"--{field}" if field in _OWN else f'--detail {field}="…"'
    return names.get(field, own) if field else ""


def details_of(told: Iterable[str]) -> dict[str, str]:
    """Details by name of "name=value" words."""
    pairs = [each.partition("=") for each in told]
    for name, sign, _ in pairs:
        if not sign or not name.strip():
            raise typer.BadParameter(f'"{name}" is not NAME=VALUE', param_hint="--detail")
    return {name.strip(): value for name, _, value in pairs}

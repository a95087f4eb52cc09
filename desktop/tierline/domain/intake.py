"""Logging a ticket: what the policy asks for, which priority it gets, what may follow later."""

from __future__ import annotations

from datetime import datetime

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import blank, first_status, working_status
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr

_DIRECT = "direct"
_OWN_FIELDS = ("subject", "description", "client", "contact", "contact_reach", "category")


def log(
    command: cmd.Log, policy: Policy, now: datetime, by: str
) -> tuple[ev.AnyEvent, ...] | Refusal:
    """The first events of a ticket at `now`, or what is still to be asked."""
    priority = priority_for(command, policy)
    if refusal := _unusable(command, policy, priority):
        return refusal
    missing = missing_fields(command, policy, closing=False)
    if missing and not command.later:
        word = policy.file.fields[missing[0]].word
        return Refusal(
            tr("{word} is missing.", word=word), tr("Ask for it; the policy needs it."), missing[0]
        )
    logged = _logged(command, policy, now, by, priority)
    return (logged, *_at_once(command, policy, now, by))


def priority_for(command: cmd.Log, policy: Policy) -> int:
    """The priority as given, else by impact × urgency, else 0 (not judged yet)."""
    if command.priority:
        return command.priority
    if command.impact and command.urgency:
        return policy.priority_of(command.impact, command.urgency)
    return 0


def missing_fields(command: cmd.Log, policy: Policy, *, closing: bool) -> tuple[str, ...]:
    """Names of the fields the policy asks for and that were not given, in its order."""
    return tuple(
        name
        for name, field in policy.file.fields.items()
        if (field.close if closing else field.log)
        and (not field.types or command.type in field.types)
        and blank(given(command, name))
    )


def given(command: cmd.Log, name: str) -> str:
    """What was said for a field, "" when nothing was."""
    own = getattr(command, name) if name in _OWN_FIELDS else ""
    return str(own or command.details.get(name, ""))


def _unusable(command: cmd.Log, policy: Policy, priority: int) -> Refusal | None:
    file = policy.file
    if blank(command.client):
        return Refusal(tr("The client is missing."), tr("Choose whose ticket this is."), "client")
    if blank(command.subject) and not command.later:
        return Refusal(
            tr("The subject is missing."), tr("Say in one line what is wrong."), "subject"
        )
    if command.channel not in file.channels:
        ways = ", ".join(file.channels)
        return Refusal(
            tr('"{channel}" is not a channel.', channel=command.channel),
            tr("One of: {ways}.", ways=ways),
            "channel",
        )
    if command.type not in file.types:
        kinds = ", ".join(file.types)
        return Refusal(
            tr('"{type}" is not a type.', type=command.type),
            tr("One of: {kinds}.", kinds=kinds),
            "type",
        )
    if priority not in (1, 2, 3, 4):
        return Refusal(tr("The priority is missing."), tr("Choose impact and urgency."), "priority")
    tier = file.tiers.get(str(command.tier))
    direct = tier is not None and tier.direct and command.channel == _DIRECT
    if tier is None or not (tier.intake or direct):
        todo = "Log it on another line; an escalation brings it there."
        if tier is not None and tier.direct and _DIRECT in file.channels:
            todo = f"{todo} Whom the contact asked directly logs it by that channel ({_DIRECT})."
        return Refusal(
            tr("{tier} takes no new tickets.", tier=policy.tier_word(command.tier)), todo, "tier"
        )
    return None


def _logged(command: cmd.Log, policy: Policy, now: datetime, by: str, priority: int) -> ev.Logged:
    channel = policy.file.channels[command.channel]
    owing = missing_fields(command, policy, closing=False)
    owing += tuple(
        name
        for name in (
            *missing_fields(command, policy, closing=True),
            *_later(command, policy, priority),
        )
        if name not in owing
    )
    subject = command.subject.strip() or f"SEV 1: {command.client.strip()}"
    return ev.Logged(
        at=now,
        by=by,
        number=command.number,
        subject=subject,
        policy=policy.name,
        channel=command.channel,
        status=first_status(policy, "new"),
        priority=priority,
        tier=command.tier,
        description=command.description,
        type=command.type,
        client=command.client.strip(),
        contact=command.contact.strip(),
        contact_reach=command.contact_reach.strip(),
        impact=command.impact,
        urgency=command.urgency,
        category=command.category,
        details=_details(command),
        missing=owing,
        call_back=priority not in channel.priorities and command.channel != "phone",
    )


def _details(command: cmd.Log) -> dict[str, str]:
    told = {key: value for key, value in command.details.items() if not blank(value)}
    return told | ({"old_number": command.carries.strip()} if command.carries.strip() else {})


def _later(command: cmd.Log, policy: Policy, priority: int) -> tuple[str, ...]:
    if not command.later or priority != 1:
        return ()
    return tuple(name for name in policy.file.sev1.later if blank(given(command, name)))


def _at_once(command: cmd.Log, policy: Policy, now: datetime, by: str) -> list[ev.AnyEvent]:
    """Whoever logs a call is on the line with the contact: that is the response."""
    events: list[ev.AnyEvent] = []
    if command.channel == "phone":
        text = "Answered the call."
        events.append(
            ev.Messaged(at=now, by=by, text=text, channel="phone", to=command.contact.strip())
        )
    if command.assignee:
        events.append(ev.Assigned(at=now, by=by, assignee=command.assignee))
        mine = command.assignee == by
        status = working_status(policy) if mine else "assigned"
        if status in policy.file.statuses:
            events.append(ev.StatusChanged(at=now, by=by, status=status))
    table = policy.file.verification
    proof = table and command.type in table.types and command.channel in table.channels
    if command.start_timer and not proof:
        events.append(ev.TimerStarted(at=now, by=by))
    return events

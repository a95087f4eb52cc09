"""Facts for logging a call: who it may be, what the policy promises, what happens at once."""

from __future__ import annotations

import re
from typing import NamedTuple

from tierline.desk.desk import Desk
from tierline.desk.matching import Span, found_in
from tierline.desk.timetext import left_text
from tierline.desk.wording import priority_name
from tierline.domain import commands as cmd
from tierline.domain.clocks import State, clocks
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import fold
from tierline.domain.tongue import tr

_DIGITS = re.compile(r"\D+")
_FEWEST_DIGITS = 3
MOST = 6


class Match(NamedTuple):
    """A client or a caller that may be meant; `fresh` is one nobody knows yet.

    `client` is whose caller it is, `reach` their number; `spans` the letters that were typed.
    """

    name: str
    under: str = ""
    end: str = ""
    client: str = ""
    reach: str = ""
    fresh: bool = False
    spans: tuple[Span, ...] = ()


def clients(desk: Desk, typed: str) -> list[Match]:
    """Clients for what was typed, the directory's first; last a new one of that name."""
    found = [
        Match(
            c.name, c.city, desk.policy(desk.policy_for(c.name)).label, spans=_spans(c.name, typed)
        )
        for c in desk.people.clients(typed, MOST)
    ]
    name = typed.strip()
    if name and not any(match.name.casefold() == name.casefold() for match in found):
        found.append(Match(name, tr("new client"), tr("details can follow"), fresh=True))
    return found


def callers(desk: Desk, client: str, typed: str) -> list[Match]:
    """Contacts of a client ("" for all) by name or number; last a new one."""
    contacts = desk.people.contacts(client, typed, MOST)
    digits = _DIGITS.sub("", typed)
    if len(digits) >= _FEWEST_DIGITS:
        named = {contact.name for contact in contacts}
        contacts += [
            c
            for c in desk.replica.directory.contacts(client)
            if digits in _DIGITS.sub("", c.phone) and c.name not in named
        ]
    found = [
        Match(
            c.name,
            c.title if client else ", ".join(part for part in (c.title, c.client) if part),
            c.phone,
            c.client,
            c.phone,
            spans=_spans(c.name, typed),
        )
        for c in contacts[:MOST]
    ]
    name = typed.strip()
    if name and not any(match.name.casefold() == name.casefold() for match in found):
        number = len(digits) >= _FEWEST_DIGITS and len(digits) >= len(name) // 2
        reach = name if number else ""
        found.append(
            Match(
                "" if number else name,
                "",
                tr("name can follow") if number else tr("number can follow"),
                client,
                reach,
                fresh=True,
            )
        )
    return found


def promise(policy: Policy) -> str:
    """The policy and the first thing it promises for a P1: "playbook v5, P1 call in 15 minutes"."""
    rules = policy.clock_rules(
        priority=1, channel=call_channel(policy), tier=1, type_="incident", call_back=False
    )
    if not rules:
        return policy.label
    return tr(
        "{label}, P1 {word} in {amount}",
        label=policy.label,
        word=rules[0].table.word.lower(),
        amount=rules[0].amount,
    )


def call_channel(policy: Policy) -> str:
    """The channel of a call: the phone, or the policy's first way in."""
    channels = policy.file.channels
    phones = [key for key, table in channels.items() if table.icon == "phone"]
    return "phone" if "phone" in channels else next(iter(phones or channels))


def sev1(desk: Desk, client: str, contact: str, reach: str) -> cmd.Log:
    """The command of the quick log: a P1 with nothing but client and caller."""
    policy = desk.policy(desk.policy_for(client))
    table = policy.file.sev1
    return cmd.Log(
        number="",
        subject="",
        channel=call_channel(policy),
        client=client,
        contact=contact,
        contact_reach=reach,
        impact=1,
        urgency=1,
        assignee=desk.me if table.take else "",
        start_timer=table.timer,
        later=True,
    )


def at_once(desk: Desk, command: cmd.Log) -> list[str]:
    """What logging this does at once, found by doing it to nothing but memory."""
    policy, now = desk.policy(desk.policy_for(command.client)), desk.clock()
    events = decide(None, command, policy, now, desk.me)
    if isinstance(events, Refusal):
        return []
    ticket = fold(events, "draft")
    mine = ["yours"] if ticket.assignee == desk.me else []
    status = policy.status(ticket.status).word.lower()
    said = [
        ", ".join(
            [
                tr("Logged as {priority_name}", priority_name=priority_name(ticket.priority)),
                *mine,
                status,
            ]
        )
    ]
    read = clocks(ticket, policy, now)
    met = list(dict.fromkeys(c.rule.table.word for c in read if c.state == State.MET))
    if met:
        said.append(tr("{names} met by this call", names=" and ".join(met)))
    running = [clock for clock in read if clock.state == State.RUNNING]
    for clock in running[:2]:
        span = left_text(int(clock.left.total_seconds()), clock.rule.day_seconds, clock.rule.always)
        said.append(tr("{word} clock {span} starts", word=clock.rule.table.word, span=span))
    said += policy.file.sev1.at_once
    return [*said, tr("Work timer starts")] if ticket.timer_since else said


def later_words(policy: Policy) -> list[str]:
    """What may follow later, in the policy's words."""
    fields = policy.file.fields
    return [fields[name].word if name in fields else name for name in policy.file.sev1.later]


def _spans(name: str, typed: str) -> tuple[Span, ...]:
    found = found_in(name, typed) if typed.strip() else None
    return found.spans if found else ()

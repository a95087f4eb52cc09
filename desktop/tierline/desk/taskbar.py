"""A ticket in two fields from the task bar (A1): for whom, and what; low and medium priority only.

It is there as soon as it is logged; the policy asks for a ticket that comes this way within five
minutes. What the policy asks for besides is owed by the ticket, as after a quick log.
"""

from __future__ import annotations

from tierline.desk import quick_log
from tierline.desk.desk import Desk
from tierline.desk.quick_log import Match
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy

CHANNEL, KIND = "taskbar", "taskbar"
_MEDIUM, _LOW = 3, 4
_INSTEAD = "portal"


def whom(desk: Desk, typed: str) -> list[Match]:
    """Contacts, then clients, by what was typed; last a client nobody knows yet."""
    people = [match for match in quick_log.callers(desk, "", typed) if not match.fresh]
    return [*people, *quick_log.clients(desk, typed)][: 2 * quick_log.MOST]


def named(desk: Desk, text: str) -> Match:
    """Who is called just so, contact before client; a name that nobody knows is a new client's."""
    same = (match for match in whom(desk, text) if match.name.casefold() == text.casefold())
    return next(same, Match(text, fresh=True))


def command(desk: Desk, whom_: Match, what: str) -> cmd.Log:
    """The command; `whom_` is a contact (then it names its client) or a client."""
    client = whom_.client or whom_.name
    policy = desk.policy(desk.policy_for(client))
    way = channel(policy)
    return cmd.Log(
        number="",
        subject=what,
        channel=way,
        client=client,
        contact=whom_.name if whom_.client else "",
        contact_reach=whom_.reach if whom_.client else "",
        type="incident" if "incident" in policy.file.types else next(iter(policy.file.types)),
        priority=priority(policy),
        later=True,
    )


def channel(policy: Policy) -> str:
    """The task bar; a policy that has no such way takes it as what is written to the portal."""
    channels = policy.file.channels
    written = [key for key, table in channels.items() if table.icon != "phone"]
    known = [name for name in (CHANNEL, _INSTEAD) if name in channels]
    return next(iter([*known, *written, *channels]))


def priority(policy: Policy) -> int:
    """Medium, or low where the policy takes nothing more urgent by this way."""
    taken = policy.file.channels[channel(policy)].priorities
    return _LOW if taken and _MEDIUM not in taken else _MEDIUM

"""How a desk works beyond its clocks: rules, catalogue, changes, quotes, visits, surveys, duties.

Every table is optional in a policy. What none of them says does not happen.
"""

from __future__ import annotations

from typing import Literal

from tierline.domain.policy_part import Part, Side

Does = Literal[
    "prompt", "escalate", "raise", "remind", "message", "resolve", "close", "task", "ask", "expire"
]
Level = Literal["low", "low to medium", "medium", "high", "critical"]
Occasion = Literal[
    "",
    "logged",
    "prioritised",
    "escalated",
    "resolved",
    "closed",
    "replied after close",
    "re-open ran out",
    "quote ran out",
]


class RuleTable(Part, frozen=True, kw_only=True):
    """A rule that acts or prompts by itself, once: on a clock's share, an occasion or a status.

    `overrule` lets a technician stop it by giving a reason; `tell` names the template that goes
    to the contact; `role` is who gets the task; `tier` is where an escalation leads (0: the next).
    `then` names a survey that the contact is asked with it; "ask" does nothing else. With `remit`,
    a priority raised beyond the line's remit escalates the ticket too.
    """

    does: Does
    clock: str = ""
    at: float = 1.0
    on: Occasion = ""
    status: str = ""
    after: str = ""
    times: int = 1
    tier: int = 0
    tiers: tuple[int, ...] = ()
    tell: str = ""
    role: str = ""
    then: str = ""
    remit: bool = False
    overrule: bool = True
    help: str = ""


class StepTable(Part, frozen=True, kw_only=True):
    """A step of a template in its order: whose it is, its clock, the proof it needs."""

    word: str
    owner: Side = "us"
    clock: str = ""
    record: str = ""
    after: str = ""
    minutes: int = 0


class CatalogueTable(Part, frozen=True, kw_only=True):
    """A thing people ask for often: its form, its notice and its steps.

    `notice` is how long before the date in `dated` the form is due; less is flagged, and `accept`
    names the role that takes it anyway. `phone_when` is the case that must be phoned.
    """

    word: str
    type: str
    fields: tuple[str, ...] = ()
    notice: str = ""
    dated: str = ""
    accept: str = ""
    phone_when: str = ""
    phone_priority: int = 0
    steps: tuple[StepTable, ...] = ()
    help: str = ""


class ChangeTable(Part, frozen=True, kw_only=True):
    """A kind of change: its notice, what must be written before anyone can approve it."""

    word: str
    type: str
    notice: str
    needs: tuple[str, ...]
    approve: str


class ApprovalTable(Part, frozen=True, kw_only=True):
    """A way to say yes to a quote, by whom; who and when are recorded."""

    word: str
    by: str = ""


class QuoteTable(Part, frozen=True, kw_only=True):
    """Quotes: how long one holds, who approves it, from which sum finance is offered.

    `order` is the day parts are ordered on after the yes; `post` what the ticket is then told.
    """

    valid: str
    approvals: tuple[ApprovalTable, ...]
    currency: str
    finance_above: int = 0
    finance: tuple[str, ...] = ()
    order: Literal["same day", "next day"] = "same day"
    post: tuple[str, ...] = ()


class AnswerTable(Part, frozen=True, kw_only=True):
    """One answer of a survey; a poor one makes a task."""

    word: str
    score: int
    poor: bool = False


class SurveyTable(Part, frozen=True, kw_only=True):
    """A survey: after each ticket, or some times a year to each contact."""

    word: str
    ask: Literal["resolved", "closed", "yearly"]
    answers: tuple[AnswerTable, ...]
    times_a_year: int = 0
    read_by: str = ""
    task: str = ""


class RiskTable(Part, frozen=True, kw_only=True):
    """A line of the risk sheet; `phone` risks are called back at once."""

    word: str
    likelihood: Level
    impact: Level
    mitigations: tuple[str, ...]
    phone: bool = False


class DutiesTable(Part, frozen=True, kw_only=True):
    """What either side owes the other."""

    us: tuple[str, ...] = ()
    client: tuple[str, ...] = ()


class ReviewTable(Part, frozen=True, kw_only=True):
    """A report made for each client again and again; `written` parts are a person's words."""

    word: str
    every: Literal["month", "quarter", "year"]
    role: str
    written: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


class GoalTable(Part, frozen=True, kw_only=True):
    """A rate the desk wants to reach: `share` of the tickets that `measure` is true of.

    "promises met" is both response and fix. Without `priorities` it is of tickets of any.
    """

    word: str
    measure: Literal["first contact", "response met", "fix met", "promises met", "satisfied"]
    share: float
    priorities: tuple[int, ...] = ()


class ShiftTable(Part, frozen=True, kw_only=True):
    """Who answers when: the group on duty during a calendar, "always" for the rest of the time."""

    word: str
    group: str
    calendar: str
    handover: bool = True


class VisitTable(Part, frozen=True, kw_only=True):
    """Field visits: the lines that make them and the statuses they pass through.

    `counts` is what is logged as work once somebody leaves. A visit longer than `longest` is asked
    about. With `confirms` a sign-off on site is the contact's yes that closing asks for.
    """

    tiers: tuple[int, ...]
    travel: str
    on_site: str
    done: str
    counts: tuple[Literal["travel", "on_site"], ...] = ("on_site",)
    longest: str = "12h"
    confirms: bool = False
    checks: tuple[str, ...] = ()
    sign_off: str = "The work described above was done to my satisfaction."


class SkillTable(Part, frozen=True, kw_only=True):
    """A certification a ticket can ask for; only holders are then offered."""

    word: str
    vendor: str = ""


class CoManagedTable(Part, frozen=True, kw_only=True):
    """A kind of contract in which some lines, their queues and clocks are the client's own."""

    word: str
    tiers: tuple[int, ...]


class AllowanceTable(Part, frozen=True, kw_only=True):
    """Support that comes with a package; work beyond `amount` warns, and never blocks."""

    word: str
    amount: str = ""
    period: Literal["month", "quarter", "year"] = "month"
    calendar: str = "desk"
    warn: float = 0.8


class MaintenanceTable(Part, frozen=True, kw_only=True):
    """Recurring work that becomes a ticket by itself."""

    word: str
    every: Literal["day", "week", "month", "quarter", "year"]
    type: str
    steps: tuple[str, ...] = ()


class MonitoringTable(Part, frozen=True, kw_only=True):
    """Alerts: where they come in, what makes two the same, which severity is which priority."""

    channel: str
    sources: tuple[str, ...]
    same: tuple[str, ...]
    severity: dict[str, int]
    calendar: str = "always"


class FollowUpTable(Part, frozen=True, kw_only=True):
    """Reminders while a ticket is in a status: so many over so long, then what `then` says.

    `end` is the template of the message that goes out with that.
    """

    status: str
    times: int
    over: str
    tell: str
    then: Literal["", "resolve", "task"] = ""
    why: str = ""
    end: str = ""


class VerificationTable(Part, frozen=True, kw_only=True):
    """Which tickets need the caller proven, how often a PIN may be wrong, and the other way."""

    types: tuple[str, ...]
    channels: tuple[str, ...]
    tries: int
    lock: str
    otherwise: str


class RemoteTable(Part, frozen=True, kw_only=True):
    """Remote control: whether the contact's consent is asked and recorded first."""

    consent: bool = True
    words: str = ""


class GateTable(Part, frozen=True, kw_only=True):
    """The only way into a status: from a line, by a role, which may ask others first."""

    word: str
    from_tier: int
    role: str
    may_ask: tuple[str, ...] = ()


class AttachmentsTable(Part, frozen=True, kw_only=True):
    """Files on tickets: how large each may be, and which kinds ("exe") are not taken."""

    largest_mb: int = 25
    refused: tuple[str, ...] = ()


class ComplaintTable(Part, frozen=True, kw_only=True):
    """The contact's own escalation: one of these reasons, and who is told."""

    reasons: tuple[str, ...]
    role: str

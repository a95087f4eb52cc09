"""The shape of a policy file (TOML). Data only: what a provider promises and how its desk works.

Unknown keys are refused, so that a typo cannot silently switch a promise off. Amounts of time are
text in policy units ("15m", "2bd"); times of day are local to the calendar's zone. The tables of
the process beyond the clocks are in `policy_process`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import force_setattr

from tierline.domain import policy_process as process
from tierline.domain.policy_alarms import AlarmTable
from tierline.domain.policy_part import Interval, Part, Phase, Side, Weekday
from tierline.domain.policy_words import PHASE_ICONS

ClockStart = Literal["logged", "tier", "message_out", "message_in", "resolved"]
Milestone = Literal["responded", "called", "allocated", "resolved", "consulted", "closed"]


class CalendarTable(Part, frozen=True, kw_only=True):
    """Opening hours in local time; `holidays` is a country, `subdivision` its part."""

    zone: str
    hours: dict[Weekday, tuple[Interval, ...]]
    word: str = ""
    holidays: str = ""
    subdivision: str = ""
    closed: tuple[date, ...] = ()
    open: dict[str, tuple[Interval, ...]] = {}
    breaks: dict[str, tuple[Interval, ...]] = {}


class PriorityTable(Part, frozen=True, kw_only=True):
    """What a priority is called, and the help that tells a technician when it applies."""

    word: str
    help: tuple[str, ...] = ()


class ClassificationTable(Part, frozen=True, kw_only=True):
    """Impact × urgency: rows are impact (widest first), columns urgency (most urgent first).

    `by` is the role that sets the priority; `tell` says that the contact is told it; a `dispute`
    by the contact opens the assessment again.
    """

    impact: tuple[str, str, str]
    urgency: tuple[str, str, str]
    matrix: tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]
    by: str = ""
    tell: bool = False
    dispute: bool = False


class TierTable(Part, frozen=True, kw_only=True):
    """A line of support; `owner` says whose people it is, `intake` whether it takes new tickets.

    `direct` lines may also be reached by a contact who knows them, and that is recorded. `plan`
    asks for a written plan before work starts; `priorities` are within the line's remit.
    """

    word: str
    owner: Literal["us", "client"] = "us"
    intake: bool = True
    direct: bool = False
    plan: bool = False
    skills: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    priorities: tuple[int, ...] = (1, 2, 3, 4)


class ChannelTable(Part, frozen=True, kw_only=True):
    """A way in; a ticket of a priority not in `priorities` is accepted and marked *call back*.

    `logged_within` is how soon what came in must be a ticket; `confirm` answers it at once. What
    goes by a `spoken` one (the phone always is) needs no sending.
    """

    word: str
    icon: str
    priorities: tuple[int, ...] = (1, 2, 3, 4)
    needs: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    logged_within: str = ""
    confirm: bool = False
    spoken: bool = False
    help: str = ""


class StatusTable(Part, frozen=True, kw_only=True):
    """A status: its phase decides what it means to the program, its word what people read.

    Left out, the `icon` is the phase's, and a `reason` is asked for while waiting. `side` is who
    must move next, which reports count. A wait without a date is flagged after `undated`.
    """

    word: str
    phase: Phase
    icon: str = ""
    short: str = ""
    reason: bool | None = None
    side: Side = "us"
    undated: str = "3d"

    def __post_init__(self) -> None:
        """Fill in what the phase decides."""
        if not self.icon:
            force_setattr(self, "icon", PHASE_ICONS[self.phase])
        if self.reason is None:
            force_setattr(self, "reason", self.phase == "waiting")


class TargetTable(Part, frozen=True, kw_only=True):
    """A target with a calendar of its own (P1 on the wall clock, say)."""

    target: str
    calendar: str = ""


class ClockTable(Part, frozen=True, kw_only=True):
    """One clock. A missing, blank or zero target means no clock for that priority.

    `by_channel` and `by_tier` give further targets: where two apply, the sooner one is promised.
    `warn` is the share of the target after which it is due soon. A workaround meets the clock
    for the priorities in `workaround`.
    """

    word: str
    letter: str
    starts: ClockStart = "logged"
    stops: tuple[Milestone, ...] = ("resolved",)
    calendar: str = "desk"
    measure: Literal["calendar", "work"] = "calendar"
    origin: Literal["start", "change"] = msgspec.field(default="start", name="from")
    by_priority: dict[str, str | TargetTable] = {}
    by_channel: dict[str, str | TargetTable] = {}
    by_tier: dict[str, str | TargetTable] = {}
    pauses: tuple[str, ...] = ()
    counts_closed: bool = False
    types: tuple[str, ...] = ()
    call_back_only: bool = False
    workaround: tuple[int, ...] = ()
    warn: float = 0.8
    source: str = ""


class ReasonTable(Part, frozen=True, kw_only=True):
    """A reason a technician chooses by its position (keys 1 to 9)."""

    key: str
    text: str


class EscalationTable(Part, frozen=True, kw_only=True):
    """From which line to which, and the reasons of which one must be chosen."""

    from_tier: int = msgspec.field(name="from")
    to_tier: int = msgspec.field(name="to")
    reasons: tuple[ReasonTable, ...]
    message: bool = True
    when: str = ""


class FieldTable(Part, frozen=True, kw_only=True):
    """A detail of a ticket; `log` asks for it when logging, without `close` ones it stays open."""

    word: str
    log: bool = False
    close: bool = False
    types: tuple[str, ...] = ()
    help: str = ""


class TypeTable(Part, frozen=True, kw_only=True):
    """A kind of ticket: incident, service request, change, exit … and what it asks for.

    `kind` is the practice it belongs to in reports; `role` is who it goes to.
    """

    word: str
    kind: Literal["incident", "request", "change", "project", "maintenance"] = "incident"
    role: str = ""
    help: str = ""
    steps: tuple[str, ...] = ()
    notice: str = ""


class ReopenTable(Part, frozen=True, kw_only=True):
    """How long a resolved ticket can come back and by which way, and what closing needs.

    `close_after` closes it by itself; `carry` logs a reply to a closed ticket as a new one that
    names the old number.
    """

    within: str
    confirm: bool = False
    close_after: str = ""
    channels: tuple[str, ...] = ()
    carry: bool = False


class Sev1Table(Part, frozen=True, kw_only=True):
    """The quick log: which details may follow later, and what happens at once.

    `take` gives it to whoever logs it, `timer` starts to count the work, `warn` names roles and
    lines; `at_once` says the rest in words for the screen.
    """

    later: tuple[str, ...] = ()
    take: bool = True
    timer: bool = True
    warn: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()


class PolicyFile(Part, frozen=True, kw_only=True):
    """A whole policy. `version` counts up; `effective` is the day it is in force from.

    `link` is where the contact follows a ticket, with {number} in it.
    """

    name: str
    title: str
    version: int
    effective: date
    zone: str
    calendars: dict[str, CalendarTable]
    priorities: dict[str, PriorityTable]
    classification: ClassificationTable
    tiers: dict[str, TierTable]
    channels: dict[str, ChannelTable]
    statuses: dict[str, StatusTable]
    clocks: dict[str, ClockTable]
    types: dict[str, TypeTable]
    reopen: ReopenTable
    number_prefix: str = "CS"
    link: str = ""
    notes: tuple[str, ...] = ()
    roles: dict[str, str] = {}
    fields: dict[str, FieldTable] = {}
    escalations: tuple[EscalationTable, ...] = ()
    sev1: Sev1Table = Sev1Table()
    templates: dict[str, str] = {}
    alarms: dict[str, AlarmTable] = {}
    rules: dict[str, process.RuleTable] = {}
    catalogue: dict[str, process.CatalogueTable] = {}
    changes: dict[str, process.ChangeTable] = {}
    quotes: process.QuoteTable | None = None
    surveys: dict[str, process.SurveyTable] = {}
    risks: dict[str, process.RiskTable] = {}
    duties: process.DutiesTable = process.DutiesTable()
    reviews: dict[str, process.ReviewTable] = {}
    goals: dict[str, process.GoalTable] = {}
    shifts: dict[str, process.ShiftTable] = {}
    visits: process.VisitTable | None = None
    skills: dict[str, process.SkillTable] = {}
    co_managed: dict[str, process.CoManagedTable] = {}
    allowances: dict[str, process.AllowanceTable] = {}
    maintenance: dict[str, process.MaintenanceTable] = {}
    monitoring: process.MonitoringTable | None = None
    follow_ups: dict[str, process.FollowUpTable] = {}
    verification: process.VerificationTable | None = None
    remote: process.RemoteTable | None = None
    gates: dict[str, process.GateTable] = {}
    complaints: process.ComplaintTable | None = None
    attachments: process.AttachmentsTable = process.AttachmentsTable()

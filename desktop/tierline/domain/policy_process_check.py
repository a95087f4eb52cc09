"""Whether a policy's process makes sense: rules, catalogue, changes, quotes, surveys and the rest.

Mostly that each name used is a name defined, so that no rule is silently without effect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tierline.domain.policy_file import PolicyFile
from tierline.domain.policy_findings import Findings
from tierline.domain.policy_process import CatalogueTable, RuleTable
from tierline.domain.policy_sense import calendar_names, field_names

_FEWEST_ANSWERS = 2
LARGEST_MB = 200  # what any hub takes of one file


def check_process(found: Findings, file: PolicyFile) -> None:
    """Everything that this part of the file can get wrong."""
    for name, rule in file.rules.items():
        _rule(found, f"rules.{name}", rule, file)
    for name, entry in file.catalogue.items():
        _entry(found, f"catalogue.{name}", entry, file)
    _changes(found, file)
    _quotes(found, file)
    _surveys(found, file)
    _people(found, file)
    _time(found, file)
    _monitoring(found, file)
    _trust(found, file)
    _attachments(found, file)


def _rule(found: Findings, key: str, rule: RuleTable, file: PolicyFile) -> None:
    found.known(f"{key}.clock", rule.clock, file.clocks, "clocks")
    found.known(f"{key}.status", rule.status, file.statuses, "statuses")
    found.known(f"{key}.tell", rule.tell, file.templates, "templates")
    found.known(f"{key}.role", rule.role, file.roles, "roles")
    found.known(f"{key}.then", rule.then, file.surveys, "surveys")
    if rule.does == "ask" and not rule.then:
        found.add(f"{key}.then", None, "the survey that is asked")
    found.amount(f"{key}.after", rule.after)
    tiers = (rule.tier, *rule.tiers) if rule.tier else rule.tiers
    _tiers(found, f"{key}.tier", tiers, file)
    if not 0 < rule.at <= 1:
        found.add(f"{key}.at", rule.at, "a share of the clock above 0, at most 1")
    if rule.times < 1:
        found.add(f"{key}.times", rule.times, "1 or more")
    if not (rule.clock or rule.on or rule.status or rule.after):
        found.add(key, rule.does, "what sets it off: a clock, an occasion (on), a status or after")


def _entry(found: Findings, key: str, entry: CatalogueTable, file: PolicyFile) -> None:
    fields = field_names(file)
    found.known(f"{key}.type", entry.type, file.types, "types")
    found.all_known(f"{key}.fields", entry.fields, fields, "fields")
    found.known(f"{key}.dated", entry.dated, fields, "fields")
    found.known(f"{key}.accept", entry.accept, file.roles, "roles")
    found.amount(f"{key}.notice", entry.notice)
    if entry.phone_priority:
        found.priorities(f"{key}.phone_priority", (entry.phone_priority,))
    if entry.notice and not entry.dated:
        found.add(f"{key}.dated", None, "the field whose date the notice counts back from")
    for place, step in enumerate(entry.steps, start=1):
        found.known(f"{key}.steps[{place}].clock", step.clock, file.clocks, "clocks")
        found.known(f"{key}.steps[{place}].record", step.record, fields, "fields")
        found.amount(f"{key}.steps[{place}].after", step.after)


def _changes(found: Findings, file: PolicyFile) -> None:
    for name, change in file.changes.items():
        key = f"changes.{name}"
        found.known(f"{key}.type", change.type, file.types, "types")
        found.amount(f"{key}.notice", change.notice, needed=True)
        found.all_known(f"{key}.needs", change.needs, field_names(file), "fields")
        found.known(f"{key}.approve", change.approve, file.roles, "roles")


def _quotes(found: Findings, file: PolicyFile) -> None:
    if file.quotes is None:
        return
    found.amount("quotes.valid", file.quotes.valid, needed=True)
    for place, approval in enumerate(file.quotes.approvals, start=1):
        found.known(f"quotes.approvals[{place}].by", approval.by, file.roles, "roles")


def _surveys(found: Findings, file: PolicyFile) -> None:
    for name, survey in file.surveys.items():
        key = f"surveys.{name}"
        found.known(f"{key}.read_by", survey.read_by, file.roles, "roles")
        found.known(f"{key}.task", survey.task, file.roles, "roles")
        if len(survey.answers) < _FEWEST_ANSWERS:
            found.add(f"{key}.answers", len(survey.answers), "two answers or more")
        if survey.ask == "yearly" and survey.times_a_year < 1:
            found.add(f"{key}.times_a_year", survey.times_a_year, "1 or more")


def _people(found: Findings, file: PolicyFile) -> None:
    for name, review in file.reviews.items():
        found.known(f"reviews.{name}.role", review.role, file.roles, "roles")
    for name, goal in file.goals.items():
        found.share(f"goals.{name}.share", goal.share)
        found.priorities(f"goals.{name}.priorities", goal.priorities)
    for name, kind in file.co_managed.items():
        _tiers(found, f"co_managed.{name}.tiers", kind.tiers, file)
    for name, gate in file.gates.items():
        found.known(f"gates.{name}", name, file.statuses, "statuses")
        _tiers(found, f"gates.{name}.from_tier", (gate.from_tier,), file)
        found.known(f"gates.{name}.role", gate.role, file.roles, "roles")
        found.all_known(f"gates.{name}.may_ask", gate.may_ask, file.roles, "roles")
    if file.complaints is not None:
        found.known("complaints.role", file.complaints.role, file.roles, "roles")
    if file.visits is not None:
        _tiers(found, "visits.tiers", file.visits.tiers, file)
        for part in ("travel", "on_site", "done"):
            value: str = getattr(file.visits, part)
            found.known(f"visits.{part}", value, file.statuses, "statuses")
        longest = found.amount("visits.longest", file.visits.longest, needed=True)
        if longest is not None and longest.business_days:
            found.add("visits.longest", file.visits.longest, 'hours that pass, like "12h"')


def _time(found: Findings, file: PolicyFile) -> None:
    for name, shift in file.shifts.items():
        key = f"shifts.{name}.calendar"
        found.known(key, shift.calendar, calendar_names(file), "calendars")
    for name, allowance in file.allowances.items():
        key = f"allowances.{name}"
        found.amount(f"{key}.amount", allowance.amount)
        found.known(f"{key}.calendar", allowance.calendar, calendar_names(file), "calendars")
        found.share(f"{key}.warn", allowance.warn)
    for name, work in file.maintenance.items():
        found.known(f"maintenance.{name}.type", work.type, file.types, "types")
    for name, follow in file.follow_ups.items():
        found.amount(f"follow_ups.{name}.over", follow.over, needed=True)
        found.known(f"follow_ups.{name}.tell", follow.tell, file.templates, "templates")
        found.known(f"follow_ups.{name}.end", follow.end, file.templates, "templates")
        found.known(f"follow_ups.{name}.status", follow.status, file.statuses, "statuses")
        if follow.times < 1:
            found.add(f"follow_ups.{name}.times", follow.times, "1 or more")


def _monitoring(found: Findings, file: PolicyFile) -> None:
    if file.monitoring is None:
        return
    table = file.monitoring
    found.known("monitoring.channel", table.channel, file.channels, "channels")
    found.known("monitoring.calendar", table.calendar, calendar_names(file), "calendars")
    found.priorities("monitoring.severity", table.severity.values())


def _trust(found: Findings, file: PolicyFile) -> None:
    if file.verification is None:
        return
    table = file.verification
    found.all_known("verification.types", table.types, file.types, "types")
    found.all_known("verification.channels", table.channels, file.channels, "channels")
    found.amount("verification.lock", table.lock, needed=True)
    if table.tries < 1:
        found.add("verification.tries", table.tries, "1 or more")


def _attachments(found: Findings, file: PolicyFile) -> None:
    table = file.attachments
    if not 0 < table.largest_mb <= LARGEST_MB:
        found.add("attachments.largest_mb", table.largest_mb, f"1 to {LARGEST_MB} (MB)")
    for place, kind in enumerate(table.refused, start=1):
        if not kind.strip(". ").isalnum():
            found.add(f"attachments.refused[{place}]", kind, 'a kind of file, like "exe"')


def _tiers(found: Findings, key: str, tiers: Iterable[int], file: PolicyFile) -> None:
    names: Collection[str] = file.tiers
    found.all_known(key, (str(tier) for tier in tiers), names, "lines")

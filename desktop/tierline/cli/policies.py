"""`tierline policy`: list, show and check what is promised to clients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from tierline.app.opening import POLICIES, load_book, load_policy, policy_entry
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import policy as group
from tierline.cli.output import Out
from tierline.cli.registry import REFUSED, command
from tierline.domain import durations
from tierline.domain.policy import Policy
from tierline.domain.policy_alarms import AlarmTable
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_check import PolicyError
from tierline.domain.policy_file import ClockTable, PolicyFile, TargetTable
from tierline.storage.replica import FILE


@command(group, "list", "tierline policy list")
def list_(call: Call) -> None:
    """List the policies of the desk."""
    book = _book(call)
    found = [book.get(name).file for name in book.names()]
    if call.out.json:
        call.out.data([{**_head(f), "default": f.name == book.default} for f in found])
        return
    rows = [
        (f.name, f"v{f.version}", str(f.effective), f.zone, f.title, "*" * (f.name == book.default))
        for f in found
    ]
    call.out.table(("Policy", "Version", "From", "Zone", "Title", "Default"), rows, flexible=(4,))


@command(group, "show", "tierline policy show playbook")
def show(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="POLICY", help="Its name.")],
) -> None:
    """Show what a policy promises: clocks, calendars, lines, statuses, reasons."""
    book = _book(call)
    if not book.knows(name):
        listed = ", ".join(book.names())
        raise RefusedError(f'There is no policy "{name}".', f"One of: {listed}.", "policy")
    policy = book.get(name)
    if call.out.json:
        call.out.data(msgspec.to_builtins(policy.file, str_keys=True))
    else:
        _print_policy(call.out, policy)


@command(group, "check", "tierline policy check mine.toml")
def check(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy in TOML.")],
) -> None:
    """Check a policy file: every problem with its key, its value and what would be right."""
    try:
        policy = load_policy(file)
    except PolicyError as wrong:
        if call.out.json:
            problems = [problem._asdict() for problem in wrong.problems]
            call.out.data({"policy": None, "problems": problems})
        else:
            for problem in wrong.problems:
                call.out.say(str(problem))
            call.out.hint(f"{wrong.safe} {wrong.todo}")
        raise typer.Exit(REFUSED) from None
    if call.out.json:
        call.out.data({"policy": _head(policy.file), "problems": []})
    else:
        call.out.say(f"{file.name} is sound: {policy.label}, {policy.file.title}.")


@command(group, "share", "tierline policy share mine.toml")
def share(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy in TOML.")],
) -> None:
    """Give a policy to everybody on the shared desk, from now on. For its admins."""
    if call.desk.standing.link == "alone":
        todo = f"Put it into {call.folder / POLICIES}, or join a shared desk."
        raise RefusedError("This desk is not shared with anybody.", todo)
    entry = policy_entry(file)
    if entry.effective > call.now.astimezone(call.desk.zone).date().isoformat():
        until = "Share it on that day: until then the one before it counts."
        raise RefusedError(f"{file.name} is in force from {entry.effective}.", until, "effective")
    call.desk.replica.directory.put_policies([entry], call.now)
    said = f"{entry.name} is everybody's policy once the hub has taken it from an admin."
    if call.out.json:
        call.out.data({"done": said, "policy": entry.name})
        return
    call.out.say(said)
    call.out.hint("tierline sync sends it; so does the console while it is open.")


def _book(call: Call) -> PolicyBook:
    """The policies of the desk, without making one where there is none."""
    return call.desk.book if (call.folder / FILE).exists() else load_book(call.folder)


def _head(file: PolicyFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "title": file.title,
        "version": file.version,
        "effective": file.effective.isoformat(),
        "zone": file.zone,
    }


def _print_policy(out: Out, policy: Policy) -> None:
    file = policy.file
    out.say(f"{policy.label}  {file.title}", bold=True)
    out.say(f"In force from {file.effective}, in {file.zone}.\n")
    names = [*file.priorities]
    words = [f"{key} {table.word}" for key, table in file.priorities.items()]
    rows = [
        (
            table.word,
            *(_target(table, key) for key in names),
            table.calendar,
            _pauses(policy, table),
        )
        for table in file.clocks.values()
    ]
    out.table(("Clock", *words, "Hours", "Paused while"), rows)
    out.say("\nHours", bold=True)
    for name, calendar in file.calendars.items():
        spans = "; ".join(
            f"{day} {' '.join(f'{a}-{b}' for a, b in hours)}"
            for day, hours in calendar.hours.items()
        )
        holidays = f", closed on holidays of {calendar.holidays} {calendar.subdivision}".rstrip()
        out.say(f"  {name}: {spans}{holidays if calendar.holidays else ''} ({calendar.zone})")
    out.say("\nAlarms", bold=True)
    for name, alarm in policy.alarms.items():
        out.say(f"  {name}: {alarm.threshold}, tells {_told(alarm)}")
    out.say("\nStatuses", bold=True)
    for key, status in file.statuses.items():
        out.say(f"  {key}: {status.word} ({status.phase})")
    out.say("\nEscalations", bold=True)
    for path in file.escalations:
        out.say(f"  {policy.tier_word(path.from_tier)} to {policy.tier_word(path.to_tier)}")
        for number, reason in enumerate(path.reasons, 1):
            out.say(f"    {number} {reason.key}: {reason.text}")


def _told(alarm: AlarmTable) -> str:
    """Whom an alarm tells, and of what: "the owner and the line, of P1 and P2"."""
    who = " and ".join(f"the {each}" for each in alarm.tell)
    every = len(alarm.priorities) == len("1234")
    which = "" if every else ", of " + " and ".join(f"P{each}" for each in alarm.priorities)
    clocks = f", on {', '.join(alarm.clocks)}" if alarm.clocks else ""
    return f"{who}{which}{clocks}{', a P1 off shift too' if alarm.off_shift else ''}"


def _target(table: ClockTable, priority: str) -> str:
    target = table.by_priority.get(priority, "")
    text = target.target if isinstance(target, TargetTable) else target
    amount = durations.parse(text)
    return str(amount) if amount else "-"


def _pauses(policy: Policy, table: ClockTable) -> str:
    return ", ".join(policy.status(key).short or policy.status(key).word for key in table.pauses)

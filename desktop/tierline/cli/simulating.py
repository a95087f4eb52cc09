"""`tierline policy simulate`: what a desk's history would have breached under another policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tierline.app.opening import load_policy
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import policy as group
from tierline.cli.output import Out
from tierline.cli.progress import bar, stoppable
from tierline.cli.registry import STOPPED, command
from tierline.desk.simulating import simulate
from tierline.desk.simulation import Broken, Change, Group, Simulation
from tierline.domain.errors import Refusal
from tierline.storage.replica import FILE
from tierline.transfer.watching import CancelledError


@command(
    group,
    "simulate",
    "tierline policy simulate mine.toml",
    "tierline policy simulate mine.toml --policy-of playbook --filter 'logged:>2026-01-01'",
    "tierline policy simulate mine.toml --json > changed.json",
)
def simulate_(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The other policy, in TOML.")],
    policy_of: Annotated[
        str,
        typer.Option("--policy-of", metavar="NAME", help="Only tickets that run under this one."),
    ] = "",
    filter_: Annotated[
        str, typer.Option("--filter", metavar="EXPR", help="Which tickets; all unless said.")
    ] = "",
    limit: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="Changed tickets to list; 0 for all. JSON has all."),
    ] = 50,
) -> None:
    """Replay the desk's history under another policy: what would have breached. Nothing is written.

    An imported log counts as any other history. Ended tickets are judged too.
    """
    other = load_policy(file)
    if not (call.folder / FILE).exists():
        todo = "Import a history first, or name the desk's folder with --data."
        raise RefusedError(f"There is no desk in {call.folder}.", todo)
    if policy_of and not call.desk.book.knows(policy_of):
        listed = ", ".join(call.desk.book.names())
        raise RefusedError(f'There is no policy "{policy_of}".', f"One of: {listed}.", "policy")
    try:
        with stoppable() as stopping, bar() as progress, call.as_asked() as desk:
            found = simulate(
                desk,
                other,
                filter_,
                policy_of=policy_of,
                now=call.now,
                progress=progress,
                cancelled=stopping,
            )
    except CancelledError:
        call.out.hint("Stopped; it has no answer yet, and nothing was written.")
        raise typer.Exit(STOPPED) from None
    if isinstance(found, Refusal):
        raise RefusedError(found)
    if call.out.json:
        call.out.data(found.as_data())
    else:
        _print(call.out, found, limit)


def _print(out: Out, found: Simulation, limit: int) -> None:
    own = ", ".join(f"{label} ({count:,})" for label, count in found.policies.items())
    out.say(f"{_tickets(found.tickets)} of {own}, replayed under {found.other}", bold=True)
    for sentence in found.explained:
        out.say(f"  {sentence}")
    for warning in found.warnings:
        out.say(f"Beware: {warning}", colour="yellow")
    out.say()
    bare = Group("", "without any clock", found.tickets, found.bare_before, found.bare_after)
    everything = Group("", "breached", found.tickets, found.before, found.after)
    _table(out, "All", (everything, bare))
    _table(out, "Priority", found.priorities)
    _table(out, "Month", found.months)
    _table(out, "Line", found.lines)
    _table(out, "Clock", found.clocks)
    _changes(out, found, limit)


def _table(out: Out, head: str, groups: Iterable[Group]) -> None:
    rows = [
        (
            each.word,
            f"{each.tickets:,}",
            _share(each.before, each.tickets),
            _share(each.after, each.tickets),
            f"{each.after - each.before:+,}" if each.after != each.before else "=",
        )
        for each in groups
    ]
    out.table(
        (head, "Tickets", "Before", "After", "Change"), rows, flexible=(0,), right=(1, 2, 3, 4)
    )
    out.say()


def _changes(out: Out, found: Simulation, limit: int) -> None:
    if not found.changes:
        out.say("No ticket changes its verdict.", bold=True)
        return
    many = len(found.changes) > 1
    told = f"{_tickets(len(found.changes))} {'change their' if many else 'changes its'} verdict"
    counts = f"{found.worse:,} would breach that do not, {found.better:,} would not that do"
    out.say(f"{told}: {counts}.", bold=True)
    shown = found.changes[: limit or None]
    out.table(
        ("Number", "Pri", "Month", "Line", "Before", "After", "Subject"),
        [_row(each) for each in shown],
        flexible=(4, 5, 6),
    )
    if len(shown) < len(found.changes):
        rest = len(found.changes) - len(shown)
        out.hint(f"{rest:,} more: --limit 0 lists all of them, --json has them with instants.")


def _row(change: Change) -> tuple[str, ...]:
    return (
        change.number,
        f"P{change.priority}" if change.priority else "-",
        change.month,
        str(change.line),
        _said(change.before),
        _said(change.after),
        change.subject,
    )


def _said(broken: Sequence[Broken]) -> str:
    return ", ".join(each.said for each in broken) or "kept"


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count:,} tickets"


def _share(count: int, total: int) -> str:
    return f"{count:,} ({count / total:.0%})" if total else str(count)

"""`tierline agent`: the timed rules without a window, once or again and again."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

import typer

from tierline.app.syncing import HubEngine
from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.joined import Teller, signed_in, stopped_by_signal
from tierline.cli.moments import iso
from tierline.cli.registry import command
from tierline.desk.desk import Desk
from tierline.desk.hub_clock import HubClock
from tierline.desk.sync_words import may_rule
from tierline.desk.timed_rules import Made, RulesReport
from tierline.domain.errors import WorldError
from tierline.storage.sync_records import Applied
from tierline.sync.runner import Listener
from tierline.sync.status import SyncStatus

_LONGEST_LIST = 20
Once = Annotated[bool, typer.Option("--once", help="Do what is due and end.")]
Every = Annotated[
    float, typer.Option("--every", metavar="SECONDS", min=1, help="How often to look.")
]


@command(
    program,
    "agent",
    "tierline agent                              until it is stopped",
    "tierline agent --once",
    "tierline agent --once --now '2026-11-06 09:00'",
    "tierline agent --every 10 --data /srv/desk",
)
def agent(call: Call, once: Once = False, every: Every = 30.0) -> None:
    """Do what rules do by themselves; keep a joined desk in sync."""
    engine = HubEngine(call.desk) if call.desk.standing.link != "alone" else None
    if once or call.clock.fixed is not None:
        _once(call, engine)
        return
    with stopped_by_signal() as stop:
        if engine is not None:
            with suppress(WorldError):  # another program syncs: its turn passes on to this one
                signed_in(call, engine)
            engine.start(_hearing(call.desk, Teller(call)))
        if not call.out.json:
            call.out.hint(f"Looking every {every:g} seconds; Ctrl-C ends it.")
        _look(call, engine)
        while not stop.wait(every):
            _look(call, engine)
        if engine is not None:
            engine.stop()


def _once(call: Call, engine: HubEngine | None) -> None:
    """Fetch, act, send: rules that others have carried out meanwhile are not carried out again."""
    if engine is not None:
        call.desk.standing = signed_in(call, engine)
    may = may_rule(call.desk.standing)
    _say(call, call.desk.run_rules() if may else RulesReport((), (), call.now), quiet=False)
    if engine is not None:
        told = engine.once()
        if told.link != "online":
            raise WorldError(told.what, safe=told.safe, todo=told.todo)


def _look(call: Call, engine: HubEngine | None) -> None:
    call.desk.changed_elsewhere()
    if call.desk.policies_due:
        call.desk.take_policies()
    if may_rule(call.desk.standing):
        _say(call, call.desk.run_rules(), quiet=True)
    if engine is not None:
        engine.poke()


def _hearing(desk: Desk, teller: Teller) -> Listener:
    """From the sync's thread: the rules go by what it says, the terminal shows it."""

    def hear(status: SyncStatus, applied: Applied) -> None:
        desk.standing = status
        if isinstance(desk.clock, HubClock) and status.last_sync is not None:
            desk.clock.set_right(status.offset)
        if applied.policies:
            desk.take_policies()
        teller.hear(status, applied)

    return hear


def _say(call: Call, report: RulesReport, *, quiet: bool) -> None:
    """All of a run as one notice; nothing about nothing while it keeps running."""
    if quiet and not report.made and not report.held:
        return
    if call.out.json:
        call.out.data(_data(report))
        return
    call.out.say(report.sentence() or "Nothing is due.")
    for act in report.made[:_LONGEST_LIST]:
        call.out.say(f"  {act.number}  {act.does}  ({act.rule})")
    if len(report.made) > _LONGEST_LIST:
        call.out.say(f"  … and {len(report.made) - _LONGEST_LIST} more")


def _data(report: RulesReport) -> dict[str, Any]:
    return {
        "at": iso(report.at),
        "said": report.sentence(),
        "counts": report.counts,
        "acts": [_act(each) for each in report.made],
        "held": list(report.held),
    }


def _act(act: Made) -> dict[str, Any]:
    return {
        "number": act.number,
        "rule": act.rule,
        "does": act.does,
        "due": iso(act.due),
        "op_id": act.op_id,
    }

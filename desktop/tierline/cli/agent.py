"""`tierline agent`: the timed rules without a window, once or again and again."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any

import typer

from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.moments import iso
from tierline.cli.registry import command
from tierline.desk.timed_rules import Made, RulesReport

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
    """Do what the policies' rules do by themselves."""
    desk = call.desk
    if once or call.clock.fixed is not None:
        _say(call, desk.run_rules(), quiet=False)
        return
    with _stopped_by_signal() as stop:
        _say(call, desk.run_rules(), quiet=True)
        if not call.out.json:
            call.out.hint(f"Looking every {every:g} seconds; Ctrl-C ends it.")
        while not stop.wait(every):
            desk.changed_elsewhere()
            _say(call, desk.run_rules(), quiet=True)


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


@contextmanager
def _stopped_by_signal() -> Iterator[threading.Event]:
    """Ctrl-C and a service manager's stop end the wait; what was begun is finished first."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

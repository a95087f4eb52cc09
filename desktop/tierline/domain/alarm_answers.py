"""Answers to an alarm: put off until a moment before the breach, or seen. A P1 is only seen."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.clock_runs import Run, runs
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, need
from tierline.domain.rules.keys import run_key
from tierline.domain.tongue import tr

_INSTEAD = "Acknowledge it instead."


def snooze(act: Act, command: cmd.Snooze) -> Answer:
    """Put a clock's alarms off, to its breach at the latest."""
    if refusal := act.must_be_open("snoozed"):
        return refusal
    if act.ticket.priority == 1:
        return Refusal(tr("A P1 is not snoozed."), _INSTEAD)
    run = _running(act, command.clock)
    if isinstance(run, Refusal):
        return run
    assert run.due is not None
    word = run.rule.table.word
    if run.due <= act.now:
        return Refusal(tr("{word} is over: that is not put off any more.", word=word), _INSTEAD)
    if command.until <= act.now:
        return Refusal(tr("That moment has passed."), tr("Choose one still to come."), "until")
    if refusal := need(command.reason, "reason", "Say why it can wait; your lead sees it."):
        return refusal
    snoozed = ev.Snoozed(
        at=act.now,
        by=act.by,
        clock=run.rule.name,
        run=run_key(act.ticket, run.rule.table),
        until=min(command.until, run.due),
        reason=command.reason.strip(),
    )
    return [snoozed]


def acknowledge(act: Act, command: cmd.Acknowledge) -> Answer:
    """Note who has seen an alarm; it stays where it is."""
    if refusal := act.must_be_open("acknowledged"):
        return refusal
    run = _running(act, command.clock)
    if isinstance(run, Refusal):
        return run
    clock, key = run.rule.name, run_key(act.ticket, run.rule.table)
    known = act.ticket.alarm_answers
    if any((a.clock, a.run, a.by, a.until) == (clock, key, act.by, None) for a in known):
        return Refusal(tr("You have acknowledged that."), tr("Nothing was changed."))
    text = command.text.strip()
    return [ev.Acknowledged(at=act.now, by=act.by, clock=clock, run=key, text=text)]


def _running(act: Act, name: str) -> Run | Refusal:
    """The running clock of that name, word or letter; the next to be over for a blank."""
    wanted = name.strip().casefold()
    going = [run for run in runs(act.ticket, act.policy) if run.stopped is None and run.counting]
    going = [run for run in going if run.due is not None]
    found = [run for run in going if not wanted or wanted in _names(run)]
    if found:
        return min(found, key=lambda run: run.due or act.now)
    listed = ", ".join(run.rule.table.word for run in going)
    what = f"No clock called {name} runs" if wanted else "No clock runs"
    todo = f"One of: {listed}." if listed else "There is nothing to answer."
    return Refusal(tr("{what} on {number}.", what=what, number=act.ticket.number), todo, "clock")


def _names(run: Run) -> tuple[str, ...]:
    table = run.rule.table
    return (run.rule.name.casefold(), table.word.casefold(), table.letter.casefold())

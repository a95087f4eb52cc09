"""The questions of rules that are still open: their clock runs on, and nobody has answered."""

from __future__ import annotations

from tierline.domain.clock_runs import runs
from tierline.domain.policy import Policy
from tierline.domain.rules.candidates import overruled
from tierline.domain.rules.keys import run_key
from tierline.domain.ticket import Prompt, Ticket


def open_prompts(ticket: Ticket, policy: Policy) -> tuple[Prompt, ...]:
    """What the holder is asked now, the latest question last."""
    if not ticket.prompts or not ticket.open:
        return ()
    going = {
        run.rule.name: run_key(ticket, run.rule.table)
        for run in runs(ticket, policy)
        if run.stopped is None
    }
    return tuple(
        prompt
        for prompt in ticket.prompts
        if (not prompt.clock or going.get(prompt.clock) == prompt.run)
        and not _answered(ticket, policy, prompt)
    )


def _answered(ticket: Ticket, policy: Policy, prompt: Prompt) -> bool:
    rule = policy.file.rules.get(prompt.name)
    return rule is not None and overruled(ticket, prompt.name, rule, prompt.run)

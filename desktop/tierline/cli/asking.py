"""Ask on a terminal for what a refusal says is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import typer

from tierline.cli import safe
from tierline.cli.call import Call
from tierline.domain.errors import Refusal

_MOST = 20  # questions for one act


def until_done(
    call: Call,
    attempt: Callable[[Mapping[str, str]], object],
    question: Callable[[Refusal], str],
) -> object:
    """Attempt an act; while someone is there to answer, ask for the field that it lacks.

    `attempt` takes what was answered so far by field; `question` words a field, "" for one that
    cannot be asked for.
    """
    told: dict[str, str] = {}
    for _ in range(_MOST):
        answer = attempt(told)
        if not isinstance(answer, Refusal) or not call.out.asks:
            return answer
        asked = question(answer)
        if not asked:
            return answer
        if answer.field in told:
            call.out.hint(str(answer))
        told[answer.field] = typer.prompt(
            safe.line(asked), default="", show_default=False, err=True
        )
    return attempt(told)

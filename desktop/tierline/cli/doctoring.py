"""`tierline doctor`: what works on this machine, and how to mend what does not."""

from __future__ import annotations

import typer

from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.output import styled
from tierline.cli.registry import REFUSED, command
from tierline.domain.errors import WorldError
from tierline.storage.replica import FILE, Replica
from tierline.system.doctor import terminal
from tierline.system.findings import Check

_WORDS = {"ok": "ok", "note": "note", "bad": "MEND"}
_COLOURS = {"ok": "green", "note": "yellow", "bad": "red"}


@command(program, "doctor", "tierline doctor", "tierline doctor --data /srv/desk --json")
def doctor(call: Call) -> None:
    """Say what works on this machine, how to mend the rest."""
    from tierline.app.checking import rounds  # noqa: PLC0415  (others do without)

    checks = [*rounds(call.folder, call.settings), terminal(), *_hub(call)]
    if call.out.json:
        call.out.data([check._asdict() for check in checks])
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            word = styled(f"{_WORDS[check.state]:<4}", _COLOURS[check.state])
            typer.echo(word + "  ", nl=False)
            call.out.say(f"{check.name:<{width}}  {check.found}")
            if check.mend and check.state != "ok":
                call.out.say(f"{'':{width + 8}}{check.mend}")
    if any(check.state == "bad" for check in checks):
        raise typer.Exit(REFUSED)


def _hub(call: Call) -> list[Check]:
    """Whether a joined desk reaches its hub, and has its password; a desk alone asks nobody."""
    if not (call.folder / FILE).is_file():
        return []
    try:
        replica = Replica.open(call.folder, call.clock())
    except WorldError:
        return []  # told by what looks at the folder
    try:
        state = replica.sync.state()
    finally:
        replica.close()
    if not state.url:
        return []
    # Only a shared desk waits for its parts.
    from tierline.app.checking import check_hub  # noqa: PLC0415

    return list(check_hub(state, call.clock()))

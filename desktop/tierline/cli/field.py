"""Opening field mode: the engineer's visits in a small window."""

from __future__ import annotations

from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.starting import open_console


@command(program, "field", "tierline field", "tierline field --me ravi")
def field(call: Call) -> None:
    """Open field mode: your visits, in a small window."""
    open_console(call, field=True)

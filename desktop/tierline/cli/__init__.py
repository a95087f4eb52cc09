"""The commands: the same acts as the buttons, for a terminal and for scripts."""

from __future__ import annotations

import gc
import sys
from typing import TextIO


def main() -> None:
    """Run the command line of this process; leaves by `SystemExit` with the documented codes."""
    for stream in (sys.stdout, sys.stderr):
        _bear_any_text(stream)
    gc.disable()  # what is imported stays: looking for garbage among it takes a tenth of a start
    from tierline.cli.program import loaded  # noqa: PLC0415  (after the streams are made safe)

    program = loaded(sys.argv[1:])
    gc.freeze()
    gc.enable()
    program(prog_name="tierline")


def _bear_any_text(stream: TextIO | None) -> None:
    """A terminal that lacks a character shows a stand-in instead of ending the command."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")

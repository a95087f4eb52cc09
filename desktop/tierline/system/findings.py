"""What a look at the machine found: one value for the command and the page in the window."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["ok", "note", "bad"]


class Check(NamedTuple):
    """One thing looked at. `mend` says what to do when `state` is not "ok"."""

    name: str
    state: State
    found: str
    mend: str = ""

"""What a pop-up says: the seam between the alarms and whoever shows them to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["p1", "over", "soon", "notice", "digest"]


@dataclass(frozen=True)
class Notice:
    """One pop-up; `key` names it until it is withdrawn, and in the record of its delivery.

    `ticket_id` is the ticket to open, of a digest the first one to act on. `act` is a kind of
    `desk.actions`, or "ask", "answer" and "open" as on a card of the strip; its key stands in the
    `body`. `sound` says that this one may be heard: the person chooses whether it is.
    """

    key: str
    level: Level
    title: str
    body: str
    ticket_id: str
    act: str
    sound: bool

"""How it stands between this desk and its hub, for the window, the commands and the agent."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tierline.sync.hub import Presence

Link = Literal["alone", "joining", "online", "offline", "stopped"]


class SyncStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One glance at the sync. Instants are aware UTC, in hub time.

    alone: this desk has no hub. joining: the first copy is under way, `done` of `total` tickets are
    here. online: the last call succeeded. offline: it did not, `since` then; the sync goes on
    trying (`next_try`). stopped: a person has to do something first, `what`, `safe` and `todo` say
    what. `pending` acts wait to go out, `aside` were refused and need attention, `conflicts` are
    tickets on which two people's acts met. `offset` is hub time minus this machine's, in seconds.
    `caught_up`: everything that the hub is known to have is here. `present` are the others who have
    this desk's open tickets before them, as of the last heartbeat.
    `note` is the one thing to tell after something uncommon ("12 acts were offered again …").
    """

    link: Link = "alone"
    hub: str = ""
    login: str = ""
    role: str = ""
    since: datetime | None = None
    last_sync: datetime | None = None
    next_try: datetime | None = None
    pending: int = 0
    aside: int = 0
    conflicts: int = 0
    parked: int = 0
    done: int = 0
    total: int = 0
    offset: float = 0.0
    caught_up: bool = False
    present: tuple[Presence, ...] = ()
    what: str = ""
    safe: str = ""
    todo: str = ""
    note: str = ""

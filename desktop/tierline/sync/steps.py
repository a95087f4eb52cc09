"""What goes in and out of the sync core: actions to carry out, and what came of them.

The core waits for one answer at a time, known by its token; an answer with another token (late,
or told twice) is of a closed session and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from tierline.storage.sync_records import Applied
from tierline.storage.syncing import Syncing
from tierline.sync.hub import Hub, News
from tierline.sync.status import SyncStatus

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(NamedTuple):
    """When a step is taken: `wall` as this machine tells it, `steady` seconds never set back.

    `wall` is microseconds UTC and may be wrong by years.
    """

    wall: int
    steady: float


class Open(NamedTuple):
    """Open a session with the hub; an older one is closed already."""

    token: int


class Ask(NamedTuple):
    """Call the hub in the open session."""

    token: int
    name: str
    do: Callable[[Hub], Any]


class Keep(NamedTuple):
    """Call the replica, one transaction."""

    token: int
    name: str
    do: Callable[[Syncing], Any]


class Rest(NamedTuple):
    """Sleep until `until` (steady seconds; None: for ever), news, a poke or F5; answer `Woke`.

    `settled` says that nothing is left to do for now.
    """

    token: int
    until: float | None
    settled: bool


class Shut(NamedTuple):
    """Close the session. It is not answered."""


class Tell(NamedTuple):
    """Pass on how it stands and what has come since. It is not answered."""

    status: SyncStatus
    applied: Applied


class Woke(NamedTuple):
    """Why a rest ended; all false when its time had come."""

    news: tuple[News, ...] = ()
    poked: bool = False
    hurried: bool = False


class Came(NamedTuple):
    """The answer to an action."""

    token: int
    value: Any


class Failed(NamedTuple):
    """The action could not be carried out; whether a call reached the hub is unknown."""

    token: int
    error: Exception


class TroubleError(Exception):
    """Carries a failed action's error up through the core, apart from errors of its own."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


Action = Open | Ask | Keep | Rest | Shut | Tell
Event = Came | Failed
_Value = TypeVar("_Value")
Steps = Generator[Action, Any, _Value]


def instant(wall: int) -> datetime:
    """Aware UTC from microseconds."""
    return _EPOCH + timedelta(microseconds=wall)

"""`tierline join` and `tierline sync`: become one of many consoles, and say how it stands."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any, NamedTuple

import msgspec
import typer

from tierline.app.hubs import Door, whole
from tierline.app.joining import join
from tierline.app.standing import standing
from tierline.app.syncing import HubEngine
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import program
from tierline.cli.registry import REFUSED, command
from tierline.desk import sync_words
from tierline.domain.errors import Refusal, WorldError
from tierline.storage.sync_records import Applied
from tierline.sync.errors import PasswordError
from tierline.sync.hubs.address import Address
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Secret

_MOST = 512  # characters read of a line: far more than any password has
Url = Annotated[
    str, typer.Argument(metavar="URL", help="postgresql://login@host/database, or sqlite:////file")
]
Login = Annotated[
    str, typer.Option("--login", metavar="NAME", help="Who you are there, if the URL does not say.")
]
Once = Annotated[bool, typer.Option("--once", help="Send and fetch all there is, and end.")]
What = Annotated[str, typer.Argument(metavar="[status]", help="Say only how it stands.")]


@command(
    program,
    "join",
    "tierline join postgresql://ravi@db.example.org/desk",
    "tierline join sqlite:////srv/desk/hub.sqlite --login ravi --data ~/ravi",
)
def join_(call: Call, url: Url, login: Login = "") -> None:
    """Join a shared desk. The password is asked for, never given as an argument."""
    joined = join_desk(call, url, login).new
    stands = standing(call.desk.replica)
    said = f"{'Joined' if joined else 'This desk is joined to'} {sync_words.hub_word(stands.hub)}"
    if call.out.json:
        call.out.data({"done": f"{said} as {stands.login}.", "status": _data(stands)})
    else:
        call.out.say(f"{said} as {stands.login}.")
        call.out.hint(_next(stands))


def _next(stands: SyncStatus) -> str:
    """What is left to do after joining."""
    sends = f", and sends the {sync_words.changes(stands.pending)} made here" * bool(stands.pending)
    return (
        f"Next: tierline sync fetches its tickets{sends}; so does the console while it is open. "
        "New tickets can be logged at once, network or none."
    )


class Joined(NamedTuple):
    """Whether the desk was joined just now, and the door that knows the password."""

    new: bool
    door: Door


def join_desk(call: Call, url: str, login: str = "") -> Joined:
    """Join the desk of this call to a hub.

    Raises:
        WorldError: it cannot be reached, does not let us in, or the desk belongs elsewhere.
    """
    address = whole(url, login or call.options.me)
    door = Door(address)
    replica = call.desk.replica
    try:
        hello = join(replica, address, door, call.now)
    except PasswordError:
        door.give(asked(call, address), keep=True)
        hello = join(replica, address, door, call.now)
        if door.keyring_trouble:
            call.out.hint(f"The password is not kept: {door.keyring_trouble}.")
    call.again()
    return Joined(hello is not None, door)


def asked(call: Call, address: Address) -> Secret:
    """The password of a login: typed unseen at a terminal, or the first line of standard input.

    Empty where nobody can be asked.
    """
    if call.out.asks:
        question = f"Password of {address.login} at {sync_words.hub_word(address.text)}"
        return Secret(str(typer.prompt(question, hide_input=True, err=True)))
    return Secret("" if sys.stdin.isatty() else sys.stdin.readline(_MOST).rstrip("\r\n"))


@command(
    program,
    "sync",
    "tierline sync                               until it is stopped",
    "tierline sync --once",
    "tierline sync status --json",
)
def sync(call: Call, what: What = "", once: Once = False) -> None:
    """Send and fetch; or say how it stands with the shared desk."""
    if what not in ("", "status"):
        raise typer.BadParameter(f'"{what}" is not "status"', param_hint="sync")
    stands = standing(call.desk.replica)
    if what:
        _say(call, stands, elsewhere=_elsewhere(call))
        return
    if stands.link == "alone":
        raise RefusedError("This desk has no hub.", "Join one with: tierline join URL.")
    engine = HubEngine(call.desk)
    if once:
        told = signed_in(call, engine)
        _say(call, told)
        if told.link != "online":
            raise typer.Exit(REFUSED)
        return
    signed_in(call, engine)
    with stopped_by_signal() as stop:
        call.out.hint("Syncing; Ctrl-C ends it.")
        engine.start(Teller(call).hear)
        stop.wait()
        engine.stop()


def signed_in(call: Call, engine: HubEngine) -> SyncStatus:
    """Send and fetch once; the password is asked for when the keyring does not have it.

    Raises:
        WorldError: another program syncs this desk.
    """
    told = engine.once()
    if told.link == "stopped" and engine.wants_password:
        secret = asked(call, whole(told.hub, told.login))
        if secret:
            engine.give_password(secret, keep=True)
            told = engine.once()
    return told


class Teller:
    """Says to a terminal what became different; for the sync's thread."""

    def __init__(self, call: Call) -> None:
        """Nothing was said yet."""
        self._call = call
        self._said = ""

    def hear(self, status: SyncStatus, applied: Applied) -> None:
        """One line for each change of how it stands."""
        call = self._call
        words = sync_words.status_words(status, call.now, call.desk.zone)
        parts = [words.link, words.pending, words.conflict, words.attention, status.what]
        if status.link == "joining":
            parts = [words.link, sync_words.progress_words(status)]
        said = ", ".join(part.rstrip(".") for part in parts if part)
        if said != self._said:
            self._said = said
            if call.out.json:
                call.out.data(_data(status))
            else:
                call.out.say(f"{call.now.astimezone(call.desk.zone):%H:%M:%S}  {said}")
        del applied


def _elsewhere(call: Call) -> bool:
    """Whether another program has the turn to sync this desk."""
    try:
        turn = call.desk.replica.sync_turn()
    except WorldError:
        return False
    if isinstance(turn, Refusal):
        return True
    turn.release()
    return False


def _say(call: Call, status: SyncStatus, *, elsewhere: bool = False) -> None:
    if call.out.json:
        call.out.data(_data(status))
        return
    if status.link == "alone":
        call.out.say("This desk has no hub; everything on it is on this computer alone.")
        return
    rows = sync_words.summary(status, call.now, call.desk.zone, elsewhere=elsewhere)
    width = max(len(word) for word, _ in rows)
    for word, value in rows:
        call.out.say(f"{word:<{width}}  {value}")


def _data(status: SyncStatus) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(status)
    return told


@contextmanager
def stopped_by_signal() -> Iterator[threading.Event]:
    """Ctrl-C and a service manager's stop end the wait; what was begun is finished first."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

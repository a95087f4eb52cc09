"""The doctor's rounds: the machine, the settings, the hub; for the command and for the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tierline.app.hubs import Door, account, this_console, whole
from tierline.desk.sync_words import hub_word, offset_hint
from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.storage.sync_records import SyncState
from tierline.sync.hub import Hello
from tierline.sync.hubs.address import Address
from tierline.sync.status import SyncStatus
from tierline.system.doctor import examine
from tierline.system.findings import Check
from tierline.system.secrets import Keyring
from tierline.system.settings import Settings

_PATIENCE = 3.0  # seconds: a keyring that asks its owner something is no keyring to count on


def rounds(folder: Path, settings: Settings) -> Iterator[Check]:
    """What can be told of this machine and of the desk in `folder` without asking a hub."""
    yield from examine(folder)
    told = settings.problem
    yield Check("Settings", "note" if told else "ok", str(settings.path), told)


def check_hub(state: SyncState, now: datetime, door: Door | None = None) -> Iterator[Check]:
    """The hub and its password, for whoever does not sync: says hello, and takes nothing.

    `now` is this machine's time.
    """
    address = whole(state.url, state.login)
    keyring = Keyring(_PATIENCE)
    yield from _reached(state, address, door or Door(address, keyring), now)
    if not address.path:
        yield _password(address, keyring)


def hub_of(status: SyncStatus) -> Iterator[Check]:
    """The hub as the sync of this very program finds it; nothing for a desk that is alone."""
    if status.link == "alone":
        return
    where = (
        tr("{hub} as {login}", hub=hub_word(status.hub), login=status.login)
        if status.login
        else hub_word(status.hub)
    )
    if status.link in ("online", "joining"):
        yield Check("Hub", "ok", tr("{hub} answers", hub=where))
        yield _clock(status)
    else:
        mend = f"{status.safe} {status.todo}".strip()
        yield Check("Hub", "bad", status.what or tr("{it} does not answer", it=where), mend)


def _reached(state: SyncState, address: Address, door: Door, now: datetime) -> Iterator[Check]:
    where = tr("{hub} as {login}", hub=hub_word(address.text), login=address.login)
    try:
        hub = door.open()
        try:
            hello = hub.hello(this_console(state.console_id), state.cursor)
        finally:
            hub.close()
    except WorldError as trouble:
        yield Check("Hub", "bad", trouble.what, f"{trouble.safe} {trouble.todo}".strip())
        return
    yield _answered(state, hello, where)
    yield _clock(SyncStatus(offset=hello.now / 1e6 - now.timestamp()))


def _answered(state: SyncState, hello: Hello, where: str) -> Check:
    if hello.hub_id != state.hub_id:
        mend = tr("Check the address; a desk belongs to one hub.")
        return Check("Hub", "bad", tr("{hub} answers, but it is another hub", hub=where), mend)
    behind = max(hello.seq - state.cursor, 0)
    left = tr(", {behind} lines to fetch", behind=behind) if behind else ""
    return Check("Hub", "ok", f"{where} ({hello.role}) answers{left}")


def _clock(status: SyncStatus) -> Check:
    """A clock that is off moves no deadline, but whoever reads two clocks wonders."""
    hint = offset_hint(status)
    if not hint:
        return Check("Hub's time", "ok", tr("the same as here"))
    what, _, mend = hint.partition(". ")
    return Check("Hub's time", "note", what, mend)


def _password(address: Address, keyring: Keyring) -> Check:
    kept = keyring.get(account(address))
    if kept.trouble:
        mend = tr("Unlock or start the desktop's keyring to have it kept; syncing works without.")
        return Check("Hub's password", "note", kept.trouble, mend)
    if kept.secret is None:
        return Check(
            "Hub's password", "note", tr("not in the keyring"), tr("It is asked for each time.")
        )
    return Check("Hub's password", "ok", tr("in the keyring"))

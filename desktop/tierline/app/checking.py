"""For the doctor: whether a joined desk reaches its hub, and what hinders it."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.app.hubs import Door, account, this_console, whole
from tierline.desk.sync_words import hub_word
from tierline.domain.errors import WorldError
from tierline.storage.sync_records import SyncState
from tierline.sync.hub import Hello
from tierline.sync.hubs.address import Address
from tierline.system.doctor import Check
from tierline.system.secrets import Keyring

_PATIENCE = 3.0  # seconds: a keyring that asks its owner something is no keyring to count on


def check_hub(state: SyncState, door: Door | None = None) -> Iterator[Check]:
    """The hub, then its password. It says hello as the console it is, and takes nothing."""
    address = whole(state.url, state.login)
    keyring = Keyring(_PATIENCE)
    yield _reached(state, address, door or Door(address, keyring))
    if not address.path:
        yield _password(address, keyring)


def _reached(state: SyncState, address: Address, door: Door) -> Check:
    where = f"{hub_word(address.text)} as {address.login}"
    try:
        hub = door.open()
        try:
            hello = hub.hello(this_console(state.console_id), state.cursor)
        finally:
            hub.close()
    except WorldError as trouble:
        return Check("Hub", "bad", trouble.what, f"{trouble.safe} {trouble.todo}".strip())
    return _answered(state, hello, where)


def _answered(state: SyncState, hello: Hello, where: str) -> Check:
    if hello.hub_id != state.hub_id:
        mend = "Check the address; a desk belongs to one hub."
        return Check("Hub", "bad", f"{where} answers, but it is another hub", mend)
    behind = max(hello.seq - state.cursor, 0)
    left = f", {behind} lines to fetch" if behind else ""
    return Check("Hub", "ok", f"{where} ({hello.role}) answers{left}")


def _password(address: Address, keyring: Keyring) -> Check:
    kept = keyring.get(account(address))
    if kept.trouble:
        mend = "Unlock or start the desktop's keyring to have it kept; syncing works without."
        return Check("Hub's password", "note", kept.trouble, mend)
    if kept.secret is None:
        return Check("Hub's password", "note", "not in the keyring", "It is asked for each time.")
    return Check("Hub's password", "ok", "in the keyring")

"""A desk joins a hub: who is there, is it one, may I; then everything else is the sync's work."""

from __future__ import annotations

from datetime import datetime

from tierline.app.hubs import Door, this_console
from tierline.app.opening import own_policies
from tierline.app.syncing import prefixes
from tierline.desk.sync_words import hub_word
from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.storage.entries import decoded
from tierline.storage.identifiers import new_id
from tierline.storage.meeting import Met
from tierline.storage.records import Person
from tierline.storage.replica import Replica
from tierline.sync.exchange import BLOCK
from tierline.sync.hub import Hello, Hub
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.rights import hides, may_write

_SAFE = tr("Nothing was changed.")
_MOST = 3  # names said one by one


def check_free(replica: Replica, address: Address) -> bool:
    """Whether the desk has yet to join that hub; False when it is joined to it already.

    Raises:
        WorldError: it is a demo, or belongs to another hub.
    """
    if replica.kind == "demo":
        raise WorldError(
            tr("A demo desk is not joined to a shared one."),
            safe=tr("Demo and real tickets are never mixed."),
            todo=tr("Join with a desk of your own: leave --data out, or name another folder."),
        )
    known = replica.sync.state().url
    if not known:
        return True
    if known == address.text:
        return False
    raise WorldError(
        tr("This desk is joined to {hub} already.", hub=hub_word(known)),
        safe=_SAFE,
        todo=tr("Join the other hub with a desk of its own: --data DIR."),
    )


def join(replica: Replica, address: Address, door: Door, now: datetime) -> Hello | None:
    """Join a hub; None when the desk is joined to it already. For a thread of its own.

    What was done on this desk before is offered to the hub; a lead vouches for what others did. The
    admin who comes to a hub without clients and policies brings them, contacts and people too.
    Numbers for the first new tickets are here when it returns.

    Raises:
        HubDownError, HubError: it cannot be reached, or does not let us in; nothing was changed.
        WorldError: this desk cannot be joined to it.
    """
    if not check_free(replica, address):
        return None
    console, own = new_id(), own_policies(replica.path.parent)
    hub = door.open()
    try:
        hello = hub.hello(this_console(console), 0)
        _check_own(replica, hello.login, hello.role)
        blocks = _blocks(hub, console, replica) if may_write(hello.role) else []
        founds = hello.role == "admin" and _is_bare(hub)
        met = _met(hub, hello, now)
    finally:
        hub.close()
    if founds:
        replica.directory.put_policies(own)
    told = (address.text, hello.hub_id, hello.login, console)
    replica.sync.join(*told, founded=now if founds else None, met=met)
    for block in blocks:
        replica.sync.lease(*block)
    return hello


def _met(hub: Hub, hello: Hello, now: datetime) -> Met:
    """Whom the hub knows; nobody for a login that only reads."""
    if not may_write(hello.role):
        return Met(now)
    found, after = list[Person](), "person/"
    while lines := hub.directory(after):
        entries = [decoded(line.kind, line.payload) for line in lines if line.kind == "person"]
        found += (each for each in entries if isinstance(each, Person))
        after = lines[-1].ticket_id
    return Met(now, hello.role, tuple(found))


def _is_bare(hub: Hub) -> bool:
    """Whether nobody has given it the desk's lists yet; whom it lets in and knows are not asked."""
    after = ""
    while lines := hub.directory(after):
        if any(line.kind in ("client", "policy") for line in lines):
            return False
        after = lines[-1].ticket_id
    return True


def _blocks(hub: Hub, console: str, replica: Replica) -> list[tuple[str, int, int]]:
    """Numbers for the first tickets (prefix, first, last), so that they need no network."""
    wanted = prefixes(replica, replica.book) if replica.book else ()
    return [(prefix, *hub.lease(console, prefix, BLOCK)) for prefix in wanted]


def _check_own(replica: Replica, login: str, role: str) -> None:
    """See that the hub will take what was done here before: others' acts come with a lead."""
    waits = replica.unsent.to_vouch(login)
    if not hides(role) or not (waits.names or waits.imported):
        return
    theirs = (
        tr("acts of other people ({listed})", listed=_listed(waits.names))
        if waits.names
        else tr("imported tickets")
    )
    raise WorldError(
        tr("This desk has {theirs}.", theirs=theirs),
        safe=tr("Nothing was sent; all of it stays here."),
        todo=tr(
            "Let a lead join it, who vouches for them, or join with an empty desk: --data DIR."
        ),
    )


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (tr(" and {more} more", more=more) if more > 0 else "")

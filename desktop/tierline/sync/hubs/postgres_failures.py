"""What PostgreSQL and libpq say when something fails, said again in words for a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from tierline.domain.tongue import tr
from tierline.sync.errors import (
    HubDownError,
    HubError,
    NoEntryError,
    PasswordError,
    WrongHubError,
)
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.certificates import system_roots, why_untrusted
from tierline.sync.hubs.terms import SAFE

AGAIN = "It is tried again by itself."
_NO_HUB = frozenset({"3F000", "42P01", "42883", "3D000"})  # no schema, table, function, database
_FULL = frozenset({"53100"})
# Passing: connection, resources, locks, a cancelled or cut call, a standby, a changed schema.
_PASSING = re.compile(r"08|53|55P03|57|58|25006|25P0|40|0A000|XX")


@contextmanager
def failing(address: Address) -> Iterator[None]:
    """Turn failures of a call into `HubDownError` or `HubError`, without the secret in any.

    Raises:
        HubDownError: it may work later.
        HubError: it will not work until a person did something.
    """
    try:
        yield
    except psycopg.Error as failure:
        raise told(failure, address) from None
    except TimeoutError:
        raise _down(address, "does not answer") from None


def told(failure: psycopg.Error, address: Address) -> HubDownError | HubError:
    """The failure of a call over a connection that stood."""
    code = failure.sqlstate or ""
    where = address.text
    if code == "42501":
        return no_entry(address)
    if code in _NO_HUB:
        return not_a_hub(address)
    if code in _FULL:
        return HubDownError(
            tr("The disk of the hub {where} is full.", where=where), safe=SAFE, todo=AGAIN
        )
    if not code or _PASSING.match(code):
        return _down(address, "broke the connection off" if not code else _brief(failure))
    return HubError(
        tr(
            "The hub {where} answered with an error ({code}: {brief}).",
            where=where,
            code=code,
            brief=_brief(failure),
        ),
        safe=SAFE,
        todo=tr("Tell the hub's admin."),
    )


def told_connecting(failure: psycopg.Error, address: Address) -> HubDownError | HubError:
    """Why there is no connection."""
    said = str(failure)
    for pattern, tell in _CONNECTING:
        if re.search(pattern, said, re.IGNORECASE):
            return tell(address, said)
    return _down(address, "cannot be reached")


def no_entry(address: Address) -> NoEntryError:
    """A login that has no rights here (any more)."""
    return NoEntryError(
        tr("{login} may not use the hub {text}.", login=address.login, text=address.text),
        safe=SAFE,
        todo=tr("Ask the hub's admin to let you in: tierline hub grant."),
    )


def not_a_hub(address: Address) -> WrongHubError:
    """A database without our schema."""
    return WrongHubError(
        tr(
            "The database {database} at {hosts} is no hub of Tierline.",
            database=address.database,
            hosts=_hosts(address),
        ),
        safe=tr("{safe} Nothing was written there.", safe=SAFE),
        todo=tr("Check the address. Its keeper makes a hub with: tierline hub create."),
    )


def _down(address: Address, what: str) -> HubDownError:
    return HubDownError(
        tr("The hub at {hosts} {what}.", hosts=_hosts(address), what=what), safe=SAFE, todo=AGAIN
    )


def _password(address: Address, _: str) -> PasswordError:
    return PasswordError(
        tr(
            "The hub at {hosts} did not accept {login} with that password.",
            hosts=_hosts(address),
            login=address.login,
        ),
        safe=SAFE,
        todo=tr(
            "Check both and join again; the hub's keeper gives a new one: tierline hub password."
        ),
    )


def _no_login(address: Address, _: str) -> NoEntryError:
    return no_entry(address)


def _no_database(address: Address, _: str) -> WrongHubError:
    return not_a_hub(address)


def _unknown_host(address: Address, _: str) -> HubDownError:
    return HubDownError(
        tr("The name of the hub's host {hosts} is not known.", hosts=_hosts(address)),
        safe=SAFE,
        todo=tr("Check the network (and the address, if it never worked). It is tried again."),
    )


def _other_name(address: Address, said: str) -> NoEntryError:
    found = re.search(r'certificate for "([^"]*)"', said)
    names = found[1] if found else "another host"
    return NoEntryError(
        tr(
            "The server at {hosts} shows a certificate for {names}: it may be another server.",
            hosts=_hosts(address),
            names=names,
        ),
        safe=tr("{safe} No password was sent.", safe=SAFE),
        todo=tr(
            "Check the host's name in the address, or have its certificate made for that name."
        ),
    )


def _untrusted(address: Address, _: str) -> NoEntryError:
    roots = address.options.get("sslrootcert") or system_roots()
    reasons = (why_untrusted(host, port, roots) for host, port in address.hosts)
    why = next(filter(None, reasons), "its certificate is not trusted")
    return NoEntryError(
        tr("The server at {hosts} cannot be trusted: {why}.", hosts=_hosts(address), why=why),
        safe=tr("{safe} No password was sent.", safe=SAFE),
        todo=tr(
            "Its keeper renews the certificate, or name the file of its issuer in "
            "the address: ?sslrootcert=FILE"
        ),
    )


def _no_roots(address: Address, _: str) -> NoEntryError:
    named = address.options.get("sslrootcert", "")
    return NoEntryError(
        tr("The file of trusted issuers {named} cannot be read.", named=named),
        safe=tr("{safe} No password was sent.", safe=SAFE),
        todo=tr("Check sslrootcert in the address."),
    )


def _no_tls(address: Address, _: str) -> NoEntryError:
    return NoEntryError(
        tr("The server at {hosts} speaks without encryption.", hosts=_hosts(address)),
        safe=tr("{safe} No password was sent.", safe=SAFE),
        todo=tr("Its keeper switches TLS on (ssl = on)."),
    )


def _stranger(address: Address, _: str) -> WrongHubError:
    return WrongHubError(
        tr("What answers at {hosts} is no PostgreSQL server.", hosts=_hosts(address)),
        safe=tr("{safe} No password was sent.", safe=SAFE),
        todo=tr("Check host and port."),
    )


def _standby(address: Address, _: str) -> HubDownError:
    return _down(address, "takes no writes at the moment (a standby)")


def _busy(address: Address, _: str) -> HubDownError:
    return _down(address, "has no room for one more connection")


def _starting(address: Address, _: str) -> HubDownError:
    return _down(address, "is starting or stopping")


_Tell = Callable[[Address, str], HubDownError | HubError]
# With several hosts libpq tells of each: what a person must mend comes first.
_CONNECTING: tuple[tuple[str, _Tell], ...] = (
    (r"password authentication failed|no password supplied|fe_sendauth", _password),
    (r"not permitted to log in|role .* does not exist|no pg_hba\.conf entry", _no_login),
    (r"permission denied for database|authentication failed", _no_login),
    (r"database .* does not exist", _no_database),
    (r"does not match host name", _other_name),
    (r"certificate verify failed|self.signed certificate|unable to get local issuer", _untrusted),
    (r"root certificate file .* (does not exist|could not)|could not read root cert", _no_roots),
    (r"does not support SSL", _no_tls),
    (r"invalid response to SSL negotiation|expected authentication request", _stranger),
    (r"too many (clients|connections)|remaining connection slots", _busy),
    (r"is starting up|is shutting down|recovery mode|not yet accepting", _starting),
    (r"session is read-only|hot standby", _standby),
    (r"could not translate host name|resolve host|name or service not known", _unknown_host),
)


def _brief(failure: psycopg.Error) -> str:
    return failure.diag.message_primary or type(failure).__name__


def _hosts(address: Address) -> str:
    return ", ".join(f"{name}:{port}" for name, port in address.hosts) or "this machine's socket"

"""`tierline hub …`: what the keeper of a shared desk does. Passwords are asked for, never given."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec
import typer

from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import hub as group
from tierline.cli.registry import REFUSED, command
from tierline.sync.hubs import keeping
from tierline.sync.hubs.address import parsed
from tierline.sync.hubs.proving import Finding, Proof
from tierline.sync.hubs.rights import ROLES

_MOST = 200  # findings told one by one
Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", help="postgresql://login@host/database or sqlite:////folder/hub.sqlite"
    ),
]
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Whose.")]


@command(
    group,
    "create",
    "tierline hub create postgresql://postgres@db.example.com/desk",
    "tierline hub create sqlite:////srv/desk/hub.sqlite",
)
def create(call: Call, url: Url) -> None:
    """Make a hub in a database that is there, or in a file for the consoles of this machine."""
    hub_id = keeping.create(url, _password(call, url), login=call.options.me)
    done = f"Made a hub at {parsed(url).text}."
    _tell(call, done, {"hub_id": hub_id})
    if not call.out.json:
        call.out.say(
            f"Let people in: tierline hub grant {parsed(url).text} LOGIN --role technician"
        )


@command(group, "upgrade", "tierline hub upgrade postgresql://postgres@db.example.com/desk")
def upgrade(call: Call, url: Url) -> None:
    """Bring a hub up to this program's version; consoles go on working meanwhile."""
    keeping.upgrade(url, _password(call, url))
    _tell(call, f"The hub {parsed(url).text} is up to date.", {})


@command(group, "verify", "tierline hub verify postgresql://postgres@db.example.com/desk")
def verify(call: Call, url: Url) -> None:
    """Prove its rights, its chain, its files, and that every ticket is what its history says."""
    proof = keeping.verify(url, _password(call, url))
    if call.out.json:
        call.out.data(msgspec.to_builtins(proof))
    else:
        _say(call, proof)
    if proof.findings:
        raise typer.Exit(REFUSED)


@command(
    group,
    "grant",
    "tierline hub grant postgresql://postgres@db.example.com/desk dana --role technician",
)
def grant(
    call: Call,
    url: Url,
    login: Login,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help=f"One of: {', '.join(ROLES)}.")
    ] = "technician",
) -> None:
    """Let a person in, or give them another role. A new login's password is shown once."""
    known = next((each for each in ROLES if each == role), None)
    if known is None:
        raise RefusedError(f'There is no role "{role}".', f"One of: {', '.join(ROLES)}.", "role")
    secret = keeping.grant(url, login, known, _password(call, url))
    _tell(call, f"{login} may use the hub as {role}.", {"password": secret} if secret else {})
    if secret and not call.out.json:
        call.out.say(f"Password: {secret}")
        call.out.say("It is shown this once: hand it over, it cannot be asked for again.")


@command(group, "revoke", "tierline hub revoke postgresql://postgres@db.example.com/desk dana")
def revoke(call: Call, url: Url, login: Login) -> None:
    """Let a person in no more and end their sessions; what they wrote stays."""
    keeping.revoke(url, login, _password(call, url))
    _tell(call, f"{login} may not use the hub any more.", {})


def _password(call: Call, url: str) -> Callable[[], str] | None:
    """Asks at the terminal, or reads a line of stdin; a file needs none."""
    address = parsed(url)
    if address.path:
        return None

    def ask() -> str:
        if call.out.asks:
            return getpass.getpass(f"Password of {address.login or 'the keeper'}: ")
        return sys.stdin.readline().rstrip("\r\n")

    return ask


def _tell(call: Call, done: str, more: dict[str, str]) -> None:
    if call.out.json:
        call.out.data({"done": done, **more})
    else:
        call.out.say(done)


def _say(call: Call, proof: Proof) -> None:
    rights = f", {proof.rights} rights" if proof.rights else ""
    call.out.say(
        f"Looked at {proof.lines} lines, {proof.tickets} tickets, {proof.files} whole files{rights}"
        f" in {proof.seconds:.1f} s."
    )
    people = ", ".join(f"{role} {count}" for role, count in sorted(proof.people.items()))
    call.out.say(f"People: {people or 'nobody yet'}.")
    if proof.unread:
        call.out.say(f"{proof.unread} tickets hold acts of a newer Tierline: not compared.")
    if proof.awaited:
        call.out.say("Files that a console has yet to send:")
        _list(call, proof.awaited, "attached by")
    _list(call, proof.findings, "last written by")
    count = len(proof.findings)
    call.out.say("All of it holds." if not count else f"{count} findings.")


def _list(call: Call, findings: Sequence[Finding], who: str) -> None:
    for finding in findings[:_MOST]:
        by = f" ({who} {finding.author})" if finding.author else ""
        call.out.say(f"  {finding.about}: {finding.what}{by}")
    if len(findings) > _MOST:
        call.out.say(f"  … and {len(findings) - _MOST} more: --json tells them all.")

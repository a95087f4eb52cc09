"""`tierline hub …`: what the keeper of a shared desk does. Passwords are asked for, never given."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tierline.app.hubs import this_console
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import hub as group
from tierline.cli.registry import REFUSED, command
from tierline.cli.words import counted
from tierline.storage.identifiers import new_id
from tierline.sync.hubs import keeping
from tierline.sync.hubs.address import parsed
from tierline.sync.hubs.persons import Notice, Told
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
    """Make a hub in a database or, for one machine, in a file.

    The database is there already and empty.
    """
    hub_id = keeping.create(url, _password(call, url), login=call.options.me)
    done = f"Made a hub at {parsed(url).text}."
    _tell(call, done, {"hub_id": hub_id})
    if not call.out.json:
        call.out.say(
            f"Let people in: tierline hub grant {parsed(url).text} LOGIN --role technician"
        )


@command(group, "upgrade", "tierline hub upgrade postgresql://postgres@db.example.com/desk")
def upgrade(call: Call, url: Url) -> None:
    """Bring a hub up to date; consoles go on working."""
    keeping.upgrade(url, _password(call, url))
    _tell(call, f"The hub {parsed(url).text} is up to date.", {})


@command(group, "verify", "tierline hub verify postgresql://postgres@db.example.com/desk")
def verify(call: Call, url: Url) -> None:
    """Prove a hub's rights, log, files and tickets.

    Every ticket is compared with what its history says, every file with its hash.
    """
    proof = keeping.verify(url, _password(call, url))
    if call.out.json:
        call.out.data(msgspec.to_builtins(proof))
    else:
        _say(call, proof)
    if proof.findings:
        raise typer.Exit(REFUSED)


@command(
    group,
    "backup",
    "tierline hub backup sqlite:////srv/desk/hub.sqlite /mnt/backup/desk-2026-11-05.sqlite",
)
def backup(
    call: Call,
    url: Url,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; there is none yet.")],
) -> None:
    """Back up a hub in a file, while it is in use.

    The copy is proven, and the lines in it are marked as safe.
    """
    _say_safe(call, keeping.backup(url, file.absolute()), f"Backed up to {file}.")


@command(
    group,
    "safe",
    "tierline hub safe postgresql://postgres@db.example.com/desk "
    "postgresql://postgres@db.example.com/desk_copy",
)
def safe(
    call: Call,
    url: Url,
    copy: Annotated[str, typer.Argument(metavar="COPY", help="Where a backup was put back.")],
) -> None:
    """Prove a backup, and mark the lines in it as safe.

    The backup is put back into a database of its own before. Only safe lines are ever archived.
    """
    proof = keeping.safe(url, copy, _password(call, url), _password(call, copy))
    _say_safe(call, proof, f"The backup {parsed(copy).text} holds.")


@command(
    group, "archive", "tierline hub archive postgresql://postgres@db.example.com/desk --days 365"
)
def archive(
    call: Call,
    url: Url,
    days: Annotated[
        int, typer.Option("--days", metavar="DAYS", min=30, help="Lines older than that.")
    ] = 365,
) -> None:
    """Move old safe lines out of the way.

    Histories stay complete and proven. A console that was away fetches the tickets whole.
    """
    done = keeping.archive(url, days, _password(call, url))
    moved = counted(done.moved, "line")
    _tell(call, f"Moved {moved}; the log begins with line {done.first}.", done._asdict())
    if done.waiting and not call.out.json:
        are = "is" if done.waiting == 1 else "are"
        call.out.say(f"{done.waiting} more {are} old enough and on no proven backup yet.")
        call.out.say("Once one is put back: tierline hub safe URL COPY")


@command(
    group,
    "grant",
    "tierline hub grant postgresql://postgres@db.example.com/desk dana --role lead",
    "tierline hub grant postgresql://postgres@db.example.com/desk mira "
    '--name "Mira Okonedo" --tier 2 --skills vpn,printers',
)
def grant(
    call: Call,
    url: Url,
    login: Login,
    role: Annotated[
        str,
        typer.Option(
            "--role",
            metavar="ROLE",
            help=f"One of: {', '.join(ROLES)}; the one they have, if not said, or technician.",
        ),
    ] = "",
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="As the others see them.")
    ] = "",
    tier: Annotated[
        int | None, typer.Option("--tier", metavar="LINE", min=1, help="Their line.")
    ] = None,
    skills: Annotated[
        str, typer.Option("--skills", metavar="WORD,WORD", help="What they are good at.")
    ] = "",
) -> None:
    """Let a person in, or give them another role. A new login's password is shown once.

    Everybody sees their name, line and role; what is not said stays as it was.
    """
    known = next((each for each in ("", *ROLES) if each == role), None)
    if known is None:
        raise RefusedError(f'There is no role "{role}".', f"One of: {', '.join(ROLES)}.", "role")
    words = tuple(word.strip() for word in skills.split(",") if word.strip())
    told = Told(name=name.strip() or None, tier=tier, skills=words or None)
    secret = keeping.grant(url, login, known, _password(call, url), _notice(call, told))
    as_what = f" as {role}" if role else ""
    _tell(call, f"{login} may use the hub{as_what}.", {"password": secret} if secret else {})
    if not call.out.json:
        _say_password(call, secret)


@command(group, "password", "tierline hub password postgresql://postgres@db.example.com/desk dana")
def password(call: Call, url: Url, login: Login) -> None:
    """Give a person who lost theirs a new password."""
    secret = keeping.renew(url, login, _password(call, url))
    _tell(call, f"{login} has a new password; the one before is void.", {"password": secret})
    if not call.out.json:
        _say_password(call, secret)


@command(group, "revoke", "tierline hub revoke postgresql://postgres@db.example.com/desk dana")
def revoke(call: Call, url: Url, login: Login) -> None:
    """Let a person in no more; what they wrote stays, under their name.

    Their sessions end.
    """
    keeping.revoke(url, login, _password(call, url), _notice(call))
    _tell(call, f"{login} may not use the hub any more.", {})


def _notice(call: Call, told: Told | None = None) -> Notice:
    """From a console of its own: a line of the log has one."""
    return Notice(this_console(new_id()), call.options.me, told or Told())


def _password(call: Call, url: str) -> Callable[[], str] | None:
    """Asks at the terminal, or reads a line of stdin; a file needs none."""
    address = parsed(url)
    if address.path:
        return None

    def ask() -> str:
        if call.out.asks:
            who = address.login or "the keeper"
            return getpass.getpass(f"Password of {who} for {address.database}: ")
        return sys.stdin.readline().rstrip("\r\n")

    return ask


def _say_password(call: Call, secret: str) -> None:
    if secret:
        call.out.say(f"Password: {secret}")
        call.out.say("It is shown this once: hand it over, it cannot be asked for again.")


def _tell(call: Call, done: str, more: Mapping[str, object]) -> None:
    if call.out.json:
        call.out.data({"done": done, **more})
    else:
        call.out.say(done)


def _say(call: Call, proof: Proof) -> None:
    looked = [
        counted(proof.lines, "line"),
        counted(proof.tickets, "ticket"),
        counted(proof.files, "whole file"),
        *([counted(proof.rights, "right")] if proof.rights else []),
    ]
    call.out.say(f"Looked at {', '.join(looked)} in {proof.seconds:.1f} s.")
    people = ", ".join(f"{role} {count}" for role, count in sorted(proof.people.items()))
    call.out.say(f"People: {people or 'nobody yet'}.")
    if proof.unread:
        hold = "holds" if proof.unread == 1 else "hold"
        unread = counted(proof.unread, "ticket")
        call.out.say(f"{unread} {hold} acts of a newer Tierline: not compared.")
    if proof.awaited:
        call.out.say("Files that a console has yet to send:")
        _list(call, proof.awaited, "attached by")
    _list(call, proof.findings, "last written by")
    count = len(proof.findings)
    call.out.say("All of it holds." if not count else f"{counted(count, 'finding')}.")


def _say_safe(call: Call, proof: Proof, done: str) -> None:
    _tell(call, done, msgspec.to_builtins(proof))
    if not call.out.json:
        call.out.say(f"Lines up to {proof.seq} are safe: {counted(proof.lines, 'line')}, proven.")
        files = [each for each in proof.findings if each.part == "file"]
        if files:
            call.out.say("Files that lack in it:")
            _list(call, files, "attached by")


def _list(call: Call, findings: Sequence[Finding], who: str) -> None:
    for finding in findings[:_MOST]:
        by = f" ({who} {finding.author})" if finding.author else ""
        call.out.say(f"  {finding.about}: {finding.what}{by}")
    if len(findings) > _MOST:
        call.out.say(f"  … and {len(findings) - _MOST} more: --json tells them all.")

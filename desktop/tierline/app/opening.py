"""Open a desk: its file, its policies and who sits at it. Without Qt, for commands and console."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from tierline.app.standing import take_place
from tierline.desk.desk import Desk
from tierline.domain.errors import WorldError
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_check import load
from tierline.domain.tongue import tr
from tierline.storage.records import PolicyText
from tierline.storage.replica import Kind, Replica
from tierline.system import assets

POLICIES = "policies"
_DEFAULT, _ME = "policy", "me"  # kept with the desk, since they belong to it


def open_desk(
    folder: Path,
    clock: Callable[[], datetime],
    *,
    me: str = "",
    usual: str = "",
    kind: Kind | None = None,
    default_policy: str = "",
) -> Desk:
    """The desk in `folder`, made if there is none. `clock` gives aware UTC.

    `me` is a person's id or name and `usual` who it is unless said (see `who`); `kind` is what
    must be found there. A `default_policy` becomes the desk's. On a desk that is joined to a hub
    one is the hub's login, and the time is the hub's.

    Raises:
        WorldError: the file or a policy of the desk cannot be used; nothing was changed.
    """
    replica = Replica.open(folder, clock(), kind=kind)
    try:
        book = load_book(folder, default_policy or replica.meta(_DEFAULT))
        if default_policy:
            _check_known(default_policy, book)
            if replica.meta(_DEFAULT) != default_policy:
                replica.set_meta(_DEFAULT, default_policy)
        return take_place(Desk(replica, book, who(replica, me, usual), clock))
    except BaseException:
        replica.close()
        raise


def load_book(folder: Path | None = None, default: str = "") -> PolicyBook:
    """The policies that ship with the program, and those of the desk in `folder`.

    A policy of the desk replaces the shipped one of its name. One that is broken is refused as a
    whole desk: leaving it out would silently run its tickets under other promises.

    Raises:
        PolicyError: a file is no policy; it names the file, key, value, and what would be right.
        WorldError: a file cannot be read, or two files of the desk have the same policy.
    """
    own: dict[str, Path] = {}
    found: dict[str, Policy] = {}
    for path in sorted((folder / POLICIES).glob("*.toml")) if folder else ():
        policy = load_policy(path)
        if policy.name in own:
            raise WorldError(
                tr(
                    '{name} and {name2} are both the policy "{name3}".',
                    name=path.name,
                    name2=own[policy.name].name,
                    name3=policy.name,
                ),
                safe=tr("Nothing was changed."),
                todo=tr("Rename one of them, or move it out of {parent}.", parent=path.parent),
            )
        own[policy.name] = path
        found[policy.name] = policy
    return PolicyBook(_Shelf(found), default)


def load_policy(path: Path) -> Policy:
    """The policy of a file.

    Raises:
        PolicyError: it is no policy.
        WorldError: it cannot be read.
    """
    return Policy(load(_text(path), path.name))


def policy_entry(path: Path) -> PolicyText:
    """The policy of a file as a shared desk keeps it; raises as `load_policy`."""
    text = _text(path)
    file = load(text, path.name)
    return PolicyText(name=file.name, text=text, effective=file.effective.isoformat())


def own_policies(folder: Path) -> tuple[PolicyText, ...]:
    """The policies of the desk in `folder` alone; raises as `load_policy`."""
    return tuple(map(policy_entry, sorted((folder / POLICIES).glob("*.toml"))))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as failure:
        raise WorldError(
            tr("{path} is not text in UTF-8 (byte {what}).", path=path, what=failure.start + 1),
            safe=tr("The policies in use stay as they are."),
            todo=tr("Save it as UTF-8, then check it again."),
        ) from failure
    except OSError as failure:
        raise WorldError(
            tr(
                "The policy {path} cannot be read ({strerror}).",
                path=path,
                strerror=failure.strerror,
            ),
            safe=tr("The policies in use stay as they are."),
            todo=tr("Check the name and that the file is yours to read."),
        ) from failure


def who(replica: Replica, asked: str = "", usual: str = "") -> str:
    """The id of who sits here: as asked (an id or a name), else the demo's, else the usual one.

    A `usual` of "" is the machine's user.
    """
    wanted = asked.strip()
    if not wanted and replica.kind == "demo":
        return replica.meta(_ME) or _first_technician(replica)
    wanted = wanted or usual.strip() or os_user()
    known = replica.directory.person(wanted)
    return known.id if known else wanted


def os_user() -> str:
    """The name under which this person is logged in to the machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without that user, or without names
        return "me"


class _Shelf(Mapping[str, Policy]):
    """The desk's own policies, and those that ship with the program, read when first asked for.

    The latter are known by their files' names and are proved sound by our own tests, so that a
    command need not read all of them.
    """

    def __init__(self, own: Mapping[str, Policy]) -> None:
        self._own = own
        self._names = tuple(dict.fromkeys((*_shipped(), *own)))

    def __getitem__(self, name: str) -> Policy:
        if name in self._own:
            return self._own[name]
        return _read(_shipped()[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def _shipped() -> Mapping[str, Path]:
    return {path.stem: path for path in sorted(assets.path(POLICIES).glob("*.toml"))}


@cache
def _read(path: Path) -> Policy:
    """A policy that ships with the program; it does not change while it runs."""
    return load_policy(path)


def _first_technician(replica: Replica) -> str:
    people = [each for each in replica.directory.people() if each.owner == "us"]
    at_desk = [each for each in people if each.tier == 1 and each.present] or people
    return at_desk[0].id if at_desk else os_user()


def _check_known(name: str, book: PolicyBook) -> None:
    if not book.knows(name):
        raise WorldError(
            tr('There is no policy "{name}".', name=name),
            safe=tr("Nothing was changed."),
            todo=tr("One of: {names}.", names=", ".join(book.names())),
        )

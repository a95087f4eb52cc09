"""Passwords of hub logins, in the keyring of the operating system and nowhere else.

`keyring` is loaded on first use. A keyring may ask its owner something and wait for ever, so every
call has a time limit and belongs off the window's thread. Where there is no keyring to trust, or it
does not answer, the person is asked each time: a password is never written to a file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, Protocol

from tierline.system.patience import TooLateError, within

SERVICE = "Tierline"
PATIENCE = 20.0  # seconds: time enough to type the password of a locked keyring
# Those that keep secrets encrypted by the system; others (plain files) come with add-ons.
TRUSTED = frozenset({"SecretService", "libsecret", "kwallet", "macOS", "Windows"})
_ASKED = "the password is asked for each time"
_log = logging.getLogger(__name__)


class Secret:
    """A text that no log, traceback or file shows by accident; `reveal` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep the text in memory."""
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one call that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


class Backend(Protocol):
    """What is asked of a keyring; those of the package `keyring` are such."""

    def get_password(self, service: str, username: str) -> str | None:
        """The password, None when there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


class Kept(NamedTuple):
    """What the keyring said: the secret if it has one, and why it cannot be used, "" when it can.

    `trouble` is the middle of a sentence: "no keyring runs here".
    """

    secret: Secret | None = None
    trouble: str = ""


class Keyring:
    """The passwords of this person, by account ("ravi@db.example.org/desk").

    Nothing here raises: a keyring that fails is one that is not used. One that did not answer in
    time is not asked again by this program, since it is still waiting for somebody.
    """

    def __init__(
        self, patience: float = PATIENCE, find: Callable[[], Backend | None] | None = None
    ) -> None:
        """`patience` in seconds; `find` lets tests bring a keyring of theirs."""
        self._patience, self._find = patience, find or _system_keyring
        self._stuck = False

    def get(self, account: str) -> Kept:
        """The password of an account."""

        def ask(backend: Backend) -> Kept:
            text = backend.get_password(SERVICE, account)
            return Kept(Secret(text) if text is not None else None)

        return self._ask(ask)

    def put(self, account: str, secret: Secret) -> Kept:
        """Keep a password; `trouble` says why it was not."""

        def keep(backend: Backend) -> Kept:
            backend.set_password(SERVICE, account, secret.reveal())
            return Kept(secret)

        return self._ask(keep)

    def forget(self, account: str) -> Kept:
        """Forget a password that is not accepted any more; fine when there is none."""

        def drop(backend: Backend) -> Kept:
            if backend.get_password(SERVICE, account) is not None:
                backend.delete_password(SERVICE, account)
            return Kept()

        return self._ask(drop)

    def look(self) -> Kept:
        """Whether there is a keyring to trust; it is not unlocked for that."""
        return self._ask(lambda _: Kept())

    def _ask(self, work: Callable[[Backend], Kept]) -> Kept:
        """Do it on a thread that may be left behind: it cannot be told to give up."""
        if self._stuck:
            return Kept(trouble=f"the keyring did not answer, so {_ASKED}")
        try:
            return within(self._patience, lambda: self._safely(work), "keyring")
        except TooLateError:
            self._stuck = True
            _log.info("the keyring did not answer within %g s", self._patience)
            return Kept(trouble=f"the keyring did not answer, so {_ASKED}")

    def _safely(self, work: Callable[[Backend], Kept]) -> Kept:
        try:
            backend = self._find()
            if backend is None:
                return Kept(trouble=f"there is no keyring to trust here, so {_ASKED}")
            return work(backend)
        except Exception as failure:  # noqa: BLE001 - back ends raise whatever their system does
            # Its words may quote what it was given: only its kind is told.
            _log.info("the keyring failed (%s)", type(failure).__name__)
            return Kept(trouble=f"the keyring refused ({type(failure).__name__}), so {_ASKED}")


def _system_keyring() -> Backend | None:
    """The best keyring of this system that is to be trusted, None for none."""
    import keyring  # noqa: PLC0415 - a tenth of a second that only a joined desk needs

    chosen: Any = keyring.get_keyring()
    found: list[Any] = list(getattr(chosen, "backends", [chosen]))
    trusted = [each for each in found if _trusted(type(each).__module__)]
    return max(trusted, key=lambda each: each.priority, default=None)


def _trusted(module: str) -> bool:
    package, _, name = module.rpartition(".")
    return package == "keyring.backends" and name in TRUSTED

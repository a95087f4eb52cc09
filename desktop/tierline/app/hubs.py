"""How this desk gets to its hub: the address, the login's password, the session."""

from __future__ import annotations

import platform
from collections.abc import Callable

from msgspec.structs import replace

from tierline.domain.tongue import tr
from tierline.sync.errors import PasswordError
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs.address import Address, parsed
from tierline.sync.hubs.opening import open_hub, signed
from tierline.system.secrets import Keyring, Secret
from tierline.system.version import running

Opening = Callable[..., Hub]
"""As `open_hub`."""
_WHO = tr("Type the password of {} once more, or ask the hub's admin for a new one.")


def this_console(console_id: str = "") -> Console:
    """How this program introduces itself to a hub."""
    return Console(console_id=console_id, version=running(), name=platform.node())


def account(address: Address) -> str:
    """Under which name the keyring has the password: "ravi@db.example.org:5432/desk"."""
    hosts = ",".join(f"{name}:{port}" for name, port in address.hosts)
    return f"{address.login}@{hosts}/{address.database}"


def whole(url: str, login: str = "") -> Address:
    """The address with a login in it; the one that is said beside it counts.

    Raises:
        WrongHubError: it is no address of a hub, or has a password in it.
    """
    address = parsed(url)
    return signed(replace(address, login=login) if login else address)


class Door:
    """Opens sessions with one hub; for the sync's thread.

    The password is the one that was given, else the keyring's, else none: a server may need none.
    One that let us in is put in the keyring, if that was wished. `wants_password` tells that
    another one would help, `keyring_trouble` why the keyring cannot keep it.
    """

    def __init__(
        self, address: Address, keyring: Keyring | None = None, opening: Opening | None = None
    ) -> None:
        """Nothing is opened or asked yet. `opening` lets tests bring a hub of theirs."""
        self._address, self._keyring = address, keyring or Keyring()
        self._opening = opening or open_hub
        self._given: Secret | None = None
        self._keep = False
        self.wants_password = False
        self.keyring_trouble = ""

    def give(self, secret: Secret, *, keep: bool) -> None:
        """Use this password from now on; from any thread."""
        self._given, self._keep = secret, keep

    def open(self) -> Hub:
        """A session.

        Raises:
            HubDownError, HubError: as `open_hub`; `PasswordError` says what to do here.
        """
        try:
            address = self._address
            hub = self._opening(address.text, self._password, login=address.login)
        except PasswordError as refused:
            self.wants_password = True
            raise self._refused(refused) from None
        self.wants_password = False
        self._keep_given()
        return hub

    def _password(self) -> str:
        if self._given is None and not self._address.path:
            kept = self._keyring.get(account(self._address))
            self.keyring_trouble = kept.trouble
            self._given = kept.secret
        return self._given.reveal() if self._given is not None else ""

    def _refused(self, refused: PasswordError) -> PasswordError:
        had, self._given = self._given, None
        login = self._address.login
        if had:
            return PasswordError(refused.what, safe=refused.safe, todo=_WHO.format(login))
        what = tr("The password of {login} is needed to reach the hub.", login=login)
        return PasswordError(what, safe=refused.safe, todo=tr("Type it when it is asked for."))

    def _keep_given(self) -> None:
        if self._keep and self._given is not None:
            self._keep = False
            self.keyring_trouble = self._keyring.put(account(self._address), self._given).trouble

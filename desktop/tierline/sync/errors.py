"""What can be wrong with a hub, in two families: it is away for now, or it will stay wrong."""

from __future__ import annotations

from tierline.domain.errors import WorldError


class HubDownError(WorldError):
    """The hub did not answer or the connection broke: try again later, nothing is lost."""


class HubError(WorldError):
    """The hub answered and will answer so again: a person has to do something."""


class WrongHubError(HubError):
    """Not the hub this desk is joined to, or no hub at all."""


class NoEntryError(HubError):
    """The login, the password or the certificate was not accepted."""


class PasswordError(NoEntryError):
    """There was no password, or it is not the login's."""


class NewerHubError(HubError):
    """The hub's format is of a newer major version than this program."""

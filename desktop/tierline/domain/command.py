"""What every command is: an imperative that `decide` answers."""

from __future__ import annotations

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every command; the class name is the kind of the operation it causes."""

    @property
    def kind(self) -> str:
        """The operation's kind as the journal stores it."""
        return type(self).__name__.lower()

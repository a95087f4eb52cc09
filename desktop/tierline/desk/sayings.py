"""What a line of the timeline is made of, and how lengths of time are said in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tierline.domain.policy import Policy


class Words(NamedTuple):
    """What turns keys and ids into words."""

    policy: Policy
    name: Callable[[str], str]
    first: Callable[[str], str]

    def role(self, key: str) -> str:
        """What the policy calls a role."""
        return self.policy.file.roles.get(key, key).lower()


class Said(NamedTuple):
    """Icon, verb, text and kind of an event."""

    icon: str
    verb: str
    text: str = ""
    kind: str = "change"


def spoken(seconds: int) -> str:
    """A length as `h:mm:ss`, or `m:ss` under an hour."""
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"

"""Ids that no other console makes."""

from __future__ import annotations

import uuid_utils


def new_id() -> str:
    """A UUIDv7: unique across consoles, ordered by time."""
    return str(uuid_utils.uuid7())

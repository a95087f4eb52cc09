"""Who may do what on a hub. On PostgreSQL the database itself holds the same table."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tierline.domain.log import DIRECTORY, FORMAT, Offer

Role = Literal["", "bi", "wallboard", "technician", "lead", "admin"]
ROLES: tuple[Role, ...] = ("technician", "lead", "admin", "wallboard", "bi")
_RANK: dict[str, int] = {"technician": 1, "lead": 2, "admin": 3}
# Kinds that need more than a technician's rights.
KIND_RIGHTS: dict[str, Role] = {
    "restrict": "lead",
    "import": "lead",
    "import-again": "lead",
    "infer": "lead",
    "client": "lead",
    "template": "lead",
    "policy": "admin",
    "person": "admin",
}
HANDED_OVER = frozenset({"time"})  # events that may be another person's: a timer handed over
LONGEST_ID, LONGEST_NAME = 200, 2000  # bytes, as an index of PostgreSQL holds them
MISNAMED = "It goes by the name of something else."
RESTRICTED = "Only leads work on this ticket."
_decode = msgspec.json.Decoder().decode


def may_write(role: str) -> bool:
    """Whether a role offers acts at all."""
    return role in _RANK


def hides(role: str) -> bool:
    """Whether restricted tickets are hidden from a role."""
    return _RANK.get(role, 0) < _RANK["lead"]


def refusal(login: str, role: Role, offer: Offer, *, restricted: bool, own: bool = False) -> str:
    """Why the hub does not take an act, "" when it does.

    `restricted` is how its ticket stands; `own` says that it is its author's own entry.
    """
    if restricted and hides(role):
        return RESTRICTED
    needed = KIND_RIGHTS.get("restrict" if offer.restricted != restricted else offer.kind, "")
    needed = max(needed, KIND_RIGHTS.get(offer.kind, ""), key=lambda each: _RANK.get(each, 0))
    if not own and _RANK[role] < _RANK.get(needed, 0):
        return f'"{offer.kind}" needs the role {needed}; {login} is {role}.'
    return _unreadable(offer) or _misnamed(offer) or _forged(login, role, offer)


def _unreadable(offer: Offer) -> str:
    """What no console could read, or no index could hold, must not become a line."""
    if len(offer.op_id.encode()) > LONGEST_ID or len(offer.ticket_id.encode()) > LONGEST_NAME:
        return "Its name is too long."
    try:
        payload = _decode(offer.payload)
        row = _decode(offer.row) if offer.row else {}
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "Its content is no JSON."
    if not isinstance(row, dict):
        return "Its content is not a ticket's."
    listed = isinstance(payload, list) and all(isinstance(each, dict) for each in payload)
    if offer.kind not in DIRECTORY and offer.v <= FORMAT and not listed:
        return "Its content is not a ticket's."
    return ""


def _misnamed(offer: Offer) -> str:
    """An entry must not pass for one of another kind, nor for a ticket; nor a ticket for one."""
    named, slash, _ = offer.ticket_id.partition("/")
    said = named if slash and named in DIRECTORY else ""
    return "" if said == (offer.kind if offer.kind in DIRECTORY else "") else MISNAMED


def _forged(login: str, role: Role, offer: Offer) -> str:
    """Events are signed by the login that offers them.

    A lead vouches for those of others: what was done before a desk was shared, an import. The
    line's author says who did.
    """
    payload: Any = _decode(offer.payload)
    if not hides(role) or not isinstance(payload, list):
        return ""
    for event in payload:
        if not isinstance(event, dict) or event.get("kind") in HANDED_OVER:
            continue
        if (by := event.get("by", "")) not in {"", login}:
            return f"It is signed by {by}, and came from {login}."
    return ""

"""Names the program itself gives meaning to, and that every policy may therefore use."""

from __future__ import annotations

PRIORITIES = ("P1", "P2", "P3", "P4")
PHASE_ICONS = {
    "new": "circle-dot",
    "active": "play",
    "waiting": "pause",
    "resolved": "check",
    "closed": "check-check",
    "cancelled": "user-round-x",
}
PHASES = tuple(PHASE_ICONS)
OWN_FIELDS = ("subject", "description", "client", "contact", "contact_reach", "category")

LETTERS = {
    "R": "Response",
    "U": "Update",
    "F": "Fix",
    "L": "Line limit",
    "A": "Allocate",
    "C": "Call",
    "X": "Access off",
}

_ICON_NAMES = """
phone mail globe message-square activity monitor
circle-dot play map-pin pause check check-check user-round user-round-x calendar-days truck
users-round building-2 phone-call
"""
ICONS = frozenset(_ICON_NAMES.split())

_IN_TEMPLATES = """
number subject client contact assignee us priority tier status steps reason due days link
question answers
"""
PLACEHOLDERS = frozenset(_IN_TEMPLATES.split())

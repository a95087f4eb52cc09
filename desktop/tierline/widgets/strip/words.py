"""What a warning says, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from tierline.desk.rows import clock_sentence
from tierline.desk.warnings import Card
from tierline.desk.wording import priority_name
from tierline.domain.tongue import tr
from tierline.widgets.ticket.prose import label, plain

_ACTIONS = {
    "take": tr("Take"),
    "message": tr("Message"),
    "escalate": tr("Escalate"),
    "open": tr("Open"),
}
_ACTIONS["answer"] = tr("Answer")
ANSWERS = (("resolve", tr("Resolve")), ("escalate", tr("Escalate")), ("stay", tr("Stay…")))


class Names:
    """Who people are: first names by id, and which of them is me; the zone of times of day."""

    def __init__(
        self,
        first: Callable[[str], str] | None = None,
        me: str = "",
        zone: tzinfo = UTC,
    ) -> None:
        """Without a directory an id is a name."""
        self._first, self.me, self._zone = first, me, zone

    def first(self, person: str) -> str:
        """What that person is called."""
        return plain(self._first(person) if self._first else person.capitalize())[:40]

    def time(self, at: datetime) -> str:
        """The time of day, "10:50"."""
        return f"{at.astimezone(self._zone):%H:%M}"


def action_word(card: Card, names: Names) -> str:
    """The card's one action: "Take", "Ask Priya"."""
    if card.action == "ask":
        return label(tr("Ask {first}", first=names.first(card.assignee)))
    return _ACTIONS.get(card.action, tr("Open"))


def whose(card: Card, names: Names) -> str:
    """The client and who holds it: "Pellow & Voss Legal, yours"."""
    holder = "yours" if card.assignee == names.me else names.first(card.assignee)
    return f"{card.client}, {holder}" if card.assignee else card.client


def answered(card: Card, names: Names) -> str:
    """What somebody answered: "snoozed until 10:50 by Mira: …", or who has seen it."""
    if card.snoozed_until is not None:
        who, until = names.first(card.snoozed_by), names.time(card.snoozed_until)
        why = f": {plain(card.snooze_reason)}" if card.snooze_reason else ""
        return tr("snoozed until {until} by {who}{why}", until=until, who=who, why=why)
    return tr("seen by {first}", first=names.first(card.acknowledged)) if card.acknowledged else ""


def spoken(card: Card, names: Names, now: float) -> str:
    """The card for a screen reader; `now` in seconds since the Unix epoch."""
    clock = clock_sentence(card.countdown, now)
    off = card.snoozed_until is not None
    seen = [answered(card, names)] if off else ["acknowledged"] if card.acknowledged else []
    asked = [tr("a rule asks: {prompt}", prompt=card.prompt)] if card.prompt else []
    parts = [priority_name(card.priority), card.number, clock, whose(card, names), *asked, *seen]
    return plain(", ".join(part for part in parts if part))


def key(card: Card) -> tuple[str, str, str]:
    """What makes it the same warning: ticket, clock and threshold."""
    return (card.ticket_id, card.clock, card.level)

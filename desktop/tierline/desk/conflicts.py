"""What a conflict says to the people it concerns: two sides, which one stands, the ways out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.conflict_answers import Answer, answers
from tierline.desk.conflict_effects import effects
from tierline.desk.conflict_words import value_word, what_word
from tierline.desk.people import People
from tierline.desk.restricting import leads
from tierline.desk.sayings import Words
from tierline.desk.when import when
from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr

__all__ = ["Answer", "ConflictWords", "Conflicts", "Side"]
LEAD_AFTER = timedelta(hours=24)
_APART = timedelta(minutes=1)  # what a desk in touch sees sooner
_LONGEST = 60


class Side(NamedTuple):
    """One person's value. `when` is "10:02, offline", `effect` what it does to a deadline.

    `priority` is shown by its chip; else `value` is the word or the text itself. `text` is why.
    """

    who: str
    when: str
    value: str
    text: str = ""
    effect: str = ""
    priority: int = 0
    kept: bool = False


class ConflictWords(NamedTuple):
    """A conflict ready to be shown. A `grave` one is a card, another a line with one button.

    `line` says all of it in a sentence: "Dana’s “Network” stands, yours was “Printer”.". `mine`
    is whether it is for this person to answer: the holder, the two, after a day whoever leads.
    `known` says since when nothing more is known of the others, "" while in touch.
    """

    key: str
    title: str
    was: str
    sides: tuple[Side, ...]
    answers: tuple[Answer, ...]
    line: str = ""
    grave: bool = True
    mine: bool = False
    known: str = ""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Puts the conflicts of a ticket into words for `me`; times of day are in `zone`."""

    people: People
    me: str
    zone: ZoneInfo

    def of(
        self, ticket: Ticket, policy: Policy, now: datetime, known: str = ""
    ) -> tuple[ConflictWords, ...]:
        """Those nobody has answered as of `now` (aware), grave ones first."""
        words = Words(policy, self.people.name, self.people.first)
        found = sorted(ticket.conflicts, key=lambda each: not each.grave)
        told = (self._words(each, ticket, words, now) for each in found)
        return tuple(each._replace(known=known) for each in told)

    def concerns(self, conflict: ev.Conflicted, ticket: Ticket, now: datetime) -> bool:
        """Whether it is in my inbox."""
        if self.me in (ticket.assignee, conflict.kept_by, conflict.lost_by):
            return True
        return leads(self.people, self.me) and now - conflict.at >= LEAD_AFTER

    def _words(
        self, conflict: ev.Conflicted, ticket: Ticket, words: Words, now: datetime
    ) -> ConflictWords:
        lost = self._side(conflict, ticket, words, now, kept=False)
        kept = self._side(conflict, ticket, words, now, kept=True)
        return ConflictWords(
            key=conflict.key,
            title=self._title(conflict, words),
            was=_was(conflict, words),
            sides=(lost, kept),
            answers=answers(conflict, ticket, words, self.me),
            line=self._line(conflict, words, lost, kept),
            grave=conflict.grave,
            mine=self.concerns(conflict, ticket, now),
        )

    def _title(self, conflict: ev.Conflicted, words: Words) -> str:
        if conflict.what == "undo":
            return tr("Taken back too late")
        if conflict.what == "owner":
            both = conflict.kept and conflict.lost
            return (
                tr("Two people took it") if both else tr("It was taken, and went to another line")
            )
        what = what_word(words.policy, conflict.what)
        if not (conflict.kept_by and conflict.lost_by):
            return tr("A person and a rule changed the {what}", what=what)
        if conflict.kept_by == conflict.lost_by:
            who = tr("You") if conflict.kept_by == self.me else words.name(conflict.kept_by)
            return tr("{who} changed the {what} on two desks", who=who, what=what)
        return tr("Two people changed the {what}", what=what)

    def _side(
        self, conflict: ev.Conflicted, ticket: Ticket, words: Words, now: datetime, *, kept: bool
    ) -> Side:
        value = conflict.kept if kept else conflict.lost
        by, at = (
            (conflict.kept_by, conflict.kept_at) if kept else (conflict.lost_by, conflict.lost_at)
        )
        late = (by, at) == (conflict.by, conflict.at)
        away = late and abs(conflict.kept_at - conflict.lost_at) > _APART
        return Side(
            who=self._who(by, words),
            when=f"{when(at, now, self.zone)}{', offline' * away}",
            value=_value(ticket, words, conflict.what, value),
            text=_why(ticket, conflict) if kept else _said(conflict),
            effect=effects(ticket, words.policy, conflict, now, self.zone)[kept],
            priority=int(value) if conflict.what == "priority" else 0,
            kept=kept,
        )

    def _who(self, by: str, words: Words) -> str:
        if not by:
            return "A rule"
        return tr("You") if by == self.me else words.name(by)

    def _line(self, conflict: ev.Conflicted, words: Words, lost: Side, kept: Side) -> str:
        if conflict.what == "undo":
            return tr(
                "{who} had gone on from it: what {subject} took back stays.",
                who=kept.who,
                subject=_subject(lost.who),
            )
        if conflict.what == "owner":
            assists = (
                tr("you assist")
                if lost.who == tr("You")
                else tr("{value} assists", value=lost.value)
            )
            return tr("{value} has it, {assists}.", value=kept.value, assists=assists)
        what = what_word(words.policy, conflict.what).capitalize()
        stands, other = (f"{_possessive(s.who)} {_quoted(s.value)}" for s in (kept, lost))
        return tr(
            "{what}: {stands} stands, {other} is kept.", what=what, stands=stands, other=other
        )


def _value(ticket: Ticket, words: Words, what: str, value: str) -> str:
    if what == "owner" and not value:
        return words.policy.tier_word(ticket.tier)
    return value_word(words, what, value)


def _was(conflict: ev.Conflicted, words: Words) -> str:
    if conflict.what in ("description", "undo") or not conflict.was:
        return ""
    value = value_word(words, conflict.what, conflict.was)
    return (
        tr("{value} held it", value=value)
        if conflict.what == "owner"
        else tr("it was {value}", value=value)
    )


def _said(conflict: ev.Conflicted) -> str:
    """Why the lost side did it, in its own words."""
    texts = (getattr(e, name, "") for e in conflict.events for name in ("steps", "reason"))
    return next((text for text in texts if text), "")


def _why(ticket: Ticket, conflict: ev.Conflicted) -> str:
    """Why what stands was done, as long as it stands."""
    match conflict.what:
        case "priority":
            steps = ticket.priorities
        case "status" if conflict.kept.startswith("tier:"):
            steps = ticket.tiers
        case "status":
            steps = ticket.statuses
        case _:
            return ""
    value = conflict.kept.removeprefix("tier:")
    found = (step.why for step in reversed(steps) if step.value == value)
    return next(found, "")


def _possessive(who: str) -> str:
    return tr("your") if who == tr("You") else f"{who}’s"


def _subject(who: str) -> str:
    return tr("you") if who == tr("You") else who


def _quoted(value: str) -> str:
    short = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
    return f"“{' '.join(short.split())}”"

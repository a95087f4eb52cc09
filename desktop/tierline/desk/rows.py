"""What a queue shows of one ticket: prepared once when it changes, so that painting only draws."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from tierline.desk.timetext import left_text, spoken_span, took_text
from tierline.desk.wording import priority_name
from tierline.domain.countdown import Face, Phase
from tierline.domain.tongue import tr

MARKS = {
    "reply": "The client replied",
    "calendar-clock": "Past its date",
    "cloud-upload": "Not sent yet",
    "git-compare": "Two people changed this",
    "eye": "Someone is reading this",
}
_TOOK = (Phase.MET, Phase.MISSED)


class TickingClock(Protocol):
    """One clock of a row; `domain.countdown.Countdown` is the real one."""

    @property
    def always(self) -> bool:
        """Whether the clock runs around the clock: its days have 24 hours."""

    @property
    def day_seconds(self) -> int:
        """Length of the client's business day in seconds."""

    def face(self, now: float) -> Face:
        """The clock at `now`, seconds since the Unix epoch."""


class QueueRow(NamedTuple):
    """One ticket as the queue shows it. Icons are file names of `resources/icons`, "" for none."""

    id: str
    number: str
    priority: int
    subject: str
    client: str
    channel: str
    arrived: str
    status: str
    status_note: str
    status_icon: str
    tier: int
    tier_word: str
    assignee: str
    mine: bool
    gutter: str = ""
    dim: bool = False
    clocks: tuple[TickingClock, ...] = ()


def clock_text(clock: TickingClock, face: Face) -> str:
    """The figure of a clock: time left, `+` when over, the time it took when met or missed."""
    if face.phase in _TOOK:
        return took_text(face.left, clock.day_seconds, clock.always)
    if face.phase == Phase.OVER:
        return left_text(face.left, clock.day_seconds, clock.always) if face.left else "+00:00"
    return left_text(max(face.left, 0), clock.day_seconds, clock.always)


def clock_sentence(clock: TickingClock, now: float) -> str:
    """One clock in words, "update due in 8 minutes"; `now` in seconds since the Unix epoch."""
    face = clock.face(now)
    span = spoken_span(face.left, clock.day_seconds, clock.always)
    endings = {
        Phase.NONE: tr("has no target"),
        Phase.RUNNING: tr("due in {span}", span=span),
        Phase.SOON: tr("due in {span}", span=span),
        Phase.OVER: tr("over by {span}", span=span),
        Phase.PAUSED: tr("paused with {span} left", span=span),
        Phase.CLOSED: tr("waits for opening at {opens}, {span} left", opens=face.opens, span=span),
        Phase.MET: tr("met in {span}", span=span),
        Phase.MISSED: tr("late, took {span}", span=span),
    }
    return f"{face.word.lower()} {endings[Phase(face.phase)]}"


def row_sentence(row: QueueRow, now: float) -> str:
    """The whole row as one sentence for a screen reader; `now` in seconds since the Unix epoch."""
    parts = [priority_name(row.priority), row.number, row.subject, row.client, row.status.lower()]
    parts += [
        row.status_note,
        MARKS.get(row.gutter, "").lower(),
        tr("{tier} line", tier=row.tier_word),
        row.assignee or "nobody",
    ]
    if row.clocks:
        parts.append(clock_sentence(row.clocks[0], now))
    others = len(row.clocks) - 1
    if others > 0:
        parts.append(
            tr("1 other clock") if others == 1 else tr("{others} other clocks", others=others)
        )
    return ", ".join(part for part in parts if part).replace(" & ", " and ")

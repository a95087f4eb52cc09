"""How it stands with the shared desk, in words: for the band, the status bar and the commands.

Errors say what happened, what is safe, what to do. Nothing here reads a clock or a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.sync.hub import Presence
from tierline.sync.hubs.rights import may_write
from tierline.sync.status import SyncStatus

Tone = Literal["dark", "quiet", "soon"]
BLIP = timedelta(seconds=5)
"""A shorter break is no news: the data on screen is not stale yet, and nothing shall jump."""
SKEW_SECONDS = 2.0
_DRIFT = 1e-4  # how much a cheap clock may stray; seconds a second
KEEP_WORKING = "Keep working."
_BY_ITSELF = ("It is tried again", "Nothing", "Connect again")
ELSEWHERE = "Kept in sync by an open console or agent"
NOT_NOW = "Not connected now"  # what a file alone can tell
CLOCKS_RUN = "Clocks run on this laptop while offline"


class BandWords(NamedTuple):
    """The band under the toolbar: bold words, the rest, and the words of its buttons ("" none)."""

    what: str
    rest: str
    icon: str
    tone: Tone = "dark"
    show: str = ""
    retry: str = ""
    share: float = -1.0

    def __str__(self) -> str:
        """All of it on one line."""
        return f"{self.what} {self.rest}".strip()


class StatusWords(NamedTuple):
    """The status bar's parts, "" for what is not said. `alarm` marks a clock that is far off."""

    link: str
    icon: str
    pending: str
    conflict: str
    attention: str
    last: str
    clock: str
    alarm: bool
    tip: str


def away(status: SyncStatus) -> bool:
    """Whether acts stay on this machine for now, so that each is marked as unsent."""
    return status.link in ("offline", "stopped")


def may_rule(status: SyncStatus) -> bool:
    """Whether the policies' timed rules may act: another console may have acted already."""
    caught_up = status.link == "online" and status.caught_up
    return status.link == "alone" or (caught_up and not only_reads(status))


def only_reads(status: SyncStatus) -> bool:
    """Whether the hub takes no acts of this login, as far as is known: a wallboard's."""
    return bool(status.role) and not may_write(status.role)


def offline(status: SyncStatus, now: datetime) -> bool:
    """Whether the link has been lost for long enough to say so; not before it was tried."""
    return status.link == "offline" and status.since is not None and now - status.since >= BLIP


def band_words(status: SyncStatus, now: datetime, zone: ZoneInfo) -> BandWords | None:
    """What the band says, None when there is nothing to say."""
    if status.link == "joining":
        return _joining(status)
    if status.link == "stopped" or (status.link == "online" and status.what):
        rest = " ".join(part for part in (status.safe, status.todo) if part)
        retry = tr("Try now") if status.link == "stopped" else ""
        show = _show(status.pending) if retry else ""
        return BandWords(status.what, rest, "triangle-alert", "soon", show, retry)
    if not offline(status, now):
        return None
    since = tr(" since {when}", when=when(status.since, now, zone)) if status.since else ""
    rest = f"{KEEP_WORKING} {kept_here(status.pending)}"
    if _needs_a_person(status):
        rest = f"{status.what} {rest} {status.todo}"
    return BandWords(
        tr("Offline{since}.", since=since),
        rest,
        "cloud-off",
        show=_show(status.pending),
        retry=tr("Try now"),
    )


def _needs_a_person(status: SyncStatus) -> bool:
    """Whether there is something to do about a link that is lost: it seldom comes back alone."""
    return bool(status.todo) and not status.todo.startswith(_BY_ITSELF)


def kept_here(pending: int) -> str:
    """Where unsent changes are and what becomes of them."""
    if not pending:
        return tr("What you change is saved on this laptop and goes out by itself.")
    return tr(
        "{changes} are saved on this laptop and go out by themselves.",
        "{changes} is saved on this laptop and goes out by itself.",
        pending,
        changes=changes(pending),
    )


def changes(count: int) -> str:
    """So many changes: "3 changes"."""
    return tr("{figure} changes", "{figure} change", count, figure=figure(count))


def figure(count: int) -> str:
    """A count with thin spaces between thousands."""
    return f"{count:,}".replace(",", "\u202f")


def _show(pending: int) -> str:
    return tr("Show {figure}", figure=figure(pending)) if pending else ""


def hub_word(url: str) -> str:
    """A hub as people say it: "db.example.org/desk", or its file."""
    rest = url.partition("://")[2] or url
    if rest.startswith("/"):
        return (
            rest.removeprefix("/")
            if url.startswith("sqlite")
            else tr("this computer{rest}", rest=rest)
        )
    return rest.partition("?")[0].rpartition("@")[2].replace(":5432", "")


def _joining(status: SyncStatus) -> BandWords:
    where = tr(" at {hub}", hub=hub_word(status.hub)) if status.hub else ""
    what = tr("Joining the desk{where}.", where=where)
    if not status.total:
        return BandWords(what, tr("The first tickets are on their way."), "refresh-cw", "quiet")
    share = min(status.done / status.total, 1.0)
    return BandWords(what, progress_words(status), "refresh-cw", "quiet", share=share)


def progress_words(status: SyncStatus) -> str:
    """How far the first copy is: "1 200 of 40 000 tickets are here; you can work with them."."""
    done, total = figure(status.done), figure(status.total)
    if not status.total:
        return tr("The first tickets are on their way.")
    if not status.done:
        return tr("{total} tickets are on their way.", total=total)
    return tr(
        "{done} of {total} tickets are here; you can work with them already.",
        done=done,
        total=total,
    )


def status_words(status: SyncStatus, now: datetime, zone: ZoneInfo) -> StatusWords:
    """What the status bar says of a desk that is joined to a hub."""
    last = _last(status, now, zone)
    link, icon = _link(status, now)
    return StatusWords(
        link,
        icon,
        tr("{changes} pending", changes=changes(status.pending)),
        conflicts(status.conflicts),
        attention(status.aside),
        last,
        *_clock(status, now),
        _tip(status, now, last),
    )


def _link(status: SyncStatus, now: datetime) -> tuple[str, str]:
    match status.link:
        case "joining":
            return tr("Joining"), "refresh-cw"
        case "stopped":
            return tr("Not connected"), "cloud-off"
        case "offline" if offline(status, now):
            return tr("Offline"), "cloud-off"
        case "offline":
            return tr("Reconnecting") if status.since else tr("Connecting"), "refresh-cw"
        case _:
            sending = status.pending > 0
            return (tr("Sending"), "refresh-cw") if sending else (tr("Online"), "cloud-check")


def conflicts(count: int) -> str:
    """How many tickets have two people's acts that met: "1 conflict"."""
    return "1 conflict" if count == 1 else tr("{count} conflicts", count=count) if count else ""


def attention(count: int) -> str:
    """How many acts the hub refused: "2 need attention"."""
    return (
        tr("1 needs attention")
        if count == 1
        else tr("{count} need attention", count=count)
        if count
        else ""
    )


def unsent(count: int) -> str:
    """On a row and in a ticket's head: "2 unsent"."""
    return tr("{count} unsent", count=count) if count else ""


def as_of(status: SyncStatus, now: datetime, zone: ZoneInfo) -> str:
    """How old the list is: "as of 10:19", "" while it is fresh."""
    untried = status.link == "offline" and status.since is None
    stale = status.link == "stopped" or untried or offline(status, now)
    if not stale or status.last_sync is None:
        return ""
    return tr("as of {when}", when=when(status.last_sync, now, zone))


def from_sync(status: SyncStatus, now: datetime, zone: ZoneInfo) -> str:
    """Since when nothing more is known of the others: "from the 10:19 sync", "" while in touch."""
    if not away(status) or status.last_sync is None:
        return ""
    return tr("from the {when} sync", when=when(status.last_sync, now, zone))


def _last(status: SyncStatus, now: datetime, zone: ZoneInfo) -> str:
    if status.last_sync is None:
        return tr("Never synced")
    local = status.last_sync.astimezone(zone)
    today = local.date() == now.astimezone(zone).date()
    return (
        tr("Last sync {local:%H:%M:%S}", local=local)
        if today
        else tr("Last sync {when}", when=when(local, now, zone))
    )


def _clock(status: SyncStatus, now: datetime) -> tuple[str, bool]:
    """How this machine's clock stands to the hub's: measured while online, else how well known."""
    if status.last_sync is None:
        return "", False
    if abs(status.offset) > SKEW_SECONDS:
        return tr(
            "Clock {span} {way}", span=_span(abs(status.offset)), way=_way(status.offset)
        ), True
    if not away(status):
        ahead = -status.offset
        if abs(ahead) < 0.05:
            return tr("Clock as the server’s"), False
        return tr("Clock {ahead:+.1f} s to server", ahead=ahead).replace("-", "\u2212"), False
    strayed = max((now - status.last_sync).total_seconds(), 0) * _DRIFT
    return tr("Clock known to {span}", span=_span(max(1, ceil(strayed)))), False


def offset_hint(status: SyncStatus) -> str:
    """What a clock that is off means, "" for one that is right enough."""
    if abs(status.offset) <= SKEW_SECONDS:
        return ""
    span, way = _span(abs(status.offset)), _way(status.offset)
    return tr(
        "This computer’s clock is {span} {way}. Deadlines use server time. Nothing to do here.",
        span=span,
        way=way,
    )


def _way(offset: float) -> str:
    return "slow" if offset > 0 else "fast"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{round(seconds)} s"
    if seconds < 90 * 60:
        return tr("{round} min", round=round(seconds / 60))
    hours = seconds / 3600
    return f"{round(hours)} h" if hours < 48 else tr("{round} days", round=round(hours / 24))


def _tip(status: SyncStatus, now: datetime, last: str) -> str:
    """All there is to know, for the tooltip and a screen reader."""
    as_whom = tr(" as {login}", login=status.login) if status.login else ""
    role = f" ({status.role})" if status.role else ""
    said = [
        tr("Hub {hub}{as_whom}{role}.", hub=hub_word(status.hub), as_whom=as_whom, role=role)
        if status.hub
        else "",
        f"{last}.",
    ]
    said += ["" if status.link == "online" else _trouble(status)]
    said += [next_try(status, now), on_return(status), offset_hint(status), parked(status)]
    said += [status.note]
    return "\n".join(part for part in said if part)


def next_try(status: SyncStatus, now: datetime) -> str:
    """When it tries again by itself."""
    if status.link != "offline" or status.next_try is None:
        return ""
    left = ceil(max((status.next_try - now).total_seconds(), 0))
    return (
        tr("It tries again by itself in {left} s.", left=left) if left else tr("It is trying now.")
    )


def on_return(status: SyncStatus) -> str:
    """What happens once the hub answers again; "" when nothing waits."""
    if not away(status) or not status.pending:
        return ""
    goes, order = ("go", tr(" in the order you made them")) if status.pending > 1 else ("goes", "")
    return tr(
        "When the connection is back, {changes} {goes} out{order}. Where "
        "somebody else changed the same meanwhile, both are kept and the ticket "
        "says so.",
        changes=changes(status.pending),
        goes=goes,
        order=order,
    )


def parked(status: SyncStatus) -> str:
    """What a newer program wrote and this one keeps unread."""
    if not status.parked:
        return ""
    have = "was" if status.parked == 1 else "were"
    return tr(
        "{changes} {have} made by a newer Tierline and kept as they came. Update "
        "this one to see them.",
        changes=changes(status.parked),
        have=have,
    )


def present_words(
    present: Iterable[Presence], ticket_id: str, me: str, first: Callable[[str], str]
) -> str:
    """Who else has a ticket before them: "Hana is writing", "Hana and 2 others are reading"."""
    there = {each.login: each.mode for each in present if each.ticket_id == ticket_id}
    there.pop(me, None)
    # Who writes says more than who reads.
    named = sorted(there, key=lambda login: (there[login] != "writing", first(login)))
    if not named:
        return ""
    doing = there[named[0]]
    others = len(named) - 1
    if not others:
        return tr("{first} is {doing}", first=first(named[0]), doing=doing)
    more = first(named[1]) if others == 1 else tr("{others} others", others=others)
    same = len(set(there.values())) == 1 and others == 1
    return tr(
        "{first} and {more} are {what}",
        first=first(named[0]),
        more=more,
        what=doing if same else "here",
    )


def summary(
    status: SyncStatus, now: datetime, zone: ZoneInfo, *, elsewhere: bool = False
) -> Sequence[tuple[str, str]]:
    """(word, value) of everything, for a command; `elsewhere` another program syncs the desk."""
    words = status_words(status, now, zone)
    here = words.link if status.since or status.link != "offline" else NOT_NOW
    link = ELSEWHERE if elsewhere else here
    link = f"{link}; {words.last.lower()}" if status.last_sync else link
    told = [(tr("Hub"), hub_word(status.hub)), (tr("Login"), status.login), (tr("Link"), link)]
    told.append((tr("Pending"), f"{changes(status.pending)}"))
    if status.link == "joining":
        told.append((tr("Copy"), progress_words(status)))
    told += [
        (tr("Conflicts"), words.conflict or "none"),
        (tr("Refused"), words.attention or "none"),
    ]
    told += [(tr("Clock"), offset_hint(status) or words.clock), (tr("Newer"), parked(status))]
    told += [
        (tr("On return"), on_return(status)),
        (tr("Trouble"), _trouble(status)),
        (tr("Note"), status.note),
    ]
    return [(word, value) for word, value in told if value]


def _trouble(status: SyncStatus) -> str:
    return " ".join(part for part in (status.what, status.safe, status.todo) if part)

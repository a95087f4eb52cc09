"""An import from end to end: choose, gather, settle the dates, bring, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from tierline.desk.desk import Desk
from tierline.desk.importing.bringing import Bringing, Tally
from tierline.desk.importing.formats import Choice
from tierline.desk.importing.gathering import (
    Gathered,
    all_parts,
    gather,
    settle_dates,
    weight,
)
from tierline.desk.importing.report import ImportReport
from tierline.domain.errors import WorldError
from tierline.domain.policy_book import PolicyBook
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica
from tierline.transfer.mapping import check_zone
from tierline.transfer.spool import Spool
from tierline.transfer.table import BadRow
from tierline.transfer.watching import CancelledError, Progress, Watch

_LISTED = 100


def import_files(  # noqa: PLR0913 - what a person may choose, each with its default
    desk: Desk | Replica,
    book: PolicyBook,
    files: Sequence[Path],
    *,
    from_: str = "",
    mapping: Path | None = None,
    as_of: datetime | None = None,
    dry_run: bool = False,
    policy: str = "",
    zone: str = "",
    now: datetime,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Bring the tickets of some files to a desk; doing it again, or half of it first, is the same.

    `from_` is a name of `format_names()`, found by itself when ""; `as_of` (aware) leaves out
    what had not happened by then; `policy` is for new tickets, "" that of each client's contract;
    `zone` is for times that carry none, "" the mapping's or else the policy's. All files are read
    to their end before the first ticket is written.

    Raises:
        WorldError: a file or the mapping cannot be taken (nothing was imported), or the disk
            refused (what was brought before stays; run it again).
    """
    began = perf_counter()
    replica = desk.replica if isinstance(desk, Desk) else desk
    if policy and not book.knows(policy):
        todo = f"One of: {', '.join(book.names())}."
        raise WorldError(
            tr('There is no policy "{policy}".', policy=policy),
            safe=tr("Nothing was imported."),
            todo=todo,
        )
    choice, watch = Choice(from_, mapping), Watch(progress, cancelled)
    default = check_zone(zone, "--zone") or ZoneInfo(book.get(policy or book.default).file.zone)
    gathered: list[Gathered] = []
    tally, stopped = Tally(), False
    try:
        parts = all_parts(files)
        with Spool(weight(parts)) as spool:
            gathered = gather(parts, choice, spool, watch)
            _settle(replica, gathered, default, keep=not dry_run)
            bringing = Bringing(
                replica, book, gathered, policy=policy, now=now, as_of=as_of, dry_run=dry_run
            )
            tally = bringing.tally
            bringing.run(spool, watch)
    except CancelledError:
        stopped = True
    return _report(gathered, tally, began, as_of, dry_run=dry_run, stopped=stopped)


def _settle(replica: Replica, gathered: list[Gathered], zone: ZoneInfo, *, keep: bool) -> None:
    """Settle the order of dates; what a source's files have shown is remembered for the next."""
    origins = {each.layout.mapping.origin for each in gathered}
    learnt = {origin: replica.meta(f"import.dates.{origin}") for origin in origins}
    settle_dates(gathered, zone, learnt)
    for each in gathered:
        origin = each.layout.mapping.origin
        sure = {finder.order for finder in each.layout.orders.values()} - {""}
        if keep and len(sure) == 1 and learnt[origin] not in sure:
            learnt[origin] = sure.pop()
            replica.set_meta(f"import.dates.{origin}", learnt[origin])


def _report(
    gathered: Sequence[Gathered],
    tally: Tally,
    began: float,
    as_of: datetime | None,
    *,
    dry_run: bool,
    stopped: bool,
) -> ImportReport:
    notes = list({id(each.notes): each.notes for each in gathered}.values())
    bad: list[BadRow] = [row for each in notes for row in each.bad]
    bad.sort(key=lambda row: (row.file, row.number))
    last = {id(each.notes): each for each in gathered}
    return ImportReport(
        files=tuple(each.report() for each in last.values()),
        log=tally.log,
        rows=sum(each.rows for each in notes),
        tickets=tally.tickets,
        made=tally.made,
        updated=tally.updated,
        unchanged=tally.unchanged,
        operations=tally.operations,
        bad=tuple(bad[:_LISTED]),
        bad_count=sum(each.bad_count for each in notes),
        unknown={field: dict(words.most_common()) for field, words in tally.unknown.words.items()},
        warnings=(*(said for each in notes for said in each.warnings), *_said(tally)),
        dry_run=dry_run,
        cancelled=stopped,
        as_of=as_of.isoformat(timespec="minutes") if as_of else "",
        policies=tuple(tally.policies),
        seconds=perf_counter() - began,
    )


def _said(tally: Tally) -> list[str]:
    said = (
        (tally.early, "{:,} rows are older than the opening of their ticket; they stand at it."),
        (tally.uneven, "In {:,} tickets the count of changes goes back; time orders them."),
        (
            tally.again,
            "{:,} tickets got rows older than known ones; their history was put in order.",
        ),
    )
    return [text.format(count) for count, text in said if count]

"""Tickets in and out: import what other tools wrote, export for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import program
from tierline.cli.progress import bar, stoppable
from tierline.cli.registry import STOPPED, command
from tierline.domain.errors import Refusal
from tierline.transfer.watching import CancelledError

Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="CSV, XLSX, JSON, XES or a zip.")]


@command(
    program,
    "import",
    "tierline import incident.csv",
    "tierline import uci_incident_event_log.zip --as-of '2016-04-15 12:00'",
    "tierline import old.csv --mapping columns.toml --dry-run",
)
def import_(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    files: Files,
    from_: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="Found by itself unless said.")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Which column is what, in TOML.")
    ] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="WHEN", help="The desk as it stood then.")
    ] = "",
    policy: Annotated[
        str, typer.Option(metavar="NAME", help="Which one the tickets run under.")
    ] = "",
    zone: Annotated[
        str, typer.Option("--zone", metavar="NAME", help="Of times that carry none.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would come in.")
    ] = False,
) -> None:
    """Import tickets; what came before is brought up to date."""
    from tierline.desk.importing import import_files  # noqa: PLC0415  (readers are slow to load)

    desk = call.open(kind=None if dry_run else "real")
    with stoppable() as stopping, bar() as progress:
        report = import_files(
            desk.replica,
            desk.book,
            files,
            from_=from_,
            mapping=mapping,
            as_of=call.instant(as_of, "--as-of") if as_of else None,
            dry_run=dry_run,
            policy=policy,
            zone=zone,
            now=call.now,
            progress=progress,
            cancelled=stopping,
        )
    if call.out.json:
        call.out.data(report.as_data())
    else:
        call.out.say(report.as_text())
    if report.cancelled:
        call.out.hint("Stopped. What is said above is kept; run it again to go on.")
        raise typer.Exit(STOPPED)


@command(
    program,
    "export",
    "tierline export tickets --out open.csv",
    'tierline export tickets --filter "client:pellow is:any" --out pellow.xlsx',
    "tierline export history --out history.json",
    'tierline export parts --filter "is:any" --out parts.csv',
)
def export(
    call: Call,
    what: Annotated[
        Literal["tickets", "history", "visits", "parts"],
        typer.Argument(metavar="tickets|history|visits|parts", help="Rows of what."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=".csv, .xlsx or .json")],
    filter_: Annotated[
        str,
        typer.Option("--filter", metavar="EXPR", help="Which tickets; all open ones unless said."),
    ] = "",
) -> None:
    """Export tickets, history, visits or parts to a file."""
    from tierline.desk import exporting  # noqa: PLC0415  (openpyxl is slow to load)

    try:
        with stoppable() as stopping, bar() as progress, call.as_asked() as desk:
            report = exporting.export(
                desk, what, out, filter_, now=call.now, progress=progress, cancelled=stopping
            )
    except CancelledError:
        call.out.hint("Stopped; nothing was written.")
        raise typer.Exit(STOPPED) from None
    if isinstance(report, Refusal):
        raise RefusedError(report)
    if call.out.json:
        call.out.data(report.as_data())
    else:
        call.out.say(report.as_text())

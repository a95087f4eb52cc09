"""Reading: queues, one ticket, why it is due when it is, search, views."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.showing import print_rows, print_ticket
from tierline.cli.ticket_data import row_data, whole_data
from tierline.cli.words import Number
from tierline.desk.desk import Desk
from tierline.desk.queues import VIEWS, known_sort
from tierline.domain.errors import Refusal
from tierline.storage.queues import SORTS
from tierline.storage.records import SavedView, Template

Filter = Annotated[
    str,
    typer.Option("--filter", metavar="EXPR", help='Like "tier:2 priority:1,2 is:over printer".'),
]
Sort = Annotated[
    str, typer.Option("--sort", metavar="KEY", help=f"{', '.join(SORTS)}; -KEY turns it round.")
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="At most so many; 0 is all.")]
_SCREENFUL = 100


@command(
    program,
    "tickets",
    "tierline tickets",
    'tierline tickets --filter "tier:2 priority:1,2 is:over"',
    "tierline tickets --view unassigned --sort -logged",
    'tierline tickets --filter "client:pellow logged:today" --json',
)
def tickets(
    call: Call,
    filter_: Filter = "",
    view: Annotated[
        str, typer.Option("--view", metavar="NAME", help="See: tierline views.")
    ] = "all",
    sort: Sort = "",
    limit: Limit = -1,
) -> None:
    """List tickets, the one whose clock ends next first."""
    if sort and not known_sort(sort):
        raise typer.BadParameter(f'"{sort}" is no order: {", ".join(SORTS)}', param_hint="--sort")
    with call.as_asked() as desk:
        _print(call, desk, _told(desk.ids(_view(desk, view), filter_, sort)), limit)


@command(program, "search", "tierline search label printer", "tierline search 12376")
def search(
    call: Call,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A number, or words of it.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
) -> None:
    """Find tickets by number, or by words anywhere on them."""
    with call.as_asked() as desk:
        _print(call, desk, desk.search(" ".join(words), limit), 0)


@command(program, "show", "tierline show 12376", "tierline show 12376 --now '2026-11-05 10:42'")
def show(call: Call, number: Number) -> None:
    """Show a ticket: its facts, its clocks, its history."""
    stored = call.ticket(number)
    view = call.desk.open_ticket(stored.ticket.id)
    if view is None:
        todo = "Give a later --now."
        raise RefusedError(f"{stored.ticket.number} was not logged by then.", todo)
    if call.out.json:
        call.out.data(whole_data(view, call.now))
    else:
        print_ticket(call.out, view, call.desk, call.now)


@command(program, "why", "tierline why 12376", "tierline why 12376 --clock update")
def why(
    call: Call,
    number: Number,
    clock: Annotated[
        str, typer.Option("--clock", metavar="NAME", help="Which one; the next unless said.")
    ] = "",
) -> None:
    """Explain a deadline: what counted, what paused, the sum."""
    stored = call.ticket(number)
    explained = call.desk.why(stored.ticket.id, clock)
    if isinstance(explained, Refusal):
        raise RefusedError(explained)
    if call.out.json:
        call.out.data(explained.as_data())
    else:
        call.out.say(explained.as_text())


@command(
    program,
    "views",
    "tierline views",
    'tierline views --save "Printers" --filter "printer tier:1" --shared',
    'tierline views --drop "Printers"',
)
def views(
    call: Call,
    save: Annotated[
        str, typer.Option("--save", metavar="NAME", help="Keep --filter as a view.")
    ] = "",
    drop: Annotated[str, typer.Option("--drop", metavar="NAME", help="Forget a saved view.")] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help="Everybody at the desk sees what is saved.")
    ] = False,
    filter_: Filter = "",
    sort: Sort = "",
) -> None:
    """List queues with their counts, or keep one of your own."""
    if save and drop:
        raise typer.BadParameter("a view is saved or dropped, not both", param_hint="--drop")
    if save:
        kept = _kept(call, save, filter_, sort, shared=shared)
        call.out.data({"done": kept.name}) if call.out.json else call.out.say(f"Kept {kept.name}.")
    elif drop:
        gone = _saved(call.desk, drop)
        answer = call.desk.shelf.drop(gone.id, call.desk.me, call.now)
        if isinstance(answer, Refusal):
            raise RefusedError(answer)
        call.out.data({"done": gone.name}) if call.out.json else call.out.say(
            f"Dropped {gone.name}."
        )
    else:
        with call.as_asked() as desk:
            _print_views(call, desk)


def _kept(call: Call, name: str, filter_: str, sort: str, *, shared: bool) -> Template:
    if sort and not known_sort(sort):
        raise typer.BadParameter(f'"{sort}" is no order: {", ".join(SORTS)}', param_hint="--sort")
    kept = call.desk.save_view(SavedView("", name, filter_, sort, shared=shared))
    if isinstance(kept, Refusal):
        raise RefusedError(kept)
    return kept.after[0]


def _print_views(call: Call, desk: Desk) -> None:
    names = {f"saved:{view.id}": view.name for view in desk.saved_views()}
    counts = desk.counts()
    if call.out.json:
        data: list[dict[str, Any]] = [
            {"view": names.get(view, view), "saved": view in names, **count._asdict()}
            for view, count in counts.items()
        ]
        call.out.data(data)
        return
    rows = [
        (names.get(view, view), str(c.total), str(c.over or ""), str(c.soon or ""))
        for view, c in counts.items()
    ]
    call.out.table(("View", "Tickets", "Over", "Soon"), rows, right=(1, 2, 3))


def _view(desk: Desk, name: str) -> str:
    return name if name in VIEWS else f"saved:{_saved(desk, name).id}"


def _saved(desk: Desk, name: str) -> SavedView:
    saved = desk.saved_views()
    for each in saved:
        if name.casefold() in (each.name.casefold(), f"saved:{each.id}"):
            return each
    known = ", ".join((*VIEWS, *(each.name for each in saved)))
    raise RefusedError(f'There is no view "{name}".', f"One of: {known}.", "view")


def _print(call: Call, desk: Desk, ids: list[str], limit: int) -> None:
    """Rows of these tickets; a person gets a screenful unless they say more."""
    most = limit if limit >= 0 else (0 if call.out.json else _SCREENFUL)
    rows = desk.rows(ids[:most] if most else ids)
    if call.out.json:
        call.out.data({"total": len(ids), "tickets": [row_data(row, call.now) for row in rows]})
    else:
        print_rows(call.out, rows, len(ids), call.now)


def _told(answer: list[str] | Refusal) -> list[str]:
    if isinstance(answer, Refusal):
        raise RefusedError(answer)
    return answer

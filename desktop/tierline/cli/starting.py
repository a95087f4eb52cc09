"""Opening the console: on one's own desk, or on a demo that has something to look at."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from tierline.app.opening import load_book, open_desk
from tierline.cli.call import Call, RefusedError
from tierline.cli.display import check_qt, naming_libraries, no_display, settle_language
from tierline.cli.groups import program
from tierline.cli.progress import bar
from tierline.cli.registry import command
from tierline.desk.desk import Desk
from tierline.storage.replica import FILE, Replica
from tierline.system import paths
from tierline.transfer.watching import Progress

if TYPE_CHECKING:
    from tierline.app.hubs import Door

_SEED = 20261105
_PICTURES = "tierline-pictures"
_MADE = "demo_made"
_STALE = timedelta(hours=16)


def open_console(call: Call, hub: str = "", *, field: bool = False) -> None:
    """Show the console on the desk of this call until it is closed; on a shared one with `hub`.

    With `field` it is field mode's window.

    Raises:
        RefusedError: there is no display, or Qt lacks a library of the system.
        WorldError: the desk cannot be joined to that hub.
    """
    if trouble := no_display():
        todo = "Commands work here (tierline --help); tierline demo draws pictures of the console."
        raise RefusedError(trouble, todo)
    check_qt(window=True)
    door = None
    if hub:
        from tierline.cli.joined import join_desk  # noqa: PLC0415  (a desk alone does without)

        door = join_desk(call, hub).door
    _run(call, call.desk, None, door, field=field)


@command(
    program,
    "demo",
    "tierline demo",
    "tierline demo --live --tickets 800",
    "tierline demo --snapshot pictures",
)
def demo(
    call: Call,
    tickets: Annotated[int, typer.Option(min=1, max=100_000, help="How many are open.")] = 400,
    policy: Annotated[str, typer.Option(metavar="NAME", help="Which policy it runs under.")] = "",
    live: Annotated[bool, typer.Option("--live", help="Let tickets arrive and be worked.")] = False,
    snapshot: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Draw pictures there, open no window.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes another desk.")] = _SEED,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the demo anew.")] = False,
) -> None:
    """Open a made-up desk in a folder of its own."""
    folder = paths.demo_dir(call.options.data)
    _make(call, folder, (tickets, policy, seed), fresh=fresh)
    opened = open_desk(folder, call.clock, me=call.options.me, kind="demo", default_policy=policy)
    desk = call.adopt(opened)
    if snapshot is not None:
        _draw(call, desk, snapshot)
    elif trouble := no_display():
        call.out.hint(f"{trouble} It is drawn as pictures instead.")
        _draw(call, desk, Path(_PICTURES))
    else:
        check_qt(window=True)
        _run(call, desk, _traffic(desk, seed) if live else None)


def _make(call: Call, folder: Path, wanted: tuple[int, str, int], *, fresh: bool) -> None:
    """Fill the demo's desk, unless it is there already."""
    from tierline.desk.demo.seed import make  # noqa: PLC0415  (its word lists are for demos only)

    tickets, policy, seed = wanted
    book = load_book(folder)
    if policy and not book.knows(policy):
        listed = ", ".join(book.names())
        raise RefusedError(f'There is no policy "{policy}".', f"One of: {listed}.", "policy")
    if fresh:
        _clear(folder, call.clock())
    call.fix_now(ZoneInfo(book.get(policy or book.default).file.zone))
    replica = Replica.open(folder, call.clock(), kind="demo")
    try:
        if replica.tickets.count():
            _say_age(call, replica)
            return
        call.out.hint(f"Making a demo desk of {tickets} open tickets in {folder} …")
        with bar() as tell:
            make(
                replica,
                book,
                call.clock(),
                tickets=tickets,
                policy=policy,
                seed=seed,
                progress=lambda done, all_: tell(Progress(done, all_, "demo", "tickets")),
            )
        replica.set_meta(_MADE, call.clock().isoformat())
    finally:
        replica.close()


def _say_age(call: Call, replica: Replica) -> None:
    """A demo that was left alone for long has every clock over: say how to have a new one."""
    made = replica.meta(_MADE)
    if made and call.clock() - datetime.fromisoformat(made) > _STALE:
        call.out.hint("This demo desk is from another day; tierline demo --fresh makes a new one.")


def _clear(folder: Path, now: datetime) -> None:
    """Forget a demo's file; anything else is refused by opening it as a demo first."""
    if (folder / FILE).exists():
        Replica.open(folder, now, kind="demo").close()
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            (folder / name).unlink(missing_ok=True)


def _draw(call: Call, desk: Desk, folder: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt(window=False)
    settle_language(call)
    with naming_libraries():
        from tierline.app.snapshot import render  # noqa: PLC0415  (commands must not load Qt)

    pictures = render(desk, folder, call.options.language)
    if call.out.json:
        call.out.data({"pictures": [str(each) for each in pictures]})
    else:
        call.out.say("\n".join(str(each) for each in pictures))


def _run(
    call: Call,
    desk: Desk,
    live: Callable[[datetime], list[str]] | None,
    door: Door | None = None,
    *,
    field: bool = False,
) -> None:
    gc.disable()  # a tenth of the start; the console turns it on after its first picture
    settle_language(call)
    with naming_libraries():
        from tierline.app.console import run_console  # noqa: PLC0415  (commands must not load Qt)
    call.clock.go_on()
    asked = call.options.language
    code = run_console(desk, call.settings, live=live, door=door, language=asked, field=field)
    if code:
        raise typer.Exit(code)


def _traffic(desk: Desk, seed: int) -> Callable[[datetime], list[str]]:
    from tierline.desk.demo.live import Traffic  # noqa: PLC0415  (its words are for demos only)

    return Traffic(desk, seed).step

"""`tierline wallboard`: the board on the wall, as a program of its own that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tierline.app.opening import open_desk
from tierline.cli.call import Call, RefusedError
from tierline.cli.display import check_qt, naming_libraries, no_display, settle_language
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.desk.desk import Desk
from tierline.desk.wall_size import DISTANCES, SIZES
from tierline.domain.errors import Refusal
from tierline.storage.replica import FILE
from tierline.system import paths

if TYPE_CHECKING:
    from tierline.app.hubs import Door

Screen = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Which screen, the main one is 1.", show_default=False),
]
Distance = Annotated[
    float | None,
    typer.Option(
        metavar="METRES",
        min=DISTANCES[0],
        max=DISTANCES[1],
        help="How far the last seat is.",
        show_default=False,
    ),
]
Size = Annotated[
    float | None,
    typer.Option(
        metavar="INCHES",
        min=SIZES[0],
        max=SIZES[1],
        help="The screen's diagonal.",
        show_default=False,
    ),
]
Url = Annotated[str, typer.Option("--hub", metavar="URL", help="Join this shared desk first.")]


@command(
    program,
    "wallboard",
    "tierline wallboard                          asks what it does not know yet",
    "tierline wallboard --screen 2 --size 65 --distance 5",
    "tierline wallboard --demo",
    "tierline wallboard --hub postgresql://wall@db.example.org/desk --data ~/wall",
)
def wallboard(
    call: Call,
    screen: Screen = None,
    distance: Distance = None,
    size: Size = None,
    hub: Url = "",
    demo: Annotated[bool, typer.Option("--demo", help="Of the demo's desk.")] = False,
) -> None:
    """Show the desk on a wall, large enough for every seat.

    It asks for the size of the screen and the distance once and remembers them; what could not be
    read from there is left out. On a shared desk the role wallboard is enough.
    """
    if trouble := no_display():
        todo = "Commands work here (tierline --help); tierline demo draws a picture of it."
        raise RefusedError(trouble, todo)
    check_qt(window=True)
    settle_language(call)
    desk = _demo(call) if demo else call.desk
    door: Door | None = None
    if hub:
        from tierline.cli.joined import join_desk  # noqa: PLC0415  (a desk alone does without)

        door = join_desk(call, hub).door
        desk = call.desk
    call.clock.go_on()
    with naming_libraries():
        from tierline.app.wall import run_wallboard  # noqa: PLC0415  (commands must not load Qt)
        from tierline.widgets.wallboard.seats import Wish  # noqa: PLC0415
    wish = Wish(screen or 0, size or 0.0, distance or 0.0)
    code = run_wallboard(desk, call.settings, wish, door=door, language=call.options.language)
    if isinstance(code, Refusal):
        raise RefusedError(code)
    if code:
        raise typer.Exit(code)


def _demo(call: Call) -> Desk:
    folder = paths.demo_dir(call.options.data)
    if not (folder / FILE).exists():
        raise RefusedError("There is no demo desk yet.", "Make one: tierline demo.")
    return call.adopt(open_desk(folder, call.clock, me=call.options.me, kind="demo"))

"""A short story on calm days, with one power cut: at any statement of any transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.sync.simulator import acts
from tests.sync.simulator.console import SimConsole
from tests.sync.simulator.story import Story, Told, staged
from tierline.desk.acting import Done
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal


@contextmanager
def cut(fuse: int = 0, after: int = 0) -> Iterator[Told]:
    """Two consoles meet on a ticket; ben's machine dies at his `fuse`-th statement.

    Or just `after` so many transactions of his sync. His `life` is 1 when he has fewer of them.
    """
    with staged(1) as story:
        _play(story, fuse, after)
        yield story.end()


def _play(story: Story, fuse: int, after: int) -> None:
    world = story.world
    world.weather.calm()
    ann, ben = (story.seat(name, name) for name in ("ann", "ben"))
    ben.disk.fuse, ben.disk.after = fuse, after
    for at, who, command in (
        (0.0, ann, cmd.Note(text="first")),
        (6.0, ben, cmd.Take()),
        (6.01, ann, cmd.FillDetails(subject="Another")),
        (6.01, ben, cmd.FillDetails(subject="A third")),
        (9.0, ann, cmd.Resolve(steps="Done.", message="Works.")),
        (9.0, ben, cmd.Note(text="second")),
        (12.0, ben, cmd.Prioritise(priority=2, reason="As agreed.")),
    ):
        world.later(at, lambda who=who, command=command: _act(story, who, command))
    world.run(20.0)


def _act(story: Story, who: SimConsole, command: cmd.Command) -> None:
    if not who.up:
        return
    dice = story.world.rng
    shown = acts.look(who.desk, dice, 1)
    saw = who.saw(shown.ticket.id) if shown else frozenset()

    def do() -> Done | Refusal:
        if shown is None:
            return acts.log(who.desk, dice)
        return who.desk.act(shown.ticket.id, command, shown.seq)

    story.attempt(who, do, saw)

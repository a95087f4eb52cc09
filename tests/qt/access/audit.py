"""Play the scenes, look at each in every look, and gather what keeps somebody out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication, QWidget

from tests.qt.access import contrast, keys, names, room, targets
from tests.qt.access.finding import Finding
from tests.qt.access.stage import SCENES, Place, Stage

Judge = Callable[[QWidget], Iterator[Finding]]
# Of each criterion: the looks it is asked in, as theme and text size in per cent.
THEMES = (("light", 100), ("dark", 100), ("contrast", 100))
PLAIN = (("light", 100),)
LARGE = (("light", 100), ("light", 200))
CRITERIA: dict[str, tuple[Judge, tuple[tuple[str, int], ...]]] = {
    names.CRITERION: (names.audit, PLAIN),
    keys.REACH: (keys.audit, PLAIN),
    keys.SEEN: (keys.focus, THEMES),
    contrast.CRITERION: (contrast.audit, THEMES),
    targets.CRITERION: (targets.audit, PLAIN),
    room.CRITERION: (room.audit, LARGE),
}
LOOKS = (*THEMES, ("light", 200))


def play(
    name: str, place: Place, criteria: frozenset[str] | None = None
) -> Iterator[tuple[Stage, list[Finding]]]:
    """Each stage of a scene with what was found in it."""
    for stage in SCENES[name](place):
        yield stage, list(judge(stage, criteria))


def judge(stage: Stage, criteria: frozenset[str] | None = None) -> Iterator[Finding]:
    """What is found in one stage, in every look."""
    for theme, size in LOOKS:
        dress(stage, theme, size)
        for criterion, (ask, looks) in CRITERIA.items():
            wanted = criteria is None or criterion in criteria
            if (theme, size) in looks and criterion not in stage.skip and wanted:
                for found in ask(stage.root):
                    yield found._replace(scene=stage.name, look=f"{theme} {size} %")
    dress(stage, "light", 100)


def dress(stage: Stage, theme: str, size: int) -> None:
    """Let it be seen in another look: the theme, and the text's size in per cent."""
    if stage.hub.mode != theme:
        stage.hub.set_mode(theme)
    if stage.hub.scale != size:
        stage.hub.set_scale(size)
    for _ in range(4):
        QApplication.sendPostedEvents(None, 0)
        QApplication.processEvents()

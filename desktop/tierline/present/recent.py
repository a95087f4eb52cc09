"""What a person ran from the palette last, kept between runs: it is offered first."""

from __future__ import annotations

from tierline.system.settings import Settings

SETTING, MOST = "palette_recent", 20
Mark = tuple[str, str]
"""What it was and which: ("act", "escalate"), ("view", "my"), ("ticket", id)."""


def recent(settings: Settings) -> tuple[Mark, ...]:
    """The marks of what was run, the latest first; what makes no sense is left out."""
    kept: list[object] = settings.get(SETTING, [])
    marks = (each.partition(":") for each in kept if isinstance(each, str))
    return tuple((what, value) for what, _, value in marks if value)


def used(settings: Settings, what: str, value: str) -> None:
    """This was run just now."""
    mark = (what, value)
    others = [each for each in recent(settings) if each != mark]
    settings.put(SETTING, [f"{what}:{value}" for what, value in [mark, *others][:MOST]])

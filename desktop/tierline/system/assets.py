"""The only finder of what ships with the program: policies, icons, fonts, demo words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tierline


@cache
def root() -> Path:
    """The folder of resources: the packaged one if there, else the checkout's."""
    package = Path(tierline.__file__).resolve().parent
    packaged = package / "_resources"
    return packaged if packaged.is_dir() else package.parents[1] / "resources"


def path(name: str) -> Path:
    """Where a resource is, e.g. "icons/phone.svg"; it may not exist."""
    return root() / name

"""Which Tierline this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

CHECKOUT = "0.1.0"


def running() -> str:
    """The version of this program, in figures; a checkout has the one it will become."""
    try:
        return version("tierline")
    except PackageNotFoundError:
        return CHECKOUT

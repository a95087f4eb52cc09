"""The bundled policies as a book, for tests that need a whole desk."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_check import load

FOLDER = Path(__file__).parents[2] / "resources" / "policies"


def bundled_book(default: str = "playbook") -> PolicyBook:
    """Every policy that ships with the program, in a book of one's own."""
    return PolicyBook(_policies(), default)


@cache
def _policies() -> tuple[Policy, ...]:
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(Policy(load(file.read_text(encoding="utf-8"), file.name)) for file in files)

"""One ticket under each bundled policy, for tests of the clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.books import bundled_book
from tests.process.case import Case
from tests.process.floor import Floor
from tierline.domain.policy_book import PolicyBook


@pytest.fixture
def playbook() -> Case:
    """A ticket of document 000."""
    return Case(bundled_book().get("playbook"))


@pytest.fixture
def tiered() -> Case:
    """A ticket of document 001."""
    return Case(bundled_book().get("tiered"))


@pytest.fixture
def three_line() -> Case:
    """A ticket of document 002."""
    return Case(bundled_book().get("three-line"))


@pytest.fixture
def service() -> Case:
    """A ticket of document 003."""
    return Case(bundled_book().get("service-definition"))


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Callable[..., Floor]]:
    """Makes desks: `floor("tiered")`; they are let go of at the end."""
    made: list[Floor] = []

    def make(policy: str, folder: str = "desk", book: PolicyBook | None = None) -> Floor:
        made.append(Floor(tmp_path / folder, policy, book))
        return made[-1]

    yield make
    for each in made:
        each.close()

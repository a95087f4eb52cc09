"""One ticket under each bundled policy, for tests of the clauses."""

from __future__ import annotations

import pytest

from tests.fakes.books import bundled_book
from tests.process.case import Case


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

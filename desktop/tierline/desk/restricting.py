"""Who may decide that only a few read a ticket; the hub checks the same again."""

from __future__ import annotations

from tierline.desk.people import People
from tierline.domain.errors import Refusal

LEADS = ("lead", "admin")


def leads(people: People, person_id: str) -> bool:
    """Whether that person is in charge of others."""
    person = people.get(person_id)
    return person is not None and person.role in LEADS


def may_restrict(people: People, me: str) -> Refusal | None:
    """A refusal for whoever is not in charge."""
    if leads(people, me):
        return None
    named = [p.name for p in people.assignable() if p.role in LEADS]
    whom = f" Ask {', '.join(named)}." if named else ""
    return Refusal("Only a lead decides who may read a ticket.", f"Nothing was changed.{whom}")

"""Who may decide that only a few read a ticket; the hub checks the same again."""

from __future__ import annotations

from tierline.desk.people import People
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr

LEADS = ("lead", "admin")
_ONLY = "Only a lead decides who may read a ticket."


def leads(people: People, person_id: str) -> bool:
    """Whether that person is in charge of others."""
    person = people.get(person_id)
    return person is not None and person.role in LEADS


def may_restrict(people: People, me: str) -> Refusal | None:
    """A refusal for whoever is not in charge."""
    if leads(people, me):
        return None
    return Refusal(_ONLY, tr("Nothing was changed. {whom}", whom=_whom(people)).strip())


def barred(people: People, me: str) -> str:
    """Why that act is not for this person, said before it is asked for; "" when it is."""
    return "" if leads(people, me) else f"{_ONLY} {_whom(people)}".strip()


def _whom(people: People) -> str:
    named = [p.name for p in people.assignable() if p.role in LEADS]
    return tr("Ask {names}.", names=", ".join(named)) if named else ""

"""What Tab shows of a line of the palette: in whole sentences, with all that did not fit."""

from __future__ import annotations

from tierline.desk.desk import Desk
from tierline.domain.tongue import tr
from tierline.storage.records import Client, Contact, Person
from tierline.widgets.sheets.palette_entries import Row


def details(desk: Desk, row: Row) -> str:
    """The line in full; one fact a line, those that nobody entered left out."""
    told: list[str] = []
    match row.what:
        case "ticket":
            told = _ticket(desk, row.value)
        case "person" if person := desk.people.get(row.value):
            told = _person(desk, person)
        case "contact":
            found = (c for c in desk.replica.directory.contacts() if c.name == row.value)
            told = [line for each in found for line in _contact(each)]
        case "client" if client := desk.replica.directory.client(row.value):
            told = _client(desk, client)
        case _:
            keys = (
                tr("Keys: {names}.", names=" then ".join(row.keys))
                if row.keys
                else tr("It has no key.")
            )
            told = [tr("Not now: {reason}", reason=row.reason) if row.reason else row.note, keys]
    return "\n".join(line for line in (row.text, *told) if line)


def _ticket(desk: Desk, ticket_id: str) -> list[str]:
    (row,) = desk.rows([ticket_id]) or (None,)
    if row is None:
        return []
    holder = desk.people.name(row.assignee) if row.assignee else tr("Nobody holds it")
    return [
        tr(
            "{client}. {status}, {tier} line. {holder}.",
            client=row.client,
            status=row.status,
            tier=row.tier_word,
            holder=holder,
        ),
        tr("Came {arrived}.", arrived=row.arrived),
    ]


def _person(desk: Desk, person: Person) -> list[str]:
    here = tr("Here now") if person.present else tr("Away")
    line = desk.policy(desk.book.default).tier_word(person.tier)
    held = desk.people.load().get(person.id, 0)
    skills = tr("Skills: {names}.", names=", ".join(person.skills)) if person.skills else ""
    return [
        tr(
            "{line}, {role}. {here}, holds {held}.",
            line=line,
            role=person.role,
            here=here,
            held=held,
        ),
        skills,
        _reach(person),
    ]


def _contact(contact: Contact) -> list[str]:
    vip = "VIP, " if contact.vip else ""
    return [
        tr(
            "{vip}{title} at {client}.",
            vip=vip,
            title=contact.title or "Contact",
            client=contact.client,
        ),
        _reach(contact),
    ]


def _client(desk: Desk, client: Client) -> list[str]:
    policy = desk.policy(desk.policy_for(client.name)).label
    hours = (
        tr(" {allowance_hours:g} hours a month.", allowance_hours=client.allowance_hours)
        if client.allowance_hours
        else ""
    )
    place = ", ".join(part for part in (client.city, client.phone) if part)
    return [tr("Policy {policy}.{hours}", policy=policy, hours=hours), place, client.notes]


def _reach(who: Person | Contact) -> str:
    return ", ".join(part for part in (who.phone, who.mail) if part)

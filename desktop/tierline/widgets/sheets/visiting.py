"""Visits from the desk: the next step of one's own, a plan for somebody, a part, a sign-off."""

from __future__ import annotations

from datetime import datetime

from tierline.desk.field_day import last_place
from tierline.desk.suggesting import of_people
from tierline.desk.ticket_view import TicketView
from tierline.desk.visits import Step, understand_past, visit_steps
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import ALWAYS
from tierline.domain.tongue import tr
from tierline.domain.visiting import visit_rules
from tierline.widgets.sheets.assigning import PeopleField
from tierline.widgets.sheets.fields import ChoiceField, LineField, TextField
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.when_field import WhenField

PAST = "now, 16:40, yesterday 17:30"
LENGTHS = {
    0: tr("Not known"),
    30: "30 minutes",
    60: "1 hour",
    120: "2 hours",
    240: tr("Half a day"),
}
LENGTHS |= {480: "A day"}
SIGNED = {"phone": tr("Confirmed by phone"), "paper": tr("Signed on paper")}


class VisitSheet(Sheet):
    """The next step of a field visit: travel, on site, leave; Enter takes the likeliest."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "visit", tr("Visit"), 480)
        self.status = OptionField(self.hub, tr("Status"), KEYS)
        self.why = LineField(self.hub, tr("Reason"), tr("if it helps the next reader"))
        self.left = LineField(self.hub, tr("When you left"), PAST)
        self._steps: dict[str, Step] = {}
        self.add("status", self.status)
        self.add("left_at", self.left)
        self.add("reason", self.why)

    def fill(self, view: TicketView) -> None:
        """The steps that can come next, by the policy's statuses."""
        policy = self.desk.policy(view.ticket.policy)
        self._steps = {s.status: s for s in visit_steps(view.ticket, policy, self.desk.me)}
        signs = {key: policy.file.statuses[key].icon for key in self._steps}
        options = [Option(k, step.word, "", "", signs[k]) for k, step in self._steps.items()]
        self.status.offer(options, next(iter(self._steps), ""))
        self.why.put("")
        self.left.put("")

    def lacks(self) -> list[tuple[str, str]]:
        """A step, its reason where the policy wants one, and when one left where it is asked."""
        if not self.status.text() or self.view is None:
            return [("status", tr("a step"))]
        if self.left.text() and self._left_at() is None:
            return [("left_at", tr("a time that has passed"))]
        ticket, desk = self.view.ticket, self.desk
        answer = decide(ticket, self.make(), desk.policy(ticket.policy), desk.clock(), desk.me)
        owed = answer.field if isinstance(answer, Refusal) else ""
        words = {"reason": tr("the reason"), "left_at": tr("when you left")}
        return [(owed, words[owed])] if owed in words else []

    def make(self) -> cmd.Command:
        """The step."""
        step = self._steps[self.status.text()].command
        if isinstance(step, cmd.LeaveSite):
            return cmd.LeaveSite(left_at=self._left_at())
        return type(step)(reason=self.why.text())

    def renew(self) -> None:
        """Name the step on the button; only who leaves is asked when."""
        row = self.status.list.choice()
        number = self.view.ticket.number if self.view else ""
        step = self._steps.get(self.status.text())
        leaving = step is not None and isinstance(step.command, cmd.LeaveSite)
        self.left.setVisible(leaving)
        self.why.setVisible(not leaving)
        self.relabel(tr("Visit for {number}", number=number), row.text if row else tr("Set status"))
        super().renew()

    def _left_at(self) -> datetime | None:
        return understand_past(self.left.text(), self.desk.clock(), self.desk.zone)


class PlanVisitSheet(Sheet):
    """Who goes when and where; a visit that is planned already is planned anew."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "plan_visit", tr("Plan a visit"))
        self.engineer = PeopleField(ground, tr("Engineer"), 180)
        self.start = WhenField(self.hub, tr("Arrives"), self.desk)
        self.length = ChoiceField(self.hub, tr("Takes"))
        self.site = LineField(self.hub, tr("Place"), tr("room, floor, building"))
        self.address = LineField(self.hub, tr("Address"))
        self.text = TextField(self.hub, tr("To know"), tr("what to bring, whom to ask for"), 2)
        self._key = ""
        fields = {
            "engineer": self.engineer,
            "start": self.start,
            "for": self.length,
            "site": self.site,
            "address": self.address,
            "text": self.text,
        }
        for name, field in fields.items():
            self.add(name, field)

    def fill(self, view: TicketView) -> None:
        """The plan there is, else what the last visit to this client had."""
        ticket, policy = view.ticket, self.desk.policy(view.ticket.policy)
        planned = [each for each in ticket.visits if each.state == "planned"]
        known = planned[0] if planned else None
        self._key = known.key if known else ""
        lines = visit_rules(policy).tiers
        people = [p for p in self.desk.people.assignable() if not lines or p.tier in lines]
        chosen = known.engineer if known else ticket.assignee
        self.engineer.offer(of_people(self.desk, ticket, people), chosen)
        site, address = last_place(self.desk, ticket.client)
        self.site.put(known.site if known else site)
        self.address.put(known.address if known else address)
        self.text.put(known.text if known else "")
        minutes = known.minutes if known else 60
        lengths = LENGTHS | {
            minutes: LENGTHS.get(minutes, tr("{minutes} minutes", minutes=minutes))
        }
        self.length.offer([(str(each), word) for each, word in sorted(lengths.items())])
        self.length.put(str(minutes))
        hours = "desk" if "desk" in policy.file.calendars else ALWAYS
        self.start.put("")
        self.start.offer(policy.calendar(hours))
        if known is not None and known.start is not None:
            local = known.start.astimezone(self.desk.zone)
            self.start.put(f"{local.day} {local:%b %Y %H:%M}")

    def lacks(self) -> list[tuple[str, str]]:
        """Somebody, and a time that can be read if any."""
        found = [] if self.engineer.person() else [("engineer", tr("who goes"))]
        return [*found, ("start", tr("a time that can be read"))] if self.start.wrong() else found

    def make(self) -> cmd.Command:
        """The plan."""
        return cmd.PlanVisit(
            key=self._key,
            start=self.start.moment(),
            minutes=int(self.length.text() or 0),
            engineer=self.engineer.person(),
            site=self.site.text(),
            address=self.address.text(),
            text=self.text.text(),
        )

    def renew(self) -> None:
        """Name who goes on the button."""
        name = self.engineer.person_name().partition(" ")[0]
        number = self.view.ticket.number if self.view else ""
        verb = tr("Plan it anew") if self._key else tr("Plan it")
        self.relabel(
            tr("Visit for {number}", number=number),
            tr("{verb} for {name}", verb=verb, name=name) if name else verb,
        )
        super().renew()


class PartSheet(Sheet):
    """A part that stays with the client."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "part", tr("Note a part"), 480)
        self.part = LineField(self.hub, tr("Part"), tr("what it is"))
        self.quantity = LineField(self.hub, tr("How many"))
        self.serial = LineField(self.hub, tr("Serial"), tr("as printed on it"))
        self.number = LineField(self.hub, tr("Part number"), tr("the maker’s"))
        for name, field in (
            ("part", self.part),
            ("quantity", self.quantity),
            ("serial", self.serial),
            ("number", self.number),
        ):
            self.add(name, field)

    def fill(self, view: TicketView) -> None:
        """One piece of nothing yet."""
        for field in (self.part, self.serial, self.number):
            field.put("")
        self.quantity.put("1")
        self.relabel(tr("Part on {number}", number=view.ticket.number), tr("Note it"))

    def lacks(self) -> list[tuple[str, str]]:
        """What it is, and how many."""
        found = [] if self.part.text() else [("part", tr("what it is"))]
        return found if self._many() else [*found, ("quantity", tr("how many"))]

    def make(self) -> cmd.Command:
        """The part."""
        told = {"serial": self.serial.text(), "number": self.number.text()}
        return cmd.UsePart(part=self.part.text(), quantity=self._many(), **told)

    def _many(self) -> int:
        typed = self.quantity.text()
        return int(typed) if typed.isascii() and typed.isdecimal() else 0


class SignOffSheet(Sheet):
    """Who of the client's confirmed the work when nobody could draw a signature."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "sign_off", tr("Sign-off of the contact"), 480)
        self.name = LineField(self.hub, tr("Who confirms it"))
        self.way = ChoiceField(self.hub, tr("How"))
        self.way.offer(list(SIGNED.items()))
        self.add("name", self.name)
        self.add("way", self.way)

    def fill(self, view: TicketView) -> None:
        """The contact, by phone."""
        self.name.put(view.ticket.contact)
        self.way.put("phone")
        self.relabel(tr("Sign-off of {number}", number=view.ticket.number), tr("Signed off"))

    def lacks(self) -> list[tuple[str, str]]:
        """A name."""
        return [] if self.name.text() else [("name", tr("who confirms it"))]

    def make(self) -> cmd.Command:
        """The sign-off."""
        return cmd.SignOff(
            name=self.name.text(), way="paper" if self.way.text() == "paper" else "phone"
        )

"""A story at one client as commands: the words of every move anybody makes on its ticket."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tierline.desk.demo.cast import Story
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.storage.records import Contact

_TYPES = {
    "password": ("password-reset", "request"),
    "starter": ("starter", "onboarding", "request"),
    "leaver": ("leaver", "exit", "request"),
    "groups": ("group-change", "request"),
    "purchase": ("purchase", "quote", "request"),
    "change": ("change", "request"),
    "maintenance": ("maintenance", "request"),
    "advisory": ("advisory", "request"),
}
_LIKE = {"mail": ("taskbar",), "phone": ("chat",), "portal": ("taskbar", "chat")}
_MACHINES = "monitoring"
NUMBER = "THE-NUMBER-TO-COME"  # until it is known in which order tickets came


@dataclass(slots=True)
class Tale:
    """What is said about one ticket. `said` keeps it from being said twice."""

    story: Story
    contact: Contact
    policy: Policy
    phrases: dict[str, tuple[str, ...]]
    rng: random.Random
    said: set[str] = field(default_factory=set)

    def log(self, channel: str, impact: int, urgency: int, tier: int, day: date) -> cmd.Log:
        """The words it is logged with, all that the policy asks for; `day` is the contact's."""
        story = self.story
        return cmd.Log(
            number=NUMBER,
            subject=story.subject,
            channel=channel,
            client=self.contact.client,
            contact=self.contact.name,
            contact_reach=self.contact.phone,
            description=story.says,
            type=self.type,
            impact=impact,
            urgency=urgency,
            category=story.category,
            details=self._details(day),
            tier=tier,
        )

    @property
    def type(self) -> str:
        """The policy's type for the story's kind; its first one when it knows none of them."""
        known = self.policy.file.types
        wanted = _TYPES.get(self.story.kind, (self.story.kind,))
        return next((key for key in wanted if key in known), next(iter(known)))

    def channel(self, priority: int) -> str:
        """A likely way in that takes this priority."""
        fitting = [
            key
            for key, table in self.policy.file.channels.items()
            if priority in table.priorities and key != "direct"
        ]
        near = [key for each in self.story.channels for key in (each, *_LIKE.get(each, ()))]
        likely = [key for key in near if key in fitting]
        human = [key for key in fitting if key != _MACHINES]
        return self.rng.choice(likely or human or list(self.policy.file.channels))

    def plan(self) -> cmd.Note:
        """The written plan."""
        return cmd.Note(text=self.story.plan, plan=True)

    def note(self) -> cmd.Note:
        """The next thing that was tried."""
        return cmd.Note(text=self._fresh(self.story.tried, "notes"))

    def worked(self, minutes: float) -> cmd.LogTime:
        """Time worked, told to the second as a timer does."""
        seconds = max(60, round(minutes * 60 + self.rng.uniform(-25, 25)))
        return cmd.LogTime(seconds=seconds, text=self._any("times"))

    def news(self, channel: str = "mail") -> cmd.Message:
        """The next thing the contact is told."""
        return self._message(self._fresh(self.story.news, "news"), channel)

    def answer(self, channel: str = "mail") -> cmd.Message:
        """What is said to a contact who wrote."""
        return self._message(self._any("answers"), channel)

    def back(self, channel: str = "mail") -> cmd.Receive:
        """What the contact says next."""
        return cmd.Receive(text=self._fresh(self.story.back, "chasers"), channel=channel)

    def wait(self, status: str, until: datetime | None) -> cmd.ChangeStatus:
        """Wait for the client, for someone else, or for an agreed time; with what is waited for."""
        side = self.policy.status(status).side
        told, common = {
            "client": (self.story.needs, "needs"),
            "other": (self.story.vendor, "vendor"),
        }.get(side, ("", "planned"))
        return cmd.ChangeStatus(status=status, reason=told or self._any(common), until=until)

    def escalate(self, path: tuple[int, int], to: str, name: str) -> cmd.Escalate | None:
        """Hand it to another line, or None when the policy has no such path."""
        table = self.policy.escalation(*path)
        if table is None:
            return None
        line = self.policy.tier_word(path[1])
        words = self._any("escalated").format(line=line, who=name or line)
        return cmd.Escalate(
            tier=path[1],
            reason=self.rng.choice(table.reasons).key,
            handover=self.story.handover or self._any("handover"),
            tried=tuple(text for text in self.story.tried if text in self.said),
            assignee=to,
            message=f"Hi {self.first}, {words[0].lower()}{words[1:]}",
        )

    def consult(self, tier: int, name: str) -> cmd.Consult:
        """Ask another line."""
        first = name.split(" ", maxsplit=1)[0]
        asked = self.story.ask or self._any("ask")
        return cmd.Consult(tier=tier, whom=name, text=f"Asked {first}: {asked}")

    def resolve(self, *, first_contact: bool = False, told: bool = True) -> cmd.Resolve:
        """It works again: steps, and the message with them."""
        steps = self.story.steps
        words = self._any("resolved").format(steps=steps) if told else ""
        return cmd.Resolve(
            steps=steps,
            message=f"Hi {self.first},\n{words}" if words else "",
            first_contact=first_contact,
        )

    def reopen(self, channel: str = "mail") -> cmd.Reopen:
        """It does not work after all."""
        return cmd.Reopen(reason=self._any("reopened"), channel=channel)

    def close(self) -> cmd.Close:
        """The contact has said yes."""
        return cmd.Close(confirmed_by=self.contact.name, reason=self._any("confirmed"))

    def cancel(self) -> cmd.Cancel:
        """Never was our work."""
        return cmd.Cancel(reason=self._any("cancelled"))

    def fill(self, missing: Sequence[str]) -> cmd.FillDetails:
        """What was still owed before closing."""
        return cmd.FillDetails(details=dict.fromkeys(missing, "On file, see the attachment"))

    @property
    def first(self) -> str:
        """What the contact is called in a greeting."""
        parts = self.contact.name.split(" ")
        return f"Dr {parts[-1]}" if parts[0] == "Dr" else parts[0]

    def _message(self, text: str, channel: str) -> cmd.Message:
        words = text if channel == "phone" else f"Hi {self.first},\n{text}"
        return cmd.Message(text=words, channel=channel, to=self.contact.name)

    def _details(self, day: date) -> dict[str, str]:
        near, far = self.rng.randint(1, 3), self.rng.randint(6, 14)
        known = {
            "computer": self.contact.computer,
            "start_date": str(day + timedelta(days=self.rng.choice((near, far, far)))),
            "last_day": str(day),
            "group": f"{self.story.category} team",
            "plan": self.story.plan,
        }
        asked = {
            name: field
            for name, field in self.policy.file.fields.items()
            if not field.types or self.type in field.types
        }
        told = {name: known.get(name, "") for name in asked}
        owed = {name for name, field in asked.items() if field.log and not told[name]}
        own = {"contact", "contact_reach", "description", "subject", "client", "category"}
        return {k: v or "As told on the phone" for k, v in told.items() if v or k in owed - own}

    def _fresh(self, own: Sequence[str], common: str) -> str:
        """The next own words not said yet, then any of the common ones."""
        left = [text for text in own if text not in self.said]
        if not left:
            left = [text for text in self.phrases[common] if text not in self.said]
            self.rng.shuffle(left)
        text = left[0] if left else self._any(common)
        self.said.add(text)
        return text

    def _any(self, common: str) -> str:
        return self.rng.choice(self.phrases[common])

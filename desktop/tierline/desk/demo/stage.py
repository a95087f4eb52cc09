"""Where the demo plays: which trouble can befall which client, and how bad it is there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

from tierline.desk.demo.cast import Cast, Customer, Story, load_cast
from tierline.desk.demo.roster import Roster
from tierline.desk.demo.tale import Tale
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook

_TRIES, _CHOICE, _NOWHERE = 8, 5, 9


class Trouble(NamedTuple):
    """A story at a client whose policy makes it this bad."""

    customer: Customer
    policy: Policy
    story: Story
    impact: int
    urgency: int


class Stage:
    """The cast under the desk's policies; `policy` puts every client under one of them."""

    def __init__(self, book: PolicyBook, policy: str = "", cast: Cast | None = None) -> None:
        """Take the policies; the cast is the one of the files unless said."""
        self.cast = cast or load_cast()
        self.roster = Roster(self.cast)
        self._book = book
        self._policy = policy
        self._told: Counter[str] = Counter()
        self._fitting = cache(self._find)

    def policy_of(self, customer: Customer) -> Policy:
        """The policy a client's tickets run under."""
        return self._book.get(self._policy or customer.policy)

    def trouble(
        self,
        rng: random.Random,
        priority: int,
        tier: int = 1,
        weights: Sequence[float] | None = None,
    ) -> Trouble:
        """Something that befalls somebody, of this priority and fit for this line.

        `weights` says how likely each client is to call, in the cast's order.
        """
        for _ in range(_TRIES):
            customer = rng.choices(self.cast.clients, weights or self._weights)[0]
            fitting = self._fitting(customer.name, priority, tier)
            if fitting:
                return self._rarest(rng.sample(fitting, min(len(fitting), _CHOICE)))
        return self._anywhere(rng)

    def tale(self, rng: random.Random, trouble: Trouble, contact: str = "") -> Tale:
        """The trouble as one contact of the client tells it."""
        people = trouble.customer.people()
        named = [each for each in people if each.name == contact]
        who = named[0] if named else rng.choice(people)
        return Tale(trouble.story, who, trouble.policy, self.cast.phrases, rng)

    def retell(self, rng: random.Random, subject: str, client: str, contact: str) -> Tale | None:
        """The tale of a ticket the demo logged, None for one it did not."""
        story, customer = self.cast.story(subject), self.cast.customer(client)
        if story is None or customer is None:
            return None
        trouble = Trouble(customer, self.policy_of(customer), story, 0, 0)
        return self.tale(rng, trouble, contact)

    def _rarest(self, few: list[Trouble]) -> Trouble:
        """The one that has been told least, so that a queue does not repeat itself."""
        told = min(few, key=lambda each: self._told[each.story.subject])
        self._told[told.story.subject] += 1
        return told

    @cached_property
    def _weights(self) -> list[float]:
        return [each.weight for each in self.cast.clients]

    def _find(self, client: str, priority: int, tier: int) -> list[Trouble]:
        customer = self.cast.customer(client)
        assert customer is not None
        policy = self.policy_of(customer)
        near: dict[int, list[Trouble]] = {0: [], 1: [], 2: []}
        for story in self.cast.stories:
            if story.line < tier or (story.sectors and customer.sector not in story.sectors):
                continue
            far, impact, urgency = _levels(story, policy, priority)
            if far in near:
                near[far].append(Trouble(customer, policy, story, impact, urgency))
        likely = [*near[0], *near[1]]
        return likely if len(likely) >= _CHOICE else [*likely, *near[2]]

    def _anywhere(self, rng: random.Random) -> Trouble:
        """Any story, as bad as it says itself: the policies' matrices leave nothing likelier."""
        customer, story = self.cast.clients[0], rng.choice(self.cast.stories)
        return Trouble(customer, self.policy_of(customer), story, story.impact, story.urgency)


def _levels(story: Story, policy: Policy, priority: int) -> tuple[int, int, int]:
    """How far off the story's own impact and urgency the policy makes this priority, and which.

    Only what stops a whole organisation becomes critical.
    """
    ways = [
        (abs(story.impact - impact) + abs(story.urgency - urgency), impact, urgency)
        for impact in (1, 2, 3)
        for urgency in (1, 2, 3)
        if policy.priority_of(impact, urgency) == priority and (priority > 1 or story.impact == 1)
    ]
    return min(ways, default=(_NOWHERE, 0, 0))

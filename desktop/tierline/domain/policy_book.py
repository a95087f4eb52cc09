"""The policies of a desk by name, with a stand-in so that no ticket is ever without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tierline.domain.calendar import BusinessCalendar
from tierline.domain.policy import ALWAYS, Policy

PLUS = "+"  # between a policy's name and the kind of co-managed contract


class PolicyBook:
    """All policies of the desk. A ticket whose policy is unknown runs under the default one."""

    def __init__(
        self, policies: Iterable[Policy] | Mapping[str, Policy], default: str = ""
    ) -> None:
        """Take the policies; `default` names the one for new and for orphaned tickets.

        A mapping by name is kept as it is, and may read a policy when it is first asked for.

        Raises:
            ValueError: there is no policy at all.
        """
        self._policies: Mapping[str, Policy] = (
            policies
            if isinstance(policies, Mapping)
            else {policy.name: policy for policy in policies}
        )
        self._put: dict[str, Policy] = {}
        self._theirs: dict[str, tuple[Policy, Policy]] = {}
        if not self._policies:
            message = "a desk needs at least one policy"
            raise ValueError(message)
        self.default = default if default in self._policies else next(iter(self._policies))

    def get(self, name: str) -> Policy:
        """The policy of that name, or the desk's default one."""
        known = self._put.get(name) or self._policies.get(name) or self._co_managed(name)
        return known or self._put.get(self.default) or self._policies[self.default]

    def put(self, policy: Policy) -> None:
        """From now on this is the policy of its name."""
        self._put[policy.name] = policy

    def knows(self, name: str) -> bool:
        """Whether the desk has a policy of that name, or one that is co-managed so."""
        return name in self._put or name in self._policies or self._co_managed(name) is not None

    def for_tiers(self, name: str, tiers: Iterable[int]) -> str:
        """The policy's name where the client's own people have these lines; as it is for none."""
        kinds = self.get(name).file.co_managed if name and PLUS not in name else {}
        wanted = set(tiers)
        same = (kind for kind, table in kinds.items() if wanted and set(table.tiers) == wanted)
        return next((f"{name}{PLUS}{kind}" for kind in same), name)

    def _co_managed(self, name: str) -> Policy | None:
        """A policy whose contract has given lines to the client: "tiered+own-first"."""
        base, plus, kind = name.partition(PLUS)
        policy = self._put.get(base) or self._policies.get(base) if plus else None
        table = policy.file.co_managed.get(kind) if policy else None
        if policy is None or table is None:
            return None
        before, made = self._theirs.get(name, (None, None))
        if before is not policy or made is None:
            made = policy.given_away(name, table.tiers)
            self._theirs[name] = (policy, made)
        return made

    def names(self) -> tuple[str, ...]:
        """Names in the order they were given."""
        return tuple(dict.fromkeys((*self._policies, *self._put)))

    def calendar(self, reference: str) -> BusinessCalendar:
        """The calendar a deadline names: "policy/calendar", or "always"."""
        name, _, calendar = reference.partition("/")
        return self.get(name).calendar(calendar or ALWAYS)

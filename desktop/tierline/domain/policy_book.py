"""The policies of a desk by name, with a stand-in so that no ticket is ever without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tierline.domain.calendar import BusinessCalendar
from tierline.domain.policy import ALWAYS, Policy


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
        if not self._policies:
            message = "a desk needs at least one policy"
            raise ValueError(message)
        self.default = default if default in self._policies else next(iter(self._policies))

    def get(self, name: str) -> Policy:
        """The policy of that name, or the desk's default one."""
        known = self._put.get(name) or self._policies.get(name)
        return known or self._put.get(self.default) or self._policies[self.default]

    def put(self, policy: Policy) -> None:
        """From now on this is the policy of its name."""
        self._put[policy.name] = policy

    def knows(self, name: str) -> bool:
        """Whether the desk has a policy of that name."""
        return name in self._put or name in self._policies

    def names(self) -> tuple[str, ...]:
        """Names in the order they were given."""
        return tuple(dict.fromkeys((*self._policies, *self._put)))

    def calendar(self, reference: str) -> BusinessCalendar:
        """The calendar a deadline names: "policy/calendar", or "always"."""
        name, _, calendar = reference.partition("/")
        return self.get(name).calendar(calendar or ALWAYS)

"""When a policy tells people about a clock, and whom: the thresholds of its alarms."""

from __future__ import annotations

from typing import Literal

from tierline.domain import durations
from tierline.domain.policy_part import Part

Who = Literal["owner", "line", "lead"]


class AlarmTable(Part, frozen=True, kw_only=True):
    """A threshold of clocks, and who is told when it is reached.

    It is a share `used` of the target, so much working time `left`, or the `breach`; with none of
    them, the share after which the clock itself says that it is due soon (its `warn`). Nothing is
    said before that one: what comes earlier (of a short target the last ten minutes, say) is left
    out. "owner" is who holds the ticket, "line" everybody of its line while nobody does. A P1
    tells them outside their shift too where `off_shift` says so.
    """

    tell: tuple[Who, ...]
    used: float = 0.0
    left: str = ""
    breach: bool = False
    clocks: tuple[str, ...] = ()
    priorities: tuple[int, ...] = (1, 2, 3, 4)
    off_shift: bool = False

    def covers(self, clock: str, priority: int) -> bool:
        """Whether it is about this clock of a ticket of that priority."""
        return priority in self.priorities and (not self.clocks or clock in self.clocks)

    @property
    def threshold(self) -> str:
        """When it comes, in words: "80 % used", "10 minutes left", "on the breach", "due soon"."""
        if self.breach:
            return "on the breach"
        if self.used:
            return f"{round(self.used * 100)} % used"
        amount = durations.parse(self.left)
        return f"{amount} left" if amount else "due soon"


# Of a policy that says nothing about alarms.
USUAL: dict[str, AlarmTable] = {
    "soon": AlarmTable(tell=("owner", "line")),
    "breach": AlarmTable(tell=("owner", "line", "lead"), breach=True, off_shift=True),
}

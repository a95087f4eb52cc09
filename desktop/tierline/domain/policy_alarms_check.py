"""Whether a policy's alarms make sense: one threshold each, none before the clock says "soon"."""

from __future__ import annotations

from tierline.domain.policy_alarms import AlarmTable
from tierline.domain.policy_file import PolicyFile
from tierline.domain.policy_findings import Findings


def check_alarms(found: Findings, file: PolicyFile) -> None:
    """Everything that this part of the file can get wrong."""
    for name, table in file.alarms.items():
        _alarm(found, f"alarms.{name}", table, file)
    if file.alarms:
        _breaches(found, file)


def _alarm(found: Findings, key: str, table: AlarmTable, file: PolicyFile) -> None:
    found.all_known(f"{key}.clocks", table.clocks, file.clocks, "clocks")
    found.priorities(f"{key}.priorities", table.priorities)
    if not table.tell:
        found.add(f"{key}.tell", "nobody", 'who is told: "owner", "line", "lead"')
    given = [name for name in ("used", "left", "breach") if getattr(table, name)]
    if len(given) > 1:
        found.add(key, ", ".join(given), "one of used, left and breach; none is the clock's warn")
    if table.used:
        _used(found, f"{key}.used", table, file)
    amount = found.amount(f"{key}.left", table.left, needed=False)
    if amount and amount.business_days:
        found.add(f"{key}.left", table.left, 'hours or minutes, like "15m"')
    if table.off_shift and 1 not in table.priorities:
        found.add(f"{key}.off_shift", table.off_shift, "only a P1 tells people off shift")


def _used(found: Findings, key: str, table: AlarmTable, file: PolicyFile) -> None:
    found.share(key, table.used)
    for name in table.clocks or file.clocks:
        clock = file.clocks.get(name)
        if clock is not None and table.used < clock.warn:
            right = f"no less than {clock.warn}, the warn of clocks.{name}: lower that instead"
            found.add(key, table.used, right)
            return


def _breaches(found: Findings, file: PolicyFile) -> None:
    """What is over is never hidden: somebody is told of every clock and priority."""
    over = [table for table in file.alarms.values() if table.breach]
    for name in file.clocks:
        for priority in (1, 2, 3, 4):
            if not any(table.covers(name, priority) for table in over):
                right = f"one with breach = true for the clock {name} of a P{priority}"
                found.add("alarms", ", ".join(file.alarms), right)
                return

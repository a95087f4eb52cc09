"""The audit as a table, scene by criterion, and its findings in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.qt.access import contrast, keys, names, room, targets
from tests.qt.access.finding import Finding

COLUMNS = {
    names.CRITERION: "name role value",
    keys.REACH: "by keys",
    keys.ORDER: "order",
    keys.SEEN: "focus seen",
    contrast.CRITERION: "contrast",
    targets.CRITERION: "24 px",
    room.CRITERION: "not cut",
}
Row = tuple[str, frozenset[str], Sequence[Finding]]


def table(rows: Sequence[Row]) -> str:
    """One line for each scene, and the sums."""
    wide = max(len(name) for name, _, _ in rows)
    lines = ["  ".join([" " * wide, *COLUMNS.values()])]
    total: Counter[str] = Counter()
    for name, skip, found in rows:
        counts = Counter(each.criterion for each in found)
        total += counts
        cells = [_cell(each, counts[each], skip).rjust(len(word)) for each, word in COLUMNS.items()]
        lines.append("  ".join([name.ljust(wide), *cells]))
    sums = [str(total[each]).rjust(len(word)) for each, word in COLUMNS.items()]
    lines.append("  ".join([f"{len(rows)} scenes".ljust(wide), *sums]))
    return "\n".join(lines) + "\n"


def listed(rows: Sequence[Row]) -> str:
    """Every finding once, with the scenes and looks it was seen in."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for _, _, found in rows:
        for each in found:
            key = (each.criterion, each.where, each.what)
            places.setdefault(key, []).append(f"{each.scene} ({each.look})")
    lines = [
        f"{criterion}: {where}: {what}\n    {', '.join(seen[:3])}"
        + (f" and {len(seen) - 3} more" if len(seen) > 3 else "")
        for (criterion, where, what), seen in sorted(places.items())
    ]
    return "".join(f"\n{line}" for line in lines) + ("\n" if lines else "")


def _cell(criterion: str, count: int, skip: frozenset[str]) -> str:
    if criterion in skip:
        return ""
    return str(count) if count else "·"

"""How fast a long job goes, and how long it still takes; told by its own progress."""

from __future__ import annotations

from tierline.desk.importing import Progress
from tierline.domain.tongue import tr

_SETTLED = 0.5
_MEGA = 1_000_000


class Pace:
    """Feed it progress and the time (seconds); no Qt, no clock of its own."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._phase, self._began, self._now, self._first = "", 0.0, 0.0, 0

    def share(self, progress: Progress, now: float) -> float:
        """How much of the phase is done, 0 to 1."""
        if progress.phase != self._phase:
            self._phase, self._began, self._first = progress.phase, now, progress.done
        self._now = now
        return min(progress.done / progress.total, 1.0) if progress.total else 0.0

    def words(self, progress: Progress) -> str:
        """As much as is known of: 34 %, 12,300 rows a second, about 20 s left."""
        parts = []
        if progress.total:
            parts.append(f"{progress.done / progress.total:.0%}")
        spent = self._now - self._began
        rate = (progress.done - self._first) / spent if spent > _SETTLED else 0.0
        if rate:
            parts.append(_rate(rate, progress.unit))
            if progress.total:
                parts.append(
                    tr("about {span} left", span=_span((progress.total - progress.done) / rate))
                )
        return ", ".join(parts)


def _rate(rate: float, unit: str) -> str:
    if unit == "bytes":
        return tr("{what:.1f} MB a second", what=rate / _MEGA)
    return tr("{rate:,.0f} {unit} a second", rate=rate, unit=unit)


def _span(seconds: float) -> str:
    whole = max(round(seconds), 1)
    return f"{whole} s" if whole < 90 else tr("{round} min", round=round(whole / 60))

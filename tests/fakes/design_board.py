"""The figures of `design/ui/wallboard.png`, at its moment: Thu 5 Nov 2026 10:42:08 in Sydney."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.fakes.books import bundled_book
from tierline.desk.board import Board, Coming, OnShift
from tierline.desk.board_day import STEP, Kept, Trend
from tierline.desk.queues import Count
from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown

ZONE = ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 11, 5, 10, 42, 8, tzinfo=ZONE)
_ROWS = (
    ("CS0012372", 1, "U", "Update", 352, 1_800),
    ("CS0012376", 2, "U", "Update", 532, 3_600),
    ("CS0012361", 3, "R", "Response", 772, 14_400),
    ("CS0012349", 3, "L", "Line limit", 2_272, 32_400),
    ("CS0012386", 2, "X", "Access off", 2_692, 3_600),
)
_OPEN = {
    1: (Count(), Count(1, 0, 1), Count()),
    2: (Count(4, 1), Count(3), Count(1)),
    3: (Count(15, 1), Count(9), Count(3)),
    4: (Count(7), Count(2), Count(2)),
}
_PEOPLE = (
    ("Mira", 8, False),
    ("Tobias", 7, False),
    ("Priya", 5, False),
    ("Hana", 3, False),
    ("Ines", 6, False),
    ("Callum", 5, False),
    ("Ravi", 3, True),
    ("Viktor", 3, False),
)
_KEPT = {
    1: Kept(3, 3, 0.95),
    2: Kept(43, 50, 0.95),
    3: Kept(33, 34, 0.9),
    4: Kept(8, 8, 0.9),
}
_ARRIVED = (1, 1, 1, 1, 1, 1, 1, 2, 3, 5, 10, 15, 21, 23)
_RESOLVED = (0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 7, 10, 13, 14)


def design_board() -> Board:
    """All of it."""
    rows = [_coming(*row) for row in _ROWS]
    cells = {(p, line + 1): c for p, each in _OPEN.items() for line, c in enumerate(each)}
    return Board(
        at=NOW - timedelta(seconds=1),
        place="Sydney",
        shift="Day shift",
        everything=Count(47, 2, 4),
        nobody=Count(6, 1),
        untouched=Count(2),
        cells=cells,
        coming=tuple(rows),
        people=tuple(OnShift(*each) for each in _PEOPLE),
        kept=_KEPT,
        trend=Trend(NOW.replace(hour=4, minute=0, second=0), _ARRIVED, _RESOLVED),
    )


def _coming(number: str, priority: int, letter: str, word: str, left: int, required: int) -> Coming:
    due = NOW + timedelta(seconds=left)
    soon = left < required / 4
    warn_at = NOW - timedelta(minutes=1) if soon else due - timedelta(minutes=10)
    deadline = Deadline(
        word.lower(), letter, word, State.RUNNING, due, warn_at, required, 0, False, "always", 0
    )
    calendar = bundled_book().calendar("always")
    return Coming(number, priority, letter, word, Countdown(deadline, calendar))


assert len(_ARRIVED) * STEP >= NOW - NOW.replace(hour=4, minute=0, second=0)

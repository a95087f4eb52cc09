"""Which tickets have something that does not add up, as `domain.honesty` has it: all of its kinds.

Some of it depends on the policy and on the time, so the tickets themselves are asked, not columns.
"""

from __future__ import annotations

from datetime import datetime

from tierline.domain.honesty import flags
from tierline.domain.policy_book import PolicyBook
from tierline.storage.replica import Replica


class Flagged:
    """Asks every ticket that someone has to see to; the answer is kept until an act or a minute."""

    def __init__(self, replica: Replica, book: PolicyBook) -> None:
        """Read from this replica; nothing is read yet."""
        self._replica = replica
        self._book = book
        self._known: tuple[tuple[int, datetime], tuple[str, ...]] | None = None

    def ids(self, now: datetime) -> tuple[str, ...]:
        """Ids of the tickets with a flag at `now` (aware): open, resolved, or with a message left.

        A wait whose date passes shows within a minute.
        """
        state = (self._replica.tickets.last_seq(), now.replace(second=0, microsecond=0))
        if self._known is None or self._known[0] != state:
            tickets = self._replica.owed.unfinished()
            found = (t.id for t in tickets if flags(t, self._book.get(t.policy), now))
            self._known = (state, tuple(found))
        return self._known[1]

"""Search as you type: numbers as people say them, and words anywhere on a ticket."""

from __future__ import annotations

import re

from tierline.storage.replica import Replica

_NUMBER = re.compile(r"#?\s*[A-Za-z]{0,6}-?\d{1,18}$|[A-Za-z]+-\w+-\d+$")


class Search:
    """Finds tickets for the search box and the palette."""

    def __init__(self, replica: Replica) -> None:
        """Search this replica."""
        self._replica = replica

    def tickets(self, typed: str, limit: int = 50) -> list[str]:
        """Ids of tickets: those a typed number means first, then those with all the words."""
        wanted = typed.strip()
        direct: tuple[str, ...] = ()
        if _NUMBER.match(wanted):
            direct = self._replica.tickets.ids_of_number(wanted)
        found = self._replica.text.search(wanted.lstrip("#"), limit)
        return list(dict.fromkeys((*direct, *found)))[:limit]

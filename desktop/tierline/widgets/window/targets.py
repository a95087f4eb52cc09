"""Which tickets an act is about: the chosen rows, or the ticket that was opened from elsewhere."""

from __future__ import annotations

from tierline.desk.ticket_view import TicketView
from tierline.present.console import ConsolePresenter
from tierline.widgets.queue.view import QueueView


class Targets:
    """Knows what is chosen in the list and what is open beside it."""

    def __init__(self, console: ConsolePresenter, queue: QueueView) -> None:
        """Reads both whenever it is asked."""
        self._console, self._queue = console, queue
        self.elsewhere = False

    def open(self, ticket_id: str) -> None:
        """Show a ticket: in the list too, if it is there."""
        self.elsewhere = not self._queue.choose(ticket_id)
        if self._console.ticket.wanted != ticket_id:
            self._console.ticket.look(ticket_id)

    def follow(self, ticket_id: str) -> None:
        """The list's current row changed."""
        self.elsewhere = False
        if self._console.ticket.wanted != ticket_id:  # the same row in a list that came anew
            self._console.ticket.look(ticket_id)

    def ids(self) -> list[str]:
        """The tickets that an act goes to."""
        wanted = self._console.ticket.wanted
        if self.elsewhere and wanted:
            return [wanted]
        return self._queue.chosen_ids()

    def one(self) -> str:
        """The ticket for acts that go to one only: the one that is open."""
        return self._console.ticket.wanted or next(iter(self._queue.chosen_ids()), "")

    def view(self) -> TicketView | None:
        """The open ticket; read at once if it is still on its way."""
        wanted, known = self.one(), self._console.ticket.current
        if known is not None and known.ticket.id == wanted:
            return known
        return self._console.desk.open_ticket(wanted) if wanted else None

"""What the tray shows, gathered from the console's feeds; told only when it became different."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tierline.desk.sync_words import away
from tierline.desk.tray_words import TrayState, from_epoch
from tierline.present.facts import DeskFacts
from tierline.present.quiet import Quiet
from tierline.present.sync_state import SyncState


class TrayFeed(QObject):
    """`changed(TrayState)`."""

    changed = Signal(object)

    def __init__(
        self, facts: DeskFacts, sync: SyncState, quiet: Quiet, parent: QObject | None = None
    ) -> None:
        """Listens at once."""
        super().__init__(parent)
        self._facts, self._sync, self._quiet = facts, sync, quiet
        self.state = TrayState(quiet=from_epoch(quiet.until))
        facts.counts_changed.connect(self._look)
        facts.strip_changed.connect(self._look)
        sync.changed.connect(self._look)
        quiet.changed.connect(self._look)

    def _look(self, *_: object) -> None:
        known, status = self._facts.known, self._sync.status
        nobodys = known.counts.get("unassigned") if known else None
        state = TrayState(
            over=len(known.strip.over) if known else 0,
            soon=len(known.strip.soon) if known else 0,
            unassigned=nobodys.total if nobodys else 0,
            unsent=status.pending,
            offline=status.since if away(status) else None,
            quiet=from_epoch(self._quiet.until),
        )
        if state != self.state:
            self.state = state
            self.changed.emit(state)

"""The bytes of attached files on their way, a chunk at a time between the sync's other work."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from tierline.domain.errors import WorldError
from tierline.storage.blobs import Blobs, Wanted
from tierline.sync.blobs import CHUNK, BlobHub
from tierline.sync.errors import HubDownError

BUDGET = 4 * CHUNK
MOMENT = 0.2  # seconds after which the sync gets its turn again
# A chunk must be through long before the link gives a call up, on a telephone's upload too.
SMALLEST, FIRST = 8 * 1024, 32 * 1024
BRISK, SLOW = 0.3, 2.0  # seconds for a chunk
SOON, LATER = 5.0, 60.0  # seconds before a file is tried again: not ready yet, something is wrong
_Value = TypeVar("_Value")
_log = logging.getLogger(__name__)


class Mover:
    """Fetches what is wanted and sends what the hub does not have. For one thread.

    Everything it knows is in `blobs` and on the hub: a new one goes on where another stopped.
    """

    def __init__(self, blobs: Blobs, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives steady seconds."""
        self._blobs = blobs
        self._clock = clock
        self._not_before: dict[str, float] = {}
        self._there: dict[str, int] = {}
        self._chunk = FIRST
        self._note = ""

    def begin(self, hub_id: str) -> None:
        """A session with this hub begins; one that this desk did not know is offered everything."""
        self._there.clear()
        self.retry()
        self._try(lambda: self._blobs.serve(hub_id))

    def heed(self, note: str) -> None:
        """Offer everything again when the sync has noted that the hub had lost something."""
        if note and note != self._note:
            self._try(self._blobs.send_again)
        self._note = note

    def move_some(self, hub: BlobHub, budget: int = BUDGET) -> bool:
        """Move about so many bytes; whether there is more to move now.

        Raises:
            HubDownError, HubError: the hub's; what was moved stays moved.
        """
        end = self._clock() + MOMENT
        try:
            while budget > 0 and self._clock() < end:
                moved = self._step(hub)
                if moved is None:
                    return False
                budget -= max(moved, 1)
        except HubDownError:
            self._chunk = SMALLEST
            self._there.clear()
            raise
        return self._next() is not None

    def retry(self) -> None:
        """Something has changed: try at once what was put off."""
        self._not_before.clear()

    def _step(self, hub: BlobHub) -> int | None:
        """Move one chunk of what comes next; its bytes, None when there is nothing to move."""
        chosen = self._next()
        if chosen is None:
            return None
        try:
            if isinstance(chosen, Wanted):
                return self._fetch(hub, chosen)
            return self._send(hub, chosen)
        except _DiskError as failure:
            _log.warning("a file was put off: %s", failure.__cause__)
            self._put_off(chosen if isinstance(chosen, str) else chosen.sha256, LATER)
            return 0

    def _next(self) -> Wanted | str | None:
        """Somebody waits for what is fetched, so that comes first."""
        now = self._clock()
        for wanted in self._blobs.wanted():
            if self._not_before.get(wanted.sha256, now) <= now:
                return wanted
        for sha256 in self._blobs.to_send():
            if self._not_before.get(sha256, now) <= now:
                return sha256
        return None

    def _put_off(self, sha256: str, seconds: float) -> int:
        self._there.pop(sha256, None)
        self._not_before[sha256] = self._clock() + seconds
        return 0

    def _fetch(self, hub: BlobHub, wanted: Wanted) -> int:
        data = self._timed(lambda: hub.get_blob(wanted.sha256, wanted.have, self._chunk))
        if not data and wanted.have < wanted.size:
            return self._put_off(wanted.sha256, SOON)
        whole = self._kept(lambda: self._blobs.take(wanted, data))
        if not whole and wanted.have + len(data) >= wanted.size:
            return self._put_off(wanted.sha256, LATER)
        return len(data)

    def _send(self, hub: BlobHub, sha256: str) -> int:
        there = self._there.get(sha256)
        if there is None:
            there = hub.blob_size(sha256)
        if there is None:  # the act that names it has not gone out yet
            return self._put_off(sha256, SOON)
        size = self._blobs.size(sha256)
        if there >= size:
            return self._sent(sha256)
        data = self._kept(lambda: self._blobs.read(sha256, there, self._chunk))
        now_there = self._timed(lambda: hub.put_blob(sha256, there, data, size))
        if now_there is None:
            return self._put_off(sha256, LATER)
        if now_there >= size:
            self._sent(sha256)
        elif now_there <= there:
            self._refused(sha256)
        else:
            self._there[sha256] = now_there
        return len(data)

    def _sent(self, sha256: str) -> int:
        self._there.pop(sha256, None)
        self._kept(lambda: self._blobs.sent(sha256))
        return 0

    def _refused(self, sha256: str) -> None:
        """The hub found it wrong: see whether it is damaged here, which puts it aside."""
        self._kept(lambda: self._blobs.path(sha256))
        self._put_off(sha256, LATER)

    def _try(self, do: Callable[[], None]) -> None:
        try:
            self._kept(do)
        except _DiskError as failure:
            _log.warning("the files could not be noted: %s", failure.__cause__)

    def _timed(self, do: Callable[[], _Value]) -> _Value:
        """Move a chunk, and see from how long that took how large the next may be."""
        began = self._clock()
        answer = do()
        took = self._clock() - began
        if took < BRISK:
            self._chunk = min(self._chunk * 2, CHUNK)
        elif took > SLOW:
            self._chunk = max(self._chunk // 2, SMALLEST)
        return answer

    def _kept(self, do: Callable[[], _Value]) -> _Value:
        """Call this machine's disk, whose failures are told apart from the hub's."""
        try:
            return do()
        except (WorldError, OSError) as failure:
            raise _DiskError from failure


class _DiskError(Exception):
    """Carries what the disk said."""

"""A hub in this process's memory: for tests and the simulator, exact in every answer.

`MemoryHub` is the server, `session` a login's connection to it. Its whole state can be copied
(`image`) and put back (`restore`): a standby that lagged behind, a backup of yesterday.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tierline.domain.log import Line, Offer
from tierline.domain.tongue import tr
from tierline.sync.blobs import CHUNK
from tierline.sync.errors import HubDownError, NoEntryError
from tierline.sync.hub import Beat, Console, Hello, News, Page, Presence, Pushed, Snapshot
from tierline.sync.hubs import judging, memory_blobs, terms
from tierline.sync.hubs.memory_state import Seat, State
from tierline.sync.hubs.persons import Change, Notice, granting, leaving
from tierline.sync.hubs.rights import Role, hides, may_write
from tierline.sync.hubs.telling import tell

Clock = Callable[[], int]


class MemoryHub:
    """The server. `clock` gives the hub's time in microseconds UTC; safe for many threads."""

    def __init__(self, clock: Clock, hub_id: str = "hub") -> None:
        """Start an empty hub on timeline 1."""
        self.clock = clock
        self.state = State(hub_id=hub_id)
        self.changed = threading.Condition(threading.RLock())
        self.generation = 0

    def session(self, login: str, role: Role = "technician") -> MemorySession:
        """A person's connection; the role holds from now for all of their sessions."""
        with self.changed:
            self.state.people[login] = role
        return MemorySession(self, login)

    def grant(self, login: str, role: Role, notice: Notice) -> None:
        """Let a person in, or give them another role, and tell everybody."""
        with self.changed:
            self.state.people[login] = role
            self._tell(notice, login, granting(login, role, notice.told))

    def revoke(self, login: str, notice: Notice | None = None) -> None:
        """Take a login's rights away, also of its open sessions."""
        with self.changed:
            self.state.people[login] = ""
            if notice:
                self._tell(notice, login, leaving(login))

    def image(self) -> State:
        """A copy of all that the hub knows."""
        with self.changed:
            return self.state.copied()

    def restore(self, image: State, timeline: int | None = None) -> None:
        """Go back to an image; `timeline` is given when another server takes over with it.

        Sessions that were open are broken from now on, as they are when a server goes.
        """
        with self.changed:
            self.state = image.copied()
            self.generation += 1
            if timeline is not None:
                self.state.timeline = timeline
            self.changed.notify_all()

    def _tell(self, notice: Notice, login: str, change: Change) -> None:
        console = notice.console
        self.state.consoles[console.console_id] = Seat(notice.by, version=console.version)
        keeper = judging.Caller(notice.by, "admin", console.console_id, self.clock())
        tell(self.state, keeper, login, change)
        self.changed.notify_all()


class MemorySession:
    """A `Hub` over a `MemoryHub`."""

    def __init__(self, server: MemoryHub, login: str) -> None:
        """Connect as a login that the server knows."""
        self._server = server
        self._login = login
        self._generation = server.generation
        self._heard = server.state.head()[0]
        self._woken = False
        self._closed = False

    def hello(self, console: Console, cursor: int) -> Hello:
        """As `Hub.hello`."""
        with self._reading() as state:
            now = self._server.clock()
            seat = state.consoles.get(console.console_id) or Seat(self._login)
            if seat.login == self._login:
                seat = seat._replace(version=console.version, name=console.name, seen=now)
            state.consoles[console.console_id] = seat
            return Hello(
                hub_id=state.hub_id,
                timeline=state.timeline,
                seq=state.head()[0],
                chain=state.chain_at(cursor),
                last_cseq=seat.last_cseq,
                safe_seq=state.safe_seq,
                schema=terms.SCHEMA,
                now=now,
                login=self._login,
                role=state.people[self._login],
                least=state.terms.least,
                hold_off_ms=state.hold_off_ms(now),
            )

    def push(self, console_id: str, offers: Sequence[Offer]) -> Pushed:
        """As `Hub.push`."""
        with self._open() as state:
            before = state.head()[0]
            role = state.people.get(self._login, "")
            caller = judging.Caller(self._login, role, console_id, self._server.clock())
            done = judging.push(state, caller, offers)
            if done.seq != before:
                self._server.changed.notify_all()
            return done

    def pull(self, console_id: str, cursor: int, limit: int = 500) -> Page:
        """As `Hub.pull`."""
        with self._reading() as state:
            lines: list[Line] = []
            seq, chain = state.head()
            hidden = self._hidden(state)
            for line in state.lines[cursor:]:
                if line.ticket_id not in hidden:
                    lines.append(line)
                    if len(lines) == limit:
                        break
            full = len(lines) == limit
            seat = state.consoles.get(console_id)
            return Page(
                lines=tuple(lines),
                cursor=lines[-1].seq if full else seq,
                chain=lines[-1].chain if full else chain,
                seq=seq,
                last_cseq=seat.last_cseq if seat else 0,
                safe_seq=state.safe_seq,
            )

    def chain_at(self, seq: int) -> str:
        """As `Hub.chain_at`."""
        with self._reading() as state:
            return state.chain_at(seq)

    def snapshot(self, after: str = "", limit: int = 2000, *, ended: bool = False) -> Snapshot:
        """As `Hub.snapshot`."""
        with self._reading() as state:
            hidden = self._hidden(state)
            wanted = sorted(
                ticket_id
                for ticket_id, row in state.tickets.items()
                if ticket_id > after and row.open is not ended and ticket_id not in hidden
            )
            chosen = wanted[:limit]
            total = 0 if after else len(state.tickets.keys() - hidden)
            return _snapshot(state, chosen, chosen[-1] if len(wanted) > limit else "", total)

    def histories(self, ticket_ids: Sequence[str]) -> Snapshot:
        """As `Hub.histories`."""
        with self._reading() as state:
            known = state.tickets.keys() & set(ticket_ids)
            return _snapshot(state, sorted(known - self._hidden(state)), "")

    def directory(self, after: str = "", limit: int = 2000) -> tuple[Line, ...]:
        """As `Hub.directory`."""
        with self._reading() as state:
            wanted = sorted(key for key in state.directory if key > after)[:limit]
            return tuple(state.lines[state.directory[key] - 1] for key in wanted)

    def find(self, number: str) -> tuple[str, ...]:
        """As `Hub.find`."""
        with self._reading() as state:
            found = state.numbers.get(number.casefold(), frozenset())
            return tuple(sorted(found - self._hidden(state)))

    def lease(self, console_id: str, prefix: str, size: int = 50) -> tuple[int, int]:
        """As `Hub.lease`."""
        if not 0 < size <= terms.LEASE_MOST:
            raise ValueError(size)
        with self._reading() as state:
            first = state.leases.get(prefix, 1)
            state.leases[prefix] = first + size
            state.blocks.append((prefix, first, first + size - 1, console_id))
            return first, first + size - 1

    def beat(self, console_id: str, viewing: Sequence[Presence] = ()) -> Beat:
        """As `Hub.beat`."""
        with self._reading() as state:
            now = self._server.clock()
            seat = state.consoles.get(console_id)
            if seat:
                state.consoles[console_id] = seat._replace(seen=now)
            mine = [
                Presence(ticket_id=v.ticket_id, login=self._login, mode=v.mode) for v in viewing
            ]
            state.presence[console_id] = (now, tuple(mine))
            open_here = {each.ticket_id for each in mine} - self._hidden(state)
            return Beat(
                now=now,
                seq=state.head()[0],
                last_cseq=seat.last_cseq if seat else 0,
                safe_seq=state.safe_seq,
                hold_off_ms=state.hold_off_ms(now),
                present=tuple(state.present(console_id, open_here, now)),
            )

    def blob_size(self, sha256: str) -> int | None:
        """As `BlobHub.blob_size`."""
        with self._reading() as state:
            return memory_blobs.size(state, sha256, self._hidden(state))

    def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
        """As `BlobHub.put_blob`."""
        with self._reading() as state:
            if not may_write(state.people[self._login]):
                return None
            return memory_blobs.put(state, sha256, offset, data, size, self._hidden(state))

    def get_blob(self, sha256: str, offset: int, limit: int = CHUNK) -> bytes:
        """As `BlobHub.get_blob`."""
        with self._reading() as state:
            return memory_blobs.get(state, sha256, offset, limit, self._hidden(state))

    def wait(self, seconds: float) -> tuple[News, ...]:
        """As `Hub.wait`."""
        with self._open():
            self._server.changed.wait_for(self._stirred, seconds)
        with self._reading() as state:
            self._woken = False
            before, (seq, chain) = self._heard, state.head()
            self._heard = seq
            if seq <= before:
                return ()
            lines = judging.visible(
                state.lines[before:], state.people[self._login], state.restricted
            )
            return (terms.news(before, seq, lines, chain),)

    def wake(self) -> None:
        """As `Hub.wake`."""
        with self._server.changed:
            self._woken = True
            self._server.changed.notify_all()

    def close(self) -> None:
        """As `Hub.close`."""
        with self._server.changed:
            self._closed = True
            self._server.changed.notify_all()

    def _stirred(self) -> bool:
        broken = self._closed or self._generation != self._server.generation
        return self._woken or broken or self._server.state.head()[0] > self._heard

    @contextmanager
    def _open(self) -> Iterator[State]:
        with self._server.changed:
            if self._closed or self._generation != self._server.generation:
                raise HubDownError(
                    tr("The connection is closed."), safe=terms.SAFE, todo=tr("Connect again.")
                )
            yield self._server.state

    @contextmanager
    def _reading(self) -> Iterator[State]:
        with self._open() as state:
            if not state.people.get(self._login):
                raise NoEntryError(
                    tr("The login {login} may not use this hub any more.", login=self._login),
                    safe=terms.SAFE,
                    todo=tr("Ask the hub's admin."),
                )
            yield state

    def _hidden(self, state: State) -> set[str]:
        return state.restricted if hides(state.people[self._login]) else set()


def _snapshot(state: State, chosen: Sequence[str], after: str, total: int = 0) -> Snapshot:
    rows = tuple((each, state.tickets[each].last_seq, state.tickets[each].row) for each in chosen)
    lines = (state.lines[seq - 1] for each in chosen for seq in state.of_ticket[each])
    return Snapshot(rows=rows, lines=tuple(lines), after=after, total=total)

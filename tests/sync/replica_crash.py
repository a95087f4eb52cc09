"""A desk that works and syncs until it is killed before its n-th statement; run as a program.

`python -m tests.sync.replica_crash FOLDER STEP OFFSET` kills one child at each STEP-th point from
OFFSET on, looks at what each left, and prints a line for whatever is wrong.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.fakes.desks import TurnedClock, done, log, open_desk
from tests.fakes.tiny_log import TinyLog, join, pull, rows, settle
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.log import GENESIS, Line
from tierline.storage.projection import project
from tierline.storage.rows import wire_row
from tierline.storage.taking import Taking

OTHER = "tobias"
MORE = "00000000-0000-7000-8000-00000000beef"


class Kept(msgspec.Struct):
    """What a hub has on its own disk."""

    lines: list[Line]
    counted: dict[str, int]
    refused: dict[str, str]


def kept_of(hub: TinyLog) -> Kept:
    """All of it."""
    return Kept(hub.lines, hub.counted, hub.refused)


class Child:
    """Does a bit of everything; says on disk what a person would have seen succeed."""

    def __init__(self, desk: Desk, other: Desk, hub: TinyLog, folder: Path) -> None:
        self.desk, self.other, self.hub = desk, other, hub
        self.replica = desk.replica
        self.folder = folder
        self.seen = os.open(folder / "seen", os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def run(self) -> None:
        """The whole story, up to the kill."""
        first = self.act(lambda: log(self.desk))
        self.draft(first, "words not sent yet")
        self.push()
        self.act(lambda: done(self.desk.act(first, cmd.Note(text="one"))).op_id)
        self.draft(first, "one more thing")
        self.others(cmd.Take(), first)
        self.push()  # stale: hers comes in with the answer
        self.hub.refuses = {"prioritise"}
        wish = cmd.Prioritise(impact=1, urgency=1, reason="all tills")
        self.act(lambda: done(self.desk.act(first, wish)).op_id)
        self.act(lambda: done(self.desk.act(first, cmd.Note(text="two"))).op_id)
        self.push()
        self.hub.refuses = set()
        self.others(cmd.Prioritise(impact=2, urgency=2, reason="two tills"), first)
        self.act(lambda: done(self.desk.act(first, cmd.Resolve(steps="swapped"))).op_id)
        self.others(cmd.Note(text="hers alone"), log(self.other, "Hers"))
        pull(self.replica, self.hub)
        self.act(lambda: done(self.desk.act(first, cmd.Note(text="three"))).op_id)
        self.replica.sync.lease("CS", 51, 100)
        for refused in self.replica.sync.aside():
            self.replica.sync.keep_as_note(refused.op_id)
        self.push()
        self.lose()
        self.replica.sync.mint(MORE)
        self.act(lambda: log(self.desk, "Two"))
        self.push()
        pull(self.replica, self.hub)
        self.chunk()
        self.act(lambda: done(self.desk.act(first, cmd.Note(text="four"))).op_id)

    def act(self, do: Callable[[], str]) -> str:
        """An act that is confirmed when it returns."""
        op_id = do()
        os.write(self.seen, f"act {op_id}\n".encode())
        return op_id

    def draft(self, ticket_id: str, text: str) -> None:
        """Text that is typed and not sent."""
        self.desk.save_draft(ticket_id, "message", text)
        os.write(self.seen, f"draft {text}\n".encode())

    def push(self) -> None:
        """One round trip; the hub has written it down before it answers."""
        state = self.replica.sync.state()
        offers = self.replica.sync.offers(25)
        answers = self.hub.push(state.login, state.console_id, offers)
        self.keep_hub()
        self.replica.sync.answered(answers)

    def others(self, command: cmd.Command, ticket_id: str) -> None:
        """Somebody else acts meanwhile."""
        settle(self.hub, self.other.replica)
        done(self.other.act(ticket_id, command))
        settle(self.hub, self.other.replica)
        self.keep_hub()

    def lose(self) -> None:
        """The hub loses its last lines and comes back."""
        self.hub.cut(len(self.hub.lines) - 2)
        self.keep_hub()
        heal(self.desk, self.hub)

    def chunk(self) -> None:
        """A part of a first copy, of a ticket that is not here."""
        ticket_id = log(self.other, "Three")
        settle(self.hub, self.other.replica)
        self.keep_hub()
        stored = self.other.replica.tickets.get(ticket_id)
        assert stored is not None
        row = wire_row(project(stored.ticket, self.other.policy(stored.ticket.policy)))
        lines = self.hub.of(ticket_id)
        self.replica.sync.absorb([(ticket_id, lines[-1].seq, row)], lines)

    def keep_hub(self) -> None:
        """What the hub has survives this program."""
        made = self.folder / "hub.new"
        made.write_bytes(msgspec.json.encode(kept_of(self.hub)))
        made.replace(self.folder / "hub")


def heal(desk: Desk, hub: TinyLog) -> None:
    """Go back to what both have and offer the rest again."""
    sync = desk.replica.sync
    state = sync.state()
    points = [(state.cursor, state.chain), *sync.chain_points(99), (0, GENESIS)]
    for seq, hash_ in points:
        if seq <= len(hub.lines) and hash_ == (hub.lines[seq - 1].chain if seq else GENESIS):
            if seq != state.cursor:
                sync.rewind(seq, hash_)
            break
    sync.greeted(1, 0, len(hub.lines))
    counted = hub.counted.get(state.console_id, 0)
    if counted > state.last_cseq:
        sync.mint("00000000-0000-7000-8000-00000000dead")
    else:
        sync.reoffer(counted)


def opened(folder: Path, hub: TinyLog) -> tuple[Desk, Desk]:
    """My desk and the other one, in this folder."""
    clock = TurnedClock()
    desk, other = (open_desk(folder / name, name, clock) for name in ("mira", OTHER))
    if not desk.replica.sync.state().hub_id:
        join(desk.replica, hub, "mira", 1)
        join(other.replica, hub, OTHER, 2)
    return desk, other


def live(folder: Path, kill_at: int) -> int:
    """Run the story; killed before that statement, or 0 with the number of statements."""
    hub = TinyLog()
    desk, other = opened(folder, hub)
    count = 0

    def before(_: str) -> None:
        nonlocal count
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    desk.replica._store._bare().set_trace_callback(before)
    Child(desk, other, hub, folder).run()
    desk.replica._store._bare().set_trace_callback(None)
    desk.replica.close()
    other.replica.close()
    return count


def wrong(folder: Path) -> list[str]:
    """What is wrong with what a killed child left."""
    hub = TinyLog()
    if (folder / "hub").exists():
        kept = msgspec.json.decode((folder / "hub").read_bytes(), type=Kept)
        hub.lines, hub.counted, hub.refused = kept.lines, kept.counted, kept.refused
    desk, other = opened(folder, hub)
    seen = (folder / "seen").read_text().splitlines() if (folder / "seen").exists() else []
    try:
        desk.replica.verify()
        return [*_missing(desk, seen), *_uneven(desk), *_unlike(desk, other, hub, seen)]
    finally:
        desk.replica.close()
        other.replica.close()


def _missing(desk: Desk, seen: list[str]) -> list[str]:
    acts = [line.removeprefix("act ") for line in seen if line.startswith("act ")]
    drafts = [line.removeprefix("draft ") for line in seen if line.startswith("draft ")]
    gone = [f"act {each} is gone" for each in acts if not desk.replica.tickets.operation(each)]
    kept = [
        draft.text
        for each in desk.replica.drafts.tickets()
        for draft in desk.replica.drafts.of(each)
    ]
    # One that was written over it and not confirmed yet may be there in its place.
    if drafts and not set(kept) & {drafts[-1], "one more thing"}:
        gone.append(f"draft {drafts[-1]!r} is gone, there is {kept}")
    return gone


def _uneven(desk: Desk) -> list[str]:
    """Whether tickets, journal, cursor and hashes are of one moment."""
    replica, found = desk.replica, []
    state = replica.sync.state()
    points = replica.sync.chain_points(1)
    if state.cursor and points[0] != (state.cursor, state.chain):
        found.append(f"the cursor is {state.cursor}, the hash is of {points}")
    before = rows(replica)
    with replica._store.writing() as connection:
        Taking(connection, desk.book).tell_anew(before)
    if rows(replica) != before:
        found.append("a ticket is not what its journal says")
    return found


def _unlike(desk: Desk, other: Desk, hub: TinyLog, seen: list[str]) -> list[str]:
    """Whether the sync goes on from there, with everything in the log once."""
    heal(desk, hub)
    heal(other, hub)
    settle(hub, desk.replica, other.replica)
    found = []
    if rows(desk.replica) != rows(other.replica):
        found.append("the two desks differ")
    in_log = [line.op_id for line in hub.lines]
    acts = [line.removeprefix("act ") for line in seen if line.startswith("act ")]
    aside = {each.op_id for each in desk.replica.sync.aside()}
    found += [
        f"act {each} is {in_log.count(each)} times in the log"
        for each in acts
        if in_log.count(each) != 1 and each not in aside and not _withdrawn(desk, each)
    ]
    return found


def _withdrawn(desk: Desk, op_id: str) -> bool:
    with desk.replica._store.reading() as connection:
        query = "SELECT state FROM journal WHERE op_id = ?"
        return connection.exec_driver_sql(query, (op_id,)).scalar() == "withdrawn"


def main(folder: Path, step: int, offset: int) -> None:
    """Kill a child at each point and look at what it left."""
    template = folder / "template"
    for desk in opened(template, TinyLog()):
        desk.replica.close()
    total = live(Path(shutil.copytree(template, folder / "whole")), 0)
    print("points", total, flush=True)
    for point in range(1 + offset, total + 1, step):
        place = Path(shutil.copytree(template, folder / str(point)))
        child = os.fork()
        if not child:
            live(place, point)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(f"point {point}: the child was not killed", flush=True)
        for each in wrong(place):
            print(f"point {point}: {each}", flush=True)
        shutil.rmtree(place)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""The first words with a hub: is it ours, is it unharmed, and is this console the one it knew?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from tierline.domain.log import GENESIS
from tierline.domain.tongue import tr
from tierline.storage.sync_records import Applied, SyncState
from tierline.sync import starting
from tierline.sync.errors import HubDownError, WrongHubError
from tierline.sync.hub import Hello
from tierline.sync.hubs.rights import may_write
from tierline.sync.run import Run
from tierline.sync.steps import Moment, Steps, TroubleError

_POINTS = 20_000  # of the chain: the newest 2000 lines, then 18 000 times 256 further back
_ROUNDS = 6  # a hub that still differs after so many is being changed under our hands


def greet(run: Run) -> Steps[None]:
    """Introduce the console, heal whatever was lost on either side, and be online.

    Raises:
        TroubleError: it is another hub, an older copy of ours, or it cannot be reached.
    """
    for _ in range(_ROUNDS):
        run.state = yield from run.keep("state", lambda sync: sync.state())
        hello = yield from _hello(run)
        if not (yield from _healed(run, hello)):
            continue
        yield from _welcome(run, hello)
        return
    raise TroubleError(HubDownError(*_UNSTEADY[:1], safe=_SAFE, todo=_UNSTEADY[1]))


def _welcome(run: Run, hello: Hello) -> Steps[None]:
    again = yield from run.keep("reoffer", lambda sync: sync.reoffer(hello.last_cseq))
    run.lost(mine=again)
    run.known, run.acked, run.hold_off = hello.seq, hello.last_cseq, hello.hold_off_ms
    run.greeted, run.push_due, run.pull_at = True, True, run.now.steady
    yield from run.recount(login=hello.login, role=hello.role, last_sync=run.hub_now)


def _hello(run: Run) -> Steps[Hello]:
    state = run.state
    console = msgspec.structs.replace(run.console, console_id=state.console_id)
    sent = run.now
    hello = yield from run.hub("hello", lambda hub: hub.hello(console, state.cursor))
    run.offset.heard(sent, run.now, hello.now)
    _check_same(state, hello)
    role = hello.role if may_write(hello.role) else ""
    said = (hello.timeline, hello.safe_seq, hello.seq, role)
    applied = yield from run.keep("greeted", lambda sync: sync.greeted(*said))
    yield from run.tell(applied)
    return hello


def _check_same(state: SyncState, hello: Hello) -> None:
    if hello.hub_id != state.hub_id:
        raise TroubleError(
            WrongHubError(
                tr("This is not the hub that this desk is joined to."),
                safe=_SAFE,
                todo=tr("Check the address, or join that hub with a desk of its own."),
            )
        )
    if hello.timeline < state.seen_timeline:
        raise TroubleError(
            HubDownError(
                tr("This server was replaced: it answers with an older copy of the hub."),
                safe=_SAFE,
                todo=tr("Nothing: it looks for the one that took over."),
            )
        )


def _healed(run: Run, hello: Hello) -> Steps[bool]:
    """Whether both sides agree on what there is; when not, one more step to it was taken."""
    state = run.state
    if hello.last_cseq > state.last_cseq:
        yield from mint(run)
        return False
    if state.boot == starting.BEGIN or hello.first_seq > state.cursor + 1:
        yield from starting.begin(run, hello.seq)
        return False
    if hello.chain != state.chain:
        yield from _rewind(run)
        return False
    return True


def mint(run: Run) -> Steps[None]:
    """Become another console: this one's id is in use by a copy, or by a later self."""
    made = console_id(run.now, run.rng)
    yield from run.keep("mint", lambda sync: sync.mint(made))
    run.greeted = False


def _rewind(run: Run) -> Steps[None]:
    """Go back to the last line that both sides have; the hub has lost what came after."""
    points = yield from run.keep("chain_points", lambda sync: sync.chain_points(_POINTS))
    seq, chain = yield from _last_common(run, (*points, (0, GENESIS)))
    lost = yield from run.keep("rewind", lambda sync: sync.rewind(seq, chain))
    run.lost(mine=lost.mine, others=lost.orphans)
    yield from run.recount(Applied(tickets=lost.tickets))


def _last_common(run: Run, points: Sequence[tuple[int, str]]) -> Steps[tuple[int, str]]:
    """The newest point that the hub has too; what is before a common point is common."""
    least, most = 0, len(points) - 1
    while least < most:
        middle = (least + most) // 2
        seq, mine = points[middle]
        theirs = yield from _chain_at(run, seq)
        if theirs == mine:
            most = middle
        else:
            least = middle + 1
    return points[least]


def _chain_at(run: Run, seq: int) -> Steps[str]:
    return run.hub("chain_at", lambda hub: hub.chain_at(seq))


def console_id(now: Moment, rng: random.Random) -> str:
    """A UUIDv7 of this machine's clock and the dice given."""
    bits = (now.wall // 1000 & (1 << 48) - 1) << 80 | 0x7 << 76 | rng.getrandbits(12) << 64
    digits = f"{bits | 0b10 << 62 | rng.getrandbits(62):032x}"
    return "-".join(digits[a:b] for a, b in pairwise((0, 8, 12, 16, 20, 32)))


_SAFE = "Everything done here is kept on this machine and will be offered again."
_UNSTEADY = (
    "The hub keeps changing while this desk compares itself with it.",
    "Nothing: it tries again by itself.",
)

"""The first copy of a hub: useful from its first chunk, resumed where it was interrupted.

The cursor is put where the log ended before the first chunk was read. Lines from there on are
pulled as ever; the replica has whatever came with a chunk already.
"""

from __future__ import annotations

from tierline.storage.sync_records import Boot
from tierline.sync.run import Run
from tierline.sync.steps import Steps

CHUNK = 2000
SOME = 200
BEGIN: Boot = "begin"
WHOLE: frozenset[Boot] = frozenset({"", "done"})
USABLE = WHOLE | {"ended"}  # every open ticket is here


def begin(run: Run, seq: int) -> Steps[None]:
    """Put the cursor where the log ends now; the copy comes after."""
    state = run.state
    if state.boot != BEGIN:
        # The lines that are missing here are in the hub's archive: the tickets have to come whole.
        yield from run.keep(
            "join",
            lambda sync: sync.join(state.url, state.hub_id, state.login, state.console_id),
        )
    chain = yield from run.hub("chain_at", lambda hub: hub.chain_at(seq))
    yield from run.keep("apply", lambda sync: sync.apply((), seq, chain, state.safe_seq))


def chunk(run: Run) -> Steps[None]:
    """Fetch one more chunk: the directory, then the open tickets, then the ended ones."""
    if run.state.boot == "directory":
        yield from _directory(run)
    else:
        yield from _tickets(run, ended=run.state.boot == "ended")
    run.state = yield from run.keep("state", lambda sync: sync.state())
    yield from run.tell(done=run.state.boot_done, total=run.state.boot_total)


def _directory(run: Run) -> Steps[None]:
    after, most = run.state.boot_after, run.some("directory", CHUNK)
    lines = yield from run.bulk("directory", lambda hub: hub.directory(after, most))
    applied = yield from run.keep("absorb", lambda sync: sync.absorb_directory(lines))
    yield from run.tell(applied)


def _tickets(run: Run, *, ended: bool) -> Steps[None]:
    after = run.state.boot_after
    most = run.some("snapshot", CHUNK)
    part = yield from run.bulk("snapshot", lambda hub: hub.snapshot(after, most, ended=ended))
    done = run.state.boot_done + len(part.rows)
    total = part.total or run.state.boot_total
    applied = yield from run.keep(
        "absorb", lambda sync: sync.absorb(part.rows, part.lines, part.after, done, total)
    )
    yield from run.recount(applied)


def seek(run: Run) -> Steps[None]:
    """Ask which tickets have the numbers that somebody looks for; then they are fetched."""
    wanted = next(iter(run.sought))
    found = yield from run.hub("find", lambda hub: hub.find(wanted))
    del run.sought[wanted]
    run.missing.update(dict.fromkeys(found))


def fetch(run: Run) -> Steps[None]:
    """Fetch tickets of which news came and nothing is here: old ones, or of an unread chunk."""
    wanted = list(run.missing)[: run.some("histories", SOME)]
    part = yield from run.bulk("histories", lambda hub: hub.histories(wanted))
    applied = yield from run.keep("absorb", lambda sync: sync.absorb(part.rows, part.lines))
    for each in wanted:
        del run.missing[each]
    yield from run.recount(applied)

"""What goes on all day: lines in, acts out, numbers for the next tickets, a sign of life."""

from __future__ import annotations

from tierline.domain.log import Line
from tierline.storage.sync_records import BrokenChainError
from tierline.sync.errors import NoEntryError
from tierline.sync.greeting import mint
from tierline.sync.hub import News, Page, Pushed
from tierline.sync.run import Run
from tierline.sync.steps import Steps, TroubleError

INTERACTIVE, BACKLOG, PAUSE = 25, 100, 0.02  # acts, acts, seconds between two batches
PAGE = 500
BUSY, QUIET = 10.0, 30.0  # seconds between heartbeats, with a ticket open and without
WATCHED = 2.0  # and where a wallboard says how old its figures are
JITTER = 0.25  # seconds over which many consoles spread their pulls
ENOUGH, BLOCK = 25, 50  # ticket numbers left, and how many are leased at a time
CALM, BUSIEST = 0.01, 0.1  # seconds in which news gather after the last was taken in
STUCK = 3  # times that the same acts come back before they are offered seldom


def pull(run: Run) -> Steps[None]:
    """Fetch one page of lines and take it in."""
    console, cursor, most = run.id, run.state.cursor, run.some("pull", PAGE)
    page: Page = yield from run.bulk("pull", lambda hub: hub.pull(console, cursor, most))
    run.check(page.seq, page.last_cseq)
    if run.greeted:
        yield from _take_in(run, page)


def _take_in(run: Run, page: Page) -> Steps[None]:
    try:
        applied = yield from run.keep(
            "apply", lambda sync: sync.apply(page.lines, page.cursor, page.chain, page.safe_seq)
        )
    except TroubleError as trouble:
        if not isinstance(trouble.error, BrokenChainError) or run.broken:
            raise
        # The hub has another history than ours: the greeting finds where they part.
        run.broken, run.greeted = 1, False
        return
    run.broken = 0
    run.moved(page.cursor, page.chain)
    run.heard(page.seq)
    yield from run.recount(applied, last_sync=run.hub_now)


def hear(run: Run, news: News) -> None:
    """Note an announcement; the first after a silence is due at once, others gather a while."""
    if news.seq > run.state.cursor:
        run.gathered.append(news)


def take_news(run: Run) -> Steps[None]:
    """Take in what was announced: at once what follows on what is here, else pull soon."""
    gathered, run.gathered = run.gathered, []
    busy = len(gathered) > 1
    run.calm = min(max(run.calm * 2, CALM), BUSIEST) if busy else CALM
    joined: list[Line] = []
    cursor, chain = run.state.cursor, run.state.chain
    for news in gathered:
        if news.lines and news.before == cursor:
            joined.extend(news.lines)
            cursor, chain = news.seq, news.chain
    if joined:
        page = Page(
            lines=tuple(joined),
            cursor=cursor,
            chain=chain,
            seq=cursor,
            last_cseq=run.acked,
            safe_seq=run.state.safe_seq,
        )
        yield from _take_in(run, page)
    for news in gathered:
        run.heard(news.seq, run.rng.uniform(0, JITTER) if run.hold_off else 0.0)
    run.calm_at = run.now.steady + run.calm


def push(run: Run) -> Steps[None]:
    """Offer a batch of acts and take in what became of them."""
    size = run.some("push", INTERACTIVE if run.status.pending <= INTERACTIVE else BACKLOG)
    offers = yield from run.keep("offers", lambda sync: sync.offers(size))
    if not offers:
        run.push_due = False
        return
    console = run.id
    pushed: Pushed = yield from run.bulk("push", lambda hub: hub.push(console, offers))
    # Our own lines are announced to us like anybody's: most often that saves the pull.
    run.heard(pushed.seq, JITTER)
    if pushed.trouble:
        yield from _trouble(run, pushed)
        return
    applied = yield from run.keep("answered", lambda sync: sync.answered(pushed.answers))
    counted = [a.cseq for a in pushed.answers if a.outcome not in {"stale", "later"}]
    run.acked = max([run.acked, *counted])
    run.check(pushed.seq, pushed.last_cseq)
    _keep_going(run, progress=bool(counted) or any(a.lines for a in pushed.answers))
    if len(offers) == BACKLOG:
        run.push_at = run.now.steady + PAUSE
    yield from run.recount(applied, last_sync=run.hub_now)


def _keep_going(run: Run, *, progress: bool) -> None:
    """Offer again at once, unless the same acts come back again and again."""
    run.stuck = 0 if progress else run.stuck + 1
    if run.stuck:
        run.pull_at = run.now.steady
    if run.stuck >= STUCK:
        run.push_at = run.now.steady + min(QUIET, 2.0 ** (run.stuck - STUCK))


def _trouble(run: Run, pushed: Pushed) -> Steps[None]:
    _keep_going(run, progress=False)
    match pushed.trouble:
        case "forked":
            yield from mint(run)
        case "gap":
            yield from _gap(run, pushed.last_cseq)
        case "outdated":
            run.held = True
            yield from run.tell(what=pushed.why, safe=_HELD, todo="Update this program.")
        case "revoked" if not run.only_reads and not run.doubted:
            run.doubted, run.greeted = True, False  # it may be let in as one who only reads
        case "revoked" if run.only_reads:
            run.held = True
            yield from run.tell(what=pushed.why, safe=_HELD, todo=_ASK)
        case _:
            raise TroubleError(NoEntryError(pushed.why or _REVOKED, safe=_HELD, todo=_ASK))


def _gap(run: Run, last_cseq: int) -> Steps[None]:
    """Offer what the hub has forgotten; when that is not here either, begin a new count."""
    again = yield from run.keep("reoffer", lambda sync: sync.reoffer(last_cseq))
    run.acked = last_cseq
    run.lost(mine=again)
    if not again or run.stuck > 1:
        yield from mint(run)


def lease(run: Run) -> Steps[None]:
    """See that there are numbers for the next tickets, with and without a network."""
    for prefix in () if run.only_reads else run.prefixes:
        yield from _lease(run, prefix)
    run.lease_due = False


def _lease(run: Run, prefix: str) -> Steps[None]:
    left = yield from run.keep("numbers_left", lambda sync: sync.numbers_left(prefix))
    if left >= ENOUGH:
        return
    console = run.id
    first, last = yield from run.hub("lease", lambda hub: hub.lease(console, prefix, BLOCK))
    yield from run.keep("lease", lambda sync: sync.lease(prefix, first, last))


def beat(run: Run) -> Steps[None]:
    """Say that we are here; hear the time, how far the log is, and who else is on our tickets."""
    console, viewing, sent = run.id, run.viewing, run.now
    heard = yield from run.hub("beat", lambda hub: hub.beat(console, viewing))
    run.offset.heard(sent, run.now, heard.now)
    pause = WATCHED if run.watched else BUSY if viewing else QUIET
    run.beat_at = run.now.steady + pause
    run.hold_off = heard.hold_off_ms
    run.check(heard.seq, heard.last_cseq)
    run.heard(heard.seq)
    yield from run.tell(present=heard.present, last_sync=run.hub_now)


_HELD = "What was done here stays on this machine, in order, and goes out when it may."
_REVOKED = "This login may not write on the hub any more."
_ASK = "Ask who looks after the hub to grant it again, then press F5."

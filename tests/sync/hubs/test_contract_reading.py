"""What every hub tells whoever asks or waits: lines, whole tickets, people and news."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sync.hubs.places import (
    Session,
    act,
    check_chain,
    entry,
    outcomes,
    whole_log,
)
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Hub, News, Presence


def test_pull_goes_on_from_any_cursor(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(n, ticket=f"t{n}") for n in range(1, 8)])
    page = hub.pull("c-dana", 2, limit=3)
    assert [line.seq for line in page.lines] == [3, 4, 5]
    assert (page.cursor, page.seq, page.last_cseq) == (5, 7, 7)
    assert page.chain == page.lines[-1].chain
    end = hub.pull("c-dana", 7)
    assert (end.lines, end.cursor, end.chain) == ((), 7, hub.chain_at(7))
    check_chain(whole_log(hub, "c-dana", limit=2))


def test_a_snapshot_is_paged_and_consistent_with_its_lines(session: Session) -> None:
    hub = session()
    ids = [f"t{n:02}" for n in range(1, 12)]
    offers = [act(n, ticket=each) for n, each in enumerate(ids, 1)]
    offers.append(act(12, ticket="t03", row='{"n": 12}'))
    offers.append(act(13, ticket="t05", open=False))
    assert outcomes(hub, "c-dana", *offers) == ["taken"] * 13
    rows, lines, after, pages = [], [], "", 0
    while True:
        page = hub.snapshot(after, limit=4)
        assert page.total == (0 if after else len(ids))
        rows += page.rows
        lines += page.lines
        after, pages = page.after, pages + 1
        if not after:
            break
    assert pages == 3
    assert [row[0] for row in rows] == [each for each in ids if each != "t05"]
    assert ("t03", 12, '{"n": 12}') in rows
    assert sorted(line.seq for line in lines) == [n for n in range(1, 13) if n != 5]
    ended = hub.snapshot(ended=True)
    assert [row[0] for row in ended.rows] == ["t05"]
    assert [line.seq for line in ended.lines] == [5, 13]
    old = hub.histories(["t05", "t03", "nobody"])
    assert [row[0] for row in old.rows] == ["t03", "t05"]
    assert [line.seq for line in old.lines] == [3, 12, 5, 13]


def test_the_directory_gives_the_newest_of_each_entry(session: Session) -> None:
    hub, lee = session("dana", "admin"), session("lee")
    hub.push("c-dana", [entry(1, "client", "Ärzte"), entry(2, "client", "Zoo"), act(3)])
    # Whoever writes last counts, having seen the other or not.
    assert outcomes(lee, "c-lee", entry(1, "contact", "Zoo/Ann")) == ["taken"]
    hub.push("c-dana", [entry(4, "contact", "Zoo/Ann", payload='{"name": "new"}')])
    found = hub.directory()
    assert [line.ticket_id for line in found] == ["client/Zoo", "client/Ärzte", "contact/Zoo/Ann"]
    assert found[2].payload == '{"name": "new"}'
    assert hub.directory(after="client/Zoo", limit=1) == found[1:2]
    assert hub.snapshot().rows[0][0] == "t1"


def test_a_ticket_is_found_by_every_number_it_had(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1, number="CS-dana-1"), act(2, number="CS0000007")])
    assert hub.find("cs-DANA-1") == hub.find("CS0000007") == ("t1",)
    assert hub.find("CS0000008") == ()


def test_restricted_tickets_are_hidden_from_technicians(session: Session) -> None:
    dana, kim = session("dana"), session("kim", "lead")
    dana.push("c-dana", [act(1), act(2, ticket="t2")])
    shown = act(3, ticket="t2", restricted=True)
    assert outcomes(dana, "c-dana", shown) == ["refused"]
    secret = act(1, "k1", base=1, kind="restrict", restricted=True)
    assert outcomes(kim, "c-kim", secret) == ["taken"]
    assert [line.ticket_id for line in whole_log(dana, "c-dana")] == ["t2"]
    page = dana.pull("c-dana", 2)
    assert (page.lines, page.cursor, page.chain) == ((), 3, kim.chain_at(3))
    assert [row[0] for row in dana.snapshot().rows] == ["t2"]
    assert dana.histories(["t1"]) == dana.histories([])
    assert dana.find("CS-t1") == ()
    done = dana.push("c-dana", [act(4, base=1)])
    assert [(a.outcome, a.lines) for a in done.answers] == [("refused", ())]
    check_chain(whole_log(kim, "c-kim"))
    assert [row[0] for row in kim.snapshot().rows] == ["t1", "t2"]
    open_again = act(2, "k2", base=3, kind="restrict")
    assert outcomes(kim, "c-kim", open_again) == ["taken"]
    assert [row[0] for row in dana.snapshot().rows] == ["t1", "t2"]
    assert len(dana.histories(["t1"]).lines) == 3


def test_presence_of_others_on_the_tickets_one_looks_at(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    dana.push("c-dana", [act(1)])
    writing = Presence(ticket_id="t1", login="whoever", mode="writing")
    assert dana.beat("c-dana", [writing]).present == ()
    seen = lee.beat("c-lee", [Presence(ticket_id="t1", login="lee", mode="reading")])
    assert seen.present == (Presence(ticket_id="t1", login="dana", mode="writing"),)
    assert (seen.seq, seen.last_cseq, seen.hold_off_ms) == (1, 0, 0)
    assert lee.beat("c-lee", []).present == ()
    assert dana.beat("c-dana", []).last_cseq == 1
    assert lee.beat("c-lee", [Presence(ticket_id="t1", login="", mode="reading")]).present == ()


def _heard(hub: Hub, seq: int) -> list[News]:
    """News until the log has come to `seq`; a hub may tell of several pushes at once."""
    found: list[News] = []
    while not found or found[-1].seq < seq:
        more = hub.wait(20)
        assert more, "nothing was announced"
        found += more
    return found


def test_wait_hears_what_another_console_wrote(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    assert lee.wait(0) == ()
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(_heard, lee, 2)
        dana.push("c-dana", [act(1), act(2)])
        (news,) = heard.result()
    assert (news.before, news.seq) == (0, 2)
    assert news.lines == whole_log(lee, "c-lee")
    assert news.chain == news.lines[-1].chain
    assert lee.wait(0) == ()


def test_big_news_is_told_without_its_lines(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    dana.push("c-dana", [act(1, text="é" * 5000)])
    (news,) = _heard(lee, 1)
    assert (news.before, news.seq, news.lines) == (0, 1, ())


def test_news_of_restricted_tickets_carries_nothing(session: Session) -> None:
    kim, dana = session("kim", "lead"), session("dana")
    kim.push("c-kim", [act(1, restricted=True), act(2, ticket="t2")])
    (news,) = _heard(dana, 2)
    assert (news.before, news.seq, news.lines) == (0, 2, ())


def test_wake_ends_a_wait_from_another_thread(session: Session) -> None:
    hub = session()
    entered = threading.Event()

    def waiting() -> tuple[News, ...]:
        entered.set()
        return hub.wait(60)

    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(waiting)
        entered.wait()
        hub.wake()
        assert heard.result(timeout=30) == ()


def test_a_closed_session_says_so(session: Session) -> None:
    hub = session()
    hub.close()
    hub.close()
    with pytest.raises(HubDownError):
        hub.pull("c-dana", 0)

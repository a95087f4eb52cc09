"""One contract for every hub: in memory, in a file and on PostgreSQL an offer fares the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.sync.hubs.places import (
    LONG_AGO,
    Place,
    Session,
    act,
    check_chain,
    clock,
    entry,
    greeted,
    outcomes,
    whole_log,
)
from tierline.domain.log import GENESIS, chain
from tierline.sync.errors import HubDownError, NoEntryError
from tierline.sync.hub import Console
from tierline.sync.hubs.rights import Role


def test_an_empty_hub_greets_with_the_genesis_chain(session: Session) -> None:
    hub = session()
    greeting = hub.hello(Console(console_id="c-dana", version="1.0.0"), 0)
    assert (greeting.seq, greeting.chain, greeting.last_cseq) == (0, GENESIS, 0)
    assert (greeting.login, greeting.role) == ("dana", "technician")
    assert greeting.timeline >= 1
    assert greeting.hub_id
    assert abs(greeting.now - clock()) < 60_000_000
    assert hub.pull("c-dana", 0).chain == GENESIS


def test_taken_acts_become_lines_in_order_with_their_author(session: Session) -> None:
    hub = session()
    done = hub.push("c-dana", [act(1), act(2), act(3, ticket="t2")])
    assert [(a.cseq, a.outcome, a.seq) for a in done.answers] == [
        (1, "taken", 1),
        (2, "taken", 2),
        (3, "taken", 3),
    ]
    assert (done.seq, done.last_cseq, done.trouble) == (3, 3, "")
    lines = whole_log(hub, "c-dana")
    check_chain(lines)
    assert {line.author for line in lines} == {"dana"}
    assert [line.payload for line in lines] == [act(n).payload for n in (1, 2, 3)]
    assert hub.hello(Console(console_id="c-dana", version="1.0.0"), 2).chain == lines[1].chain
    assert hub.chain_at(3) == lines[2].chain
    assert hub.chain_at(4) == ""


@pytest.mark.parametrize(
    "text",
    ["é ü 漢字 🚚 \u2028 \u202e", "a\tb\r\nc", '"\\u0000" \\', "\x00 nul", "'; DROP TABLE log; --"],
)
def test_the_chain_is_python_s_for_any_text(session: Session, text: str) -> None:
    hub = session()
    offer = act(1, text=text)
    assert outcomes(hub, "c-dana", offer) == ["taken"]
    (line,) = whole_log(hub, "c-dana")
    assert line.payload == offer.payload
    assert line.chain == chain(GENESIS, line)


def test_a_nul_that_json_did_not_write_out_is_replaced(session: Session) -> None:
    hub = session()
    assert outcomes(hub, "c-dana", act(1, number="CS\x007")) == ["taken"]
    assert hub.find("CS\ufffd7") == ("t1",)


def test_an_offer_again_is_known_and_makes_no_second_line(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1), act(2)])
    again = hub.push("c-dana", [act(1), act(2), act(3)])
    assert [(a.outcome, a.seq) for a in again.answers] == [("known", 1), ("known", 2), ("taken", 3)]
    assert again.last_cseq == 3
    assert len(whole_log(hub, "c-dana")) == 3


def test_the_same_rule_on_two_consoles_is_one_act(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    dana.push("c-dana", [act(1, "rule-1", kind="rule")])
    done = lee.push("c-lee", [act(1, "rule-1", kind="rule"), act(2, base=1)])
    assert [(a.outcome, a.seq) for a in done.answers] == [("known", 1), ("taken", 2)]
    assert done.last_cseq == 2
    again = lee.push("c-lee", [act(1, "rule-1", kind="rule")])
    assert [(a.outcome, a.seq) for a in again.answers] == [("known", 1)]


def test_a_hole_is_a_gap_and_nothing_is_taken(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1)])
    done = hub.push("c-dana", [act(3)])
    assert (done.trouble, done.last_cseq, done.answers) == ("gap", 1, ())
    done = hub.push("c-dana", [act(2), act(4)])
    assert (done.trouble, done.last_cseq, done.answers) == ("gap", 1, ())
    assert len(whole_log(hub, "c-dana")) == 1


def test_another_act_under_a_used_cseq_is_a_fork(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1), act(2)])
    done = hub.push("c-dana", [act(2, "other"), act(3)])
    assert (done.trouble, done.last_cseq, done.answers) == ("forked", 2, ())
    assert outcomes(hub, "c-dana", act(3), act(3, "twin")) == ["forked"]
    assert len(whole_log(hub, "c-dana")) == 2


def test_a_console_is_its_person_s(session: Session) -> None:
    session("dana")
    lee = session("lee", console="c-dana")
    assert outcomes(lee, "c-dana", act(1)) == ["forked"]


def test_a_ticket_that_moved_on_is_stale_with_the_lines_missed(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    dana.push("c-dana", [act(1), act(2, ticket="t2")])
    lee.push("c-lee", [act(1, "lee-1", base=1), act(2, "lee-2", ticket="t2", base=2)])
    done = dana.push("c-dana", [act(3, ticket="t3"), act(4, base=1), act(5, ticket="t4")])
    assert [a.outcome for a in done.answers] == ["taken", "stale", "later"]
    assert [line.op_id for line in done.answers[1].lines] == ["lee-1"]
    assert done.last_cseq == 3
    assert outcomes(dana, "c-dana", act(4, base=3), act(5, ticket="t4")) == ["taken", "taken"]


def test_own_acts_in_a_row_are_not_stale_for_each_other(session: Session) -> None:
    dana, lee = session("dana"), session("lee")
    assert outcomes(dana, "c-dana", act(1), act(2), act(3)) == ["taken"] * 3
    assert outcomes(lee, "c-lee", act(1, "lee-1", base=3)) == ["taken"]
    done = dana.push("c-dana", [act(4, base=3)])
    assert [line.seq for line in done.answers[0].lines] == [4]
    # The console's own line after the other's does not hide it.
    assert outcomes(dana, "c-dana", act(4, base=4), act(5, base=3)) == ["taken", "stale"]


def test_a_base_that_the_hub_has_lost_is_stale_without_lines(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1)])
    done = hub.push("c-dana", [act(2, base=7)])
    assert [(a.outcome, a.lines) for a in done.answers] == [("stale", ())]
    assert outcomes(hub, "c-dana", act(2, ticket="new", base=7)) == ["stale"]


def test_a_kind_above_the_role_is_refused_kept_and_counted(session: Session) -> None:
    hub = session()
    done = hub.push("c-dana", [entry(1, "policy", "tiered"), act(2)])
    assert [a.outcome for a in done.answers] == ["refused", "taken"]
    assert "admin" in done.answers[0].why
    assert (done.seq, done.last_cseq) == (1, 2)
    again = hub.push("c-dana", [entry(1, "policy", "tiered")])
    assert again.answers[0] == done.answers[0]


@pytest.mark.parametrize(
    ("role", "kind", "outcome"),
    [
        ("technician", "contact", "taken"),
        ("technician", "client", "refused"),
        ("technician", "template", "refused"),
        ("lead", "client", "taken"),
        ("lead", "template", "taken"),
        ("lead", "policy", "refused"),
        ("lead", "person", "refused"),
        ("admin", "policy", "taken"),
        ("admin", "person", "taken"),
    ],
)
def test_entries_of_the_directory_by_role(
    session: Session, role: Role, kind: str, outcome: str
) -> None:
    assert outcomes(session("dana", role), "c-dana", entry(1, kind, "x")) == [outcome]


def test_what_stood_on_a_refused_act_waits(session: Session) -> None:
    hub = session()
    done = hub.push("c-dana", [act(1, kind="import"), act(2), act(3, ticket="t2")])
    assert [a.outcome for a in done.answers] == ["refused", "later", "later"]
    assert done.last_cseq == 1
    assert outcomes(hub, "c-dana", act(2), act(3, ticket="t2")) == ["taken", "taken"]


@pytest.mark.parametrize("payload", ["", "{", "7", '{"kind": "noted"}', '["noted"]', "[{]", "nul"])
def test_a_broken_payload_is_refused_and_blocks_nothing(session: Session, payload: str) -> None:
    hub = session()
    assert outcomes(hub, "c-dana", act(1, payload=payload), act(2, ticket="t2")) == [
        "refused",
        "taken",
    ]


@pytest.mark.parametrize("row", ["{", "[]", "7", ""])
def test_a_ticket_begins_with_a_row_that_can_be_read(session: Session, row: str) -> None:
    assert outcomes(session(), "c-dana", act(1, row=row)) == ["refused"]


def test_an_act_without_a_row_leaves_the_ticket_as_it_stood(session: Session) -> None:
    hub = session()
    closed = act(1, open=False)
    assert outcomes(hub, "c-dana", closed, act(2, row="")) == ["taken", "taken"]
    assert hub.histories(["t1"]).rows == (("t1", 2, closed.row),)
    assert hub.snapshot().rows == ()
    assert hub.snapshot(ended=True).rows == (("t1", 2, closed.row),)


def test_who_may_read_a_ticket_stays_when_a_console_cannot_tell(session: Session) -> None:
    kim, dana = session("kim", "lead"), session("dana")
    secret = act(1, kind="restrict", restricted=True)
    assert outcomes(kim, "c-kim", secret, act(2, row="")) == ["taken", "taken"]
    assert [line.restricted for line in whole_log(kim, "c-kim")] == [True, True]
    assert dana.pull("c-dana", 0).lines == ()
    assert dana.histories(["t1"]).rows == ()
    assert outcomes(dana, "c-dana", act(1, "d1", row="", base=2)) == ["refused"]
    told = kim.push("c-kim", [act(3, kind="restrict", row="")]).answers[0]
    assert (told.outcome, "cannot read" in told.why) == ("refused", True)
    plain = (act(4, ticket="t2"), act(5, ticket="t2", row="", restricted=True))
    assert outcomes(kim, "c-kim", *plain) == ["taken", "taken"]
    assert [each[0] for each in dana.snapshot().rows] == ["t2"]


def test_a_newer_format_travels_unread(session: Session) -> None:
    hub = session()
    assert outcomes(hub, "c-dana", act(1), act(2, v=9, payload='{"new": 1}')) == ["taken", "taken"]
    assert whole_log(hub, "c-dana")[1].v == 9


def test_a_technician_signs_for_nobody_else(session: Session) -> None:
    hub = session("dana", "technician")
    handed_over = '[{"kind": "time", "by": "lee", "seconds": 60}]'
    assert outcomes(hub, "c-dana", act(1, by="dana"), act(2, payload=handed_over)) == [
        "taken",
        "taken",
    ]
    done = hub.push("c-dana", [act(3, by="lee", ticket="t2")])
    assert done.answers[0].outcome == "refused"
    assert "lee" in done.answers[0].why
    told = '[{"kind": "logged", "by": "lee", "source": "old desk"}]'
    assert outcomes(hub, "c-dana", act(4, ticket="t4", kind="log", payload=told)) == ["refused"]


@pytest.mark.parametrize("role", ["lead", "admin"])
def test_a_lead_vouches_for_what_others_did(session: Session, role: Role) -> None:
    hub = session("kim", role)
    told = '[{"kind": "logged", "by": "lee"}, {"kind": "noted", "by": "ann"}]'
    acts = [
        act(1, ticket="t3", kind="log", payload=told),
        act(2, ticket="t3", kind="import", by="lee"),
        act(3, ticket="t3", kind="infer", by="lee"),
        act(4, ticket="t3", kind="resolve", by="ann"),
    ]
    assert outcomes(hub, "c-kim", *acts) == ["taken"] * 4
    lines = whole_log(hub, "c-kim")
    assert {line.author for line in lines} == {"kim"}
    assert lines[0].payload == told


def test_instants_of_the_future_are_clamped_and_of_the_past_believed(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1, at=clock() + 10**15), act(2, at=1)])
    future, past = whole_log(hub, "c-dana")
    assert future.at == future.received_at
    assert abs(future.received_at - clock()) < 60_000_000
    assert past.at == 1


def test_a_revoked_login_writes_and_reads_no_more(place: Place, session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1)])
    place.revoke("dana")
    trouble: str
    try:
        trouble = hub.push("c-dana", [act(2)]).trouble
    except HubDownError:  # a server may cut the connection; the next one is refused
        trouble = "revoked"
    assert trouble == "revoked"
    with pytest.raises((NoEntryError, HubDownError)):
        hub.pull("c-dana", 0)
    lee = session("lee")
    assert len(whole_log(lee, "c-lee")) == 1


def test_a_wallboard_reads_and_writes_nothing(session: Session) -> None:
    session("dana").push("c-dana", [act(1)])
    hub = session("wall", "wallboard")
    assert outcomes(hub, "c-wall", act(1, "w")) == ["revoked"]
    assert len(whole_log(hub, "c-wall")) == 1


def test_an_old_program_gives_up_its_backlog_only(place: Place, session: Session) -> None:
    hub = session()
    since = LONG_AGO + 100
    place.require("2.0.0", since)
    assert hub.hello(Console(console_id="c-dana", version="1.9"), 0).least == "2.0.0"
    old, new = act(1), act(2, at=since)
    done = hub.push("c-dana", [old, new])
    assert [a.outcome for a in done.answers] == ["taken", "later"]
    done = hub.push("c-dana", [new])
    assert (done.trouble, done.answers) == ("outdated", ())
    assert "2.0.0" in done.why
    hub.hello(Console(console_id="c-dana", version="2.0.0"), 0)
    assert outcomes(hub, "c-dana", new) == ["taken"]


def test_blocks_of_numbers_are_disjoint_under_threads(place: Place) -> None:
    def leases(console: int) -> list[tuple[int, int]]:
        with closing(place.session(f"p{console}")) as hub:
            return [hub.lease(f"c{console}", "CS", 7) for _ in range(10)]

    with ThreadPoolExecutor(4) as pool:
        found = sorted(block for blocks in pool.map(leases, range(4)) for block in blocks)
    numbers = [n for first, last in found for n in range(first, last + 1)]
    assert numbers == list(range(1, 4 * 10 * 7 + 1))


def test_blocks_stay_clear_of_numbers_in_use(session: Session) -> None:
    hub = session()
    hub.push("c-dana", [act(1, number="CS0000120")])
    assert hub.lease("c-dana", "CS") == (121, 170)
    assert hub.lease("c-dana", "INC", 5) == (1, 5)
    with pytest.raises(ValueError, match="0"):
        hub.lease("c-dana", "CS", 0)


def test_eight_threads_leave_no_hole(place: Place, session: Session) -> None:
    session()
    each = 25

    def work(n: int) -> None:
        console = f"c{n}"
        with closing(place.session(f"p{n}")) as hub:
            greeted(hub, console)
            for cseq in range(1, each + 1):
                offer = act(cseq, f"op-{n}-{cseq}", ticket=f"own-{n}")
                while outcomes(hub, console, offer) != ["taken"]:
                    pass  # pragma: no cover - nobody else is on the ticket

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    lines = whole_log(session("kim", "lead"), "c-kim")
    check_chain(lines)
    assert len({line.op_id for line in lines}) == len(lines) == 8 * each


def test_eight_threads_on_one_ticket_lose_nothing(place: Place, session: Session) -> None:
    session()

    def work(n: int) -> None:
        console, base = f"c{n}", 0
        with closing(place.session(f"p{n}")) as hub:
            greeted(hub, console)
            for cseq in range(1, 6):
                while True:
                    offer = act(cseq, f"op-{n}-{cseq}", base=base)
                    (answer,) = hub.push(console, [offer]).answers
                    if answer.outcome == "taken":
                        base = answer.seq
                        break
                    assert answer.outcome == "stale"
                    base = answer.lines[-1].seq

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    lines = whole_log(session("kim", "lead"), "c-kim")
    check_chain(lines)
    assert len(lines) == 40

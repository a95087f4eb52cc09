"""The core step by step, against answers written down for it."""

from __future__ import annotations

import random
from itertools import groupby

import pytest
from msgspec.structs import replace

from tests.sync.scripted import DOWN, OFFER, STATE, TAKEN, Script, beat, hello, line, page, pushed
from tierline.domain.errors import WorldError
from tierline.domain.log import GENESIS
from tierline.storage.sync_records import Applied, BrokenChainError, Rewound, SyncState
from tierline.sync.clock import Offset
from tierline.sync.errors import NoEntryError
from tierline.sync.greeting import console_id
from tierline.sync.hub import News, Snapshot
from tierline.sync.steps import Came, Moment, Rest, Woke


def test_it_connects_greets_and_is_settled() -> None:
    script = Script()
    rest = script.run()
    assert script.calls[:5] == ["state", "unpark", "counts", "open", "state"]
    assert rest.settled
    assert script.status.link == "online"
    assert script.status.caught_up
    assert script.status.login == "mira"


def test_an_answer_that_comes_late_or_twice_changes_nothing() -> None:
    script = Script()
    script.run()
    told = len(script.told)
    for token in (1, script.action.token - 1, script.action.token + 1):
        assert script.core.step(Came(token, None), script.now, script.dice) == []
    assert len(script.told) == told


def test_another_hub_stops_the_sync_with_words_until_somebody_tries_again() -> None:
    script = Script(hello=[hello(hub_id="other"), hello()])
    rest = script.run()
    assert rest.until is None
    assert script.shut == 1
    assert script.status.link == "stopped"
    assert "not the hub" in script.status.what
    assert script.status.todo
    script.wake(hurried=True)
    assert script.status.link == "online"
    assert not script.status.what


def test_an_older_copy_of_the_hub_is_left_alone_and_looked_for_again() -> None:
    script = Script(hello=[hello(timeline=1), hello()])
    script.run()
    assert script.status.link == "offline"
    assert "older copy" in script.status.what
    assert "push" not in script.calls
    script.sleep()
    assert script.status.link == "online"


def test_reconnecting_waits_longer_each_time_with_full_jitter_up_to_30_seconds() -> None:
    script = Script(open=DOWN)
    waits = []
    for _ in range(60):
        rest = script.run() if not waits else script.sleep()
        waits.append(rest.until - script.steady)
    assert all(0 < wait <= min(30, 0.25 * 2**n) for n, wait in enumerate(waits))
    late = waits[10:]
    assert max(late) > 20
    assert min(late) < 10


def test_f5_tries_at_once_and_a_new_act_does_not() -> None:
    script = Script(open=DOWN)
    script.run()
    script.wake(poked=True)
    assert script.calls == ["counts"]
    script.wake(hurried=True)
    assert "open" in script.calls


def test_offline_says_since_when_and_when_it_tries_next() -> None:
    script = Script(open=DOWN)
    script.run()
    since = script.status.since
    script.sleep()
    script.sleep()
    assert script.status.since == since
    assert script.status.next_try
    assert script.status.next_try > since


def test_a_copied_desk_becomes_another_console() -> None:
    script = Script()
    script.run()
    script.said |= {
        "offers": [(OFFER,), (OFFER,), ()],
        "push": [pushed(trouble="forked"), pushed(TAKEN, last_cseq=4)],
    }
    script.wake(poked=True)
    assert script.calls.index("mint") < script.calls.index("hello")
    assert script.status.link == "online"


def test_an_old_image_of_a_desk_becomes_another_console_before_it_offers_anything() -> None:
    script = Script(hello=[hello(last_cseq=9), hello(last_cseq=0)])
    script.run()
    assert script.calls.index("mint") < script.calls.index("beat")


def test_a_login_that_lost_its_rights_stops_with_words() -> None:
    script = Script(offers=(OFFER,), push=pushed(trouble="revoked"))
    script.run()
    assert script.status.link == "stopped"
    assert script.status.what
    assert script.status.safe
    assert script.status.todo


def test_a_password_that_is_not_taken_is_not_tried_again_by_itself() -> None:
    script = Script(open=NoEntryError("Wrong password.", safe="All is kept.", todo="Type it."))
    assert script.run().until is None
    assert script.status.what == "Wrong password."


@pytest.mark.parametrize("told", [{"last_cseq": 2}, {"seq": 6}])
def test_I1_a_hub_that_has_less_than_it_had_is_greeted_anew(told: dict[str, int]) -> None:
    script = Script()
    script.run()
    script.said |= {
        "beat": [beat(**told), beat()],
        "hello": hello(last_cseq=told.get("last_cseq", 3)),
        "reoffer": 1,
    }
    script.sleep()
    assert script.calls[:4] == ["beat", "state", "hello", "greeted"]
    assert "reoffer" in script.calls
    assert "1 act of yours" in script.status.note


def test_I1_a_pull_that_tells_of_fewer_acts_than_were_taken_is_not_believed() -> None:
    script = Script(pull=[page(line(8), last_cseq=2), page(line(8))])
    script.run()
    script.wake(news=(News(before=6, seq=8),))
    assert script.calls[:3] == ["pull", "state", "hello"]


def test_a_hub_that_lost_its_end_is_rewound_to_the_last_line_both_have() -> None:
    points = tuple((seq, f"c{seq}") for seq in range(7, 0, -1))
    script = Script(
        state=[STATE, STATE, STATE, STATE],
        hello=[hello(chain="other"), hello()],
        chain_points=points,
        rewind=Rewound(mine=2, orphans=3, tickets=("t",)),
    )
    asked: list[int] = []

    class Hub:
        def chain_at(self, seq: int) -> str:
            asked.append(seq)
            return f"c{seq}" if seq <= 4 else ""

    class Replica:
        def rewind(self, seq: int, chain: str) -> None:
            self.to = (seq, chain)

    replica = Replica()
    while not isinstance(script.action, Rest):
        name = getattr(script.action, "name", "")
        if name == "chain_at":
            script.said["chain_at"] = script.action.do(Hub())
        if name == "rewind":
            script.action.do(replica)
        script.answer()
    assert replica.to == (4, "c4")
    assert len(asked) <= 3
    assert "2 acts of yours" in script.status.note
    assert "3 acts of others" in script.status.note


def test_a_hub_that_shares_nothing_is_read_from_the_first_line() -> None:
    script = Script(
        hello=[hello(chain=""), hello()], chain_points=((7, "c7"), (6, "c6")), chain_at=""
    )

    class Replica:
        def rewind(self, seq: int, chain: str) -> None:
            self.to = (seq, chain)

    replica = Replica()
    script.run(lambda: getattr(script.action, "name", "") == "rewind")
    script.action.do(replica)
    assert replica.to == (0, GENESIS)


def test_lines_of_another_history_are_refused_and_the_hub_is_greeted_anew() -> None:
    broken = BrokenChainError("Not ours.", safe="", todo="")
    script = Script(pull=page(line(8)), apply=[broken, *[Script().said["apply"]] * 3])
    script.run()
    script.wake(news=(News(before=6, seq=8),))
    assert script.calls[:5] == ["pull", "apply", "state", "hello", "greeted"]
    assert script.status.caught_up


def test_a_disk_that_is_full_is_told_and_tried_again() -> None:
    full = WorldError("The disk is full.", safe="Nothing was lost.", todo="Make room.")
    script = Script(pull=page(line(8)), apply=full)
    script.run()
    script.wake(news=(News(before=6, seq=8),))
    assert script.status.link == "offline"
    assert script.status.what == "The disk is full."
    assert script.action.until is not None


def test_an_error_nobody_thought_of_does_not_end_the_sync() -> None:
    script = Script(hello=[ZeroDivisionError("oops"), hello()])
    script.run()
    assert "oops" in script.status.what
    script.sleep()
    assert script.status.link == "online"


def test_the_offset_is_that_of_the_quickest_answer() -> None:
    offset = Offset()
    offset.heard(Moment(0, 0.0), Moment(2_000_000, 2.0), 10_000_000)
    offset.heard(Moment(3_000_000, 3.0), Moment(3_010_000, 3.01), 8_005_000)
    offset.heard(Moment(5_000_000, 5.0), Moment(6_000_000, 6.0), 20_000_000)
    assert offset.us == 5_000_000
    assert offset.seconds == 5.0


def test_a_clock_that_was_set_forgets_what_was_measured_before() -> None:
    offset = Offset()
    offset.heard(Moment(0, 0.0), Moment(10_000, 0.01), 5_005_000)
    day = 86_400_000_000
    offset.heard(Moment(day, 1.0), Moment(day + 100_000, 1.1), 6_050_000)
    assert offset.seconds == pytest.approx((6_050_000 - day - 50_000) / 1e6)


def test_a_console_id_is_a_uuid7_of_the_dice() -> None:
    made = console_id(Moment(1_700_000_000_000_000, 0.0), random.Random(3))
    assert made == console_id(Moment(1_700_000_000_000_000, 0.0), random.Random(3))
    assert made[14] == "7"
    assert made[19] in "89ab"
    assert len(made) == 36
    assert int(made.replace("-", "")[:12], 16) == 1_700_000_000_000


def at(boot: str, after: str = "", done: int = 0) -> SyncState:
    return replace(STATE, boot=boot, boot_after=after, boot_done=done)


def test_a_first_copy_is_useful_when_the_open_tickets_are_here_and_pushes_meanwhile() -> None:
    rows = (("t1", 1, "{}"),)
    states = [
        *[at("begin")] * 2,
        *[at("directory")] * 1,
        at("directory", "person/ann"),
        at("open"),
        at("open", "t1", 1),
        at("ended", "", 2),
        at("done", "", 2),
    ]
    script = Script(
        state=states,
        chain_at="c7",
        directory=[(line(1),), ()],
        absorb=Applied(tickets=("t1",)),
        snapshot=[
            Snapshot(rows=rows, lines=(), after="t1"),
            Snapshot(rows=rows, lines=(), after=""),
            Snapshot(rows=(), lines=(), after=""),
        ],
        offers=[(OFFER,), ()],
        push=pushed(TAKEN, last_cseq=4),
    )
    stages = []
    rest = script.run()
    while True:
        stages.append((script.status.link, script.status.done, "push" in script.calls))
        if rest.settled:
            break
        rest = script.sleep()
    told = [each for each, _ in groupby(stages)]
    assert told == [
        ("joining", 0, True),
        ("joining", 0, False),
        ("joining", 1, False),
        ("online", 2, False),
    ]
    assert script.status.caught_up


def test_the_copy_begins_where_the_log_ended_before_it() -> None:
    script = Script(state=[at("begin"), at("begin"), at("done")], chain_at="c7")
    script.run()
    assert script.calls.index("hello") < script.calls.index("chain_at")
    assert script.calls.index("chain_at") < script.calls.index("apply")


def test_lines_that_the_hub_has_put_away_make_the_copy_begin_anew() -> None:
    script = Script(
        hello=[hello(first_seq=20, seq=30), hello(seq=30, chain="c7")],
        state=[STATE, STATE, at("done")],
        chain_at="c30",
        join=None,
        pull=page(line(30), seq=30),
    )
    script.run()
    assert script.calls.index("join") < script.calls.index("apply")


def test_tickets_of_which_news_came_and_nothing_is_here_are_fetched_whole() -> None:
    script = Script(
        pull=page(line(8)),
        apply=Applied(missing=("old",)),
        histories=Snapshot(rows=(), lines=(line(3),), after=""),
        absorb=Applied(tickets=("old",)),
    )
    script.run()
    asked: list[list[str]] = []

    class Hub:
        def histories(self, ids: list[str]) -> None:
            asked.append(ids)

    script.action = script.step(Came(script.action.token, Woke(news=(News(before=6, seq=8),))))
    script.run(lambda: getattr(script.action, "name", "") == "histories")
    script.action.do(Hub())
    script.run()
    assert asked == [["old"]]
    assert script.calls[-2:] == ["absorb", "counts"]


def test_a_ticket_that_somebody_looks_for_comes_before_the_rest_of_the_copy() -> None:
    script = Script(
        state=[at("ended")],
        find=("old",),
        histories=Snapshot(rows=(), lines=(line(3),), after=""),
        absorb=Applied(tickets=("old",)),
        snapshot=Snapshot(rows=(), lines=(), after="t7"),
    )
    script.core.seek(["CS0000012"])
    script.run()
    assert script.calls.index("find") < script.calls.index("histories")
    assert script.calls.index("histories") < script.calls.index("snapshot")
    assert script.calls.count("find") == 1


def test_what_the_hub_had_lost_is_told_once() -> None:
    script = Script(reoffer=[2, 0])
    script.run()
    assert "2 acts of yours" in script.status.note
    script.said["beat"] = [DOWN, beat()]
    script.sleep()
    script.sleep()
    assert script.status.link == "online"
    assert not script.status.note

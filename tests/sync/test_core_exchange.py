"""What goes on all day, step by step: news in, acts out, heartbeats, numbers."""

from __future__ import annotations

import pytest

from tests.sync.scripted import DOWN, OFFER, STATE, TAKEN, Script, beat, hello, line, page, pushed
from tierline.storage.sync_records import SyncCounts
from tierline.sync.core import Core
from tierline.sync.exchange import CALM
from tierline.sync.hub import Answer, Console, News, Presence


def test_lines_that_follow_on_the_cursor_are_taken_in_without_a_query() -> None:
    script = Script()
    script.run()
    script.wake(news=(News(before=7, seq=8, lines=(line(8),), chain="c8"),))
    assert script.calls == ["apply", "counts"]
    script.wake(news=(News(before=7, seq=8, lines=(line(8),), chain="c8"),))
    assert script.calls == []


def test_an_announcement_without_lines_or_with_a_hole_before_it_is_pulled_at_once() -> None:
    script = Script(pull=[page(line(8)), page(line(9), line(10), seq=10)])
    script.run()
    script.wake(news=(News(before=7, seq=8),))
    assert script.calls == ["pull", "apply", "counts"]
    script.steady += CALM
    script.wake(news=(News(before=9, seq=10, lines=(line(10),), chain="c10"),))
    assert script.calls == ["pull", "apply", "counts"]


def test_news_that_come_fast_are_taken_in_together_in_one_transaction() -> None:
    script = Script()
    script.run()
    script.wake(news=(News(before=7, seq=8, lines=(line(8),), chain="c8"),))
    assert script.calls == ["apply", "counts"]
    for seq in (9, 10, 11):
        rest = script.wake(
            news=(News(before=seq - 1, seq=seq, lines=(line(seq),), chain=f"c{seq}"),)
        )
        assert script.calls == []
    assert rest.until - script.steady == pytest.approx(CALM)
    script.sleep()
    assert script.calls[:2] == ["apply", "counts"]
    assert script.status.caught_up


def test_a_hole_among_news_that_came_together_is_pulled() -> None:
    script = Script(pull=page(line(9), line(10), seq=10))
    script.run()
    script.wake(
        news=(
            News(before=7, seq=8, lines=(line(8),), chain="c8"),
            News(before=9, seq=10, lines=(line(10),), chain="c10"),
        )
    )
    assert script.calls == ["apply", "counts", "pull", "apply", "counts"]


def test_many_consoles_spread_their_pulls_over_a_quarter_of_a_second() -> None:
    script = Script(hello=hello(hold_off_ms=50), beat=beat(hold_off_ms=50), pull=page(line(8)))
    script.run()
    rest = script.wake(news=(News(before=7, seq=8),))
    assert script.calls == []
    assert 0 < rest.until - script.steady <= 0.25
    script.sleep()
    assert "pull" in script.calls


def test_what_is_new_is_fetched_before_anything_is_offered() -> None:
    script = Script(
        hello=hello(seq=8),
        beat=beat(seq=8),
        pull=page(line(8)),
        offers=[(OFFER,), ()],
        push=pushed(TAKEN, seq=9, last_cseq=4),
    )
    script.run()
    assert script.calls.index("pull") < script.calls.index("push")


def test_an_act_goes_out_when_it_is_made_and_a_failed_push_stops_no_pull() -> None:
    script = Script(pull=page(line(8)))
    script.run()
    script.said |= {"offers": [(OFFER,), ()], "push": DOWN}
    script.wake(poked=True)
    assert script.status.link == "offline"
    script.said |= {"hello": hello(seq=8), "beat": beat(seq=8)}
    script.calls.clear()
    script.sleep()
    assert "pull" in script.calls


def test_a_stale_act_is_offered_again_at_once() -> None:
    stale = Answer(cseq=4, outcome="stale", lines=(line(8),))
    script = Script()
    script.run()
    script.said |= {
        "offers": [(OFFER,), (OFFER,), ()],
        "push": [pushed(stale, seq=8), pushed(TAKEN, seq=9, last_cseq=4)],
    }
    script.wake(poked=True)
    steps = ["offers", "push", "answered", "counts"]
    assert [name for name in script.calls if name in steps[:3]] == [*steps[:3] * 2, "offers"]
    assert "pull" not in script.calls


def test_an_act_that_always_comes_back_does_not_keep_the_line_busy() -> None:
    stale = Answer(cseq=4, outcome="stale")
    script = Script()
    script.run()
    script.said |= {"offers": (OFFER,), "push": pushed(stale)}
    script.wake(poked=True)
    assert script.calls.count("push") == 3


@pytest.mark.parametrize(("pending", "size"), [(25, 25), (26, 100)])
def test_a_batch_is_of_25_acts_or_of_100_when_many_wait(pending: int, size: int) -> None:
    asked = []

    class Replica:
        def offers(self, limit: int) -> None:
            asked.append(limit)

    script = Script(counts=SyncCounts(pending=pending))
    script.run(lambda: getattr(script.action, "name", "") == "offers")
    script.action.do(Replica())
    assert asked == [size]


def test_a_gap_is_filled_from_the_journal() -> None:
    script = Script(reoffer=[0, 2])
    script.run()
    script.said |= {
        "offers": [(OFFER,), (OFFER,), ()],
        "push": [pushed(trouble="gap", last_cseq=1), pushed(TAKEN, last_cseq=4)],
    }
    script.wake(poked=True)
    assert script.calls.count("push") == 2
    assert "mint" not in script.calls
    assert "2 acts of yours" in script.status.note


def test_a_gap_that_nothing_fills_begins_a_new_count() -> None:
    script = Script()
    script.run()
    script.said |= {
        "offers": [(OFFER,), ()],
        "push": pushed(trouble="gap", last_cseq=1),
        "state": [STATE],
    }
    script.wake(poked=True)
    assert script.calls.index("mint") < script.calls.index("hello")


def test_a_program_that_is_too_old_goes_on_reading() -> None:
    script = Script(offers=(OFFER,), push=pushed(trouble="outdated"), pull=page(line(8)))
    script.run()
    assert script.status.link == "online"
    assert "Update" in script.status.todo
    script.wake(news=(News(before=6, seq=8),))
    assert "pull" in script.calls
    assert "push" not in script.calls
    assert "Update" in script.status.todo


def test_it_beats_every_30_seconds_and_every_10_with_a_ticket_open() -> None:
    script = Script()
    rest = script.run()
    assert rest.until - script.steady == pytest.approx(30)
    me = Presence(ticket_id="t", login="mira", mode="writing")
    script.core.view((me,))
    script.said["beat"] = beat(present=(Presence(ticket_id="t", login="dana", mode="reading"),))
    rest = script.wake()
    assert "beat" in script.calls
    assert rest.until - script.steady == pytest.approx(10)
    assert script.status.present[0].login == "dana"


def test_numbers_are_leased_while_there_is_a_network() -> None:
    script = Script(numbers_left=[24, 74], lease=[(1, 50), None])
    script.core = Core(Console(console_id="", version="1"), ("CS", "CS"))
    script.calls.clear()
    script.action = script.step(None)
    script.run()
    assert script.calls.count("numbers_left") == 1
    assert script.calls.count("lease") == 2
    script.wake(poked=True)
    assert "lease" not in script.calls

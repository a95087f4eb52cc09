"""An answer reaches the action that asked for it, in the program that asked, or nobody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sync.scripted import DOWN, Script
from tests.sync.simulator.story import staged
from tierline.sync.steps import Ask, Event, Rest


@pytest.mark.parametrize(
    ("weather", "reached"),
    [({}, True), ({"twice": 1.0}, True), ({"late": 1.0}, False)],
)
def test_what_comes_back_after_a_crash_is_not_told_to_the_program_started_since(
    weather: dict[str, float], reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staged(0) as story:
        world = story.world
        world.weather.calm()
        vars(world.weather).update(weather)
        console = story.seat("dana", "dana")
        console.session = world.session("dana", "technician")
        heard: list[Event | None] = []
        console._ask(Ask(1, "beat", lambda _: "asked before the crash"))
        console.crash()
        console.reboot()
        console.cut_off = not reached
        monkeypatch.setattr(console, "_step", heard.append)
        world.run(30.0)
        assert "beat -> asked before the crash" in "".join(world.trace)
        assert heard == [None], "only the start of the new program"


def test_a_second_start_is_no_answer_to_what_is_asked() -> None:
    script = Script()
    script.run()
    assert script.core.step(None, script.now, script.dice) == []
    script.sleep()
    assert script.status.link == "online"


@pytest.mark.expects_logs
@pytest.mark.parametrize("counts", [None, ZeroDivisionError("oops"), DOWN])
def test_an_answer_without_sense_while_it_waits_does_not_end_the_sync(counts: Any) -> None:
    script = Script(open=[DOWN, None])
    script.run()
    good = script.said["counts"]
    script.said["counts"] = counts
    script.wake(poked=True)
    assert isinstance(script.action, Rest)
    script.said["counts"] = good
    script.sleep()
    assert script.status.link == "online"

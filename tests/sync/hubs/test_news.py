"""How announcements of a server are held together when many consoles listen."""

from __future__ import annotations

import time

from tests.sync.hubs.places import act, clock, greeted, outcomes
from tests.sync.hubs.server_place import Server
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs.postgres import PostgresHub

ME = Console(console_id="c", version="1")


def _crowd(place: Server, count: int) -> None:
    with place.as_keeper() as base:
        base.execute(
            "INSERT INTO tierline.console (console_id, login, seen)"
            " SELECT 'crowd-' || n, 'crowd', %s FROM generate_series(1, %s) n"
            " ON CONFLICT DO NOTHING",
            (clock(), count),
        )


def _hold(place: Server, ms: int) -> None:
    """Hold announcements off for that long, however many consoles there are."""
    with place.as_keeper() as base:
        base.execute(
            "CREATE OR REPLACE FUNCTION tierline.hold_off_ms(now bigint) RETURNS int"
            f" LANGUAGE sql STABLE AS 'SELECT {ms}'"
        )


def _heard_to(hub: Hub, seq: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while not found or found[-1][1] < seq:
        found += [(news.before, news.seq) for news in hub.wait(20)]
    return found


def test_the_hold_off_grows_with_the_consoles(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    assert hub.hello(ME, 0).hold_off_ms == 0
    for crowd, held in ((40, 0), (60, 50), (310, 100)):
        _crowd(hub_place, crowd)
        assert hub.beat("c").hold_off_ms == held
    hub.close()


def test_what_was_held_off_is_told_by_whoever_pushed_it(hub_place: Server) -> None:
    _hold(hub_place, 600_000)
    dana, lee = hub_place.session("dana"), greeted(hub_place.session("lee"), "l")
    assert isinstance(dana, PostgresHub)
    greeted(dana, "c")
    assert outcomes(dana, "c", act(1)) == ["taken"]
    assert outcomes(dana, "c", act(2)) == ["taken"]
    assert outcomes(dana, "c", act(3)) == ["taken"]
    assert _heard_to(lee, 1) == [(0, 1)]
    assert lee.wait(0) == ()
    assert lee.beat("l").seq == 3  # a heartbeat tells it all the same
    _hold(hub_place, 0)
    dana._held_until = time.monotonic()
    dana.wait(0)
    assert _heard_to(lee, 3) == [(1, 3)]
    dana.close()
    lee.close()


def test_many_lines_are_told_without_them(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    offers = [act(n, ticket=f"t{n}") for n in range(1, 81)]
    assert outcomes(hub, "c", *offers) == ["taken"] * 80
    (news,) = hub.wait(20)
    assert (news.before, news.seq, news.lines) == (0, 80, ())
    hub.close()

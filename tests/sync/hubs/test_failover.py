"""Another server takes over: with everything, with less than was acknowledged, from a dump."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from tests.fakes.servers import Postgres, private_folder, running
from tests.sync.hubs.places import act, check_chain, greeted, outcomes, whole_log
from tests.sync.hubs.server_place import Server
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Console
from tierline.sync.hubs.postgres import PostgresHub

ME = Console(console_id="c", version="1")


def _caught_up(place: Server, standby: Postgres, seq: int) -> None:
    end = time.monotonic() + 60
    while True:
        with standby.keeper(place.database) as base:
            if base.execute("SELECT seq FROM tierline.hub").fetchone() == (seq,):
                return
        assert time.monotonic() < end, "the standby does not follow"
        time.sleep(0.02)


def _cut_off(standby: Postgres) -> None:
    with standby.keeper() as base:
        base.execute("ALTER SYSTEM SET primary_conninfo = ''")
        base.execute("SELECT pg_reload_conf()")
        end = time.monotonic() + 60
        while base.execute("SELECT 1 FROM pg_stat_wal_receiver").fetchone():
            assert time.monotonic() < end, "the standby goes on following"
            time.sleep(0.02)


def test_a_promoted_standby_takes_over_on_a_higher_timeline() -> None:
    with running() as primary, private_folder() as folder:
        place = Server(primary)
        hub = greeted(place.session("dana"), "c")
        assert outcomes(hub, "c", act(1)) == ["taken"]
        first = hub.hello(ME, 0)
        standby = primary.standby(folder)
        standby.start()
        try:
            _caught_up(place, standby, 1)
            hosts = (("127.0.0.1", primary.port), ("127.0.0.1", standby.port))
            both = replace(place.let_in("dana", "technician"), hosts=hosts)
            alone = replace(both, hosts=hosts[1:])
            with pytest.raises(HubDownError, match="standby"):
                PostgresHub(alone, lambda: place.secret("dana"))
            # What follows is acknowledged and never reaches the standby.
            _cut_off(standby)
            assert outcomes(hub, "c", act(2), act(3)) == ["taken", "taken"]
            primary.kill()
            hub.close()
            standby.promote()
            hub = greeted(PostgresHub(both, lambda: place.secret("dana")), "c")
            second = hub.hello(ME, 3)
            assert second.hub_id == first.hub_id
            assert second.timeline > first.timeline
            assert (second.seq, second.last_cseq, second.chain) == (1, 1, "")
            assert second.chain == hub.chain_at(3)
            assert outcomes(hub, "c", act(3)) == ["gap"]
            assert outcomes(hub, "c", act(2), act(3)) == ["taken", "taken"]
            check_chain(whole_log(hub, "c"))
            hub.close()
        finally:
            standby.stop()


def test_a_server_filled_from_a_dump_counts_its_timeline_on(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    before = hub.hello(ME, 0).timeline
    with hub_place.as_keeper() as base:
        base.execute("UPDATE tierline.hub SET system_id = 'another', timeline_seen = 7")
    after = hub.hello(ME, 0).timeline
    assert after > 7 >= before
    assert hub.hello(ME, 0).timeline == after
    hub.close()

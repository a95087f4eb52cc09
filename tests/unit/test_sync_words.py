"""How it stands with the shared desk, in the very words of the design."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tierline.desk import sync_words as words
from tierline.sync.hub import Presence
from tierline.sync.status import SyncStatus

ZONE = ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 11, 4, 23, 31, 8, tzinfo=UTC)  # 10:31:08 in Sydney
SYNCED = datetime(2026, 11, 4, 23, 19, 40, tzinfo=UTC)
LOST = datetime(2026, 11, 4, 23, 21, tzinfo=UTC)
OFFLINE = SyncStatus(
    link="offline", hub="db.example.org/desk", login="ravi", role="technician",
    since=LOST, last_sync=SYNCED, pending=3, conflicts=1,
)  # fmt: skip
ONLINE = SyncStatus(link="online", hub="db.example.org/desk", login="ravi", last_sync=NOW)


def changed(status: SyncStatus, **told: object) -> SyncStatus:
    return msgspec.structs.replace(status, **told)


def band(status: SyncStatus, now: datetime = NOW) -> words.BandWords | None:
    return words.band_words(status, now, ZONE)


def bar(status: SyncStatus, now: datetime = NOW) -> words.StatusWords:
    return words.status_words(status, now, ZONE)


def test_the_band_says_what_the_design_says() -> None:
    said = band(OFFLINE)
    assert said is not None
    assert str(said) == (
        "Offline since 10:21. Keep working. "
        "3 changes are saved on this laptop and go out by themselves."
    )
    assert (said.icon, said.tone, said.show, said.retry) == (
        "cloud-off", "dark", "Show 3", "Try now"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pending", "rest", "show"),
    [
        (0, "What you change is saved on this laptop and goes out by itself.", ""),
        (1, "1 change is saved on this laptop and goes out by itself.", "Show 1"),
        (1200, "1\u202f200 changes are saved on this laptop and go out by themselves.",
         "Show 1\u202f200"),
    ],
)  # fmt: skip
def test_the_band_counts(pending: int, rest: str, show: str) -> None:
    said = band(changed(OFFLINE, pending=pending))
    assert said is not None
    assert said.rest == f"Keep working. {rest}"
    assert said.show == show


def test_a_break_of_less_than_five_seconds_is_no_news() -> None:
    blip = LOST + timedelta(seconds=4.9)
    assert band(OFFLINE, blip) is None
    assert words.as_of(OFFLINE, blip, ZONE) == ""
    assert bar(OFFLINE, blip).link == "Reconnecting"
    assert band(OFFLINE, LOST + timedelta(seconds=5)) is not None


def test_a_link_lost_on_another_day_says_which() -> None:
    said = band(changed(OFFLINE, since=LOST - timedelta(days=2)))
    assert said is not None
    assert said.what == "Offline since Tue 10:21."


def test_the_status_bar_says_what_the_design_says() -> None:
    said = bar(OFFLINE)
    assert (said.link, said.icon) == ("Offline", "cloud-off")
    assert said.pending == "3 changes pending"
    assert said.conflict == "1 conflict"
    assert said.last == "Last sync 10:19:40"
    assert said.clock == "Clock known to 1 s"
    assert said.attention == ""
    assert not said.alarm
    assert words.as_of(OFFLINE, NOW, ZONE) == "as of 10:19"


def test_online_says_so_and_nothing_else_shows() -> None:
    said = bar(changed(ONLINE, offset=-0.2))
    assert (said.link, said.icon, said.pending) == ("Online", "cloud-check", "0 changes pending")
    assert (said.last, said.clock) == ("Last sync 10:31:08", "Clock +0.2 s to server")
    assert bar(changed(ONLINE, offset=0.2)).clock == "Clock \u22120.2 s to server"
    assert bar(ONLINE).clock == "Clock as the server’s"
    assert band(ONLINE) is None
    assert words.as_of(ONLINE, NOW, ZONE) == ""
    assert bar(changed(ONLINE, pending=1)).link == "Sending"


@pytest.mark.parametrize(
    ("offset", "clock"),
    [(-840, "14 min fast"), (840, "14 min slow"), (2.4, "2 s slow"), (-9000, "2 h fast"),
     (86400 * 365, "365 days slow")],
)  # fmt: skip
def test_a_clock_that_is_off_is_told_and_nothing_is_to_do(offset: float, clock: str) -> None:
    status = changed(ONLINE, offset=offset)
    assert (bar(status).clock, bar(status).alarm) == (f"Clock {clock}", True)
    hint = f"This computer’s clock is {clock}. Deadlines use server time. Nothing to do here."
    assert words.offset_hint(status) == hint
    assert hint in bar(status).tip
    assert words.offset_hint(changed(ONLINE, offset=-2.0)) == ""


def test_after_thirty_days_the_clock_is_known_less_well() -> None:
    said = bar(changed(OFFLINE, last_sync=NOW - timedelta(days=30)))
    assert said.clock == "Clock known to 4 min"
    assert said.last == "Last sync 6 Oct"


def test_what_will_happen_on_return_is_said() -> None:
    told = words.on_return(OFFLINE)
    assert told.startswith("When the connection is back, 3 changes go out in the order")
    assert "both are kept" in told
    assert "1 change goes out." in words.on_return(changed(OFFLINE, pending=1))
    assert words.on_return(ONLINE) == words.on_return(changed(OFFLINE, pending=0)) == ""


def test_the_next_try_is_counted_down() -> None:
    soon = changed(OFFLINE, next_try=NOW + timedelta(seconds=11.2))
    assert words.next_try(soon, NOW) == "It tries again by itself in 12 s."
    assert words.next_try(soon, NOW + timedelta(minutes=1)) == "It is trying now."
    assert words.next_try(OFFLINE, NOW) == ""


def test_joining_shows_how_far_it_is_and_that_one_can_begin() -> None:
    joining = SyncStatus(link="joining", hub="db.example.org/desk")
    said = band(joining)
    assert said is not None
    assert str(said) == (
        "Joining the desk at db.example.org/desk. The first tickets are on their way."
    )
    assert said.share < 0
    said = band(changed(joining, done=10_000, total=40_000))
    assert said is not None
    assert said.rest == (
        "10\u202f000 of 40\u202f000 tickets are here; you can work with them already."
    )
    assert (said.tone, said.share, said.retry) == ("quiet", 0.25, "")


def test_a_stop_says_what_happened_what_is_safe_and_what_to_do() -> None:
    status = changed(
        OFFLINE, link="stopped", what="The password of ravi was not accepted.",
        safe="3 changes are kept on this laptop.", todo="Type it once more.",
    )  # fmt: skip
    said = band(status)
    assert said is not None
    assert str(said) == (
        "The password of ravi was not accepted. 3 changes are kept on this laptop. "
        "Type it once more."
    )
    assert (said.tone, said.show, said.retry) == ("soon", "Show 3", "Try now")
    assert bar(status).link == "Not connected"
    assert words.as_of(status, NOW, ZONE) == "as of 10:19"


def test_rows_say_how_much_is_unsent_only_when_something_is() -> None:
    assert [words.unsent(n) for n in (0, 1, 2)] == ["", "1 unsent", "2 unsent"]
    assert [words.conflicts(n) for n in (0, 1, 2)] == ["", "1 conflict", "2 conflicts"]
    assert [words.attention(n) for n in (0, 1, 2)] == ["", "1 needs attention", "2 need attention"]


def test_a_break_that_does_not_mend_itself_says_what_to_do() -> None:
    unknown = changed(
        OFFLINE, what="The name of the hub's host db:5432 is not known.", todo="Check the network."
    )
    said = band(unknown)
    assert said is not None
    assert str(said) == (
        "Offline since 10:21. The name of the hub's host db:5432 is not known. Keep working. "
        "3 changes are saved on this laptop and go out by themselves. Check the network."
    )
    passing = changed(OFFLINE, what="The hub does not answer.", todo="It is tried again by itself.")
    assert band(passing) == band(OFFLINE)
    assert "The hub does not answer." in bar(passing).tip


def test_an_old_program_goes_on_receiving_and_is_told() -> None:
    held = changed(ONLINE, what="New acts need Tierline 2.0.", safe="Yours wait.", todo="Update.")
    said = band(held)
    assert said is not None
    assert (str(said), said.tone, said.retry) == (
        "New acts need Tierline 2.0. Yours wait. Update.", "soon", ""
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("postgresql://ravi@db.example.org:5432/desk?sslrootcert=ca.pem", "db.example.org/desk"),
        ("postgresql://ravi@a:5432,b:5433/desk", "a,b:5433/desk"),
        ("postgresql:///desk?host=/run/pg", "this computer/desk?host=/run/pg"),
        ("sqlite:////srv/desk/hub.sqlite", "/srv/desk/hub.sqlite"),
        ("db/desk", "db/desk"),
    ],
)
def test_a_hub_is_called_by_its_place(url: str, word: str) -> None:
    assert words.hub_word(url) == word


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({}, ""),
        ({"ravi": "writing"}, ""),
        ({"hana": "reading"}, "Hana is reading"),
        ({"hana": "reading", "dana": "writing"}, "Dana and Hana are here"),
        ({"hana": "reading", "dana": "reading"}, "Dana and Hana are reading"),
        ({"hana": "reading", "dana": "reading", "joan": "reading"}, "Dana and 2 others are here"),
    ],
)
def test_who_else_is_here_is_said(there: dict[str, str], said: str) -> None:
    present = [Presence(ticket_id="t", login=login, mode=mode) for login, mode in there.items()]
    present.append(Presence(ticket_id="other", login="zoe", mode="reading"))
    assert words.present_words(present, "t", "ravi", str.capitalize) == said


def test_a_newer_programs_changes_are_named() -> None:
    told = words.parked(changed(ONLINE, parked=2))
    assert told.startswith("2 changes were made by a newer Tierline")
    assert words.parked(ONLINE) == ""


def test_the_summary_leaves_out_what_is_not_so() -> None:
    told = dict(words.summary(OFFLINE, NOW, ZONE))
    assert told["Link"] == "Offline; last sync 10:19:40"
    assert told["Pending"] == "3 changes"
    assert told["Conflicts"] == "1 conflict"
    assert told["Refused"] == "none"
    assert "Trouble" not in told
    assert "Copy" not in told


def test_a_file_alone_does_not_claim_to_know_the_network() -> None:
    asleep = changed(OFFLINE, since=None)
    assert dict(words.summary(asleep, NOW, ZONE))["Link"] == (
        "Not connected now; last sync 10:19:40"
    )
    assert dict(words.summary(asleep, NOW, ZONE, elsewhere=True))["Link"] == (
        "Kept in sync by an open console or agent; last sync 10:19:40"
    )
    never = changed(asleep, last_sync=None)
    assert dict(words.summary(never, NOW, ZONE))["Link"] == "Not connected now"


def test_before_the_hub_was_tried_the_list_is_old_and_nothing_jumps() -> None:
    starting = changed(OFFLINE, since=None)
    assert words.band_words(starting, NOW, ZONE) is None
    assert words.status_words(starting, NOW, ZONE).link == "Connecting"
    assert words.as_of(starting, NOW, ZONE) == "as of 10:19"

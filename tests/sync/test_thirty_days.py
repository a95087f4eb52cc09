"""Thirty days without a network: on return all of it is out at once, and hardly anything is asked.

A real server through a line with a round trip of 100 ms; the days are virtual.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.fakes.servers import running
from tests.sync.hubs.server_place import Server
from tests.sync.month_away import OF_OTHERS, Month
from tests.sync.torture.verdict import Report, verdict
from tierline.desk.sync_words import may_rule
from tierline.desk.timed_rules import RulesReport
from tierline.domain.events import Conflicted, decode_events
from tierline.domain.ticket import Ticket
from tierline.sync.hub import Console

TRIPS = 50  # of 100 ms there and back: half of the ten seconds that all of it may take
BLOCK = 50
REAL, OWN = re.compile(r"CS\d{7}"), re.compile(r"CS-[0-9A-F]{6}-\d+")


class Back:
    """What was to be seen the day he came back, and after the rules had run everywhere."""

    def __init__(self, place: Server, seed: int) -> None:
        """Live through all of it."""
        self.place = place
        self.month = month = Month(place, seed)
        month.go()
        month.pass_by()
        self.waited = month.ravi.replica.sync.counts().pending
        self.ruled_offline = may_rule(month.ravi.status)
        self.numbers = {each: self.ticket(each).number for each in month.logged}
        began, trips = time.monotonic(), month.proxy.trips
        month.come_back()
        month.ravi.settled()
        self.took = time.monotonic() - began
        self.trips = (month.proxy.trips - trips) // 2
        self.before_rules = {each: self.ticket(each) for each in (*month.own, *month.shared)}
        self.rules = month.ravi.desk.run_rules()
        month.ravi.engine.poke()
        month.ravi.settled()
        month.together()
        self.rules_elsewhere = month.mira.desk.run_rules()

    def ticket(self, ticket_id: str) -> Ticket:
        """As Ravi's desk has it."""
        stored = self.month.ravi.replica.tickets.get(ticket_id)
        assert stored is not None
        return stored.ticket

    def verdict(self) -> Report:
        """The log, the ledgers and the replicas against each other."""
        with closing(self.place.session("judge", "admin")) as hub:
            return verdict(hub, self.month.ledgers(), {})

    def asked(self) -> dict[str, set[str]]:
        """What anybody was ever asked, by ticket: all conflicts of the log, answered or not."""
        found: dict[str, set[str]] = {}
        with closing(self.place.session("judge", "admin")) as hub:
            hub.hello(Console(console_id="judge", version="1.0"), 0)
            lines = hub.pull("judge", 0, 10_000).lines
        for line in lines:
            for event in decode_events(line.payload) if '"conflicted"' in line.payload else ():
                if isinstance(event, Conflicted):
                    found.setdefault(line.ticket_id, set()).add(event.what)
        return found


@pytest.fixture(scope="module")
def back(seed: int) -> Iterator[Back]:
    with running() as server:
        made = Back(Server(server), seed)
        yield made
        made.month.close()


def test_I1_a_thousand_acts_are_out_in_seconds_and_nothing_is_lost(back: Back) -> None:
    print(f"{back.waited} acts out in {back.took:.1f} s, {back.trips} times there and back")
    assert back.waited >= 1000
    assert back.trips <= TRIPS
    assert back.month.ravi.replica.sync.counts().aside == 0
    report = back.verdict()
    assert not report.wrong, report
    assert report.figures["acts confirmed"] > 1000 + 30 * OF_OTHERS


def test_I5_only_what_two_really_changed_is_asked(back: Back) -> None:
    assert back.asked() == {each: {"priority"} for each in back.month.met}
    assert all(back.ticket(each).priority == 1 for each in back.month.met)
    assert all(back.ticket(each).priority == 2 for each in back.month.agreed)


def test_a_ticket_logged_offline_has_a_number_at_once_and_its_own_in_the_end(back: Back) -> None:
    told = [*back.numbers.values()]
    assert len(told) > BLOCK
    assert all(REAL.fullmatch(each) for each in told[:BLOCK])
    assert all(OWN.fullmatch(each) for each in told[BLOCK:])
    final = {each: back.ticket(each).number for each in back.month.logged}
    assert all(REAL.fullmatch(each) for each in final.values())
    assert len({*final.values()}) == len(final)
    assert [*final.values()][:BLOCK] == told[:BLOCK]
    for seat in back.month.seats:
        for ticket_id, number in back.numbers.items():
            found = seat.desk.find(number)
            assert found is not None, (seat.login, number)
            assert found.ticket.id == ticket_id


def test_the_clocks_go_by_when_it_was_done(back: Back) -> None:
    assert len(back.month.resolved) > 10
    for ticket_id, at in back.month.resolved.items():
        assert back.ticket(ticket_id).resolved_at == at
    for seat in back.month.seats:
        assert seat.desk.recompute() == 0


def test_the_rules_do_not_run_wild_on_return(back: Back) -> None:
    assert not back.ruled_offline
    assert back.rules.made
    _each_once(back.rules)
    touched = {*back.month.own, *back.month.shared, *back.month.met, *back.month.agreed}
    assert {act.ticket_id for act in back.rules.made} <= touched
    for ticket_id, was in back.before_rules.items():
        now = back.ticket(ticket_id)
        assert now.priority >= was.priority - 1, "one step at most"
        assert now.tier == was.tier
        assert now.assignee == was.assignee
        if ticket_id in back.month.resolved:
            assert now.ended in ("resolved", "closed")
    assert not back.rules_elsewhere.made, "what one console's rules did is done for all"


def _each_once(rules: RulesReport) -> None:
    times = Counter((act.ticket_id, act.rule) for act in rules.made)
    assert max(times.values()) == 1, times.most_common(3)
    written = Counter(act.ticket_id for act in rules.made if act.does in ("message", "remind"))
    assert max(written.values(), default=0) == 1, "nobody is written to in a burst"

"""Conflicts on the command line: `show` says them with their answers, `settle` gives one."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import open_desk
from tests.oracles.shared_log import START, meet
from tierline.domain import commands as cmd
from tierline.storage.projection import all_words, project
from tierline.storage.records import Person

NUMBER = "CS1"


@pytest.fixture
def met(cli: Terminal) -> Terminal:
    """A desk on which Dana's and Mira's priorities have met."""
    one, two = (cmd.Prioritise(priority=n, reason=why) for n, why in ((1, "all"), (2, "some")))
    log = meet([one], [two])
    projection = project(log.ticket, log.policy, all_words(log.ticket, log.ticket.conflicts))
    desk = open_desk(cli.folder)
    desk.replica.directory.put_people([Person(id="dana", name="Dana Whitlock", role="lead")])
    with desk.replica.writing() as writing:
        for line in log.lines:
            writing.record(line, projection, base_seq=0)
    desk.replica.close()
    cli.now = START.replace(hour=11).isoformat()
    return cli


def test_show_says_both_sides_and_how_to_answer(met: Terminal) -> None:
    said = met.done("show", NUMBER).out
    assert "Two people changed the priority (it was P3)" in said
    assert "You, 20:30, offline: P2; some" in said
    assert "Dana Whitlock, 20:20: P1; all" in said
    assert "tierline settle CS1 --mine: Use mine, P2" in said
    assert "set the priority to P2 (in conflict)" in said


def test_show_tells_a_program_the_same(met: Terminal) -> None:
    [told] = met.done("show", NUMBER, json=True).data["conflicts"]
    assert (told["title"], told["grave"]) == ("Two people changed the priority", True)
    assert told["answers"]["keep"] == "Keep P1"


@pytest.mark.parametrize(("choice", "priority"), [("--keep", 1), ("--mine", 2), ("--both", 1)])
def test_settle_answers_it(met: Terminal, choice: str, priority: int) -> None:
    assert met.done("settle", NUMBER, choice).out == "Settled on CS1.\n"
    told = met.done("show", NUMBER, json=True).data
    assert (told["priority"], told["conflicts"]) == (priority, [])
    why, _ = met.refused("settle", NUMBER, choice)
    assert why == "CS1 has no conflict."


def test_both_values_stay_as_a_note_in_words(met: Terminal) -> None:
    met.done("settle", NUMBER, "Dana agrees.", "--both")
    said = met.done("show", NUMBER).out
    assert "Priority: P1 by Dana Whitlock, P2 by Mira Okonedo. Dana agrees." in said


def test_settle_wants_one_answer_to_one_of_them(met: Terminal) -> None:
    assert met("settle", NUMBER).code == 2
    why, todo = met.refused("settle", NUMBER, "--keep", "--which", "3")
    assert why == "There is no conflict 3."
    assert todo == "There are: 1 Two people changed the priority."


def test_only_a_lead_restricts_a_ticket(met: Terminal) -> None:
    why, todo = met.refused("restrict", NUMBER, "--reason", "personal")
    assert why == "Only a lead decides who may read a ticket."
    assert todo == "Nothing was changed. Ask Dana Whitlock."
    met.me = "dana"
    met.done("restrict", NUMBER, "--reason", "personal")
    assert met.done("show", NUMBER, json=True).data["restricted"]
    met.done("restrict", NUMBER, "--off")
    assert not met.done("show", NUMBER, json=True).data["restricted"]

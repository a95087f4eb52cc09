"""What a conflict says to whom, what the timeline shows of it, and how it is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.desks import PEOPLE, TurnedClock, done, open_desk
from tests.oracles.shared_log import LEAD, START, Console, SharedLog, meet
from tests.oracles.shared_log import done as shared
from tierline.desk.acting import Done
from tierline.desk.conflicts import ConflictWords
from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.storage.projection import all_words, project
from tierline.storage.records import Person

P1 = cmd.Prioritise(priority=1, reason="dispatch stopped, whole site")
P2 = cmd.Prioritise(priority=2, reason="one shift cannot scan")
UP = cmd.Escalate(tier=2, reason="skill", handover="look", message="goes on")
RESOLVE = cmd.Resolve(steps="restarted it", message="it works")
NOW = START + timedelta(hours=1)


class Scene:
    """A desk of mira's that holds a shared log, as the sync would have brought it."""

    def __init__(self, folder: Path, log: SharedLog, me: str = "mira") -> None:
        """Open the desk an hour after the ticket was logged."""
        self.clock = TurnedClock(NOW)
        self.desk: Desk = open_desk(folder, me, self.clock)
        more = (("dana", "Dana Whitlock", "technician"), (LEAD, "Lena Ort", "lead"))
        others = [Person(id=id_, name=name, role=role) for id_, name, role in more]
        self.desk.replica.directory.put_people([*PEOPLE, *others])
        self.desk.people.refresh()
        events = [event for line in log.lines for event in line.events]
        projection = project(log.ticket, log.policy, all_words(log.ticket, events))
        with self.desk.replica.writing() as writing:
            for line in log.lines:
                writing.record(line, projection, base_seq=0)

    @property
    def view(self) -> TicketView:
        """What the pane shows."""
        found = self.desk.open_ticket("t")
        assert found is not None
        return found

    @property
    def card(self) -> ConflictWords:
        """Its only conflict."""
        [card] = self.view.conflicts
        return card

    def marks(self) -> list[tuple[str, str]]:
        """The entries of the timeline that bear a mark."""
        return [(e.verb, e.mark) for e in self.view.timeline if e.mark]

    def settle(self, choice: str) -> Done:
        """Answer the conflict."""
        command = cmd.Settle(conflict=self.card.key, choice=choice)  # type: ignore[arg-type]
        return done(self.desk.act("t", command))


@pytest.fixture
def scenes(tmp_path: Path) -> Iterator[type[Scene]]:
    opened: list[Scene] = []

    class Opened(Scene):
        def __init__(
            self, theirs: Sequence[cmd.Command], mine: Sequence[cmd.Command], me: str = "mira"
        ) -> None:
            super().__init__(tmp_path / str(len(opened)), meet(theirs, mine), me)
            opened.append(self)

    yield Opened  # type: ignore[misc]
    for scene in opened:
        scene.desk.replica.close()


def test_a_priority_has_a_card_with_both_sides_and_what_they_promise(scenes: type[Scene]) -> None:
    card = scenes([P1], [P2]).card
    lost, kept = card.sides
    assert (card.title, card.was, card.grave) == (
        "Two people changed the priority",
        "it was P3",
        True,
    )
    assert (lost.who, lost.when, lost.priority, lost.text, lost.kept) == (
        ("You", "20:30, offline", 2, "one shift cannot scan", False)
    )
    assert (kept.who, kept.when, kept.priority, kept.kept) == ("Dana Whitlock", "20:20", 1, True)
    assert lost.effect == "fix would be due Wed 08:00"
    assert kept.effect == "fix due Tue 00:00"
    words = [(each.choice, each.word) for each in card.answers]
    assert words == [
        ("keep", "Keep P1"),
        ("mine", "Use mine, P2"),
        ("both", "Keep P1, note both"),
    ]


def test_the_one_who_is_kept_reads_it_the_other_way_round(scenes: type[Scene]) -> None:
    card = scenes([P1], [P2], "dana").card
    assert [side.who for side in card.sides] == ["Mira Okonedo", "You"]
    assert card.answers[1].word == "Use Mira’s, P2"


@pytest.mark.parametrize(
    ("theirs", "mine", "title", "answers"),
    [
        (UP, RESOLVE, "Two people changed the status", ["Keep 2nd line", "Resolve it"]),
        (cmd.Take(), cmd.Take(), "Two people took it", ["Leave it with Dana", "Hand over to me"]),
        (UP, cmd.Take(), "It was taken, and went to another line", ["Leave it with 2nd line"]),
        (
            cmd.FillDetails(description="one two"),
            cmd.FillDetails(description="three"),
            "Two people changed the description",
            ["Keep this text", "Use Dana’s"],
        ),
        (
            cmd.FillDetails(category="network"),
            cmd.FillDetails(category="printer"),
            "Two people changed the category",
            ["Keep network", "Use mine, printer"],
        ),
    ],
)
def test_every_kind_of_conflict_has_its_words(
    scenes: type[Scene], theirs: cmd.Command, mine: cmd.Command, title: str, answers: list[str]
) -> None:
    card = scenes([theirs], [mine]).card
    assert card.title == title
    assert [each.word for each in card.answers][: len(answers)] == answers


def test_a_small_one_is_a_sentence(scenes: type[Scene]) -> None:
    card = scenes([cmd.FillDetails(category="network")], [cmd.FillDetails(category="printer")]).card
    assert not card.grave
    assert card.line == "Category: Dana Whitlock’s “network” stands, your “printer” is kept."


def test_grave_ones_come_first(scenes: type[Scene]) -> None:
    scene = scenes([cmd.FillDetails(category="a"), P1], [cmd.FillDetails(category="b"), P2])
    assert [card.grave for card in scene.view.conflicts] == [True, False]


@pytest.mark.parametrize(
    ("me", "hours", "concerned"),
    [
        ("mira", 0, True),
        ("dana", 0, True),
        ("ravi", 0, True),
        ("tobias", 48, False),
        (LEAD, 1, False),
        (LEAD, 24, True),
    ],
)
def test_it_concerns_the_holder_the_two_and_after_a_day_the_lead(
    scenes: type[Scene], me: str, hours: int, *, concerned: bool
) -> None:
    scene = scenes([P1], [P2], me)
    scene.clock.turn(hours=hours)
    assert scene.card.mine == concerned


def test_the_lost_act_stays_in_the_timeline_where_it_was_done(scenes: type[Scene]) -> None:
    scene = scenes([P1], [P2])
    assert scene.marks() == [("set the priority to P2", "conflict")]
    scene.settle("keep")
    assert scene.marks() == [("set the priority to P2", "lost")]
    assert scene.view.timeline[-1].verb == "settled the conflict: what stood stays"


def test_what_lost_after_it_was_in_the_log_is_marked_there(scenes: type[Scene]) -> None:
    wait = cmd.ChangeStatus(status="waiting-client", reason="asked")
    scene = scenes([RESOLVE], [wait], "dana")
    assert scene.marks() == [("resolved it", "conflict")]
    [said] = [e.verb for e in scene.view.timeline if e.icon == "git-compare"]
    both = "and Dana Whitlock changed the status unseen by each other"
    assert said == f"{both}: Waiting: client stands, Resolved is kept beside it"


def test_using_the_lost_value_does_it_anew(scenes: type[Scene]) -> None:
    scene = scenes([P1], [P2])
    assert scene.settle("mine").message == "Settled on CS1."
    assert scene.view.ticket.priority == 2
    assert scene.view.conflicts == ()


def test_they_are_found_by_a_filter_on_ended_tickets_too(scenes: type[Scene]) -> None:
    scene = scenes([RESOLVE], [cmd.Cancel(reason="not ours")])
    assert scene.view.ticket.ended == "resolved"
    assert scene.desk.ids("everything", "is:conflict") == ["t"]
    assert scene.desk.ids("everything", "-is:conflict is:any") == []
    scene.settle("keep")
    assert scene.desk.ids("everything", "is:conflict") == []


def test_the_words_of_a_lost_act_are_found_by_search(scenes: type[Scene]) -> None:
    assert scenes([UP], [RESOLVE]).desk.search("restarted") == ["t"]


def test_who_took_it_too_is_named(scenes: type[Scene]) -> None:
    assert scenes([cmd.Take()], [cmd.Take()]).view.assists == ("Mira Okonedo",)


def test_an_act_of_mine_on_two_desks_is_said_to_be_mine(tmp_path: Path) -> None:
    log = SharedLog.of("tiered")
    one, two = Console("a", "mira"), Console("b", "mira")
    shared(log, one, P1, 10)
    shared(log, two, P2, 10.5)
    log.push(one)
    log.push(two)
    scene = Scene(tmp_path, log)
    assert scene.card.title == "You changed the priority on two desks"
    assert [side.when for side in scene.card.sides] == ["20:10", "20:10"]
    scene.desk.replica.close()

"""Work goes to one thread and comes back; the latest wish wins; no failure is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tierline.domain.errors import Refusal, WorldError
from tierline.looping import make_loop
from tierline.present.messages import Message, Messages, Severity
from tierline.present.tasks import Tasks


class Room:
    """Tasks on a loop that runs, and everything they told."""

    def __init__(self, qtbot: QtBot, app: QApplication) -> None:
        self.qtbot = qtbot
        self.now = 0.0
        self.said: list[Message] = []
        self.messages = Messages(lambda: self.now)
        self.messages.said.connect(self.said.append)
        self.tasks = Tasks(self.messages)
        self.loop = make_loop(app)

    def begin(self) -> None:
        self.tasks.begin(self.loop)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.tasks.idle, timeout=5_000)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication) -> Iterator[Room]:
    made = Room(qtbot, qapp)
    yield made
    made.tasks.close()
    QApplication.processEvents()
    made.loop.close()


def fails(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_work_runs_on_the_storage_thread_and_its_result_comes_back_here(room: Room) -> None:
    room.begin()
    where: list[str] = []
    room.tasks.run("reading", lambda: threading.current_thread().name, where.append)
    room.settle()
    assert where[0].startswith("tierline-storage")
    assert threading.current_thread() is threading.main_thread()


def test_work_asked_for_before_the_loop_runs_waits_for_it(room: Room) -> None:
    done: list[int] = []
    room.tasks.run("reading", lambda: 7, done.append)
    QApplication.processEvents()
    assert not done
    assert not room.tasks.idle
    room.begin()
    room.settle()
    assert done == [7]


def test_the_latest_of_a_name_wins_and_earlier_ones_are_not_told(room: Room) -> None:
    room.begin()
    gate = threading.Event()
    ran: list[int] = []
    done: list[int] = []

    def work(number: int) -> Callable[[], int]:
        def wait() -> int:
            gate.wait(5)
            ran.append(number)
            return number

        return wait

    for number in range(5):
        room.tasks.run("opening the ticket", work(number), done.append, replace=True)
    QApplication.processEvents()
    gate.set()
    room.settle()
    assert done == [4]
    assert 4 in ran
    assert len(ran) <= 2  # the first may have begun; those between never do


def test_work_without_replace_is_all_done_in_order(room: Room) -> None:
    room.begin()
    done: list[int] = []
    for number in range(5):
        room.tasks.run("saving the draft", partial(int, number), done.append)
    room.settle()
    assert done == [0, 1, 2, 3, 4]


def test_a_failure_of_the_world_is_told_in_its_three_sentences(room: Room) -> None:
    room.begin()
    failure = WorldError("The disk is full.", safe="Nothing was lost.", todo="Free some space.")
    room.tasks.run("saving the draft", fails(failure), lambda _: None)
    room.settle()
    assert [str(each) for each in room.said] == [str(failure)]
    assert room.said[0].severity is Severity.NOW


@pytest.mark.expects_logs
def test_a_mistake_of_ours_is_told_and_logged(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.begin()
    room.tasks.run("counting the queues", fails(KeyError("due")), lambda _: None)
    room.settle()
    assert "mistake while counting the queues" in room.said[0].what
    assert "KeyError: 'due'" in caplog.text


@pytest.mark.expects_logs
def test_a_mistake_in_what_follows_is_told_too(room: Room) -> None:
    room.begin()
    room.tasks.run("showing the queue", lambda: 1, lambda n: [][n])
    room.settle()
    assert "mistake while showing the queue" in room.said[0].what


def test_a_caller_may_take_the_failure_itself(room: Room) -> None:
    room.begin()
    taken: list[BaseException] = []
    room.tasks.run("saving", fails(OSError("gone")), lambda _: None, taken.append)
    room.settle()
    assert [str(each) for each in taken] == ["gone"]
    assert not room.said


def test_closing_finishes_what_was_asked_for_and_tells_nobody(room: Room) -> None:
    room.begin()
    written: list[str] = []
    told: list[None] = []
    room.tasks.run("saving the draft", lambda: written.append("text"), told.append)
    room.tasks.close()
    assert written == ["text"]
    QApplication.processEvents()
    assert not told


def test_a_repeat_is_not_said_again_for_ten_seconds(room: Room) -> None:
    refusal = Refusal("Nobody holds CS1.", "Nothing to release; T takes it.")
    room.messages.refuse(refusal)
    room.now = 9.0
    room.messages.refuse(refusal)
    assert len(room.said) == 1
    room.messages.note("Something else.")
    assert len(room.said) == 2
    room.now = 10.5
    room.messages.refuse(refusal)
    assert len(room.said) == 3


def test_a_look_has_its_own_thread_and_its_result_comes_back_here(room: Room) -> None:
    room.begin()
    where: list[str] = []
    room.tasks.look("looking", lambda: threading.current_thread().name, where.append)
    room.settle()
    assert where[0].startswith("tierline-looking")


def test_a_look_asked_for_many_times_is_done_once_as_the_newest_wish_says(room: Room) -> None:
    room.begin()
    gate, done = threading.Event(), list[str]()
    room.tasks.look("first in line", gate.wait, lambda _: done.append("first in line"))
    for number in range(50):
        room.tasks.look("counting", partial(str, number), done.append)
    gate.set()
    room.settle()
    assert done == ["first in line", "49"]


def test_a_look_keeps_its_turn_while_what_is_wanted_changes(room: Room) -> None:
    room.begin()
    gate, done = threading.Event(), list[str]()
    room.tasks.look("first in line", gate.wait, lambda _: done.append("first in line"))
    room.tasks.look("second", str, lambda _: done.append("second"))
    room.tasks.look("third", str, lambda _: done.append("third"))
    room.tasks.look("second", str, lambda _: done.append("second, anew"))
    gate.set()
    room.settle()
    assert done == ["first in line", "second, anew", "third"]


def test_news_during_a_look_brings_another_and_both_are_told(room: Room) -> None:
    room.begin()
    begun, gate, done = threading.Event(), threading.Event(), list[str]()

    def first() -> str:
        begun.set()
        gate.wait()
        return "before the news"

    room.tasks.look("counting", first, done.append)
    room.qtbot.waitUntil(begun.is_set, timeout=5_000)
    room.tasks.look("counting", lambda: "after the news", done.append)
    gate.set()
    room.settle()
    assert done == ["before the news", "after the news"]


@pytest.mark.expects_logs
def test_a_look_that_fails_is_told_by_its_name_and_keeps_no_other_from_looking(room: Room) -> None:
    room.begin()
    done: list[str] = []
    room.tasks.look("counting", fails(KeyError("tier")), done.append)
    room.settle()
    room.tasks.look("counting", lambda: "counted", done.append)
    room.settle()
    assert done == ["counted"]
    assert "counting" in room.said[0].what


def test_closing_waits_for_no_look_that_has_not_begun(room: Room) -> None:
    room.begin()
    begun, gate, done = threading.Event(), threading.Event(), list[str]()
    room.tasks.look("first", lambda: (begun.set(), gate.wait()), lambda _: done.append("told"))
    room.tasks.look("second", lambda: done.append("worked"), lambda _: done.append("told"))
    room.qtbot.waitUntil(begun.is_set, timeout=5_000)
    gate.set()
    room.tasks.close()
    assert "told" not in done

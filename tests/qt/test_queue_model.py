"""The queue model keeps its promises to Qt and to the technician: nothing moves by itself."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.fakes.queue_rows import FIX, HandClock, Tickets, row
from tierline.domain.countdown import Phase
from tierline.present.queue_model import ID, KEPT, PAGE, ROW, SPOKEN, QueueModel

MANY = 500_000


@pytest.fixture
def tickets() -> Tickets:
    return Tickets()


@pytest.fixture
def model(qtbot: QtBot, tickets: Tickets) -> QueueModel:
    del qtbot
    made = QueueModel(tickets.fetch, lambda: 0.0)
    made.show([str(n) for n in range(30)])
    return made


def test_qt_finds_no_fault_in_it(model: QueueModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def test_random_orders_are_reached_and_chosen_rows_followed(
    model: QueueModel, qtmodeltester: ModelTester
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    held = {i: QPersistentModelIndex(model.index(model.position(i), 3)) for i in ("3", "9", "20")}
    for _ in range(60):
        ids = [str(n) for n in range(40) if rng.random() < 0.8]
        if rng.random() < 0.7:
            ids = sorted(ids, key=lambda i: int(i) + rng.choice([0, 0, 0, 15, -15]))
        model.offer(ids)
        assert model.ids() == ids
        assert [model.data(model.index(at, 0), ID) for at in range(len(ids))] == ids
        for ident, index in list(held.items()):
            if ident in ids and index.isValid():
                assert model.id_at(index.row()) == ident
            else:
                del held[ident]


def test_many_moves_keep_persistent_indexes_too(qtbot: QtBot, tickets: Tickets) -> None:
    del qtbot
    model = QueueModel(tickets.fetch, lambda: 0.0)
    ids = [str(n) for n in range(3000)]
    model.show(ids)
    held = QPersistentModelIndex(model.index(7, 3))
    model.offer(list(reversed(ids)))
    assert model.id_at(held.row()) == "7"
    assert held.column() == 3


def test_while_held_changes_are_counted_and_nothing_moves(model: QueueModel) -> None:
    before = list(model.ids())
    model.hold = True
    model.offer(["99", "29", *before[1:-1]])
    assert model.ids() == before
    counts = model.waiting
    assert (set(counts.new), set(counts.gone), set(counts.moved)) == ({"99"}, {"0"}, {"29"})
    model.apply_held()
    assert model.ids() == ["99", "29", *before[1:-1]]
    assert not model.waiting


def test_an_offer_that_goes_back_leaves_nothing_waiting(model: QueueModel) -> None:
    before = list(model.ids())
    model.hold = True
    model.offer(before[::-1])
    model.offer(before)
    assert not model.waiting
    model.apply_held()
    assert model.ids() == before


def test_half_a_million_tickets_cost_a_screenful(qtbot: QtBot, tickets: Tickets) -> None:
    del qtbot
    model = QueueModel(tickets.fetch, lambda: 0.0)
    model.show([str(n) for n in range(MANY)])
    for first in (0, 250_000, MANY - 44):
        model.need(first, first + 43)
        assert model.row_at(first + 20) is not None
    assert len(tickets.asked) <= 3 * (44 + 2 * PAGE)


def test_scrolling_through_all_keeps_memory_bounded(qtbot: QtBot, tickets: Tickets) -> None:
    del qtbot
    model = QueueModel(tickets.fetch, lambda: 0.0)
    model.show([str(n) for n in range(10_000)])
    for first in range(0, 9_900, 40):
        model.need(first, first + 43)
    assert len(model._rows) <= KEPT


def test_a_changed_ticket_is_fetched_again_where_it_stands(
    model: QueueModel, tickets: Tickets, qtbot: QtBot
) -> None:
    assert model.row_at(4) is not None
    tickets.changed["4"] = row("4", FIX, status="Waiting")
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh(["4"])
    assert told.args is not None
    assert told.args[0].row() == 4
    shown = model.row_at(4)
    assert shown is not None
    assert shown.status == "Waiting"


def test_a_ticket_off_screen_is_not_fetched_when_it_changes(
    model: QueueModel, tickets: Tickets
) -> None:
    model.refresh(["25"])
    assert tickets.asked == []


def test_a_row_that_cannot_be_had_is_empty_until_it_comes(qtbot: QtBot) -> None:
    del qtbot
    model = QueueModel(lambda ids: [], lambda: 0.0)  # noqa: ARG005 - as the model calls it
    model.show(["1", "2"])
    index = model.index(1, 3)
    assert model.row_at(1) is None
    assert model.data(index) is None
    model.put([row("2")])
    assert model.data(index) == "Label printer prints blank pages, Marrowby Foods"


def test_a_row_reads_as_one_sentence(qtbot: QtBot) -> None:
    del qtbot
    clocks = (HandClock("U", Phase.SOON, 532), FIX, FIX, FIX)
    ticket = row(
        "12376",
        *clocks,
        priority=2,
        subject="Remote desktop locks partners out",
        client="Pellow & Voss Legal",
        assignee="Mira",
    )
    model = QueueModel(lambda ids: [ticket], lambda: 0.0)  # noqa: ARG005 - as the model calls it
    model.show(["12376"])
    assert model.data(model.index(0, 3), SPOKEN) == (
        "P2, CS0012376, Remote desktop locks partners out, Pellow and Voss Legal, in progress, "
        "1st line, Mira, update due in 8 minutes, 3 other clocks"
    )
    assert model.data(model.index(0, 0), ROW) is ticket


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (HandClock("R", Phase.OVER, -252), "response over by 4 minutes"),
        (HandClock("F", Phase.PAUSED, 26_400), "fix paused with 7 hours 20 minutes left"),
        (
            HandClock("R", Phase.CLOSED, 13_200, 0.9, "20:00"),
            "response waits for opening at 20:00, 3 hours 40 minutes left",
        ),
        (HandClock("R", Phase.MET, 48), "response met in 48 seconds"),
    ],
)
def test_every_state_of_a_clock_is_spoken(qtbot: QtBot, clock: HandClock, words: str) -> None:
    del qtbot
    model = QueueModel(lambda ids: [row("1", clock)], lambda: 0.0)  # noqa: ARG005 - see above
    model.show(["1"])
    assert str(model.data(model.index(0, 0), SPOKEN)).endswith(words)


def test_headers_are_spoken_in_whole_words(model: QueueModel) -> None:
    across = Qt.Orientation.Horizontal
    assert model.headerData(1, across) == "Prio"
    assert model.headerData(1, across, SPOKEN) == "Priority"
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None

"""The history of a ticket: newest last, readable, copyable, and safe whatever was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, done, log
from tests.qt.ticket_scene import TicketScene
from tierline.desk.timeline import Entry
from tierline.domain import commands as cmd
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket import entry_plan
from tierline.widgets.ticket.entry_model import EntryModel
from tierline.widgets.ticket.entry_paint import EntryPainter
from tierline.widgets.ticket.prose import PIECE, piece, plain
from tierline.widgets.ticket.timeline import Timeline
from tierline.widgets.ticket.wrapped import Run, Wrapped, wrap


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_scale(100)


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> TicketScene:
    return TicketScene(qtbot, hub, tmp_path)


def line(scene: TicketScene) -> Timeline:
    return scene.pane.timeline


def model(scene: TicketScene) -> EntryModel:
    found = line(scene).model()
    assert isinstance(found, EntryModel)
    return found


def said(scene: TicketScene) -> list[str]:
    found = model(scene)
    return [str(found.data(found.index(at))) for at in range(found.rowCount())]


def painter(scene: TicketScene) -> EntryPainter:
    found = line(scene).itemDelegate()
    assert isinstance(found, EntryPainter)
    return found


def entry(text: str, kind: str = "note", **told: object) -> Entry:
    return Entry(START, "sticky-note", "mira", "note", text, kind, who="Mira", **told)  # type: ignore[arg-type]


def put(scene: TicketScene, *entries: Entry) -> None:
    """Show these entries as if the ticket had them."""
    scene.pane.show_ticket(replace(scene.view(), timeline=entries))
    QApplication.processEvents()


def test_the_newest_is_last_and_in_sight(scene: TicketScene) -> None:
    for at in range(40):
        scene.act(cmd.Note(text=f"Step {at}"))
    scene.show()
    assert said(scene)[-1].endswith("Mira note: Step 39")
    last = line(scene).visualRect(model(scene).index(model(scene).rowCount() - 1))
    assert line(scene).viewport().rect().contains(last)
    assert model(scene).rowCount() == len(scene.view().timeline)


def test_a_short_history_stands_on_the_composer(scene: TicketScene) -> None:
    view = line(scene)
    last = view.visualRect(model(scene).index(model(scene).rowCount() - 1))
    foot = view.viewport().mapTo(view, last.bottomLeft()).y()
    assert view.height() - 12 < foot < view.height()
    assert view.verticalScrollBar().maximum() == 0


def test_who_acted_is_called_by_the_first_name(scene: TicketScene) -> None:
    scene.act(cmd.Receive(text="Still broken", channel="phone"))
    scene.act(cmd.Message(text="On our way"))
    scene.show()
    assert any("Elspeth called: Still broken" in each for each in said(scene))
    assert any("Mira to Elspeth Marlow, e-mail: On our way" in each for each in said(scene))


def test_an_undone_act_is_struck_through_and_says_so(scene: TicketScene) -> None:
    act = done(scene.desk.act(scene.id, cmd.Note(text="Wrong ticket")))
    done(scene.desk.undo(act.op_id))
    scene.show()
    at = next(i for i, each in enumerate(said(scene)) if "Wrong ticket" in each)
    assert "undone" in said(scene)[at]
    plan = painter(scene).plan_at(at)
    assert plan is not None
    assert plan.body is not None
    assert [chip.text for chip in plan.chips] == ["undone"]
    assert all(each.format.fontStrikeOut() for each in plan.body.layout.formats())


def test_a_rule_is_named_with_its_policy(scene: TicketScene) -> None:
    put(scene, entry("", "clock", rule="update-80")._replace(who="", by="", verb="warned Mira"))
    plan = painter(scene).plan_at(0)
    assert plan is not None
    assert [chip.text for chip in plan.chips] == [f"update-80, {scene.view().policy_label}"]


def test_a_day_is_told_when_it_changes(scene: TicketScene) -> None:
    scene.clock.turn(hours=25)
    scene.act(cmd.Note(text="Next day"))
    scene.clock.turn(days=400)
    scene.act(cmd.Note(text="Next year"))
    scene.show()
    rows = [model(scene).row_at(at) for at in range(model(scene).rowCount())]
    assert [row.day for row in rows if row and row.day] == [
        *("Thu 5 Nov 2026", "Fri 6 Nov 2026", "Sat 11 Dec")
    ]
    first = model(scene).row_at(0)
    assert first is not None
    assert first.day == "Thu 5 Nov 2026"


def test_today_needs_no_day(scene: TicketScene) -> None:
    rows = [model(scene).row_at(at) for at in range(model(scene).rowCount())]
    assert [row.day for row in rows if row and row.day] == []


def test_messages_stand_in_a_box(scene: TicketScene) -> None:
    scene.act(cmd.Message(text="On our way"))
    scene.show()
    plans = map(painter(scene).plan_at, range(model(scene).rowCount()))
    boxed = [plan.row for plan in plans if plan and plan.box]
    assert {row.entry.kind for row in boxed} == {"out"}
    assert boxed[-1].text == "On our way"


def test_ctrl_c_copies_the_current_entry(scene: TicketScene) -> None:
    scene.act(cmd.Note(text="Cleared 2 of 4.\nThen it came back."))
    scene.show()
    line(scene).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(line(scene), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "Thu 5 Nov 10:42 Mira note\nCleared 2 of 4.\nThen it came back."
    line(scene).selectAll()
    line(scene).copy()
    assert QGuiApplication.clipboard().text().count("\n\n") == model(scene).rowCount() - 1


def test_letters_go_to_the_window(scene: TicketScene) -> None:
    for key, text in ((Qt.Key.Key_T, "t"), (Qt.Key.Key_E, "e")):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        line(scene).keyPressEvent(event)
        assert not event.isAccepted()


def test_when_it_grows_one_stays_where_one_reads(scene: TicketScene) -> None:
    for at in range(40):
        scene.act(cmd.Note(text=f"Step {at}"))
    scene.show()
    bar = line(scene).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    middle = bar.value()
    scene.act(cmd.Note(text="Another"))
    scene.show()
    assert bar.value() == middle
    bar.setValue(bar.maximum())
    scene.act(cmd.Note(text="The last"))
    scene.show()
    assert bar.value() == bar.maximum()
    assert said(scene)[-1].endswith("The last")


def test_a_very_long_history_comes_in_parts(scene: TicketScene) -> None:
    put(scene, *(entry(f"Step {at}") for at in range(450)))
    found = model(scene)
    assert found.rowCount() == 201
    assert said(scene)[0] == "Show 200 of 250 earlier entries"
    line(scene).setCurrentIndex(found.index(0))
    QTest.keyClick(line(scene), Qt.Key.Key_Return)
    assert found.rowCount() == 401
    assert said(scene)[0] == "Show 50 of 50 earlier entries"
    line(scene).scrollToTop()
    QTest.mouseClick(line(scene).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 10))
    assert found.rowCount() == 450
    assert said(scene)[0].endswith("Step 0")


def test_the_model_keeps_qts_rules(scene: TicketScene) -> None:
    tester = QAbstractItemModelTester(
        model(scene), QAbstractItemModelTester.FailureReportingMode.Warning
    )
    other = log(scene.desk, "Scanner")
    scene.show(other)
    put(scene, *(entry(f"Step {at}" * 9000) for at in range(30)))
    model(scene).unfold(1)
    put(scene, *(entry(f"Step {at}") for at in range(300)))
    model(scene).unfold(0)
    scene.pane.show_ticket(None)
    assert tester.model() is model(scene)


LONG = {
    "one word": "x" * 10_000_000,
    "words": "hello world " * 830_000,
    "empty lines": "\n" * 10_000_000,
    "lines": "a line of text\r\n" * 600_000,
    "emoji": "😀👩‍👧 " * 1_500_000,
    "marks": "Z\u0337\u0322\u0351a\u0334\u0327l\u0337g\u0335o" * 700_000,
}


@pytest.mark.parametrize("name", LONG)
def test_of_ten_megabytes_only_what_is_shown_is_laid_out(
    scene: TicketScene, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long it takes stands in the bench; what takes long is counted here."""
    letters: list[int] = []

    def counted(runs: list[Run], *more: Any, **named: Any) -> Wrapped:
        letters.append(sum(len(run.text) for run in runs))
        return wrap(runs, *more, **named)

    line(scene).grab()
    monkeypatch.setattr(entry_plan, "wrap", counted)
    put(scene, entry("before"), entry(LONG[name]))
    line(scene).grab()
    assert 0 < sum(letters) <= 3 * PIECE
    found = model(scene)
    assert found.rowCount() == 3
    row = found.row_at(1)
    assert row is not None
    assert len(row.text) <= PIECE
    letters.clear()
    found.unfold(2)
    QApplication.processEvents()
    assert sum(letters) <= 3 * PIECE
    assert found.rowCount() == 4


def test_unfolding_shows_every_letter_once(scene: TicketScene) -> None:
    text = " ".join(str(n) for n in range(12_000))
    put(scene, entry(text))
    found = model(scene)
    while any((row := found.row_at(at)) and row.kind == "more" for at in range(found.rowCount())):
        found.unfold(found.rowCount() - 1)
    rows = [found.row_at(at) for at in range(found.rowCount())]
    assert " ".join(row.text for row in rows if row) == text


def test_many_long_texts_are_cut_shorter(scene: TicketScene) -> None:
    put(scene, *(entry("word " * 5000) for _ in range(60)))
    rows = [model(scene).row_at(at) for at in range(model(scene).rowCount())]
    assert sum(len(row.text) for row in rows if row and row.kind == "entry") < 8 * PIECE


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\x07c", "abc"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("one\r\ntwo\u2028three\rfour", "one\ntwo\nthree\nfour"),
        ("a\tb", "a   b"),
        ("half \ud83d", "half \ufffd"),
        ("<b>&amp;", "<b>&amp;"),
        ("😀 مرحبا", "😀 مرحبا"),
    ],
)
def test_plain_keeps_words_and_drops_what_disturbs(typed: str, shown: str) -> None:
    assert plain(typed) == shown


def test_pieces_put_together_are_the_text() -> None:
    text = "\n".join(f"line {n} " + "w" * (n % 50) for n in range(9000))
    at, found = 0, []
    while at < len(text):
        part, at = piece(text, at)
        found.append(part)
    assert "".join(found).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(
        " ", ""
    )


def test_markup_is_text(scene: TicketScene) -> None:
    put(scene, entry('<img src="file:///x.png"><b>bold</b>'))
    plan = painter(scene).plan_at(0)
    assert plan is not None
    assert plan.body is not None
    assert plan.body.layout.text() == '<img src="file:///x.png"><b>bold</b>'


def test_another_width_wraps_anew(scene: TicketScene) -> None:
    put(scene, entry("many words " * 40))
    wide = painter(scene).plan_at(0)
    scene.window.resize(360, 756)
    QApplication.processEvents()
    narrow = painter(scene).plan_at(0)
    assert wide is not None
    assert narrow is not None
    assert narrow.high > wide.high
    assert line(scene).visualRect(model(scene).index(0)).height() == narrow.high


def test_an_empty_history_says_so(scene: TicketScene) -> None:
    put(scene)
    assert model(scene).rowCount() == 0
    drawn = line(scene).grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(16, 120) for y in range(14, 36)}
    assert len(colours) > 3

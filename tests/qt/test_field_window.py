"""B8 and B11 in field mode's window: a day, a visit's page, its questions; by thumb and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.field_scene import SCHOOL, FieldScene, draw, photo, visit
from tierline.widgets.field.big import TARGET, BigButton, BigCheck
from tierline.widgets.field.card import VisitCard
from tierline.widgets.field.photos import FileTile

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def scene(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[FieldScene]:
    made = FieldScene(qtbot, qapp, tmp_path)
    yield made
    made.close()


def test_B8_the_day_is_in_its_order_and_each_card_says_all_of_it(scene: FieldScene) -> None:
    cards = scene.window.day.cards
    assert [card.each.ticket_id for card in cards] == scene.ids
    said = cards[0].accessibleName()
    for words in ("11:42", "P", "Switch drops half of level 2", "Pellow & Voss", "Comms room"):
        assert words in said
    assert "0 of 3 visits done" in scene.window.top.about.text()


def test_B8_the_day_and_a_visit_are_worked_by_keys_alone(scene: FieldScene) -> None:
    assert scene.window.day.cards[0].hasFocus()
    scene.key(KEY.Key_Down)
    assert scene.window.day.cards[1].hasFocus()
    scene.key(KEY.Key_Return)
    assert scene.window.page.number.text() == scene.ticket(1).number
    assert not scene.window.day.isVisible()
    scene.key(KEY.Key_V)
    assert scene.ticket(1).visits[0].state == "travelling"
    scene.clock.turn(minutes=20)
    scene.key(KEY.Key_V)
    assert scene.ticket(1).status == "on-site"
    scene.key(KEY.Key_N)
    scene.type("Head is worn: vrnp")  # letters in a text do nothing else
    scene.key(KEY.Key_Return, CTRL)
    assert scene.ticket(1).visits[0].state == "on site"
    assert "Head is worn: vrnp" in notes(scene, 1)
    scene.clock.turn(minutes=30)
    scene.key(KEY.Key_Escape)
    assert scene.window.day.isVisible()
    scene.key(KEY.Key_Return)
    scene.key(KEY.Key_V)
    assert scene.ticket(1).work == {2: 1800}
    assert "Left the site" in scene.window.notice.words.text()
    scene.key(KEY.Key_Z, CTRL)
    assert scene.ticket(1).visits[0].state == "on site"


def test_B8_how_long_it_has_been_is_shown_and_goes_on(scene: FieldScene) -> None:
    scene.open()
    scene.press(scene.window.page.steps.go)
    scene.clock.turn(minutes=25)
    scene.press(scene.window.page.steps.go)
    scene.clock.turn(minutes=10, seconds=5)
    scene.console.made.ticker.tick.emit(scene.clock.now.timestamp())
    assert scene.window.page.steps.state.text() == "On site for 10:05"
    assert scene.window.page.steps.told.text() == "Set out 10:42, arrived 11:07"


def test_B8_who_goes_on_without_having_left_is_asked_when_that_was(scene: FieldScene) -> None:
    scene.open()
    scene.press(scene.window.page.steps.go)
    scene.press(scene.window.page.steps.go)
    scene.clock.turn(hours=3)
    scene.press(scene.window.page.back_button)
    scene.open(1)
    scene.press(scene.window.page.steps.go)
    form = scene.window.leave
    assert scene.window.form is form
    assert scene.ticket(0).number in form.why.text()
    assert form.when.text() == ""  # nothing is guessed
    assert not form.send_button.isEnabled()
    scene.type("13:00")
    assert form.meant.text() == "That is Thu 5 Nov 13:00."
    scene.key(KEY.Key_Return, CTRL)
    assert scene.ticket(0).visited[0].state == "done"
    assert scene.ticket(0).work == {2: 8272}
    # and what was wanted is done, without being asked for again
    assert scene.ticket(1).visits[0].state == "travelling"
    assert scene.window.form is None


def test_B8_a_time_of_leaving_that_makes_no_sense_is_refused_at_its_field(
    scene: FieldScene,
) -> None:
    scene.open()
    scene.press(scene.window.page.steps.go)
    scene.press(scene.window.page.steps.go)
    scene.clock.turn(hours=1)
    scene.press(scene.window.page.steps.other)
    assert scene.window.page.steps.other.text() == "I left earlier…"
    scene.type("9:00")
    scene.key(KEY.Key_Return, CTRL)
    assert "cannot have left then" in scene.window.leave.when.error.text()
    assert scene.ticket().visits[0].state == "on site"
    scene.key(KEY.Key_Escape)
    assert scene.window.form is None


def test_B8_parts_are_noted_and_taken_off(scene: FieldScene) -> None:
    scene.open()
    scene.key(KEY.Key_P)
    form = scene.window.part
    scene.type("SFP+ module")
    scene.type("1188-A", form.serial.entry)
    scene.key(KEY.Key_Return, CTRL)
    (part,) = scene.ticket().parts
    assert (part.part, part.quantity, part.serial) == ("SFP+ module", 1, "1188-A")
    scene.key(KEY.Key_P)
    scene.type("The same again")
    scene.type("1188-a", form.serial.entry)
    scene.key(KEY.Key_Return, CTRL)
    assert "on CS" in form.serial.error.text()  # refused at its field, and nothing typed is lost
    assert form.part.text() == "The same again"
    scene.key(KEY.Key_Escape)
    off = button(scene, "Take off 1 × SFP+ module (serial 1188-A)")
    scene.press(off)
    assert scene.ticket().parts == ()


def test_B8_points_are_ticked_off_with_a_press(scene: FieldScene) -> None:
    scene.open()
    boxes = scene.window.page.checks.boxes
    first = next(iter(boxes))
    boxes[first].click()
    scene.settle()
    assert scene.ticket().checks == (first,)
    assert scene.window.page.checks.title.text() == "Check-list, 1 of 3"


def test_B8_photos_come_from_files_and_the_clipboard_with_small_pictures(
    scene: FieldScene,
) -> None:
    scene.open()
    page = scene.window.page
    assert page.photos.limit.text().startswith("Up to 25 MB each")
    page.attached.emit([photo(scene.folder)])
    scene.qtbot.waitUntil(lambda: len(tiles(scene)) == 1, timeout=10_000)
    scene.settle()
    (tile,) = tiles(scene)
    assert tile.accessibleName().startswith("IMG_2041.png, ")
    scene.qtbot.waitUntil(
        lambda: scene.window.feed.thumbnails.get(tile.file) is not None, timeout=10_000
    )
    mime = QMimeData()
    mime.setImageData(scene.window.feed.thumbnails.get(tile.file))
    QGuiApplication.clipboard().setMimeData(mime)
    scene.press(page.photos.paste)
    scene.qtbot.waitUntil(lambda: len(tiles(scene)) == 2, timeout=10_000)
    names = [tile.file.name for tile in tiles(scene)]
    assert names[1].startswith("Picture 2026-11-05 10.42")


def test_B8_an_empty_clipboard_and_a_file_too_large_are_told(scene: FieldScene) -> None:
    scene.open()
    QGuiApplication.clipboard().clear()
    scene.press(scene.window.page.photos.paste)
    assert "no picture to paste" in scene.window.notice.words.text()
    empty = scene.folder / "empty.jpg"
    empty.touch()
    scene.window.page.attached.emit([empty])
    scene.settle()
    assert "empty.jpg is empty." in scene.window.notice.words.text()
    assert tiles(scene) == []


def test_B11_a_drawn_signature_is_kept_and_closes_with_the_resolution(scene: FieldScene) -> None:
    scene.open()
    scene.key(KEY.Key_S)
    form = scene.window.sign
    assert form.name.text() == "Elspeth Marlow"
    assert form.lack.text() == "Still needed: the signature."
    draw(form.pad)
    scene.settle()
    scene.press(form.send_button)
    signed = scene.ticket().signed
    assert signed is not None
    assert (signed.name, signed.way) == ("Elspeth Marlow", "signature")
    assert scene.desk.attachments.blobs.here(signed.sha256)
    assert [tile.file.name[:24] for tile in tiles(scene)] == ["Signature Elspeth Marlow"]
    scene.key(KEY.Key_R)
    resolve = scene.window.resolve
    scene.type("Replaced the switch")
    assert "Replaced the switch" in resolve.message.text()
    assert resolve.close_too.isChecked()
    assert "Elspeth Marlow has signed it off" in resolve.close_too.text()
    scene.key(KEY.Key_Return, CTRL)
    assert scene.ticket().ended == "closed"
    assert any("Elspeth Marlow confirmed" in verb for verb in verbs(scene))


def test_B11_without_a_pen_the_yes_is_on_paper_or_by_phone(scene: FieldScene) -> None:
    scene.open()
    scene.key(KEY.Key_S)
    form = scene.window.sign
    form.ways["phone"].click()
    assert not form.pad.isVisible()
    scene.key(KEY.Key_Return, CTRL)
    signed = scene.ticket().signed
    assert signed is not None
    assert (signed.way, signed.sha256) == ("phone", "")
    assert "confirmed by phone" in scene.window.page.sign.state.text()


def test_B8_a_signature_is_redrawn_after_it_was_cleared(scene: FieldScene) -> None:
    scene.open()
    scene.key(KEY.Key_S)
    pad = scene.window.sign.pad
    draw(pad)
    assert pad.signed
    picture = pad.picture()
    assert len({picture.pixel(x, y) for x in range(0, 900, 3) for y in range(0, 300, 3)}) > 1
    pad.clear()
    assert not pad.signed


def test_B8_a_ticket_waits_for_parts_from_the_site(scene: FieldScene) -> None:
    scene.open()
    scene.press(scene.window.page.steps.go)
    scene.press(scene.window.page.steps.go)
    scene.key(KEY.Key_W)
    form = scene.window.wait
    assert next(iter(form.buttons)) == "waiting-vendor"  # parts come before the rest
    scene.type("A power supply", form.why.entry)
    scene.key(KEY.Key_Return, CTRL)
    assert (scene.ticket().status, scene.ticket().status_why) == (
        "waiting-vendor", "A power supply",
    )  # fmt: skip
    assert scene.ticket().visits[0].state == "on site"  # waiting is not leaving
    assert scene.window.page.steps.go.text() == "Leave site"


def test_B8_what_was_typed_survives_the_window(scene: FieldScene) -> None:
    scene.open()
    scene.key(KEY.Key_N)
    scene.type("Half a thought")
    scene.press(scene.window.page.back_button)
    (draft,) = scene.desk.replica.drafts.of(scene.ids[0])
    assert draft.text == "Half a thought"
    scene.open()
    assert scene.window.page.notes.field.text() == "Half a thought"


def test_B8_an_address_and_a_number_are_copied_with_one_press(scene: FieldScene) -> None:
    scene.open()
    place = scene.window.page.place
    scene.press(place.copy_place)
    assert QGuiApplication.clipboard().text() == "Comms room"
    scene.press(place.copy_phone)
    assert QGuiApplication.clipboard().text() == "(02) 5550 0199"
    assert "(02) 5550 0199" in scene.window.notice.words.text()


@pytest.mark.parametrize(
    ("size", "scale"),
    [((420, 700), 100), ((480, 800), 200), ((1180, 760), 100), ((1180, 760), 200)],
)
def test_every_target_fits_a_thumb_and_no_word_is_cut_off(
    scene: FieldScene, size: tuple[int, int], scale: int
) -> None:
    scene.console.made.hub.set_scale(scale)
    scene.window.resize(*size)
    scene.settle()
    check(scene, scale)
    scene.open()
    scene.press(scene.window.page.steps.go)
    check(scene, scale)
    for name in ("part", "sign", "resolve", "wait", "leave"):
        scene.window._ask(name)
        scene.settle()
        check(scene, scale)
        scene.key(KEY.Key_Escape)
    scene.window._open_menu()
    scene.settle()
    check(scene, scale)


def test_the_day_and_a_visit_stand_beside_each_other_where_there_is_room(
    scene: FieldScene,
) -> None:
    scene.window.resize(1180, 760)
    scene.settle()
    scene.open()
    assert scene.window.day.isVisible()
    assert scene.window.page.isVisible()
    assert not scene.window.page.back_button.isVisible()
    scene.window.resize(480, 800)
    scene.settle()
    assert not scene.window.day.isVisible()
    assert scene.window.page.back_button.isVisible()


def test_the_console_comes_forward_with_the_ticket(scene: FieldScene) -> None:
    scene.open()
    scene.press(scene.window.page.end.console)
    assert scene.console.window.isVisible()
    assert scene.console.made.console.ticket.wanted == scene.ids[0]


def test_f10_opens_field_mode_once(scene: FieldScene) -> None:
    scene.console.window.deeds.do("field")
    assert scene.console.made.open_field().window is scene.window


def test_a_planned_visit_of_somebody_elses_desk_shows_up_by_itself(scene: FieldScene) -> None:
    visit(scene.desk, "Another one", SCHOOL, "Orla Fennick", 2)
    scene.console.made.console.changed(())
    scene.window.feed.refresh()
    scene.settle()
    assert [card.each.subject for card in scene.window.day.cards][1] == "Another one"


def test_the_keyboard_finds_its_visit_again_after_another_window_had_it(scene: FieldScene) -> None:
    scene.window.day.cards[1].setFocus()
    other = QLineEdit()
    scene.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    scene.qtbot.waitUntil(lambda: not scene.window.isActiveWindow(), timeout=30_000)
    visit(scene.desk, "Another one", SCHOOL, "Orla Fennick", 0.5)
    scene.window.feed.refresh()
    scene.settle()
    assert scene.window.focusWidget() is scene.window.day.cards[2]


def check(scene: FieldScene, scale: int) -> None:
    """Every control that is seen is 48 px (scaled) high or more, and within the window's width."""
    least, wide = TARGET * scale // 100, scene.window.width()
    kinds = (BigButton, BigCheck, VisitCard, FileTile, QLineEdit)
    for widget in scene.window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        left = widget.mapTo(scene.window, widget.rect().topLeft()).x()
        where = f"{type(widget).__name__} {widget.accessibleName()!r}"
        if isinstance(widget, kinds):
            assert widget.height() >= least, where
            assert left >= 0, where
            assert left + widget.width() <= wide, where
        if isinstance(widget, QLabel) and widget.text():
            assert left + widget.width() <= wide, f"{where} {widget.text()!r}"
            if not widget.wordWrap():
                needed = widget.fontMetrics().horizontalAdvance(widget.text())
                assert widget.width() + 1 >= needed, f"{where} {widget.text()!r}"
        if isinstance(widget, QAbstractButton):
            assert widget.accessibleName(), where


def tiles(scene: FieldScene) -> list[FileTile]:
    return [w for w in scene.window.page.photos.flow.widgets() if isinstance(w, FileTile)]


def button(scene: FieldScene, name: str) -> QAbstractButton:
    found = scene.window.page.findChildren(QAbstractButton)
    return next(each for each in found if each.accessibleName() == name)


def verbs(scene: FieldScene, place: int = 0) -> list[str]:
    view = scene.desk.open_ticket(scene.ids[place])
    assert view is not None
    return [entry.verb for entry in view.timeline]


def notes(scene: FieldScene, place: int = 0) -> list[str]:
    view = scene.desk.open_ticket(scene.ids[place])
    assert view is not None
    return [entry.text for entry in view.timeline if entry.kind == "note"]


def test_help_is_where_it_always_is_and_letters_can_be_switched_off(scene: FieldScene) -> None:
    scene.open()
    scene.key(KEY.Key_Question)
    assert scene.window.notice.words.text().startswith("V next step, N note")
    scene.console.settings.put("single_keys", False)
    scene.key(KEY.Key_V)
    assert scene.ticket().visits[0].state == "planned"

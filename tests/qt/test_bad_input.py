"""What nobody expects in the window: odd letters in every field, another text size in mid-work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ODD = "مرحبا 👩🏽‍🔧 שלום \u202eabc\u202c é́ 𝔘"  # right to left, joined emoji, overrides, accents
PLAIN = ODD.replace("\u202e", "").replace("\u202c", "")  # nobody turns a line round unseen

SHEETS = """
new sev1 palette resolve escalate wait quote plan_visit part workaround assign merge link
save_view fill
""".split()


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    log(desk, ODD)
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    yield made
    made.close()


def _fill(desktop: Desktop) -> list[str]:
    """Paste it into every text field of the open sheet that can be typed in; what stands there."""
    sheet = desktop.parts.book.current
    assert sheet is not None
    kept = []
    for kind in (QLineEdit, QPlainTextEdit):
        for field in sheet.panel.findChildren(kind):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                field.setFocus()
                field.clear()
                QApplication.clipboard().setText(ODD)
                field.paste()
                kept.append(field.text() if kind is QLineEdit else field.toPlainText())
    desktop.settle()
    return kept


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("act", SHEETS)
def test_odd_letters_in_every_field_are_kept_and_painted(
    desktop: Desktop, act: str, scale: int
) -> None:
    desktop.made.hub.set_scale(scale)
    desktop.window.deeds.do(act)
    desktop.settle()
    kept = _fill(desktop)
    assert kept
    assert all(text in (ODD, PLAIN) for text in kept), kept
    assert not desktop.window.grab().isNull()
    desktop.press(KEY.Key_Escape)
    desktop.settle()
    desktop.made.hub.set_scale(100)


def test_odd_letters_come_back_from_the_disk_as_they_were_typed(desktop: Desktop) -> None:
    (ticket_id,) = desktop.ids()
    desktop.press(KEY.Key_N)
    QApplication.clipboard().setText(ODD)
    desktop.press(KEY.Key_V, CTRL)
    desktop.press(KEY.Key_Return, CTRL)
    desktop.settle()
    kept = desktop.desk.replica.tickets.operations(ticket_id)[-1].operation
    assert kept.kind == "note"
    (event,) = kept.events
    assert event.text == PLAIN
    assert desktop.ticket(ticket_id).subject == ODD
    assert not desktop.window.grab().isNull()


def test_another_text_size_in_mid_work_takes_nothing_that_was_typed(desktop: Desktop) -> None:
    desktop.press(KEY.Key_N)
    desktop.type("Half a thou")
    box = desktop.window.focusWidget()
    for scale in (150, 200, 100):
        desktop.made.hub.set_scale(scale)
        desktop.settle()
        assert not desktop.window.grab().isNull()
    assert desktop.window.focusWidget() is box
    desktop.type("ght")
    assert desktop.parts.ticket.composer.text("note") == "Half a thought"

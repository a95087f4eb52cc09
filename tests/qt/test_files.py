"""Files in the window: attached by button, drop and paste; opened, saved, waited for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import done, log, open_desk
from tierline.desk.attaching import files_in
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.present.attached import PATIENCE
from tierline.present.messages import Message
from tierline.storage.blobs import FOLDER
from tierline.sync.status import SyncStatus
from tierline.widgets.ticket.pane import TicketPane

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
DATA = b"jpeg" * 5000
SHA = hashlib.sha256(DATA).hexdigest()


class Console:
    """The whole window on one ticket; what it wants opened and says is kept."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        desk = open_desk(folder / "desk")
        self.folder = folder
        self.id = log(desk)
        self.desktop = Desktop(qtbot, app, folder / "desk", desk=desk)
        self.opened: list[Path] = []
        self.said: list[str] = []
        self.desktop.made.console.messages.said.connect(self._hear)
        files = self.desktop.made.console.files
        files.ready.disconnect()
        files.ready.connect(self.opened.append)
        self.desktop.parts.queue.choose(self.id)
        self.desktop.settle()

    def _hear(self, message: Message) -> None:
        self.said.append(str(message))

    @property
    def pane(self) -> TicketPane:
        """The ticket's pane."""
        return self.desktop.parts.ticket

    def names(self) -> list[str]:
        """The files of the ticket as the disk has them."""
        self.desktop.settle()
        view = self.desktop.desk.open_ticket(self.id)
        assert view is not None
        return [each.file.name for each in files_in(view.timeline) if each.file]

    def attached(self, name: str = "photo.jpg", data: bytes = DATA) -> ev.Attached:
        """A file that is on the ticket, and current in the timeline."""
        desk = self.desktop.desk
        command = desk.attachments.take_in_bytes(self.id, name, data)
        assert isinstance(command, cmd.Attach)
        done(desk.act(self.id, command))
        self.desktop.made.console.changed((self.id,))
        self.desktop.settle()
        timeline = self.pane.timeline
        timeline.setCurrentIndex(timeline._entries.index(timeline._entries.rowCount() - 1))
        timeline.setFocus()
        file = timeline._file_at(timeline.currentIndex())
        assert file is not None
        return file

    def lose(self, sha256: str = SHA) -> Path:
        """Take the bytes away; where they were."""
        place = self.folder / "desk" / FOLDER / sha256[:2] / sha256
        place.rename(self.folder / "lost")
        return place

    def send(self, event: Any) -> bool:
        """An event of dragging, to the pane."""
        QApplication.sendEvent(self.pane, event)
        return bool(event.isAccepted())


@pytest.fixture
def console(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Console]:
    made = Console(qtbot, qapp, tmp_path)
    yield made
    made.desktop.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "label photo.jpg"
    path.write_bytes(DATA)
    return path


def urls(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def picture() -> QMimeData:
    mime = QMimeData()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    mime.setImageData(image)
    return mime


# Qt 6.12 has another constructor, which 6.11 lacks.
pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")


def enter(mime: QMimeData) -> QDragEnterEvent:
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, buttons, none)


def drop(mime: QMimeData) -> QDropEvent:
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, none)


def test_the_button_asks_for_files_and_attaches_them(console: Console, photo: Path) -> None:
    console.pane.composer._tabs._file.click()
    dialog = console.desktop.window.deeds.files.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(photo)])
    dialog.close()
    assert console.names() == ["label photo.jpg"]
    assert "Attaching label photo.jpg…" in console.said


def test_the_key_asks_too(console: Console) -> None:
    console.desktop.parts.queue.setFocus()
    console.desktop.press(KEY.Key_F)
    dialog = console.desktop.window.deeds.files.dialog
    assert dialog is not None
    dialog.close()


def test_files_are_dropped_on_the_pane_and_it_says_what_will_come_of_it(
    console: Console, photo: Path, tmp_path: Path
) -> None:
    other = tmp_path / "spool.log"
    other.write_text("x")
    mime = urls(photo, other)
    assert console.send(enter(mime))
    assert console.pane.dropped.isVisible()
    console.send(QDragLeaveEvent())
    assert not console.pane.dropped.isVisible()
    console.send(enter(mime))
    assert console.send(drop(mime))
    assert not console.pane.dropped.isVisible()
    assert console.names() == ["label photo.jpg", "spool.log"]


def test_words_and_places_of_the_web_are_not_dropped(console: Console) -> None:
    words, web = QMimeData(), QMimeData()
    words.setText("hello")
    web.setUrls([QUrl("https://example.org/a.png")])
    assert not console.send(enter(words))
    assert not console.send(enter(web))


def test_without_a_ticket_nothing_is_dropped(console: Console, photo: Path) -> None:
    console.pane.show_ticket(None)
    mime = urls(photo)
    assert not console.send(enter(mime))


def test_a_picture_of_the_clipboard_is_pasted_into_the_note(console: Console) -> None:
    QGuiApplication.clipboard().setMimeData(picture())
    console.pane.compose("note")
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, KEY.Key_V, CTRL)
    (name,) = console.names()
    assert name.startswith("Picture 2026-11-05 10.42")
    assert name.endswith(".png")
    assert console.pane.composer.text("note") == ""
    view = console.desktop.desk.open_ticket(console.id)
    assert view is not None
    (entry,) = files_in(view.timeline)
    assert entry.file is not None
    png = console.desktop.desk.attachments.blobs.path(entry.file.sha256).read_bytes()
    assert QImage.fromData(png).size().width() == 40


def test_files_that_were_copied_are_pasted_into_the_timeline(console: Console, photo: Path) -> None:
    QGuiApplication.clipboard().setMimeData(urls(photo))
    console.pane.timeline.setFocus()
    console.desktop.press(KEY.Key_V, CTRL)
    assert console.names() == ["label photo.jpg"]


def test_words_with_a_picture_beside_them_are_pasted_as_words(console: Console) -> None:
    mime = picture()
    mime.setText("a cell of a table")
    QGuiApplication.clipboard().setMimeData(mime)
    console.pane.compose("note")
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, KEY.Key_V, CTRL)
    assert console.names() == []
    assert console.pane.composer.text("note") == "a cell of a table"


def test_what_the_policy_refuses_is_said(console: Console, tmp_path: Path) -> None:
    huge = tmp_path / "dump.bin"
    with huge.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    mime = urls(huge)
    console.send(enter(mime))
    console.send(drop(mime))
    assert console.names() == []
    assert any("up to 25 MB" in each for each in console.said)


def test_enter_opens_a_copy(console: Console) -> None:
    console.attached()
    console.desktop.press(KEY.Key_Return)
    (copy,) = console.opened
    assert copy.name == "photo.jpg"
    assert copy.read_bytes() == DATA


def test_what_could_run_is_saved_and_never_opened(console: Console, tmp_path: Path) -> None:
    console.attached("fix.sh", b"echo")
    console.desktop.press(KEY.Key_Return)
    assert console.opened == []
    assert any("could run a program" in each for each in console.said)
    dialog = console.desktop.window.deeds.files.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "looked at.sh"))
    dialog.close()
    console.desktop.settle()
    assert (tmp_path / "looked at.sh").read_bytes() == b"echo"


def test_the_entry_says_that_it_is_not_here_and_a_desk_alone_says_where_to_look(
    console: Console,
) -> None:
    console.attached()
    console.lose()
    console.desktop.made.console.changed((console.id,))
    console.desktop.settle()
    timeline = console.pane.timeline
    last = timeline._entries.index(timeline._entries.rowCount() - 1)
    assert "not here yet, opens when online" in str(last.data())
    timeline.setCurrentIndex(last)
    console.desktop.press(KEY.Key_Return)
    assert console.opened == []
    assert any("backup of the desk’s attachments folder" in each for each in console.said)


class Engine:
    """A sync that does nothing but count how often it was poked."""

    wants_password = False
    keyring_trouble = ""

    def __init__(self) -> None:
        self.pokes = 0

    def start(self, listener: object) -> None:
        pass

    def poke(self) -> None:
        self.pokes += 1

    def try_now(self) -> None:
        pass

    def view(self, viewing: object) -> None:
        pass

    def seek(self, number: str) -> None:
        pass

    def stop(self) -> None:
        pass


def joined(console: Console, link: str = "online") -> Engine:
    engine = Engine()
    status = SyncStatus(link=link, hub="memory:")  # type: ignore[arg-type]
    console.desktop.made.console.sync.attach(engine, status)  # type: ignore[arg-type]
    return engine


def test_one_that_is_away_is_fetched_and_opens_when_it_comes(console: Console) -> None:
    engine = joined(console)
    file = console.attached()
    place = console.lose()
    console.desktop.press(KEY.Key_Return)
    files, blobs = console.desktop.made.console.files, console.desktop.desk.attachments.blobs
    assert blobs.is_wanted(file.sha256)
    assert engine.pokes == 1
    assert any("Fetching photo.jpg" in each for each in console.said)
    files.look()
    console.desktop.settle()
    assert console.opened == []
    (console.folder / "lost").rename(place)
    files.look()
    console.desktop.settle()
    assert [each.name for each in console.opened] == ["photo.jpg"]
    assert not files._look.isActive()


def test_offline_it_says_so_and_one_that_comes_late_does_not_burst_in(console: Console) -> None:
    joined(console, "offline")
    console.attached()
    place = console.lose()
    console.desktop.press(KEY.Key_Return)
    assert any("photo.jpg is not here yet. It comes when we are online." in s for s in console.said)
    clock: Any = console.desktop.desk.clock
    files = console.desktop.made.console.files
    getattr(clock, "clock", clock).turn(seconds=PATIENCE + 1)
    (console.folder / "lost").rename(place)
    files.look()
    console.desktop.settle()
    assert console.opened == []
    assert any("photo.jpg is here." in each for each in console.said)


def test_a_damaged_file_is_told_and_fetched_anew(console: Console) -> None:
    joined(console)
    file = console.attached()
    (console.folder / "desk" / FOLDER / SHA[:2] / SHA).write_bytes(b"x")
    console.desktop.press(KEY.Key_Return)
    assert console.opened == []
    assert console.desktop.desk.attachments.blobs.is_wanted(file.sha256)


def test_a_program_that_is_missing_is_told(console: Console) -> None:
    files = console.desktop.made.console.files
    console.desktop.window.deeds.files.show_ready(lambda _: False)
    files.ready.emit(Path("photo.heic"))
    assert any("No program here opens photo.heic." in each for each in console.said)

"""Files on the desk: taken in under the policy's limit, listed, saved beside others, or away."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import done, log, open_desk, refusal
from tierline.desk.attaching import files_in
from tierline.desk.desk import Desk
from tierline.desk.timeline import Entry
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.attaching import MEBIBYTE
from tierline.domain.errors import WorldError
from tierline.storage.blobs import FOLDER, MissingBlobError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "desk")
    yield opened
    opened.replica.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "label photo.jpg"
    path.write_bytes(b"jpeg" * 5000)
    return path


def attach(desk: Desk, ticket_id: str, path: Path) -> str:
    """Attach a file; the id of the act."""
    command = desk.attachments.take_in(ticket_id, path)
    assert isinstance(command, cmd.Attach), command
    return done(desk.act(ticket_id, command)).op_id


def files(desk: Desk, ticket_id: str) -> tuple[Entry, ...]:
    """The files of a ticket."""
    view = desk.open_ticket(ticket_id)
    assert view is not None
    return files_in(view.timeline)


def only(desk: Desk, ticket_id: str) -> ev.Attached:
    """The one file of a ticket."""
    (found,) = files(desk, ticket_id)
    assert found.file is not None
    return found.file


def test_a_file_is_on_the_ticket_in_its_history_and_in_words(desk: Desk, photo: Path) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    file = only(desk, ticket_id)
    assert (file.name, file.by) == ("label photo.jpg", "mira")
    assert (file.size, file.media) == (20_000, "image/jpeg")
    (entry,) = files(desk, ticket_id)
    assert (entry.icon, entry.verb) == ("paperclip", "attached label photo.jpg, 20 KB")
    assert not entry.away


def test_what_was_taken_back_is_not_listed(desk: Desk, photo: Path) -> None:
    ticket_id = log(desk)
    desk.undo(attach(desk, ticket_id, photo))
    assert files(desk, ticket_id) == ()


def test_a_file_too_large_is_refused_before_it_is_read(desk: Desk, tmp_path: Path) -> None:
    ticket_id = log(desk)
    huge = tmp_path / "dump.bin"
    with huge.open("wb") as file:
        file.truncate(26 * MEBIBYTE)
    refused = refusal(desk.attachments.take_in(ticket_id, huge))
    assert "dump.bin has 26.0 MB" in refused.what
    assert "up to 25 MB" in refused.what
    assert not (tmp_path / "desk" / FOLDER).exists()


def test_what_is_no_file_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    ticket_id = log(desk)
    assert "is a folder" in refusal(desk.attachments.take_in(ticket_id, tmp_path)).what
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert "is empty" in refusal(desk.attachments.take_in(ticket_id, empty)).what
    with pytest.raises(WorldError, match="cannot be read"):
        desk.attachments.take_in(ticket_id, tmp_path / "nowhere.txt")
    assert "no such ticket" in refusal(desk.attachments.take_in("?", empty)).what


@pytest.mark.skipif(sys.platform == "win32", reason="no such files on Windows")
def test_a_pipe_is_no_file_and_is_not_waited_for(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused = refusal(desk.attachments.take_in(log(desk), tmp_path / "pipe"))
    assert "is no file" in refused.what


def test_a_picture_from_the_clipboard_is_a_file_too(desk: Desk) -> None:
    ticket_id = log(desk)
    command = desk.attachments.take_in_bytes(ticket_id, "Picture.png", b"png")
    assert isinstance(command, cmd.Attach)
    done(desk.act(ticket_id, command))
    assert only(desk, ticket_id).media == "image/png"


def test_a_copy_to_look_at_has_its_name_and_cannot_be_written(desk: Desk, photo: Path) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    file = only(desk, ticket_id)
    copy = desk.attachments.to_look_at(file)
    assert isinstance(copy, Path)
    assert copy.name == "label photo.jpg"
    assert copy.read_bytes() == photo.read_bytes()
    assert not copy.stat().st_mode & 0o222
    assert desk.attachments.to_look_at(file) != copy


def test_copies_of_other_days_are_taken_away(desk: Desk, photo: Path) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    file = only(desk, ticket_id)
    old, young = desk.attachments.to_look_at(file), desk.attachments.to_look_at(file)
    assert isinstance(old, Path)
    assert isinstance(young, Path)
    os.utime(old.parent, (1, 1))
    desk.attachments.to_look_at(file)
    assert not old.parent.exists()
    assert young.exists()


def test_what_could_run_is_only_saved(desk: Desk, tmp_path: Path) -> None:
    ticket_id = log(desk)
    script = tmp_path / "fix.sh"
    script.write_text("echo fixed")
    attach(desk, ticket_id, script)
    file = only(desk, ticket_id)
    assert "could run a program" in refusal(desk.attachments.to_look_at(file)).what
    place = tmp_path / "saved"
    place.mkdir()
    copy = desk.attachments.save(file, place)
    assert copy.read_text() == "echo fixed"
    assert not copy.stat().st_mode & 0o111


def test_saving_replaces_nothing(desk: Desk, photo: Path, tmp_path: Path) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    file, place = only(desk, ticket_id), tmp_path / "saved"
    place.mkdir()
    names = [desk.attachments.save(file, place).name for _ in range(3)]
    assert names == ["label photo.jpg", "label photo (2).jpg", "label photo (3).jpg"]


def test_saving_under_a_chosen_name_replaces_what_one_was_asked_about(
    desk: Desk, photo: Path, tmp_path: Path
) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    file, place = only(desk, ticket_id), tmp_path / "saved"
    with pytest.raises(WorldError, match="could not be written"):
        desk.attachments.save_as(file, place / "a.jpg")
    place.mkdir()
    (place / "a.jpg").write_text("old")
    assert desk.attachments.save_as(file, place / "a.jpg").read_bytes() == photo.read_bytes()
    assert [each.name for each in place.iterdir()] == ["a.jpg"]


def test_a_hostile_name_leads_nowhere(desk: Desk, photo: Path, tmp_path: Path) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    told = only(desk, ticket_id)
    hostile = ev.Attached(
        at=told.at, name="../../evil\u202egpj.txt", sha256=told.sha256, size=told.size
    )
    place = tmp_path / "saved"
    place.mkdir()
    assert desk.attachments.save(hostile, place).parent == place
    copy = desk.attachments.to_look_at(hostile)
    assert isinstance(copy, Path)
    assert copy.is_relative_to(tmp_path / "desk" / FOLDER / "open")


def test_a_file_that_is_away_says_so_and_is_wanted_when_opened(
    desk: Desk, photo: Path, tmp_path: Path
) -> None:
    ticket_id = log(desk)
    attach(desk, ticket_id, photo)
    file = only(desk, ticket_id)
    (tmp_path / "desk" / FOLDER / file.sha256[:2] / file.sha256).unlink()
    assert [each.away for each in files(desk, ticket_id)] == [True]
    with pytest.raises(MissingBlobError):
        desk.attachments.to_look_at(file)
    desk.attachments.fetch(file)
    assert [each.sha256 for each in desk.attachments.blobs.wanted()] == [file.sha256]


def test_a_ticket_is_found_by_the_name_of_its_file(desk: Desk, photo: Path) -> None:
    ticket_id = log(desk)
    log(desk, "Something else")
    attach(desk, ticket_id, photo)
    assert desk.search("label photo jpg") == [ticket_id]

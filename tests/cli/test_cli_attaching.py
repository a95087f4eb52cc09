"""Files on tickets from the terminal: attached, listed, shown and saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tierline.storage.blobs import FOLDER


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "label photo.jpg"
    path.write_bytes(b"jpeg" * 5000)
    return path


def test_a_file_is_attached_listed_and_shown(cli: Terminal, photo: Path) -> None:
    number = cli.log()
    told = cli.done("attach", number, str(photo), "--text", "The label")
    assert told.out == f"Attached to {number}.\n"
    listed = cli.done("attachments", number).out
    assert "label photo.jpg" in listed
    assert "20 KB" in listed
    assert "Mira" in listed
    shown = cli.done("show", number).out
    assert "attached label photo.jpg, 20 KB" in shown
    assert "The label" in shown
    (found,) = cli.done("attachments", number, json=True).data
    assert (found["name"], found["size"], found["here"]) == ("label photo.jpg", 20_000, True)
    assert (found["text"], found["by"]) == ("The label", "mira")


def test_saving_gives_the_bytes_and_replaces_nothing(
    cli: Terminal, photo: Path, tmp_path: Path
) -> None:
    number, place = cli.log(), tmp_path / "saved"
    cli.done("attach", number, str(photo))
    assert "is no folder" in cli.refused("attachments", number, "--save", str(place))[0]
    place.mkdir()
    for _ in range(2):
        cli.done("attachments", number, "--save", str(place))
    names = ["label photo (2).jpg", "label photo.jpg"]
    assert sorted(each.name for each in place.iterdir()) == names
    assert all(each.read_bytes() == photo.read_bytes() for each in place.iterdir())
    saved = cli.done("attachments", number, "--save", str(place), json=True).data
    assert saved == {"saved": [str(place / "label photo (3).jpg")]}


def test_what_cannot_be_attached_is_refused_with_what_to_do(cli: Terminal, tmp_path: Path) -> None:
    number, huge = cli.log(), tmp_path / "dump.bin"
    with huge.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    why, todo = cli.refused("attach", number, str(huge))
    assert "dump.bin has 26.0 MB" in why
    assert "up to 25 MB" in why
    assert "Make it smaller" in todo
    why, todo = cli.refused("attach", number, str(tmp_path / "nowhere"))
    assert "cannot be read" in why
    assert "Nothing was attached." in todo
    assert "No files." in cli.done("attachments", number).out
    assert cli("attach", number).code == 2


def test_a_file_that_is_away_is_told_and_fetched_by_the_next_sync(
    cli: Terminal, photo: Path, tmp_path: Path
) -> None:
    number = cli.log()
    cli.done("attach", number, str(photo))
    (found,) = cli.done("attachments", number, json=True).data
    blob = cli.folder / FOLDER / found["sha256"][:2] / found["sha256"]
    blob.unlink()
    assert "not yet" in cli.done("attachments", number).out
    assert "not here yet" in cli.done("show", number).out
    answer = cli("attachments", number, "--save", str(tmp_path))
    assert (answer.code, answer.out) == (1, "No files were saved.\n")
    assert answer.err.startswith("Not here yet: label photo.jpg.\n")
    parts = cli.folder / FOLDER / "part"
    assert [each.name for each in parts.iterdir()] == [f"{found['sha256']}.20000"]


def test_an_attached_file_is_taken_back_within_ten_seconds(cli: Terminal, photo: Path) -> None:
    number = cli.log()
    cli.done("attach", number, str(photo))
    cli.done("undo", number)
    assert cli.done("attachments", number).out == "No files.\n"

"""Opening a desk: its policies, who sits at it, and that a demo is never mixed with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.books import FOLDER
from tests.fakes.desks import PEOPLE, START, TurnedClock
from tierline.app import opening
from tierline.app.opening import load_book, open_desk
from tierline.desk.desk import Desk
from tierline.domain.errors import WorldError
from tierline.domain.policy_check import PolicyError

PLAYBOOK = (FOLDER / "playbook.toml").read_text(encoding="utf-8")
CLOCK = TurnedClock(START)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "desk", CLOCK)
    opened.replica.directory.put_people(PEOPLE)
    yield opened
    opened.replica.close()


def _who(folder: Path, me: str, usual: str = "") -> str:
    desk = open_desk(folder, CLOCK, me=me, usual=usual)
    desk.replica.close()
    return desk.me


def test_a_desk_is_made_where_there_is_none(desk: Desk) -> None:
    assert desk.replica.kind == "real"
    assert desk.book.default == "playbook"
    assert desk.zone.key == "Australia/Melbourne"


def test_who_sits_here_is_told_by_id_or_by_name(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    assert _who(folder, "mira") == _who(folder, "Mira Okonedo") == "mira"
    assert _who(folder, "a newcomer") == "a newcomer"
    assert _who(folder, "") == opening.os_user()
    assert _who(folder, "", "Tobias Lund") == "tobias"
    assert _who(folder, "mira", "tobias") == "mira"


def test_at_a_demo_it_is_its_first_technician(tmp_path: Path) -> None:
    demo = open_desk(tmp_path, CLOCK, kind="demo")
    demo.replica.directory.put_people(PEOPLE)
    demo.replica.close()
    assert _who(tmp_path, "", "somebody at home") == "mira"
    demo = open_desk(tmp_path, CLOCK)
    demo.replica.set_meta("me", "tobias")
    demo.replica.close()
    assert _who(tmp_path, "") == "tobias"


def test_a_demo_and_a_real_desk_are_never_mixed(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="is a real desk; a demo desk is wanted"):
        open_desk(tmp_path / "desk", CLOCK, kind="demo")


def test_a_default_policy_is_kept_with_the_desk(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    open_desk(folder, CLOCK, default_policy="tiered").replica.close()
    again = open_desk(folder, CLOCK)
    assert again.book.default == "tiered"
    again.replica.close()
    with pytest.raises(WorldError, match='no policy "teired"') as refused:
        open_desk(folder, CLOCK, default_policy="teired")
    assert "three-line" in refused.value.todo


def test_the_desks_own_policies_join_and_replace(tmp_path: Path) -> None:
    own = tmp_path / "policies"
    own.mkdir()
    (own / "a.toml").write_text(PLAYBOOK.replace("version = 5", "version = 77"), "utf-8")
    (own / "b.toml").write_text(PLAYBOOK.replace('name = "playbook"', 'name = "mine"'), "utf-8-sig")
    book = load_book(tmp_path)
    assert book.get("playbook").version == 77
    assert book.knows("mine")
    assert book.knows("tiered")
    assert load_book().get("playbook").version == 5


def test_what_ships_is_known_by_the_name_of_its_file() -> None:
    names = load_book().names()
    assert list(names) == sorted(path.stem for path in FOLDER.glob("*.toml"))
    assert [load_book().get(name).name for name in names] == list(names)


def test_two_files_with_one_policy_are_refused(tmp_path: Path) -> None:
    own = tmp_path / "policies"
    own.mkdir()
    for name in ("a.toml", "b.toml"):
        (own / name).write_text(PLAYBOOK, "utf-8")
    with pytest.raises(WorldError, match=r"b\.toml and a\.toml are both"):
        load_book(tmp_path)


def test_a_broken_policy_of_the_desk_is_refused_and_the_file_let_go(tmp_path: Path) -> None:
    own = tmp_path / "policies"
    own.mkdir()
    (own / "a.toml").write_text(PLAYBOOK.replace('"new" }', '"nwe" }'), "utf-8")
    with pytest.raises(PolicyError) as refused:
        open_desk(tmp_path, CLOCK)
    assert {problem.file for problem in refused.value.problems} == {"a.toml"}
    (own / "a.toml").unlink()
    open_desk(tmp_path, CLOCK).replica.close()

"""`tierline hub grant` and `revoke` tell the desk about people, `tierline people` lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import START
from tierline.storage.replica import Replica
from tierline.sync.hubs import keeping


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'hub.sqlite'}"
    keeping.create(made, login="root")
    return made


@pytest.fixture
def keeper(tmp_path: Path, home: Path) -> Terminal:
    return Terminal(tmp_path / "keeper", me="root")


def listed(url: str, folder: Path, login: str) -> list[list[str]]:
    """What `tierline people` lists on a desk that joins and syncs now, in columns."""
    place = Terminal(folder, me=login)
    place.done("join", url)
    place.done("sync", "--once")
    heads, *rows = place.done("people").out.splitlines()
    columns = [heads.index(each) for each in ("Name", "Login", "Line", "Role", "On shift")]
    cuts = list(zip(columns, [*columns[1:], None], strict=True))
    return [[row[first:last].strip() for first, last in cuts] for row in rows]


def test_people_lists_who_works_here(cli: Terminal) -> None:
    said = cli.done("people").out.splitlines()
    assert said[0].split() == ["Name", "Login", "Line", "Role", "On", "shift"]
    assert ["Ines", "Dray", "ines", "L2", "technician", "no"] in [row.split() for row in said]
    assert said[3].split() == "Joan Client joan L1 technician of Pellow & Voss Legal yes".split()
    [mira] = [p for p in cli.done("people", json=True).data if p["login"] == "mira"]
    assert (mira["name"], mira["tier"], mira["role"]) == ("Mira Okonedo", 1, "technician")
    assert (mira["present"], mira["gone"], mira["skills"]) == (True, False, ["printer"])


def test_nobody_is_said_as_nobody(tmp_path: Path, home: Path) -> None:
    Replica.open(tmp_path / "empty", START).close()
    assert Terminal(tmp_path / "empty").done("people").out == "Nobody yet.\n"


def test_a_grant_is_seen_on_every_desk(url: str, keeper: Terminal, tmp_path: Path) -> None:
    told = ("--name", "Mira Okonedo", "--tier", "2", "--skills", "vpn, printers,")
    said = keeper.done("hub", "grant", url, "mira", "--role", "lead", *told).out
    assert said == "mira may use the hub as lead.\n"
    keeper.done("hub", "grant", url, "ravi", "--name", "Ravi Sato")
    assert listed(url, tmp_path / "ravi", "ravi") == [
        ["Mira Okonedo", "mira", "L2", "lead", "yes"],
        ["Ravi Sato", "ravi", "L1", "technician", "yes"],
    ]
    [mira, _] = Terminal(tmp_path / "ravi", me="ravi").done("people", json=True).data
    assert mira["skills"] == ["vpn", "printers"]


def test_a_grant_keeps_what_it_does_not_say(url: str, keeper: Terminal, tmp_path: Path) -> None:
    keeper.done("hub", "grant", url, "mira", "--role", "lead", "--name", "Mira Okonedo")
    assert keeper.done("hub", "grant", url, "mira", "--tier", "3").out == "mira may use the hub.\n"
    assert listed(url, tmp_path / "mira", "mira") == [["Mira Okonedo", "mira", "L3", "lead", "yes"]]


def test_who_was_let_out_is_gone(url: str, keeper: Terminal, tmp_path: Path) -> None:
    for login in ("mira", "ravi"):
        keeper.done("hub", "grant", url, login)
    keeper.done("hub", "revoke", url, "mira")
    assert listed(url, tmp_path / "ravi", "ravi") == [
        ["ravi", "ravi", "L1", "technician", "yes"],
        ["mira", "mira", "L1", "technician", "gone"],
    ]
    proof = keeper.done("hub", "verify", url, json=True).data
    assert (proof["lines"], proof["findings"]) == (3, [])


def test_a_login_that_looks_like_another_is_refused(url: str, keeper: Terminal) -> None:
    keeper.done("hub", "grant", url, "mira")
    why, todo = keeper.refused("hub", "grant", url, "Mira")
    assert why == "There is mira already, and Mira would be taken for them."
    assert todo == "Nothing was changed. Choose another name."
    assert keeping.verify(url).people == {"admin": 1, "technician": 1}


@pytest.mark.parametrize("tier", ["0", "-1", "two"])
def test_a_line_is_a_number_from_one_on(url: str, keeper: Terminal, tier: str) -> None:
    assert keeper("hub", "grant", url, "mira", "--tier", tier).code == 2

"""Which lines are on a backup that was proven, and what happens to those that are old."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.desks import done, log
from tests.fakes.servers import KEEPER, PASSWORD
from tests.sync.hubs.joined import Joined
from tests.sync.hubs.places import File, act, check_chain, greeted, outcomes, whole_log
from tests.sync.hubs.server_place import Server, password
from tests.sync.scripted import STATE, Script, hello
from tierline.domain import commands as cmd
from tierline.sync.errors import HubDownError, HubError, WrongHubError
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs import keeping
from tierline.sync.hubs.opening import open_hub

ME = Console(console_id="c", version="1.0.0")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[tuple[Hub, str, Path]]:
    """A hub in a file with five lines, its address, and where a backup goes."""
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", *(act(n) for n in range(1, 6))) == ["taken"] * 5
    yield hub, f"sqlite:///{place.path}", tmp_path / "kept.sqlite"
    hub.close()


def _safe_seq(hub: Hub) -> int:
    return hub.hello(ME, 0).safe_seq


def test_a_backup_of_a_file_is_proven_and_its_lines_are_safe(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    assert _safe_seq(hub) == 0
    proof = keeping.backup(url, target)
    assert (proof.lines, proof.seq, _safe_seq(hub)) == (5, 5, 5)
    assert sorted(each.name for each in target.parent.iterdir() if "kept" in each.name) == [
        "kept.sqlite"
    ]
    assert not [each for each in target.parent.iterdir() if "copy" in each.name]
    assert outcomes(hub, "c", act(6)) == ["taken"]
    assert (_safe_seq(hub), hub.pull("c", 0).safe_seq, hub.beat("c").safe_seq) == (5, 5, 5)


def test_a_backup_is_a_hub_that_goes_on(file: tuple[Hub, str, Path]) -> None:
    _, url, target = file
    keeping.backup(url, target)
    again = open_hub(f"sqlite:///{target}", login="dana")
    assert again.hello(ME, 5).chain == whole_log(again, "c")[-1].chain
    assert outcomes(again, "c", act(5), act(6)) == ["known", "taken"]
    again.close()


def test_a_backup_made_while_others_write_is_of_one_moment(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    enough, ended = threading.Event(), threading.Event()

    def write() -> None:
        for cseq in range(6, 2000):
            assert outcomes(hub, "c", act(cseq)) == ["taken"]
            if cseq > 20:
                enough.set()
            if ended.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    assert enough.wait(60)
    proof = keeping.backup(url, target)
    ended.set()
    writer.join()
    assert proof.seq >= 20
    assert not [each for each in proof.findings if each.part == "log"]
    assert keeping.verify(f"sqlite:///{target}").seq == proof.seq == _safe_seq(hub)
    check_chain(whole_log(hub, "c"))


def test_what_is_there_already_is_not_written_over(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    target.write_text("last year's")
    with pytest.raises(WrongHubError, match="There is something at"):
        keeping.backup(url, target)
    assert (target.read_text(), _safe_seq(hub)) == ("last year's", 0)


def test_a_backup_that_cannot_be_written_marks_nothing(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    with pytest.raises(HubDownError, match=r"cannot be written to .*No such file"):
        keeping.backup(url, target.parent / "away" / "kept.sqlite")
    assert _safe_seq(hub) == 0
    assert not [each for each in target.parent.iterdir() if "copy" in each.name]


def test_a_backup_that_reads_back_otherwise_marks_nothing(
    file: tuple[Hub, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, url, target = file
    monkeypatch.setattr(
        "tierline.sync.hubs.backups.shutil.copyfileobj",
        lambda source, to, _: to.write(source.read()[:-1]),
    )
    with pytest.raises(HubDownError, match="reads back otherwise"):
        keeping.backup(url, target)
    assert _safe_seq(hub) == 0
    assert not list(target.parent.glob("kept*"))


def _tampered(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DROP TRIGGER log_keeps")
        base.execute("UPDATE log SET author = 'lee' WHERE seq = 2")


def test_a_log_that_does_not_hold_is_not_safe(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    keeping.backup(url, target)
    assert outcomes(hub, "c", act(6)) == ["taken"]
    _tampered(target)
    with pytest.raises(HubError, match=r"does not hold: line 2"):
        keeping.safe(url, f"sqlite:///{target}")
    _tampered(Path(url.removeprefix("sqlite:///")))
    with pytest.raises(HubError, match=r"does not hold: line 2"):
        keeping.backup(url, target.with_name("second.sqlite"))
    assert _safe_seq(hub) == 5
    assert not list(target.parent.glob("second*"))


def test_a_backup_by_other_means_counts_when_it_is_proven(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as base:
        base.execute("VACUUM INTO ?", (str(target),))
    assert keeping.safe(url, f"sqlite:///{target}").seq == 5
    assert _safe_seq(hub) == 5


def test_only_a_backup_of_this_very_log_counts(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    with pytest.raises(WrongHubError, match="the hub itself"):
        keeping.safe(url, url)
    keeping.create(f"sqlite:///{target.parent / 'other.sqlite'}", login="root")
    with pytest.raises(WrongHubError, match="of another hub"):
        keeping.safe(url, f"sqlite:///{target.parent / 'other.sqlite'}")
    keeping.backup(url, target)
    parted = open_hub(f"sqlite:///{target}", login="dana")
    assert outcomes(greeted(parted, "p"), "p", act(1, "other", base=5)) == ["taken"]
    parted.close()
    with pytest.raises(WrongHubError, match="ends with line 6"):
        keeping.safe(url, f"sqlite:///{target}")
    assert outcomes(hub, "c", act(6)) == ["taken"]
    with pytest.raises(WrongHubError, match="ends with line 6"):
        keeping.safe(url, f"sqlite:///{target}")
    assert _safe_seq(hub) == 5


def test_safe_never_goes_back(file: tuple[Hub, str, Path]) -> None:
    hub, url, target = file
    keeping.backup(url, target)
    assert outcomes(hub, "c", act(6)) == ["taken"]
    keeping.backup(url, target.with_name("second.sqlite"))
    assert keeping.safe(url, f"sqlite:///{target}").seq == 5
    assert _safe_seq(hub) == 6


def test_each_kind_of_hub_says_how_it_is_done_there(
    file: tuple[Hub, str, Path], hub_place: Server
) -> None:
    _, url, target = file
    with pytest.raises(WrongHubError, match="server's own tools") as told:
        keeping.backup(hub_place.keeper.text, target)
    assert "tierline hub safe" in told.value.todo
    with pytest.raises(WrongHubError, match="keeps all of its log"):
        keeping.archive(url, 365)


class Dumped:
    """A hub on a server, backed up and put back as its keeper does it."""

    def __init__(self, place: Server) -> None:
        self.place, self.url = place, place.keeper.text
        self.copies: list[str] = []

    def put_back(self) -> str:
        """The address of a copy."""
        server, name = self.place.server, self.place.server.make_database()
        self.copies.append(name)
        there = f"host=127.0.0.1 port={server.port} user={KEEPER} password='{_quoted()}'"
        dump = str(server.folder / "desk.dump")
        server._run("pg_dump", "-Fc", "-f", dump, "-d", f"{there} dbname={self.place.database}")
        server._run("pg_restore", "-d", f"{there} dbname={name}", dump)
        return server.address(KEEPER, name).text

    def drop(self) -> None:
        """Take the copies away."""
        for name in self.copies:
            self.place.server.drop_database(name)


def _quoted() -> str:
    return PASSWORD.replace("'", "\\'")


@pytest.fixture
def dumped(hub_place: Server) -> Iterator[Dumped]:
    made = Dumped(hub_place)
    yield made
    made.drop()


def test_a_dump_put_back_and_proven_makes_lines_safe(dumped: Dumped) -> None:
    hub = greeted(dumped.place.session("dana"), "c")
    assert outcomes(hub, "c", act(1), act(2)) == ["taken", "taken"]
    copy = dumped.put_back()
    assert outcomes(hub, "c", act(3)) == ["taken"]
    assert keeping.safe(dumped.url, copy, password, password).seq == 2
    assert _safe_seq(hub) == 2
    with dumped.place.server.keeper(dumped.copies[0]) as base:
        base.execute("SET session_replication_role = replica")
        base.execute("UPDATE tierline.log SET author = 'lee' WHERE seq = 1")
    with pytest.raises(HubError, match=r"does not hold: line 1"):
        keeping.safe(dumped.url, copy, password, password)
    hub.close()


def test_old_safe_lines_move_in_chunks_and_all_is_proven(
    dumped: Dumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tierline.sync.hubs.postgres_safety._CHUNK", 4)
    hub = greeted(dumped.place.session("dana"), "c")
    assert outcomes(hub, "c", *(act(n, ticket=f"t{n % 3}") for n in range(1, 11))) == ["taken"] * 10
    assert keeping.archive(dumped.url, 0, password) == (0, 1, 10)
    keeping.safe(dumped.url, dumped.put_back(), password, password)
    assert outcomes(hub, "c", act(11), act(12)) == ["taken", "taken"]
    assert keeping.archive(dumped.url, 30, password) == (0, 1, 0)
    assert keeping.archive(dumped.url, 0, password) == (10, 11, 2)
    with dumped.place.as_keeper() as base:
        found = base.execute("SELECT seq, chain FROM tierline.chain_anchor ORDER BY seq").fetchall()
    assert [seq for seq, _ in found] == [4, 8, 10]
    assert [chain for _, chain in found] == [hub.chain_at(n) for n in (4, 8, 10)]
    assert hub.hello(ME, 12).first_seq == 11
    assert [line.seq for line in hub.pull("c", 10).lines] == [11, 12]
    with pytest.raises(HubDownError, match="archive"):
        hub.pull("c", 9)
    proof = keeping.verify(dumped.url, password)
    assert (proof.lines, [each for each in proof.findings if each.part == "log"]) == (12, [])
    hub.close()


def test_a_desk_that_is_behind_the_archive_starts_anew_with_its_outbox(
    dumped: Dumped, tmp_path: Path
) -> None:
    mira = Joined(dumped.place, tmp_path, "mira")
    ravi = Joined(dumped.place, tmp_path, "ravi")
    first = log(mira.desk, "Scanner cannot reach dispatch")
    assert (mira.once().link, ravi.once().link) == ("online", "online")
    # Mira is away with two acts; Ravi goes on, and what he wrote is moved before she is back.
    done(mira.desk.act(first, cmd.Note(text="The cable was loose")))
    mine = log(mira.desk, "Her own, logged away")
    done(ravi.desk.act(first, cmd.Note(text="Told the shift lead")))
    log(ravi.desk, "Another one")
    ravi.once()
    keeping.safe(dumped.url, dumped.put_back(), password, password)
    last = ravi.desk.replica.sync.state().cursor
    assert keeping.archive(dumped.url, 0, password) == (last, last + 1, 0)
    assert mira.desk.replica.sync.state().cursor < last
    told = mira.once()
    assert (told.link, told.pending, told.aside, told.conflicts) == ("online", 0, 0, 0)
    ravi.once()
    assert mira.told() == ravi.told()
    assert len(mira.told()) == 3
    assert mira.desk.replica.tickets.get(mine) is not None
    texts = [
        event.text
        for each in mira.desk.replica.tickets.operations(first)
        for event in each.operation.events
        if hasattr(event, "text")
    ]
    assert texts == ["Told the shift lead", "The cable was loose"]
    assert not [
        each for each in keeping.verify(dumped.url, password).findings if each.part != "right"
    ]


def test_the_core_begins_the_copy_anew_when_lines_behind_its_cursor_are_archived() -> None:
    after = STATE.__class__(
        hub_id="hub", console_id="me", cursor=12, chain="c12", last_cseq=3, boot="done"
    )
    greetings = [hello(first_seq=9, seq=12), hello(first_seq=9, seq=12, chain="c12")]
    script = Script(state=[STATE, STATE, after], hello=greetings, join=None, chain_at="c12")
    script.run()
    start = script.calls.index("hello")
    assert script.calls[start : start + 7] == [
        "hello", "greeted", "join", "chain_at", "apply", "state", "hello",
    ]  # fmt: skip
    assert script.status.link == "online"
    assert not {"rewind", "mint"} & set(script.calls)


def test_the_core_reads_on_when_the_archive_ends_at_its_cursor() -> None:
    script = Script(hello=hello(first_seq=8))
    script.run()
    assert "join" not in script.calls
    assert script.status.link == "online"

"""Rights live in the database: every role, table and operation, as raw SQL, allowed and denied."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec
import psycopg
import pytest
from psycopg import errors

from tests.sync.hubs.places import act, greeted, outcomes
from tests.sync.hubs.server_place import Server, password
from tierline.domain.log import GENESIS, Line, chain
from tierline.sync.errors import NoEntryError
from tierline.sync.hub import News
from tierline.sync.hubs import keeping
from tierline.sync.hubs.postgres_rights import FUNCTIONS, PRIVILEGES, TABLES
from tierline.sync.hubs.rights import KIND_RIGHTS, ROLES, Role

# As whom each operation is tried: the five roles, and a login that was let in nowhere.
LOGINS = {**{f"r-{role}": role for role in ROLES}, "r-nobody": ""}
STATEMENTS = {
    "SELECT": "SELECT * FROM tierline.{table} LIMIT 1",
    "INSERT": "INSERT INTO tierline.{table} SELECT * FROM tierline.{table} WHERE false",
    "UPDATE": "UPDATE tierline.{table} SET {column} = {column} WHERE false",
    "DELETE": "DELETE FROM tierline.{table} WHERE false",
    "TRUNCATE": "TRUNCATE tierline.{table}",
    "REFERENCES": "CREATE TABLE tierline.spy (x int REFERENCES tierline.{table})",
    "TRIGGER": "DROP TABLE tierline.{table}",
}
CALLS = {
    "push": "SELECT tierline.push('c', '[]')",
    "flush": "SELECT tierline.flush()",
    "lease": "SELECT tierline.lease('c', 'X', 1)",
    "hello": "SELECT tierline.hello('{login}', '1', '', 0)",
    "beat": "SELECT tierline.beat('c', '[]')",
    "chain_at": "SELECT tierline.chain_at(1)",
    "find": "SELECT tierline.find('x')",
    "hub_version": "SELECT tierline.hub_version()",
    "blob_size": "SELECT tierline.blob_size('x')",
    "get_blob": "SELECT tierline.get_blob('x', 0, 1)",
    "put_blob": "SELECT tierline.put_blob('x', 0, '', 1)",
}
INNER = {
    "append": "SELECT tierline.append(NULL, NULL, false, false)",
    "announce": "SELECT tierline.announce(0, 0)",
    "archive": "SELECT tierline.archive(9)",
    "mark_safe": "SELECT tierline.mark_safe(9)",
    "write_row": "SELECT tierline.write_row(NULL, NULL)",
    "timeline": "SELECT tierline.timeline()",
}
STEPS_OUT = (
    "SET ROLE tierline_owner",
    "SET SESSION AUTHORIZATION postgres",
    "CREATE TABLE tierline.mine (x int)",
    "CREATE TABLE public.mine (x int)",
    "CREATE TEMP TABLE mine (x int)",
    "CREATE ROLE helper",
    'GRANT tierline_admin TO "r-technician"',
    "ALTER TABLE tierline.log DISABLE TRIGGER log_keeps",
    "ALTER TABLE tierline.ticket DISABLE ROW LEVEL SECURITY",
    "DROP FUNCTION tierline.push",
    "CREATE OR REPLACE FUNCTION tierline.role_of(login text) RETURNS text RETURN 'admin'",
    "SET session_replication_role = replica",
    "COPY tierline.log TO PROGRAM 'cat'",
)
FORGED_ARCHIVE = """
INSERT INTO tierline.log_archive
SELECT 9, 'x', console_id, 9, ticket_id, kind, v, author, at, received_at, base_seq, seen_seq,
  payload, chain, restricted, hidden FROM tierline.log LIMIT 1"""
# The last two are how a view says that nobody writes through it.
DENIED = (
    errors.InsufficientPrivilege,
    errors.ObjectNotInPrerequisiteState,
    errors.WrongObjectType,
)


@pytest.fixture
def people(hub_place: Server) -> Iterator[dict[str, psycopg.Connection]]:
    open_ones: dict[str, psycopg.Connection] = {}
    held = []
    for login, role in LOGINS.items():
        hub_place.let_in(login, role or "bi")
        if not role:
            with hub_place.as_keeper() as base:
                base.execute(f'REVOKE tierline_bi FROM "{login}"')
        context = hub_place.raw(login)
        open_ones[login] = context.__enter__()
        held.append(context)
    yield open_ones
    for context in held:
        context.__exit__(None, None, None)


def _allowed(base: psycopg.Connection, statement: str) -> bool:
    try:
        base.execute(statement.encode())
    except DENIED:
        return False
    return True


def test_the_matrix_of_tables(hub_place: Server, people: dict[str, psycopg.Connection]) -> None:
    with hub_place.as_keeper() as base:
        columns = dict(
            base.execute(
                "SELECT DISTINCT ON (table_name) table_name::text, quote_ident(column_name)"
                " FROM information_schema.columns WHERE table_schema = 'tierline'"
                " ORDER BY table_name, ordinal_position"
            ).fetchall()
        )
    assert columns.keys() - {"offer"} == TABLES.keys()
    wrong, cells = [], 0
    for (login, role), table, privilege in itertools.product(LOGINS.items(), TABLES, PRIVILEGES):
        statement = STATEMENTS[privilege].format(table=table, column=columns[table])
        wanted = privilege == "SELECT" and role in TABLES[table]
        cells += 1
        if _allowed(people[login], statement) is not wanted:
            wrong.append(f"{login}: {statement} should be {'allowed' if wanted else 'denied'}")
    assert not wrong
    assert cells == len(LOGINS) * len(TABLES) * len(PRIVILEGES)


def test_the_matrix_of_functions(hub_place: Server, people: dict[str, psycopg.Connection]) -> None:
    assert CALLS.keys() == FUNCTIONS.keys()
    wrong = []
    for login, role in LOGINS.items():
        for name, call in (CALLS | INNER).items():
            wanted = role in FUNCTIONS.get(name, frozenset())
            if _allowed(people[login], call.format(login=login)) is not wanted:
                wrong.append(f"{login}: {name} should be {'allowed' if wanted else 'denied'}")
    assert not wrong


def test_nobody_steps_out(people: dict[str, psycopg.Connection]) -> None:
    done = [
        f"{login}: {statement}"
        for login, statement in itertools.product(LOGINS, STEPS_OUT)
        if _allowed(people[login], statement)
    ]
    assert not done


def test_kinds_and_their_roles_are_the_same_in_python_and_in_the_database(
    hub_place: Server,
) -> None:
    with hub_place.as_keeper() as base:
        rows = base.execute("SELECT kind, role FROM tierline.kind_right").fetchall()
    assert dict(rows) == KIND_RIGHTS


def test_the_log_is_not_edited_by_its_owner_either(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    assert outcomes(hub, "c", act(1), act(2)) == ["taken", "taken"]
    hub.close()
    edits = (
        "UPDATE tierline.log SET payload = '[]' WHERE seq = 1",
        "UPDATE tierline.log SET author = 'lee'",
        "UPDATE tierline.log SET seq = 9 WHERE seq = 2",
        "DELETE FROM tierline.log WHERE seq = 2",
        "TRUNCATE tierline.log",
        "TRUNCATE tierline.log CASCADE",
        FORGED_ARCHIVE,
    )
    with hub_place.as_keeper() as base:
        for owner in ("RESET ROLE", "SET ROLE tierline_owner"):
            base.execute(owner.encode())
            for edit in edits:
                with pytest.raises(errors.ObjectNotInPrerequisiteState):
                    base.execute(edit.encode())
        count = base.execute("SELECT count(*) FROM tierline.log").fetchone()
    assert count == (2,)


def test_whole_chunks_move_to_the_archive_and_the_chain_holds(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    offers = [act(n, ticket=f"t{n % 3}") for n in range(1, 11)]
    assert outcomes(hub, "c", *offers) == ["taken"] * 10
    with hub_place.as_keeper() as base:
        assert base.execute("SELECT tierline.archive(6)").fetchone() == (0,)  # on no backup yet
        base.execute("SELECT tierline.mark_safe(10)")
        assert base.execute("SELECT tierline.archive(6)").fetchone() == (5,)
        anchor = base.execute("SELECT seq, chain FROM tierline.chain_anchor").fetchone()
        with pytest.raises(errors.ObjectNotInPrerequisiteState):
            base.execute("DELETE FROM tierline.log_archive")
    assert anchor == (5, hub.chain_at(5))
    assert [line.seq for line in hub.pull("c", 5).lines] == [6, 7, 8, 9, 10]
    assert len(hub.histories(["t0", "t1", "t2"]).lines) == 10
    assert outcomes(hub, "c", offers[0], offers[9]) == ["known", "known"]
    done = hub.push("c", [act(1, "other")])
    assert done.trouble == "forked"
    hub.close()
    proof = keeping.verify(hub_place.keeper.text, password)
    assert (proof.lines, [f for f in proof.findings if "line" in f.about]) == (10, [])


def test_an_author_is_who_logged_in_whatever_they_set(hub_place: Server) -> None:
    hub_place.let_in("dana", "technician")
    with hub_place.raw("dana") as base:
        for setting in ("SET application_name = 'lee'", "SET tierline.author = 'lee'"):
            base.execute(setting.encode())
        offer = """[{"op_id": "o", "cseq": 1, "ticket_id": "t", "kind": "note", "author": "lee",
            "payload": "[]", "row": "{}", "console_id": "c-lee"}]"""
        base.execute("SELECT tierline.push('c', %s)", (offer,))
        row = base.execute("SELECT author, console_id FROM tierline.log").fetchone()
    assert row == ("dana", "c")


@pytest.mark.parametrize("role", ["technician", "lead", "admin"])
def test_only_leads_vouch_for_others_by_raw_sql(hub_place: Server, role: Role) -> None:
    login = f"v-{role}"
    hub_place.let_in(login, role)
    offer = """[{"op_id": "o", "cseq": 1, "ticket_id": "t", "kind": "note",
        "payload": "[{\\"kind\\": \\"noted\\", \\"by\\": \\"lee\\"}]", "row": "{}"}]"""
    with hub_place.raw(login) as base:
        base.execute("SELECT tierline.push('c', %s)", (offer,))
        found = base.execute("SELECT author FROM tierline.log").fetchall()
    assert found == ([] if role == "technician" else [(login,)])


def test_push_refuses_a_snapshot_that_could_miss_lines(hub_place: Server) -> None:
    hub_place.let_in("dana", "technician")
    with hub_place.raw("dana") as base:
        for level in ("REPEATABLE READ", "SERIALIZABLE"):
            base.execute(f"BEGIN ISOLATION LEVEL {level}".encode())
            with pytest.raises(errors.ActiveSqlTransaction, match="READ COMMITTED"):
                base.execute("SELECT tierline.push('c', '[]')")
            base.execute("ROLLBACK")


def test_push_is_durable_whatever_the_session_wants(hub_place: Server) -> None:
    hub_place.let_in("dana", "technician")
    with hub_place.raw("dana") as base:
        base.execute("SET synchronous_commit = off")
        base.execute("BEGIN")
        base.execute("SELECT tierline.push('c', '[]')")
        assert base.execute("SHOW synchronous_commit").fetchone() == ("on",)
        base.execute("COMMIT")


@pytest.mark.parametrize(
    "trick",
    [
        "SET search_path = mine, tierline",
        "SET search_path = pg_temp, public",
    ],
)
def test_a_search_path_leads_nobody_astray(hub_place: Server, trick: str) -> None:
    hub_place.let_in("dana", "technician")
    with hub_place.raw("dana") as base:
        base.execute(trick.encode())
        base.execute("SELECT tierline.push('c', '[]')")
        assert base.execute("SELECT tierline.hub_version()").fetchone() == (1000,)


def test_restricted_tickets_are_out_of_reach_by_raw_sql(hub_place: Server) -> None:
    dana = greeted(hub_place.session("dana"), "c")
    kim = greeted(hub_place.session("kim", "lead"), "k")
    assert outcomes(dana, "c", act(1), act(2, ticket="t2")) == ["taken", "taken"]
    secret = act(1, "k1", base=1, kind="restrict", restricted=True)
    assert outcomes(kim, "k", secret) == ["taken"]
    dana.close()
    kim.close()
    hub_place.let_in("wall", "wallboard")
    hub_place.let_in("bo", "bi")
    for login in ("dana", "wall", "bo", "kim"):
        seen = [("t1",), ("t2",)] if login == "kim" else [("t2",)]
        with hub_place.raw(login) as base:
            for table, column in (("ticket", "id"), ("log", "ticket_id"), ("lines", "ticket_id")):
                asked = f"SELECT DISTINCT {column} FROM tierline.{table} ORDER BY 1"
                assert base.execute(asked.encode()).fetchall() == seen, (login, table)


def test_nobody_else_s_announcement_is_taken_for_the_hub_s(hub_place: Server) -> None:
    hub = greeted(hub_place.session("lee"), "c")
    hub_place.let_in("dana", "technician")
    line = Line(
        seq=1, op_id="o", console_id="c", cseq=1, ticket_id="t", kind="note", v=1, author="kim",
        at=1, received_at=1, base_seq=0, seen_seq=0, payload="[]", chain="",
    )  # fmt: skip
    forged = News(before=0, seq=1, lines=(line,), chain=chain(GENESIS, line))
    with hub_place.raw("dana") as base:
        (known,) = base.execute("SELECT next_token FROM tierline.hub").fetchone() or ("",)
        for body in ("", "{", _announced(forged, ""), _announced(forged, known)):
            base.execute("SELECT pg_notify('tierline', %s)", (body,))
    heard = hub.wait(20)
    while len(heard) < 2:  # both that can be read: one that came behind the hub's own voids it
        heard += hub.wait(20)
    assert all(news.lines == () for news in heard)
    # What the hub itself says next is believed again.
    assert outcomes(hub, "c", act(1)) == ["taken"]
    while not heard[-1].lines:
        heard += hub.wait(20)
    assert [line.op_id for line in heard[-1].lines] == [act(1).op_id]
    hub.close()


def _announced(news: News, token: str) -> str:
    told = msgspec.to_builtins(news)
    return msgspec.json.encode({**told, "token": token, "next": "x"}).decode()


def test_rights_taken_in_mid_session_end_it(hub_place: Server) -> None:
    hub = greeted(hub_place.session("dana"), "c")
    assert outcomes(hub, "c", act(1)) == ["taken"]
    with hub_place.as_keeper() as base:
        base.execute("REVOKE tierline_technician FROM dana")
    assert outcomes(hub, "c", act(2)) == ["revoked"]
    with pytest.raises(NoEntryError, match="dana"):
        hub.pull("c", 0)
    hub.close()


@pytest.mark.parametrize("role", ROLES)
def test_who_was_let_out_does_not_get_in_again(hub_place: Server, role: Role) -> None:
    hub_place.let_in("pat", role)
    hub_place.revoke("pat")
    with pytest.raises(psycopg.OperationalError, match="permission denied"), hub_place.raw("pat"):
        pass

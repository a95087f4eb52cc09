"""Who may do what in the database, as a table, and whether the database agrees with it."""

from __future__ import annotations

from collections.abc import Iterator

from tierline.sync.hubs.postgres_schema import OWNER, Connection
from tierline.sync.hubs.proving import Finding

READERS = frozenset({"technician", "lead", "admin", "wallboard"})
WRITERS = frozenset({"technician", "lead", "admin"})
LEADS = frozenset({"lead", "admin"})
NOBODY: frozenset[str] = frozenset()
EVERYBODY = READERS | {"bi"}
GROUPS = ("technician", "lead", "admin", "wallboard", "bi", "public")
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# Who may SELECT; nobody but the owner may do anything else to a table.
TABLES: dict[str, frozenset[str]] = {
    "hub": READERS,
    "console": READERS,
    "log": EVERYBODY,
    "log_archive": EVERYBODY,
    "lines": EVERYBODY,
    "chain_anchor": READERS,
    "ticket": EVERYBODY,
    "directory": READERS,
    "kind_right": READERS,
    "answer": LEADS,
    "secret": NOBODY,
    "number": NOBODY,
    "lease": NOBODY,
    "block": NOBODY,
    "presence": NOBODY,
    "attachment": NOBODY,
    "attachment_chunk": NOBODY,
}
# Who may EXECUTE; every other function of the schema is for its owner alone.
FUNCTIONS: dict[str, frozenset[str]] = {
    "push": WRITERS,
    "flush": WRITERS,
    "lease": WRITERS,
    "hello": READERS,
    "beat": READERS,
    "chain_at": READERS,
    "find": READERS,
    "hub_version": READERS,
    "blob_size": READERS,
    "get_blob": READERS,
    "put_blob": READERS,  # it asks for a writer's role itself
}
GUARDED = ("log", "log_archive")
VEILED = ("log", "log_archive", "ticket", "console")
_PATH = "search_path=pg_catalog, "


def check(base: Connection) -> tuple[int, list[Finding]]:
    """How many cells of the matrix were compared, and those that differ."""
    cells = 0
    findings: list[Finding] = []
    for found in (_tables(base), _functions(base), _guards(base), _veils(base), _doors(base)):
        for about, right, what in found:
            cells += 1
            if not right:
                findings.append(Finding(about=about, what=what, part="right"))
    return cells, findings


_Cells = Iterator[tuple[str, bool, str]]


def _tables(base: Connection) -> _Cells:
    asked = (
        "SELECT c.relname, pg_get_userbyid(c.relowner), g.name, p.name,"
        " has_table_privilege(g.role, c.oid, p.name)"
        " FROM pg_class c,"
        " (SELECT name, CASE name WHEN 'public' THEN name ELSE 'tierline_' || name END AS role"
        "  FROM unnest(%s::text[]) AS name) g,"
        " unnest(%s::text[]) AS p(name)"
        " WHERE c.relnamespace = 'tierline'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')"
    )
    for table, owner, group, privilege, has in base.execute(
        asked, (list(GROUPS), list(PRIVILEGES))
    ):
        named = f"{table}: {privilege} for {group}"
        wanted = privilege == "SELECT" and group in TABLES.get(str(table), NOBODY)
        yield named, has is wanted, "is allowed" if has else "is missing"
        yield str(table), owner == OWNER, f"belongs to {owner}"


def _functions(base: Connection) -> _Cells:
    asked = (
        "SELECT f.proname, pg_get_userbyid(f.proowner), f.prosecdef,"
        " coalesce(array_to_string(f.proconfig, ';'), ''), g.name,"
        " has_function_privilege(g.role, f.oid, 'EXECUTE')"
        " FROM pg_proc f,"
        " (SELECT name, CASE name WHEN 'public' THEN name ELSE 'tierline_' || name END AS role"
        "  FROM unnest(%s::text[]) AS name) g"
        " WHERE f.pronamespace = 'tierline'::regnamespace"
    )
    for name, owner, definer, config, group, has in base.execute(asked, (list(GROUPS),)):
        wanted = group in FUNCTIONS.get(str(name), NOBODY)
        named = f"{name}(): EXECUTE for {group}"
        yield named, has is wanted, "is allowed" if has else "is missing"
        yield f"{name}()", owner == OWNER, f"belongs to {owner}"
        pinned = str(config).startswith(_PATH) and str(config).endswith("pg_temp")
        yield f"{name}()", pinned, f"looks for its tables along {config or 'any path'}"
        yield f"{name}()", definer is (name in FUNCTIONS), "runs with the wrong rights"


def _guards(base: Connection) -> _Cells:
    asked = (
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE c.relnamespace = 'tierline'::regnamespace AND t.tgenabled IN ('O', 'A')"
    )
    there = {(str(table), str(name)) for table, name in base.execute(asked)}
    wanted = [
        (table, name) for table in GUARDED for name in ("log_keeps", "log_stays", "log_whole")
    ]
    for table, name in (*wanted, ("log_archive", "archive_true")):
        yield f"{table}: {name}", (table, name) in there, "the guard of the log is off"


def _veils(base: Connection) -> _Cells:
    asked = (
        "SELECT relname, relrowsecurity FROM pg_class"
        " WHERE relnamespace = 'tierline'::regnamespace AND relname = ANY (%s)"
    )
    for table, on in base.execute(asked, (list(VEILED),)):
        yield str(table), bool(on), "shows restricted rows to everybody"


def _doors(base: Connection) -> _Cells:
    asked = (
        "SELECT has_database_privilege('public', current_database(), 'CONNECT'),"
        " has_schema_privilege('public', 'tierline', 'USAGE'),"
        " pg_has_role('tierline_technician', %s, 'member')"
    )
    row = base.execute(asked, (OWNER,)).fetchone()
    assert row is not None
    connects, looks, owns = row
    yield "database", not connects, "everybody may connect"
    yield "schema tierline", not looks, "everybody may look into it"
    yield OWNER, not owns, "technicians belong to it"

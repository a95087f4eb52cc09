"""Queues, tickets, search and views as text and as JSON."""

from __future__ import annotations

from tests.cli.conftest import Terminal

ROW_KEYS = {
    "number", "id", "priority", "subject", "client", "status", "status_note", "tier", "assignee",
    "mine", "arrived", "clocks",
}  # fmt: skip
CLOCK_KEYS = {"name", "word", "phase", "due", "left_seconds", "text"}
EVIL = "Pay \x1b[31mnow\x1b[0m \u202eexe.txt\u0000\u0085 👩‍💻\nsecond line"


def test_the_queue_is_a_table_with_the_next_clock(cli: Terminal, number: str) -> None:
    cli.done("take", number)
    head, row = cli.done("tickets").out.splitlines()
    assert head.split("  ")[0].strip() == "P"
    assert row.split()[:2] == ["P3", number]
    assert "Label printer prints blank" in row
    assert "Mira O." in row
    assert row.endswith("Response 4h 00m")


def test_a_late_clock_says_so(cli: Terminal, number: str) -> None:
    cli.now = "2026-11-05 15:42:20"
    assert cli.done("tickets").out.rstrip().endswith("Response +1h 00m over")
    assert "Response over by 1 hour" in cli.done("show", number).out


def test_rows_and_clocks_have_their_keys(cli: Terminal, number: str) -> None:
    data = cli.done("tickets", json=True).data
    assert set(data) == {"total", "tickets"}
    (row,) = data["tickets"]
    assert set(row) == ROW_KEYS
    assert all(set(clock) == CLOCK_KEYS for clock in row["clocks"])
    assert row["clocks"][0]["left_seconds"] == 4 * 3600


def test_filters_views_orders_and_limits(cli: Terminal) -> None:
    first, second = cli.log("Printer", "--priority", "2"), cli.log("Mail")
    cli.done("take", second)
    listed = cli.done("tickets", "--sort", "-number", json=True).data["tickets"]
    assert [row["number"] for row in listed] == [second, first]
    assert cli.done("tickets", "--filter", "assignee:me", json=True).data["total"] == 1
    assert first in cli.done("tickets", "--view", "unassigned").out
    cut = cli.done("tickets", "--limit", "1")
    assert len(cut.out.splitlines()) == 2
    assert cut.err == "1 of 2 shown; --limit 0 shows all.\n"
    assert cli.done("tickets", "--filter", "priority:4").out == "No tickets.\n"


def test_what_is_not_understood_is_refused(cli: Terminal) -> None:
    assert "has no figure" in cli.refused("tickets", "--filter", "priority:urgent")[0]
    why, todo = cli.refused("tickets", "--view", "mine")
    assert why == 'There is no view "mine".'
    assert "unassigned" in todo
    assert cli("tickets", "--sort", "luck").code == 2


def test_a_view_is_kept_used_and_dropped(cli: Terminal, number: str) -> None:
    cli.done("views", "--save", "Printers", "--filter", "printer tier:1")
    assert number in cli.done("tickets", "--view", "printers").out
    assert cli.refused("views", "--save", "printers")[1].startswith("Choose another name")
    assert "is not known" in cli.refused("views", "--save", "Odd", "--filter", "is:odd")[0]
    rows = cli.done("views", json=True).data
    assert {"view": "Printers", "saved": True, "total": 1, "over": 0, "soon": 0} in rows
    cli.done("views", "--drop", "Printers")
    assert "Printers" not in cli.done("views").out
    assert cli("views", "--save", "a", "--drop", "b").code == 2


def test_search_finds_words_and_numbers(cli: Terminal, number: str) -> None:
    cli.done("note", number, "The toner is empty")
    for words in (("toner",), (number,), ("label", "printer")):
        assert number in cli.done("search", *words).out
    assert cli.done("search", "submarine", json=True).data == {"total": 0, "tickets": []}


def test_show_has_facts_clocks_and_history(cli: Terminal, number: str) -> None:
    cli.done("message", number, "We look into it")
    text = cli.done("show", number).out
    for part in (
        "Elspeth Marlow",
        "Clocks",
        "Fix due in",
        "History",
        "Mira Okonedo",
        "We look into",
    ):
        assert part in text
    data = cli.done("show", number, json=True).data
    assert {"timeline", "actions"} < set(data)
    assert data["actions"]["take"] is None
    assert "open" in data["actions"]["reopen"]
    assert [e["kind"] for e in data["timeline"] if e["text"] == "We look into it"] == ["out"]


def test_text_that_steers_a_terminal_is_shown_not_obeyed(cli: Terminal) -> None:
    number = cli.log(EVIL.replace("\0", ""))
    cli.done("note", number, "-", stdin=EVIL)
    for words in (("tickets",), ("show", number), ("why", number), ("search", "pay")):
        for line in cli.done(*words).out.splitlines():
            assert not any(ord(c) < 32 or c in "\x7f\u0085\u202e" for c in line), (words, line)
    assert "␛[31mnow" in cli.done("show", number).out
    raw = cli.done("show", number, json=True)
    assert not any(c in raw.out for c in "\x1b\u202e\u0085\0")
    assert [e["text"] for e in raw.data["timeline"] if e["kind"] == "note"] == [EVIL]


def test_no_colours_off_a_terminal(cli: Terminal, number: str) -> None:
    for words in (("tickets",), ("show", number), ("views",), ("doctor",), ("policy", "list")):
        assert "\x1b" not in cli(*words).out

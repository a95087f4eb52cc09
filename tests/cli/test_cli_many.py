"""One command on several tickets: those that allow it are acted on, the others are told."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_one_command_takes_several_tickets_and_one_takes_all_back(cli: Terminal) -> None:
    numbers = [cli.log(f"Printer {at}") for at in range(3)]
    said = cli.done("take", *numbers).out.splitlines()
    assert said == [f"Taken {number}." for number in numbers]
    assert cli.done("undo", *numbers).out.splitlines() == [f"Taken back on {n}." for n in numbers]
    found = cli.done("tickets", "--filter", "assignee:mira", json=True).data
    assert found["total"] == 0


def test_what_cannot_be_is_told_and_does_not_keep_the_others_waiting(cli: Terminal) -> None:
    first, ended, last = (cli.log(f"Printer {at}") for at in range(3))
    cli.done("resolve", ended, "Done")
    answer = cli("take", first, ended, "99999", last)
    assert answer.code == 1
    assert answer.out.splitlines() == [f"Taken {first}.", f"Taken {last}."]
    assert f"{ended}: " in answer.err
    assert "99999: " in answer.err
    assert "2 of 4 tickets were left as they are." in answer.err


def test_as_data_both_are_there(cli: Terminal) -> None:
    first, ended = cli.log("One"), cli.log("Two")
    cli.done("resolve", ended, "Done")
    answer = cli("take", first, ended, json=True)
    assert answer.code == 1
    assert [each["ticket"]["number"] for each in answer.data["done"]] == [first]
    assert [each["number"] for each in answer.data["refused"]] == [ended]


def test_a_text_goes_to_all_numbers_of_a_list(cli: Terminal) -> None:
    first, second = cli.log("One"), cli.log("Two")
    said = cli.done("note", f"{first}, {second}", "Same cause").out
    assert said.splitlines() == [f"Noted on {first}.", f"Noted on {second}."]
    assert "Same cause" in cli.done("show", second).out


def test_a_person_comes_after_the_tickets(cli: Terminal) -> None:
    first, second = cli.log("One"), cli.log("Two")
    cli.done("assign", first, second, "tobias")
    found = cli.done("tickets", "--filter", "assignee:tobias", json=True).data
    assert found["total"] == 2


def test_a_view_is_saved_for_oneself_or_for_everybody_and_dropped(cli: Terminal) -> None:
    cli.log("Printer")
    cli.done("views", "--save", "Printers", "--filter", "printer")
    cli.done("views", "--save", "Ours", "--filter", "tier:1", "--shared")
    assert cli.done("tickets", "--view", "Printers", json=True).data["total"] == 1
    cli.me = "tobias"
    seen = {each["view"] for each in cli.done("views", json=True).data if each["saved"]}
    assert seen == {"Ours"}
    assert "already" in cli.refused("views", "--save", "ours", "--filter", "tier:2")[0]
    cli.done("views", "--drop", "Ours")
    assert "no view" in cli.refused("views", "--drop", "Ours")[0]

"""Views and macros: whose they are, how they travel, and that each change can be taken back."""

from __future__ import annotations

from msgspec.structs import replace

from tests.fakes.desks import START, refusal
from tests.fakes.tiny_desks import Desks, desks, hub
from tests.fakes.tiny_log import TinyLog, settle
from tierline.desk.desk import Desk
from tierline.desk.shelf import Changed
from tierline.domain.errors import Refusal
from tierline.domain.macros import Macro, NoteStep, TakeStep
from tierline.storage.records import Person, SavedView
from tierline.storage.templates import TEMPLATES

__all__ = ["desks", "hub"]


def changed(answer: Changed | Refusal) -> Changed:
    assert isinstance(answer, Changed), answer
    return answer


def lead(desk: Desk) -> Desk:
    desk.replica.directory.put_people([Person(id=desk.me, name=desk.me.title(), role="lead")])
    desk.people.refresh()
    return desk


def view(name: str = "Printers", **more: object) -> SavedView:
    return SavedView("", name, "printer", **more)  # type: ignore[arg-type]


def names(desk: Desk) -> list[str]:
    return [each.name for each in desk.saved_views()]


def test_views_of_an_older_desk_and_lines_it_could_not_read_are_there_after_the_upgrade(
    desks: Desks, hub: TinyLog
) -> None:
    dana, mira = lead(desks("dana")), desks("mira")
    changed(dana.save_view(view("Ours", shared=True)))
    settle(hub, dana.replica, mira.replica)
    with mira.replica._store.writing() as connection:
        # As a desk of 1.3 has them: its own table, and lines of a kind that it did not know.
        connection.exec_driver_sql("DROP TABLE template")
        connection.exec_driver_sql("INSERT INTO view VALUES ('old', 'Old', 'is:mine', '', 3)")
        for statement in TEMPLATES:
            connection.exec_driver_sql(statement)
    assert names(mira) == ["Old"]
    mira.replica.sync.unpark()
    assert names(mira) == ["Ours", "Old"]


def test_what_is_mine_is_seen_by_me_alone(desks: Desks) -> None:
    desk = desks("mira", joined=False)
    changed(desk.save_view(view()))
    changed(desk.save_view(view("For all", shared=True)))
    assert names(desk) == ["Printers", "For all"]
    assert [each.name for each in desk.replica.templates.views("tobias")] == ["For all"]
    assert {"saved:" + each.id for each in desk.saved_views()} <= set(desk.counts())


def test_two_of_one_name_are_refused_and_the_same_one_is_changed(desks: Desks) -> None:
    desk = desks("mira", joined=False)
    (kept,) = changed(desk.save_view(view(sort="number", hidden=("Line",)))).after
    assert "already" in refusal(desk.save_view(view("printers"))).what
    assert refusal(desk.save_view(view(" "))).field == "name"
    assert refusal(desk.save_view(SavedView("", "Bad", "tier:x"))).todo
    assert isinstance(kept, SavedView)
    changed(desk.save_view(replace(kept, filter="printer tier:1")))
    assert [(each.filter, each.hidden) for each in desk.saved_views()] == [
        ("printer tier:1", ("Line",))
    ]


def test_every_change_can_be_taken_back(desks: Desks) -> None:
    desk = desks("mira", joined=False)
    made = [changed(desk.save_view(view(name))) for name in ("One", "Two", "Three")]
    ids = [each.after[0].id for each in made]
    shelf, me = desk.shelf, desk.me
    for act, seen in (
        (lambda: shelf.rename(ids[0], "First", me, START), ["First", "Two", "Three"]),
        (lambda: shelf.move(ids[2], -2, me, START), ["Three", "One", "Two"]),
        (lambda: shelf.move(ids[0], 1, me, START), ["Two", "One", "Three"]),
        (lambda: shelf.drop(ids[1], me, START), ["One", "Three"]),
    ):
        done = changed(act())  # type: ignore[no-untyped-call]
        assert names(desk) == seen
        shelf.put_back(done, START)
        assert names(desk) == ["One", "Two", "Three"]
    shelf.put_back(made[2], START)
    assert names(desk) == ["One", "Two"]
    assert refusal(shelf.drop(ids[2], me, START)).what == "That one is gone."


def test_moving_within_equal_places_puts_all_in_order(desks: Desks) -> None:
    desk = desks("mira", joined=False)
    desk.replica.templates.put([SavedView(name, name, "") for name in "abc"])
    changed(desk.shelf.move("c", -1, "mira", START))
    assert names(desk) == ["a", "c", "b"]
    changed(desk.shelf.move("a", 9, "mira", START))
    assert names(desk) == ["c", "b", "a"]


def test_what_a_lead_shares_stands_on_every_console_and_so_does_its_end(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = lead(desks("mira")), desks("tobias")
    changed(mira.save_view(view()))
    steps = (TakeStep(), NoteStep(text="Hello {contact}"))
    changed(mira.shelf.keep(Macro(id="", name="Start", steps=steps, shared=True), "mira", START))
    (shared,) = changed(mira.save_view(view("Ours", sort="number", shared=True))).after
    settle(hub, mira.replica, tobias.replica)
    assert names(tobias) == ["Ours"], "what is hers stays with her"
    assert [each.steps for each in tobias.replica.templates.macros("tobias")] == [steps]
    changed(mira.shelf.rename(shared.id, "Everybody’s", "mira", START))
    settle(hub, mira.replica, tobias.replica)
    assert names(tobias) == ["Everybody’s"]
    done = changed(mira.shelf.drop(shared.id, "mira", START))
    settle(hub, mira.replica, tobias.replica)
    assert names(tobias) == []
    mira.shelf.put_back(done, START)
    settle(hub, mira.replica, tobias.replica)
    assert names(tobias) == ["Everybody’s"]


def test_of_two_changes_the_last_line_counts_and_both_are_in_the_log(
    desks: Desks, hub: TinyLog
) -> None:
    mira, dana = lead(desks("mira")), lead(desks("dana"))
    (shared,) = changed(mira.save_view(view("Ours", shared=True))).after
    settle(hub, mira.replica, dana.replica)
    changed(mira.shelf.rename(shared.id, "Mira’s word", "mira", START))
    changed(dana.shelf.rename(shared.id, "Dana’s word", "dana", START))
    settle(hub, mira.replica)
    settle(hub, dana.replica, mira.replica)
    assert names(mira) == names(dana) == ["Dana’s word"]
    assert [word in line.payload for line in hub.lines for word in ("Mira’s", "Dana’s")].count(
        True
    ) == 2


def test_on_a_shared_desk_only_leads_share(desks: Desks, hub: TinyLog) -> None:
    mira, dana = desks("mira"), lead(desks("dana"))
    assert "only leads" in refusal(mira.save_view(view(shared=True))).what
    assert names(mira) == []
    (shared,) = changed(dana.save_view(view("Ours", shared=True))).after
    settle(hub, dana.replica, mira.replica)
    for answer in (
        mira.shelf.drop(shared.id, "mira", START),
        mira.shelf.rename(shared.id, "Mine", "mira", START),
    ):
        assert "only leads" in refusal(answer).what
    assert names(mira) == ["Ours"]


def test_one_that_is_shared_no_more_stays_with_who_kept_it(desks: Desks, hub: TinyLog) -> None:
    dana, mira = lead(desks("dana")), desks("mira")
    (shared,) = changed(dana.save_view(view("Ours", shared=True))).after
    settle(hub, dana.replica, mira.replica)
    done = changed(dana.shelf.keep(replace(shared, shared=False), "dana", START))
    settle(hub, dana.replica, mira.replica)
    assert (names(dana), names(mira)) == (["Ours"], [])
    dana.shelf.put_back(done, START)
    settle(hub, dana.replica, mira.replica)
    assert (names(dana), names(mira)) == (["Ours"], ["Ours"])


def test_a_macro_of_a_newer_program_waits_for_it(desks: Desks, hub: TinyLog) -> None:
    dana, mira = lead(desks("dana")), desks("mira")
    changed(
        dana.shelf.keep(Macro(id="", name="Start", steps=(TakeStep(),), shared=True), "dana", START)
    )
    line = next(each for each in dana.replica.sync.offers(9))
    newer = replace(line, payload=line.payload.replace('"do":"take"', '"do":"dance"'))
    hub.append("dana", "another", replace(newer, op_id="x", cseq=1))
    settle(hub, mira.replica)
    assert mira.replica.templates.macros("mira") == ()
    assert mira.replica.sync.unpark().parked == 0


def test_a_desk_that_joins_keeps_its_own(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira", joined=False)
    changed(desk.save_view(view()))
    changed(desk.save_view(view("For all", shared=True)))
    console = "00000000-0000-7000-8000-000000000009"
    desk.replica.sync.join("tiny:", "hub", "mira", console, founded=START)
    kinds = [each.payload for each in desk.replica.sync.offers(99) if each.kind == "template"]
    assert len(kinds) == 1
    assert "For all" in kinds[0]
    assert names(desk) == ["Printers", "For all"]

"""The merge table, row by row: what two people do unseen by each other, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from tests.oracles.shared_log import LEAD, meet
from tierline.domain import commands as cmd

WAIT = cmd.ChangeStatus(status="waiting-client", reason="asked")
VENDOR = cmd.ChangeStatus(status="waiting-vendor", reason="ordered")
UP = cmd.Escalate(tier=2, reason="skill", handover="look", message="goes on")
FAR = cmd.Escalate(tier=3, reason="technical", handover="see", message="goes far")
RESOLVE = cmd.Resolve(steps="restarted it", message="it works")
CANCEL = cmd.Cancel(reason="not ours")
REOPEN = cmd.Reopen(reason="still broken")
CLOSE = cmd.Close(confirmed_by="Ada")
P1, P2 = cmd.Prioritise(priority=1, reason="all stop"), cmd.Prioritise(priority=2, reason="worse")
NOTE = cmd.Note(text="see me")
Acts = Sequence[cmd.Command]


class Row(NamedTuple):
    """Their acts and mine, and what the ticket is then; `stands` is (what, kept, lost, grave)."""

    name: str
    theirs: Acts
    mine: Acts
    then: dict[str, Any]
    stands: tuple[tuple[str, str, str, bool], ...] = ()
    first: Acts = (cmd.Take(),)
    me: str = "mira"
    they: str = "dana"


OPEN = {"ended": "", "status": "in-progress", "tier": 1}
MINE_RESOLVED = ("status", "tier:2", "resolved", True)
DONE = (cmd.Take(), RESOLVE)
TABLE = (
    # added: always kept
    Row("a note beside a resolution", [RESOLVE], [NOTE], {"ended": "resolved"}),
    Row("time on what was cancelled", [CANCEL], [cmd.LogTime(seconds=60)], {"work": {1: 60}}),
    Row(
        "a message on a closed ticket",
        [CLOSE],
        [cmd.Message(text="x")],
        {"ended": "closed", "sent": 5},
        first=DONE,
    ),
    # values: the log's stays
    Row("another priority", [P1], [P2], {"priority": 1}, (("priority", "1", "2", True),)),
    Row("the same priority", [P1], [P1], {"priority": 1}),
    Row(
        "another client",
        [cmd.FillDetails(client="A")],
        [cmd.FillDetails(client="B")],
        {"client": "A"},
        (("client", "A", "B", True),),
    ),
    Row(
        "another subject, and a category of mine alone",
        [cmd.FillDetails(subject="A")],
        [cmd.FillDetails(subject="B", category="mail")],
        {"subject": "A", "category": "mail"},
        (("subject", "A", "B", False),),
    ),
    Row(
        "another detail of the policy's own",
        [cmd.FillDetails(details={"computer": "A"})],
        [cmd.FillDetails(details={"computer": "B", "room": "9"})],
        {"details": {"contact": "MF-1", "computer": "A", "room": "9"}},
        (("detail:computer", "A", "B", False),),
    ),
    Row(
        "who may read it",
        [cmd.Restrict(on=True, reason="a"), cmd.Restrict(on=False)],
        [cmd.Restrict(on=True, reason="b")],
        {"restricted": False},
        (("restricted", "", "yes", False),),
    ),
    # owner
    Row(
        "two take it",
        [cmd.Take()],
        [cmd.Take()],
        {"assignee": "dana", "assists": ("mira",)},
        (("owner", "dana", "mira", True),),
    ),
    Row(
        "a lead's assignment comes later than a take",
        [cmd.Take()],
        [cmd.Assign(assignee="tobias")],
        {"assignee": "tobias", "assists": ("dana",)},
        (("owner", "tobias", "dana", True),),
        me=LEAD,
    ),
    Row(
        "a lead's take is a take",
        [cmd.Take()],
        [cmd.Take()],
        {"assignee": "dana", "assists": (LEAD,)},
        (("owner", "dana", LEAD, True),),
        me=LEAD,
    ),
    Row(
        "a take comes later than a lead's assignment",
        [cmd.Assign(assignee="tobias")],
        [cmd.Take()],
        {"assignee": "tobias", "assists": ("mira",)},
        (("owner", "tobias", "mira", True),),
        they=LEAD,
    ),
    Row(
        "a technician's assignment comes later than a take",
        [cmd.Take()],
        [cmd.Assign(assignee="tobias")],
        {"assignee": "dana", "assists": ("tobias",)},
        (("owner", "dana", "tobias", True),),
    ),
    Row("both give it to the same", [cmd.Assign(assignee="mira")], [cmd.Take()], {"assists": ()}),
    Row("released by one, taken by another", [cmd.Take()], [cmd.Release()], {"assignee": "dana"}),
    Row(
        "a take of what went to another line",
        [UP],
        [cmd.Take()],
        {"tier": 2, "assignee": "", "assists": ("mira",)},
        (("owner", "", "mira", True),),
    ),
    Row(
        "to another line what somebody took",
        [cmd.Take()],
        [UP],
        {"tier": 2, "assignee": "", "assists": ("dana",)},
        (("owner", "", "dana", True),),
    ),
    Row(
        "my take, and that I let it go",
        [cmd.Take()],
        [cmd.Take(), cmd.Release()],
        {"assignee": "dana", "assists": ()},
    ),
    # status and line
    Row("both resolve", [RESOLVE], [cmd.Resolve(steps="me too")], {"ended": "resolved"}),
    Row("both to the same line", [UP], [UP], {"tier": 2}),
    Row(
        "to different lines",
        [UP],
        [FAR],
        {"tier": 2},
        (("status", "tier:2", "tier:3", True),),
        first=(cmd.Take(),),
    ),
    Row("to a line and to wait", [UP], [WAIT], {"tier": 2, "status": "waiting-client"}),
    Row("to wait and to a line", [WAIT], [UP], {"tier": 2, "status": "waiting-client"}),
    Row("I resolve what went up", [UP], [RESOLVE], OPEN | {"tier": 2}, (MINE_RESOLVED,)),
    Row("I escalate what was resolved", [RESOLVE], [UP], OPEN | {"tier": 2}, (MINE_RESOLVED,)),
    Row(
        "I resolve and close what went up",
        [UP],
        [RESOLVE, CLOSE],
        OPEN | {"tier": 2},
        (("status", "tier:2", "closed", True),),
    ),
    Row(
        "I wait on what was resolved",
        [RESOLVE],
        [WAIT],
        {"ended": "", "status": "waiting-client", "reopens": 1},
        (("status", "waiting-client", "resolved", True),),
    ),
    Row(
        "I wait, then resolve, what was resolved",
        [RESOLVE],
        [WAIT, cmd.Resolve(steps="really")],
        {"ended": "resolved", "steps": "really"},
        (("status", "waiting-client", "resolved", True),),
    ),
    Row(
        "I resolve what waits",
        [WAIT],
        [RESOLVE],
        {"ended": "", "status": "waiting-client"},
        (("status", "waiting-client", "resolved", True),),
    ),
    Row(
        "I cancel what was resolved",
        [RESOLVE],
        [CANCEL],
        {"ended": "resolved"},
        (("status", "resolved", "cancelled", True),),
    ),
    Row(
        "I resolve what was cancelled",
        [CANCEL],
        [RESOLVE],
        {"ended": "resolved"},
        (("status", "resolved", "cancelled", True),),
    ),
    Row(
        "I re-open what was closed",
        [CLOSE],
        [REOPEN],
        {"ended": "", "reopens": 1},
        (("status", "in-progress", "closed", True),),
        first=DONE,
    ),
    Row(
        "I close what was re-opened",
        [REOPEN],
        [CLOSE],
        {"ended": "", "reopens": 1},
        (("status", "in-progress", "closed", True),),
        first=DONE,
    ),
    Row("both re-open", [REOPEN], [REOPEN], {"ended": "", "reopens": 1}, first=DONE),
    Row(
        "two open statuses: only a chip",
        [WAIT],
        [VENDOR],
        {"status": "waiting-client"},
        (("status", "waiting-client", "waiting-vendor", False),),
    ),
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_merge_table(row: Row) -> None:
    log = meet(row.theirs, row.mine, first=row.first, they=row.they, me=row.me)
    ticket = log.ticket
    assert {name: getattr(ticket, name) for name in row.then} == row.then
    told = tuple((c.what, c.kept, c.lost, c.grave) for c in ticket.conflicts)
    assert told == row.stands

"""A core whose hub and replica answer what a test wrote down for them, in a time it turns."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tierline.domain.log import Line, Offer
from tierline.storage.sync_records import Applied, Rewound, SyncCounts, SyncState
from tierline.sync.core import Core
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Answer, Beat, Console, Hello, Page, Pushed
from tierline.sync.status import SyncStatus
from tierline.sync.steps import Action, Came, Failed, Moment, Open, Rest, Shut, Tell, Woke

ME = Console(console_id="", version="1.0", name="laptop")
STATE = SyncState(
    hub_id="hub", console_id="me", cursor=7, chain="c7", last_cseq=3, boot="done", seen_timeline=2
)
DOWN = HubDownError("No answer.", safe="All is kept.", todo="Wait.")
OFFER = Offer(op_id="a", cseq=4, ticket_id="t", kind="note", at=0, payload="[]")
TAKEN = Answer(cseq=4, outcome="taken", seq=8)


def line(seq: int) -> Line:
    """A line of the log, somebody else's."""
    return Line(
        seq=seq,
        op_id=f"o{seq}",
        console_id="other",
        cseq=seq,
        ticket_id="t",
        kind="note",
        v=1,
        author="tobias",
        at=0,
        received_at=0,
        base_seq=0,
        seen_seq=0,
        payload="[]",
        chain=f"c{seq}",
    )


def hello(**told: Any) -> Hello:
    """The greeting of a hub that is as this console left it."""
    facts: dict[str, Any] = {
        "hub_id": "hub",
        "timeline": 2,
        "seq": 7,
        "chain": "c7",
        "last_cseq": 3,
        "safe_seq": 0,
        "schema": 1000,
        "now": 0,
        "login": "mira",
        "role": "technician",
    }
    return Hello(**(facts | told))


def beat(**told: Any) -> Beat:
    """A heartbeat's answer with no news."""
    facts = {"now": 0, "seq": 7, "last_cseq": 3, "safe_seq": 0, "hold_off_ms": 0}
    return Beat(**(facts | told))


def page(*lines: Any, seq: int = 8, cursor: int = 0, last_cseq: int = 3) -> Page:
    """A page up to the end of the log."""
    return Page(
        lines=lines,
        cursor=cursor or seq,
        chain=f"c{cursor or seq}",
        seq=seq,
        last_cseq=last_cseq,
        safe_seq=0,
    )


def pushed(*answers: Any, seq: int = 7, last_cseq: int = 3, trouble: Any = "") -> Pushed:
    """What came of a push."""
    return Pushed(answers=answers, seq=seq, last_cseq=last_cseq, trouble=trouble)


class Script:
    """Runs a core; `said` answers calls by name: a value, an error, or a list taken in turn."""

    def __init__(self, **said: Any) -> None:
        """Answer as a hub without news and a replica without acts, but for what is `said`."""
        usual: dict[str, Any] = {
            "state": STATE,
            "unpark": Applied(),
            "counts": SyncCounts(),
            "greeted": Applied(),
            "hello": hello(),
            "reoffer": 0,
            "beat": beat(),
            "offers": (),
            "numbers_left": 50,
            "apply": Applied(),
            "answered": Applied(),
            "rewind": Rewound(),
            "mint": 0,
            "open": None,
        }
        self.said = usual | said
        self.core = Core(ME)
        self.steady, self.skew = 100.0, 0
        self.dice = random.Random(1)
        self.calls: list[str] = []
        self.told: list[SyncStatus] = []
        self.shut = 0
        self.action = self.step(None)

    @property
    def now(self) -> Moment:
        """What the machine's clocks say."""
        return Moment(round(self.steady * 1e6) + self.skew, self.steady)

    @property
    def status(self) -> SyncStatus:
        """How it stands."""
        return self.core.status

    def step(self, event: Any) -> Any:
        """One step; the action that waits for an answer."""
        waiting: Action | None = None
        for action in self.core.step(event, self.now, self.dice):
            if isinstance(action, Tell):
                self.told.append(action.status)
            elif isinstance(action, Shut):
                self.shut += 1
            else:
                waiting = action
        return waiting

    def run(self, until: Callable[[], bool] = lambda: False) -> Rest:
        """Answer until the core rests (or until something is so); the rest."""
        for _ in range(200):
            if isinstance(self.action, Rest) or until():
                return self.action
            self.answer()
        raise AssertionError(self.calls)

    def answer(self) -> None:
        """Answer the one action that waits."""
        name = "open" if isinstance(self.action, Open) else self.action.name
        self.calls.append(name)
        value = self.said[name]
        if isinstance(value, list):
            value = value.pop(0) if len(value) > 1 else value[0]
        token = self.action.token
        failed = isinstance(value, Exception)
        self.action = self.step(Failed(token, value) if failed else Came(token, value))

    def wake(self, seconds: float = 0.0, **why: Any) -> Rest:
        """End the rest after some seconds, and go on to the next one."""
        self.steady += seconds
        self.calls.clear()
        self.action = self.step(Came(self.action.token, Woke(**why)))
        return self.run()

    def sleep(self) -> Rest:
        """Let the rest come to its end."""
        return self.wake(max(self.action.until - self.steady, 0.0))

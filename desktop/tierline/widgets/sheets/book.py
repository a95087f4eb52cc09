"""Every sheet by its kind: built on first use, opened over the area, its signals passed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tierline.desk.desk import Desk
from tierline.desk.importing import ImportReport, Progress
from tierline.desk.ticket_view import TicketView
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.storage.records import Draft
from tierline.widgets.sheets.answering import (
    AlertSheet,
    ComplainSheet,
    ConsentSheet,
    DisputeSheet,
    StaySheet,
    WorkaroundSheet,
)
from tierline.widgets.sheets.assigning import AssignSheet, ConsultSheet
from tierline.widgets.sheets.details import FillSheet
from tierline.widgets.sheets.doctor import DoctorSheet
from tierline.widgets.sheets.ending import CancelSheet, CloseSheet, ReopenSheet, ResolveSheet
from tierline.widgets.sheets.escalate import EscalateSheet
from tierline.widgets.sheets.for_me import ForMeSheet
from tierline.widgets.sheets.gates import AskGateSheet, PassGateSheet
from tierline.widgets.sheets.identify import SetPinSheet, VerifySheet
from tierline.widgets.sheets.importing import ImportSheet
from tierline.widgets.sheets.keys import KeysSheet
from tierline.widgets.sheets.log import LogSheet
from tierline.widgets.sheets.macro import MacroSheet
from tierline.widgets.sheets.macro_run import MacroRunSheet
from tierline.widgets.sheets.macros import MacrosSheet
from tierline.widgets.sheets.many import BulkSheet, MessageManySheet, NoteManySheet
from tierline.widgets.sheets.merging import LinkSheet, MergeSheet
from tierline.widgets.sheets.noisy import NoisySheet
from tierline.widgets.sheets.outbox import OutboxSheet
from tierline.widgets.sheets.palette import Palette
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.priority import PrioritiseSheet
from tierline.widgets.sheets.quoting import AnswerQuoteSheet, QuoteSheet
from tierline.widgets.sheets.replying import ReceiveSheet
from tierline.widgets.sheets.restricting import RestrictSheet
from tierline.widgets.sheets.role_tasks import TaskDoneSheet, TasksSheet
from tierline.widgets.sheets.settings import SettingsSheet
from tierline.widgets.sheets.sev1 import Sev1Sheet
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.shift_change import HandoverSheet
from tierline.widgets.sheets.snoozing import SnoozeSheet
from tierline.widgets.sheets.surveying import FeedbackSheet
from tierline.widgets.sheets.timing import CorrectTimeSheet, IdleSheet
from tierline.widgets.sheets.views import SaveViewSheet, ViewsSheet
from tierline.widgets.sheets.visiting import PartSheet, PlanVisitSheet, SignOffSheet, VisitSheet
from tierline.widgets.sheets.waiting import StatusSheet, WaitSheet
from tierline.widgets.sheets.why import WhySheet
from tierline.widgets.sync_parts.attention_sheet import AttentionSheet
from tierline.widgets.sync_parts.password_sheet import PasswordSheet
from tierline.widgets.sync_parts.unsent_sheet import UnsentSheet
from tierline.widgets.theme import ThemeHub

MADE: dict[str, Callable[[Ground], Sheet]] = {
    "escalate": EscalateSheet,
    "escalate3": lambda ground: EscalateSheet(ground, straight=True),
    "why": WhySheet,
    "sev1": Sev1Sheet,
    "log": LogSheet,
    "palette": Palette,
    "keys": KeysSheet,
    "import": ImportSheet,
    "save_view": SaveViewSheet,
    "views": ViewsSheet,
    "macros": MacrosSheet,
    "macro": MacroSheet,
    "run_macro": MacroRunSheet,
    "settings": SettingsSheet,
    "doctor": DoctorSheet,
    "assign": AssignSheet,
    "consult": ConsultSheet,
    "wait": WaitSheet,
    "status": StatusSheet,
    "visit": VisitSheet,
    "plan_visit": PlanVisitSheet,
    "part": PartSheet,
    "sign_off": SignOffSheet,
    "prioritise": PrioritiseSheet,
    "resolve": ResolveSheet,
    "reopen": ReopenSheet,
    "close": CloseSheet,
    "cancel": CancelSheet,
    "fill": FillSheet,
    "verify": VerifySheet,
    "set_pin": SetPinSheet,
    "stay": StaySheet,
    "snooze": SnoozeSheet,
    "complain": ComplainSheet,
    "alert": AlertSheet,
    "dispute": DisputeSheet,
    "consent": ConsentSheet,
    "workaround": WorkaroundSheet,
    "gate": AskGateSheet,
    "pass_gate": PassGateSheet,
    "receive": ReceiveSheet,
    "correct_time": CorrectTimeSheet,
    "task_done": TaskDoneSheet,
    "tasks": TasksSheet,
    "quote": QuoteSheet,
    "answer_quote": AnswerQuoteSheet,
    "feedback": FeedbackSheet,
    "restrict": RestrictSheet,
    "merge": MergeSheet,
    "link": LinkSheet,
    "handover": HandoverSheet,
    "for_me": ForMeSheet,
    "outbox": OutboxSheet,
    "noisy": NoisySheet,
    "bulk": BulkSheet,
    "note_many": NoteManySheet,
    "message_many": MessageManySheet,
    "idle": IdleSheet,
    "unsent": UnsentSheet,
    "attention": AttentionSheet,
    "password": PasswordSheet,
}

# These need no ticket.
FREE = frozenset(
    tr(
        "noisy log sev1 palette keys import save_view views settings doctor "
        "tasks outbox bulk idle unsent attention password handover for_me"
    ).split()
) | {"macros", "macro"}


class SheetBook(QObject):
    """One sheet at a time over `area`. `open` says whether there is such a sheet for the ticket.

    `submitted` and `logged` ask for an act; answer with `done()` or `refused(refusal)`.
    `import_asked(request)` asks for an import: see `importing`.
    `wished(wish)` is answered with `granted()` or `refused(refusal)`.
    """

    submitted = Signal(str, object)
    logged = Signal(object, str)
    drafted = Signal(str, str, str)
    chosen = Signal(str, str)
    import_asked = Signal(object)
    wished = Signal(object)

    def __init__(self, area: QWidget, hub: ThemeHub, ticker: Ticker, desk: Desk) -> None:
        """Build what must be there at once."""
        super().__init__(area)
        self._ground = Ground(area, hub, ticker, desk)
        self._sheets: dict[str, Sheet] = {}
        self.sheet("sev1")

    def open(self, kind: str, view: TicketView | None = None, **more: Any) -> bool:  # noqa: ANN401 - each sheet names its own
        """Open the sheet of that kind in place of the one that is open."""
        if kind not in MADE or (view is None and kind not in FREE):
            return False
        self.leave()
        self.sheet(kind).begin(view, more)
        return True

    def sheet(self, kind: str) -> Sheet:
        """The sheet of that kind, built if it was not."""
        if kind not in self._sheets:
            made = self._sheets[kind] = MADE[kind](self._ground)
            made.submitted.connect(self.submitted)
            made.drafted.connect(self.drafted)
            made.logged.connect(self.logged)
            made.turned.connect(self._turn)
            made.chosen.connect(self.chosen)
            made.wished.connect(self.wished)
            if isinstance(made, ImportSheet):
                made.import_asked.connect(self.import_asked)
        return self._sheets[kind]

    @property
    def current(self) -> Sheet | None:
        """The sheet that is open."""
        return next((s for s in self._sheets.values() if not s.isHidden()), None)

    def leave(self) -> None:
        """Close the open sheet; what was typed in it is kept."""
        if self.current is not None:
            self.current.step_aside()

    def done(self) -> None:
        """The act went through: close its sheet."""
        if self.current is not None:
            self.current.finish()

    def granted(self) -> None:
        """What the open sheet wished for is done."""
        if self.current is not None:
            self.current.granted()

    def refused(self, refusal: Refusal) -> None:
        """Show a refusal in the open sheet, at the field it is about."""
        if self.current is not None:
            self.current.refused(refusal)

    def import_progress(self, progress: Progress) -> None:
        """How far the import is."""
        self._importer().show_progress(progress)

    def import_done(self, report: ImportReport) -> None:
        """What came of the import."""
        self._importer().show_report(report)

    def import_failed(self, text: str) -> None:
        """Why it could not be done, in words."""
        self._importer().show_failure(text)

    def _importer(self) -> ImportSheet:
        sheet = self.sheet("import")
        assert isinstance(sheet, ImportSheet)
        return sheet

    def draft_saved(self, draft: Draft) -> None:
        """Say in the open sheet that its text is on the disk."""
        open_one = self.current
        mark = (draft.ticket_id, draft.kind)
        if open_one is not None and (open_one.ticket_id, open_one.kind) == mark:
            local = draft.at.astimezone(self._ground.desk.zone)
            open_one.draft_saved(tr("Draft saved {local:%H:%M:%S}", local=local))

    def _turn(self, kind: str) -> None:
        open_one = self.current
        if open_one is not None:
            self.open(kind, open_one.view)

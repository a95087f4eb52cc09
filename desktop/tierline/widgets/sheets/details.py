"""Details that were left for later, or were not right."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.policy_words import OWN_FIELDS
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import ChoiceField, LineField
from tierline.widgets.sheets.parts import Ground, column, rule
from tierline.widgets.sheets.sheet import Sheet

_ALWAYS = ("subject", "client", "contact", "contact_reach", "category")
_WORDS = {"contact_reach": tr("Call-back number")}


class FillSheet(Sheet):
    """Asks for what is missing first; what was said when logging can be put right below it."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden; its fields are those of the ticket."""
        super().__init__(ground, "fill", tr("Fill in details"), 560)
        self._holder: QWidget | None = None
        self._known: dict[str, str] = {}

    def fill(self, view: TicketView) -> None:
        """A line per missing detail, then the ticket's own lines as they are."""
        if self._holder is not None:
            self._holder.deleteLater()
            self._holder.hide()
        self.fields.clear()
        self._holder = QWidget()
        box = column(self.hub, 12)
        policy = self.desk.policy(view.ticket.policy)
        self._known = {}
        for name, word in view.missing:
            table = policy.file.fields.get(name)
            self._ask(box, name, word, table.help if table else "", "")
        if view.missing:
            box.addWidget(rule())
        asked = {name for name, _ in view.missing}
        for name in _ALWAYS:
            if name not in asked:
                word = _WORDS.get(name, name.capitalize())
                self._ask(box, name, word, "", str(getattr(view.ticket, name)))
        for name, value in view.ticket.details.items():
            if name not in asked:
                table = policy.file.fields.get(name)
                self._ask(box, name, table.word if table else name, "", value)
        types = ChoiceField(self.hub, tr("Type"))
        types.offer([(key, table.word) for key, table in policy.file.types.items()])
        types.put(view.ticket.type)
        self._known["type"] = view.ticket.type
        self.enroll("type", types)
        box.addWidget(types)
        self._holder.setLayout(box)
        self.rows.insertWidget(0, self._holder)
        self.relabel(tr("Details of {number}", number=view.ticket.number), tr("Save details"))

    def lacks(self) -> list[tuple[str, str]]:
        """At least one thing that was not so before; never a ticket without a subject."""
        subject = self.fields.get("subject")
        if subject is not None and not subject.text():
            return [("subject", tr("the subject"))]
        return [] if self._changed() else [("", tr("one detail that is new"))]

    def make(self) -> cmd.Command:
        """Only what was changed."""
        changed = self._changed()
        own = {k: v for k, v in changed.items() if k in (*OWN_FIELDS, "type")}
        details = {k: v for k, v in changed.items() if k not in own}
        return cmd.FillDetails(
            subject=own.get("subject"),
            description=own.get("description"),
            client=own.get("client"),
            contact=own.get("contact"),
            contact_reach=own.get("contact_reach"),
            category=own.get("category"),
            type=own.get("type"),
            details=details,
        )

    def _changed(self) -> dict[str, str]:
        return {
            name: field.text()
            for name, field in self.fields.items()
            if field.text() != self._known.get(name, "")
        }

    def _ask(self, box: Any, name: str, word: str, hint: str, value: str) -> None:  # noqa: ANN401 - a layout
        field = LineField(self.hub, word, hint)
        field.put(value)
        self._known[name] = field.text()
        self.enroll(name, field)
        box.addWidget(field)

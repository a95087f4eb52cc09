"""What a tooltip in the queue says: texts that were cut, and what the clocks mean."""

from __future__ import annotations

from html import escape

from tierline.desk.rows import MARKS, QueueRow, clock_sentence
from tierline.domain.tongue import tr
from tierline.domain.wording import NOT_JUDGED
from tierline.widgets.queue.columns import Column
from tierline.widgets.queue.plan import Plan

LONGEST = 2000


def hint(plan: Plan, column: int, now: float) -> str:
    """The tooltip for a column as safe rich text, "" for none; `now` in epoch seconds."""
    row = plan.row
    if column == Column.CLOCK:
        text = "\n".join(clock_sentence(clock, now).capitalize() for clock in row.clocks)
    elif column == Column.GUTTER:
        text = MARKS.get(row.gutter, "")
    else:
        text = plan.cut.get(column, "") or _left_out(row, column, plan)
    # Ticket text must never be taken for markup by the tooltip, so it always is markup: ours.
    return f"<p style='white-space:pre-wrap'>{escape(text[:LONGEST])}</p>" if text else ""


def _left_out(row: QueueRow, column: int, plan: Plan) -> str:
    if column == Column.PRIORITY:
        return (
            tr("Priority {priority}", priority=row.priority)
            if row.priority
            else NOT_JUDGED.capitalize()
        )
    if column == Column.NUMBER and plan.compact:
        return f"{row.number}\n{row.arrived}"
    if column == Column.SUBJECT and plan.compact:
        return f"{row.subject}\n{row.client}"
    return ""

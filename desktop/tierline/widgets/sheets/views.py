"""Keep what the list shows as a view of the rail; and rename, order, share and drop those kept."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tierline.desk.filters import KEYS, parse_filter
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.view_state import order_word
from tierline.present.wishes import Keep
from tierline.storage.records import SavedView
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.item_look import Item
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.shelf_sheet import SHARED, ShelfSheet, only_mine, whose
from tierline.widgets.sheets.tick import Tick


class SaveViewSheet(Sheet):
    """Wishes for `Keep(view)`; says how many tickets the filter finds now."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "save_view", tr("Save this view"), 520)
        self._view = SavedView("", "", "")
        self.chip.hide()
        self.about.setText(tr("A filter, an order and columns, one key away in the rail."))
        self.name = LineField(self.hub, tr("Name"), tr("as it stands in the rail"))
        self.filter = LineField(self.hub, tr("Filter"), tr("empty is every open ticket"))
        self.shared = Tick(self.hub, SHARED)
        self.found, self.why_mine = note(), note()
        self.add("name", self.name)
        self.add("filter", self.filter)
        for part in (self.found, self.shared, self.why_mine):
            self.rows.addWidget(part)
        self.rows.addWidget(note(tr("Keys: {names}.", names=", ".join(KEYS))))
        self.primary.setText(tr("Save view"))

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """With filter, order and columns of the list; `known` is the saved view that it shows."""
        del view
        known: SavedView | None = more.get("known")
        kept = known or SavedView("", "", "")
        self._view = replace(
            kept,
            filter=str(more.get("filter", "")),
            sort=str(more.get("sort", "")),
            hidden=tuple(more.get("hidden", ())),
        )
        self.name.put(kept.name)
        self.filter.put(self._view.filter)
        why = only_mine(self.desk)
        self.shared.setChecked(kept.shared)
        self.shared.setEnabled(not why)
        self.why_mine.setText(why)
        self.why_mine.setVisible(bool(why))
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """Nothing: the filter is in the list still."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """A name, and a filter that can be understood."""
        found = [] if self.name.text() else [("name", tr("a name"))]
        return [*found, ("filter", tr("a filter that can be read"))] if self._wrong() else found

    def renew(self) -> None:
        """Say what the filter finds, or what is wrong with it; and what else is kept."""
        wrong = self._wrong()
        self.filter.show_error(str(wrong) if wrong else "")
        answer = [] if wrong else self.desk.ids("all", self.filter.text())
        count = 0 if isinstance(answer, Refusal) else len(answer)
        without = (
            tr(", without {names}", names=" and ".join(self._view.hidden))
            if self._view.hidden
            else ""
        )
        self.found.setText(
            tr(
                "Finds {n} open tickets now. Order: {order}{without}.",
                "Finds {n} open ticket now. Order: {order}{without}.",
                count,
                order=order_word(self._view.sort).lower(),
                without=without,
            )
        )
        same = bool(self._view.id) and self.name.text() == self._view.name
        self.primary.setText(tr("Change the view") if same else tr("Save view"))
        self.primary.updateGeometry()
        super().renew()

    def send(self) -> None:
        """Ask for it; under another name it is another view."""
        if self.lacks():
            super().send()
            return
        known = self._view
        same = self.name.text() == known.name
        told = {"name": self.name.text(), "filter": self.filter.text()}
        kept = replace(known, **told, shared=self.shared.isChecked())
        self.wished.emit(Keep(kept if same else replace(kept, id="", owner="")))

    def _wrong(self) -> Refusal | None:
        answer = parse_filter(self.filter.text(), self.desk.asker())
        return answer if isinstance(answer, Refusal) else None


class ViewsSheet(ShelfSheet[SavedView]):
    """The saved views in the order of the rail; Enter goes to one."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        none = tr("No view is saved yet. Save this view… keeps what the list shows.")
        super().__init__(ground, "views", tr("Saved views"), none)

    def entries(self) -> tuple[SavedView, ...]:
        """As the desk has them."""
        return self.desk.saved_views()

    def item(self, entry: SavedView) -> Item:
        """Its name over its filter."""
        under = entry.filter or tr("every open ticket")
        if entry.sort:
            under = tr("{under}, by {order}", under=under, order=order_word(entry.sort).lower())
        return Item(entry.id, entry.name, under, whose(self.desk, entry), "bookmark")

    def run(self, entry: SavedView) -> None:
        """Go to it."""
        self.dismiss()
        self.chosen.emit("view", f"saved:{entry.id}")

"""Views and macros: kept, renamed, moved, shared, dropped; whatever was done can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from tierline.desk.people import People
from tierline.domain.errors import Refusal
from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.storage.identifiers import new_id
from tierline.storage.records import Template
from tierline.storage.replica import Replica

_LEADS = frozenset(("lead", "admin"))
_NOT_LEAD = Refusal(
    "On a shared desk only leads change what everybody sees.",
    "Keep one of your own under another name.",
    "shared",
)
_GONE = Refusal("That one is gone.", "Choose another one.")


class Changed(NamedTuple):
    """What was done, in a sentence; `before` and `after` are the entries it was done on."""

    message: str
    before: tuple[Template, ...]
    after: tuple[Template, ...]


class Shelf:
    """What the people of this desk set up to be used again. Instants are aware."""

    def __init__(self, replica: Replica, people: People) -> None:
        """Keep it in this replica."""
        self._replica, self._people = replica, people

    def may_share(self, me: str) -> bool:
        """Whether this person may change what everybody sees: a lead, or a desk without a hub."""
        person = self._people.get(me)
        role = person.role if person else ""
        return not self._replica.sync.state().hub_id or role in _LEADS

    def keep(self, entry: Template, me: str, now: datetime) -> Changed | Refusal:
        """Keep a new one (its `id` blank, at the end) or one that was changed."""
        name = entry.name.strip()
        if not name:
            return Refusal(
                tr("The {kind} has no name.", kind=_kind(entry)), tr("Give it one."), "name"
            )
        others = self._like(entry, me)
        if any(each.name.casefold() == name.casefold() for each in others if each.id != entry.id):
            todo = tr("Choose another name, or change that one.")
            return Refusal(
                tr('There is a {kind} "{name}" already.', kind=_kind(entry), name=name),
                todo,
                "name",
            )
        known = self._replica.templates.get(entry.id) if entry.id else None
        place = entry.position if known else 1 + max((o.position for o in others), default=-1)
        whole = replace(entry, id=entry.id or new_id(), name=name, position=float(place))
        if known is None:
            return self._put(tr("Kept"), (), (replace(whole, owner=me),), now, me)
        if known.shared and not whole.shared:
            # Others have to hear that it went; what stays is another one.
            mine = replace(whole, id=new_id(), owner=me)
            gone = replace(known, gone=True)
            return self._put(tr("Kept for yourself:"), (known,), (mine, gone), now, me)
        return self._put(tr("Kept"), (known,), (whole,), now, me)

    def rename(self, template_id: str, name: str, me: str, now: datetime) -> Changed | Refusal:
        """Call it something else."""
        known = self._replica.templates.get(template_id)
        return _GONE if known is None else self.keep(replace(known, name=name), me, now)

    def move(self, template_id: str, by: int, me: str, now: datetime) -> Changed | Refusal:
        """Put it so many places further down (up when negative), stopping at the ends."""
        known = self._replica.templates.get(template_id)
        if known is None or known.gone:
            return _GONE
        order = [each for each in self._like(known, me) if each.id != known.id]
        at = [each.id for each in self._like(known, me)].index(known.id)
        to = max(0, min(at + by, len(order)))
        if to == at:
            return Changed("", (), ())
        below = order[to - 1].position if to else order[0].position - 2 if order else 0.0
        above = order[to].position if to < len(order) else below + 2
        if below < above:
            moved = replace(known, position=(below + above) / 2)
            return self._put(tr("Moved"), (known,), (moved,), now, me)
        order.insert(to, known)
        after = tuple(replace(each, position=float(n)) for n, each in enumerate(order))
        return self._put(tr("Moved"), tuple(order), after, now, me)

    def drop(self, template_id: str, me: str, now: datetime) -> Changed | Refusal:
        """Take it away; no ticket is touched."""
        known = self._replica.templates.get(template_id)
        if known is None or known.gone:
            return _GONE
        return self._put(tr("Dropped"), (known,), (replace(known, gone=True),), now, me)

    def put_back(self, changed: Changed, now: datetime) -> Changed:
        """Have everything as it was before; what was not there goes."""
        known = {each.id for each in changed.before}
        new = [replace(each, gone=True) for each in changed.after if each.id not in known]
        entries = (*changed.before, *new)
        self._replica.templates.put(entries, now)
        return Changed(tr("Taken back."), changed.after, tuple(entries))

    def _like(self, entry: Template, me: str) -> Sequence[Template]:
        templates = self._replica.templates
        return templates.macros(me) if isinstance(entry, Macro) else templates.views(me)

    def _put(
        self,
        verb: str,
        before: tuple[Template, ...],
        after: tuple[Template, ...],
        now: datetime,
        me: str,
    ) -> Changed | Refusal:
        if any(each.shared for each in (*before, *after)) and not self.may_share(me):
            return _NOT_LEAD
        self._replica.templates.put(after, now)
        return Changed(f"{verb} {after[0].name}.", before, after)


def _kind(entry: Template) -> str:
    return "macro" if isinstance(entry, Macro) else "view"

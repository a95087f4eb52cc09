"""What a source's words mean under a policy. What no table knows stays the word it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from collections.abc import Mapping as Values

from tierline.domain.policy import Policy
from tierline.transfer.mapping import Mapping, Words, fold, label_of, statuses_of

_KINDS = 60
_DETAIL = "detail."


class Unknown:
    """Words that no table has, counted by field; a bounded list of them."""

    def __init__(self) -> None:
        """None yet."""
        self.words: dict[str, Counter[str]] = {}

    def see(self, field: str, word: str) -> None:
        """Count one."""
        counted = self.words.setdefault(field, Counter())
        if word in counted or len(counted) < _KINDS:
            counted[word] += 1


class Meanings:
    """A mapping's tables read for one policy."""

    def __init__(self, mapping: Mapping, policy: Policy, unknown: Unknown) -> None:
        """Words it does not know are counted in `unknown`."""
        self.mapping, self.policy, self._unknown = mapping, policy, unknown
        self._statuses: dict[tuple[str, str], tuple[str, bool]] = {}
        self._whys: dict[tuple[str, str], str] = {}
        self._others: dict[tuple[str, str], tuple[str, bool]] = {}
        self.subject_names = tuple(label_of(name, mapping) for name in mapping.subject_from)
        self._detail_names = tuple(label_of(name, mapping) for name in mapping.details)

    def status(self, word: str, detail: str) -> str:
        """The status key of a state, or the state's own words when the policy has none for it."""
        key = (word, detail)
        if key not in self._statuses:
            self._statuses[key] = self._status(word, detail)
        status, known = self._statuses[key]
        if not known:
            self._unknown.see("state", status)
        return status

    def why(self, status: str, word: str) -> str:
        """The source's word where it says something else than our status does."""
        key = (status, word)
        if key not in self._whys:
            self._whys[key] = self._why(status, word)
        return self._whys[key]

    def _why(self, status: str, word: str) -> str:
        table = self.policy.status(status)
        ours = {fold(status), fold(table.word), fold(f"{table.word} {table.short}")}
        return "" if fold(word) in ours else word

    def phase(self, status: str) -> str:
        """What a status means to the program."""
        return self.policy.status(status).phase

    def subject(self, values: Values[str, str]) -> str:
        """The subject as told, else made from the mapping's columns, else the ticket's number."""
        if subject := values.get("subject", ""):
            return subject
        parts = (values.get(name, "") for name in self.subject_names)
        return " · ".join(part for part in parts if part) or values.get("number", "")

    def details(self, values: Values[str, str]) -> dict[str, str]:
        """The columns that the mapping wants as details of the ticket."""
        found = {name: values[name] for name in self._detail_names if values.get(name)}
        own = (name for name in values if name.startswith(_DETAIL) and values[name])
        return found | {name[len(_DETAIL) :]: values[name] for name in own}

    def first_contact(self, word: str) -> bool:
        """Whether a state says that the first contact resolved it."""
        return fold(word) in self.mapping.first_contact

    def priority(self, word: str, impact: int, urgency: int) -> int:
        """1..4, by impact × urgency where no priority is told; 0 when it is not known."""
        if not word:
            return self.policy.priority_of(impact, urgency) if impact and urgency else 0
        return self._figure("priority", word, self.mapping.priorities)

    def level(self, field: str, word: str) -> int:
        """Impact or urgency 1..3, 0 when not told or not known."""
        return self._figure(field, word, self.mapping.levels) if word else 0

    def channel(self, word: str) -> str:
        """The channel's key, or the source's word for it."""
        known = self.policy.file.channels
        return self._word("channel", word, self.mapping.channels, known) if word else ""

    def type(self, word: str) -> str:
        """The type's key, or the source's word for it; an incident when nothing was said."""
        known = self.policy.file.types
        return self._word("type", word, self.mapping.types, known) if word else "incident"

    def line(self, group: str, tier: str) -> int:
        """The support line: told as a figure, or by the last word of the team's name."""
        if tier.isascii() and tier.isdigit() and len(tier) == 1 and tier != "0":
            return int(tier)
        if tier:
            self._unknown.see("tier", tier)
        return self.mapping.lines.get(fold(group.rpartition(" ")[2]), 1)

    def _figure(self, field: str, word: str, table: dict[str, int]) -> int:
        figure = table.get(fold(word), 0)
        if not figure:
            self._unknown.see(field, word)
        return figure

    def _status(self, word: str, detail: str) -> tuple[str, bool]:
        words, known = self.mapping.states, self.policy.file.statuses
        plain, whole = fold(word), f"{fold(word)}/{fold(detail)}"
        for wanted in (*statuses_of(words, whole if detail else plain), *statuses_of(words, plain)):
            if wanted in known:
                return wanted, True
            if phased := self.policy.statuses(wanted):
                return phased[0], True
        if word in known:
            return word, True
        return (f"{word}: {detail}" if detail else word), False

    def _word(self, field: str, word: str, table: Words, known: Container[str]) -> str:
        key = (field, word)
        if key not in self._others:
            wanted = (*statuses_of(table, fold(word)), word)
            found = next((each for each in wanted if each in known), "")
            self._others[key] = (found or word, bool(found))
        meant, is_known = self._others[key]
        if not is_known:
            self._unknown.see(field, word)
        return meant

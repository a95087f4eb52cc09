"""JSON: a list of tickets, one ticket a line, or a list under a name, as tools give it.

Nested values become columns with dotted names ("via.channel"); lists of plain values are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tierline.transfer import limits
from tierline.transfer.decoding import Decoder
from tierline.transfer.lines import lines_of
from tierline.transfer.opening import Bounded
from tierline.transfer.table import Line, Notes
from tierline.transfer.watching import unreadable

_LISTS = ("tickets", "issues", "results", "records", "result", "data", "values", "items")
_MOST = 512 << 20  # bytes of JSON held at once
_NAMED_BY = 200


class Objects:
    """Tickets in JSON. The header is gathered from the first of them; later names are added."""

    def __init__(self, stream: Bounded, notes: Notes, total: int) -> None:
        """Read as far as the first tickets.

        Raises:
            WorldError: it is no JSON, or holds no list of tickets.
        """
        self.notes, self.total, self._stream = notes, total, stream
        decoder = Decoder(stream, notes.file)
        notes.encoding = decoder.encoding
        self._source = _objects(decoder.pieces(), notes)
        self._first = [flat for _, flat in zip(range(_NAMED_BY), self._flat(), strict=False)]
        names = dict.fromkeys(name for _, each in self._first for name in each)
        if not names:
            raise unreadable(f"{notes.file} holds no tickets.", "Export a list of tickets.")
        if len(names) > limits.COLUMNS:
            raise unreadable(f"{notes.file} has {len(names):,} fields.", "Export fewer of them.")
        self.header = list(names)

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self._stream.done

    def lines(self) -> Iterator[Line]:
        """The tickets; those that are no objects are noted."""
        places = {name: index for index, name in enumerate(self.header)}
        for source in (self._first, self._flat()):
            for number, flat in source:
                cells = [""] * len(places)
                for name, value in flat.items():
                    if name in places:
                        cells[places[name]] = value
                self.notes.rows += 1
                yield Line(number, cells)

    def _flat(self) -> Iterator[tuple[int, dict[str, str]]]:
        for number, each in self._source:
            if isinstance(each, dict):
                yield number, flatten(each)
            else:
                self.notes.refuse(number, "it is no object with named fields")


def flatten(value: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Dotted names and text."""
    flat: dict[str, str] = {}
    for name, each in value.items():
        if isinstance(each, dict) and depth < 6:
            flat |= flatten(each, f"{prefix}{name}.", depth + 1)
        else:
            flat[f"{prefix}{name}"] = _text(each)
    return flat


def _objects(pieces: Iterable[str], notes: Notes) -> Iterator[tuple[int, Any]]:
    """Objects with their number: by line when each line is one, else the whole text at once."""
    lines = lines_of(pieces, notes.file, _MOST)
    first = next((line for line in lines if line.strip()), "")
    try:
        one = msgspec.json.decode(first)
    except msgspec.DecodeError:
        one = None
    if not isinstance(one, dict) or _list_in(one) is not None:
        yield from enumerate(_whole([first, *_held(lines, notes)], notes), start=1)
        return
    yield 1, one
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError) as failure:
            notes.refuse(number, f"it is no JSON ({failure})")


def _held(lines: Iterable[str], notes: Notes) -> Iterator[str]:
    held = 0
    for line in lines:
        held += len(line)
        if held > _MOST:
            what = f"{notes.file} is one list of more than {_MOST >> 20} MB."
            raise unreadable(what, "Export one ticket a line (JSON Lines), or CSV.")
        yield line


def _whole(lines: list[str], notes: Notes) -> list[Any]:
    try:
        value = msgspec.json.decode("".join(lines))
    except (msgspec.DecodeError, RecursionError) as failure:
        what = f"{notes.file} is no sound JSON ({failure})."
        raise unreadable(what, "It may be cut off: download it again.") from failure
    found = value if isinstance(value, list) else _list_in(value)
    if found is None:
        raise unreadable(f"{notes.file} holds no list of tickets.", "Export a list of tickets.")
    return found


def _list_in(value: Any) -> list[Any] | None:  # noqa: ANN401 - JSON is anything
    if isinstance(value, dict):
        for name in _LISTS:
            if isinstance(value.get(name), list):
                return list(value[name])
    return None


def _text(value: Any) -> str:  # noqa: ANN401 - JSON is anything
    match value:
        case None:
            return ""
        case str():
            return value.encode("utf-8", "replace").decode()
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(each, str | int | float) for each in value):
            return ", ".join(str(each) for each in value)
        case list() | dict():
            return msgspec.json.encode(value).decode()
        case _:
            return str(value)

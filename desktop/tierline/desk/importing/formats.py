"""Which formats there are, and which one a file has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.system import assets
from tierline.transfer.delimited import Delimited
from tierline.transfer.mapping import Mapping, best_for, load
from tierline.transfer.objects import Objects
from tierline.transfer.opening import Part, reading, size_of
from tierline.transfer.table import Notes, Table
from tierline.transfer.watching import Watch, unreadable
from tierline.transfer.workbook import Workbook
from tierline.transfer.xes import EventLog

_EXAMPLE = "example.toml"
GENERIC = "csv"


@cache
def shipped() -> tuple[Mapping, ...]:
    """The mappings that come with the program, by name."""
    files = sorted(assets.path("mappings").glob("*.toml"))
    return tuple(
        load(file.read_text(encoding="utf-8"), file.name) for file in files if file.name != _EXAMPLE
    )


def format_names() -> tuple[str, ...]:
    """What `from_` may be."""
    return (*(mapping.name for mapping in shipped()), GENERIC)


class Choice:
    """Which mapping a header gets: the one asked for, else the one that fits."""

    def __init__(self, from_: str, mapping: Path | None) -> None:
        """Read the mapping file, if one is named.

        Raises:
            WorldError: the mapping is wrong, or there is no such format.
        """
        self._own = _own(mapping) if mapping else None
        known = {each.name: each for each in shipped()}
        if from_ and from_ not in (*known, GENERIC):
            what = f'There is no format "{from_}".'
            todo = f"One of: {', '.join(format_names())}; or give a mapping file."
            raise WorldError(what, safe=tr("Nothing was imported."), todo=todo)
        self._asked = known.get(from_)
        self._generic = from_ == GENERIC

    @property
    def wide(self) -> bool:
        """Whether rows may be wider than the header before that header is known."""
        chosen = self._own or self._asked
        return chosen.wide if chosen else False

    def mapping_for(self, header: Sequence[str], name: str) -> Mapping:
        """The mapping of a file with this header.

        Raises:
            WorldError: none fits.
        """
        if self._own or self._asked:
            return self._own or self._asked  # type: ignore[return-value]
        found = None if self._generic else best_for(header, shipped())
        if found is None:
            shown = ", ".join(header[:8]) + (" …" if len(header) > 8 else "")
            what = f"{name} is of no format that is known here; its columns are: {shown}."
            todo = "Say which with --from, or describe its columns in a file given with --mapping."
            raise unreadable(what, todo)
        return found


@contextmanager
def opened(part: Part, notes: Notes, watch: Watch, choice: Choice) -> Iterator[Table]:
    """The table in a file.

    Raises:
        WorldError: it has none that can be read.
    """
    with reading(part, watch) as stream:
        match part.kind:
            case "xlsx":
                yield Workbook(stream, notes)
            case "json":
                yield Objects(stream, notes, size_of(part))
            case "xml":
                yield EventLog(stream, notes, size_of(part))
            case _:
                yield Delimited(stream, notes, size_of(part), wide=choice.wide)


def _own(file: Path) -> Mapping:
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        why = failure.strerror if isinstance(failure, OSError) else "it is not UTF-8 text"
        what = f"The mapping {file} cannot be read ({why})."
        todo = "Check its name, or write one after resources/mappings/example.toml."
        raise WorldError(what, safe=tr("Nothing was imported."), todo=todo) from failure
    return load(text, file.name)

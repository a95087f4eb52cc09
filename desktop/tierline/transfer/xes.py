"""XES event logs: every event of a trace becomes a row under its trace's name.

Entities, external documents and deep nesting are refused before they are looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from xml.parsers import expat

from tierline.transfer import limits
from tierline.transfer.opening import Bounded
from tierline.transfer.table import Line, Notes
from tierline.transfer.watching import unreadable

CASE = "case:concept:name"
_MAIN = ("time:timestamp", "concept:name", "lifecycle:transition", "org:group", "org:resource")
_VALUES = ("string", "date", "int", "float", "boolean", "id")


class EventLog:
    """A XES log as a table. Attributes of the trace have names that begin with "case:"."""

    def __init__(self, stream: Bounded, notes: Notes, total: int) -> None:
        """Read as far as the first events, which give the header.

        Raises:
            WorldError: it is no XES, or a trap.
        """
        self.notes, self.total, self._stream = notes, total, stream
        self._parser = _Parser(notes.file)
        self._number = 0
        self._ended = False
        notes.encoding = "XML"
        while not self._ended and len(self._parser.events) < limits.DEPTH:
            self._read()
        names = dict.fromkeys((CASE, *_MAIN))
        for event in self._parser.events:
            names |= dict.fromkeys(event)
        self.header = list(names)
        if not self._parser.seen_log:
            what = f"{notes.file} is XML, but no XES event log."
            raise unreadable(what, "Export as CSV, XLSX or XES.")

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self._stream.done

    def lines(self) -> Iterator[Line]:
        """The events in the order of the file; later names that the first lacked are added."""
        events = self._parser.events
        places = {name: index for index, name in enumerate(self.header)}
        while events or not self._ended:
            while events:
                event = events.popleft()
                for name in event.keys() - places.keys():
                    places[name] = len(places)
                    self.header.append(name)
                cells = [""] * len(places)
                for name, value in event.items():
                    cells[places[name]] = value
                self._number += 1
                yield Line(self._number, cells)
            if not self._ended:
                self._read()
        self.notes.rows = self._number

    def _read(self) -> None:
        data = self._stream.take()
        self._ended = not data
        self._parser.feed(data)


class _Parser:
    """Gathers events; knows only where in the tree it is."""

    def __init__(self, name: str) -> None:
        self.events: deque[dict[str, str]] = deque()
        self.seen_log = False
        self._name = name
        self._path: list[str] = []
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, data: bytes) -> None:
        """The next bytes, empty at the end."""
        try:
            self._parser.Parse(data, not data)
        except expat.ExpatError as failure:
            cut = failure.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
            cut |= not data
            word = "is cut off" if cut else "is no sound XML"
            what = f"{self._name} {word} ({failure})."
            raise unreadable(what, "Download or copy it again.") from failure

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        path = self._path
        path.append(tag)
        if len(path) > limits.DEPTH:
            what = f"{self._name} nests its elements {limits.DEPTH} deep, which no log does."
            raise unreadable(what, "Export it again.")
        if tag == "event" and path[-2:-1] == ["trace"]:
            self._event = {}
        elif tag == "trace":
            self._trace = {}
        elif tag == "log":
            self.seen_log = self.seen_log or len(path) == 1
        elif tag in _VALUES and (key := attributes.get("key")):
            if self._event is not None and path[-2] == "event":
                self._event[key] = attributes.get("value", "")
            elif self._event is None and path[-2:-1] == ["trace"]:
                self._trace[f"case:{key}"] = attributes.get("value", "")

    def _end(self, tag: str) -> None:
        self._path.pop()
        if tag == "event" and self._event is not None:
            self.events.append(self._trace | self._event)
            self._event = None

    def _doctype(self, *_: object) -> None:
        what = f"{self._name} declares a document type, where entity bombs live."
        raise unreadable(what, "Export it again without one; XES needs none.")

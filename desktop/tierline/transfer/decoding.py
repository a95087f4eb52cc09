"""Bytes to text: the byte-order mark, else UTF-8, else Windows' Western set; binary is refused."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tierline.transfer import limits
from tierline.transfer.opening import Bounded
from tierline.transfer.watching import unreadable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPED = re.compile("[\udc80-\udcff]")
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r\x0b\x0c\x1b")


class Decoder:
    """Text in pieces from a stream; `encoding` is what it was taken for, `mended` bad bytes."""

    def __init__(self, stream: Bounded, name: str) -> None:
        """Look at the first bytes.

        Raises:
            WorldError: it is not text.
        """
        self._stream = stream
        self._head = stream.take(limits.HEAD)
        self.encoding = encoding_of(self._head, name)
        self.mended = 0

    def pieces(self) -> Iterator[str]:
        """The text; bytes that make no sense in UTF-8 are read as Western ones and counted."""
        errors = "replace" if "16" in self.encoding or "32" in self.encoding else "surrogateescape"
        decoder = codecs.getincrementaldecoder(self.encoding)(errors)
        data = self._head
        while data:
            yield self._mended(decoder.decode(data))
            data = self._stream.take()
        if rest := decoder.decode(b"", final=True):
            yield self._mended(rest)

    def _mended(self, text: str) -> str:
        if text.isascii():
            return text
        whole, count = _ESCAPED.subn(_western, text)
        self.mended += count
        return whole


def encoding_of(head: bytes, name: str) -> str:
    """What these first bytes of a file are written in.

    Raises:
        WorldError: they are not text.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if wide := _wide(head):
        return wide
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if head.count(0) > len(head) // 500 or controls > len(head) // 20:
        raise unreadable(f"{name} is binary, not text.", "Export it as CSV, XLSX or JSON.")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    sample = head[: len(head) // 2 * 2][:4_096]
    half = len(sample) // 2
    if half < 8:
        return ""
    for encoding, zeros, text in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if sample[zeros::2].count(0) > half * 0.9 and sample[text::2].count(0) == 0:
            return encoding
    return ""


def _western(bad: re.Match[str]) -> str:
    byte = bytes([ord(bad.group()) - 0xDC00])
    return byte.decode("cp1252", "ignore") or byte.decode("latin-1")

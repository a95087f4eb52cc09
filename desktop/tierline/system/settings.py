"""What a person chose, in one small JSON file: written whole or not at all, never fatal.

The file has a version. An older one is brought up step by step when it is read, a newer one is
taken as it is; keys that this program does not know stay in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from tierline.system import paths

_Value = TypeVar("_Value")
_Values = dict[str, Any]
FILE = "settings.json"
VERSION = 2


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Value]):
    """One setting: its key in the file, what holds unless it is set, and which values `fit`."""

    key: str
    usual: _Value
    fits: Callable[[_Value], bool] = lambda _: True


class Settings:
    """Settings by key; values are what JSON can hold.

    A file that cannot be read is set aside and `problem` says so in a sentence; one that cannot be
    written leaves the value for this run only.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read the settings at `path` (the platform's place when None); nothing is made yet."""
        self.path = path or paths.config_dir() / FILE
        self.problem = ""
        self._values: _Values = self._read()

    def get(self, key: str, default: _Value) -> _Value:
        """The value of a key; the default when it was never set, or is of another kind."""
        value = self._values.get(key, default)
        return value if default is None or _same_kind(value, default) else default

    def of(self, choice: Choice[_Value]) -> _Value:
        """The value of a setting; the usual one for what was never set or does not fit."""
        value = self.get(choice.key, choice.usual)
        return value if choice.fits(value) else choice.usual

    def keep(self, choice: Choice[_Value], value: _Value) -> None:
        """As `put`, for a setting."""
        self.put(choice.key, value)

    def put(self, key: str, value: object) -> None:
        """Keep a value; it is on the disk when this returns, unless `problem` says otherwise."""
        if key in self._values and self._values[key] == value:
            return
        # Another console may have written since: its other keys are kept.
        self._values = self._read() | {key: value}
        try:
            self._write()
        except OSError as failure:
            self.problem = f"Settings could not be kept at {self.path} ({failure.strerror})."

    def _write(self) -> None:
        self._values = {"version": VERSION} | self._values
        text = json.dumps(self._values, indent=2, sort_keys=True, ensure_ascii=False)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)

    def _read(self) -> _Values:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as failure:
            self.problem = f"Settings at {self.path} could not be read ({failure.strerror})."
            return {}
        except (ValueError, RecursionError):
            found = None
        return _brought_up(found) if isinstance(found, dict) else self._set_aside()

    def _set_aside(self) -> _Values:
        aside = self.path.with_name(f"{self.path.stem}.damaged.json")
        try:
            self.path.replace(aside)
        except OSError:
            aside = self.path
        self.problem = f"Settings were unreadable and start anew; the old file is {aside}."
        return {}


def _whole_per_cent(values: _Values) -> _Values:
    """Version 1 kept the text size as any number that was written into the file."""
    size = values.get("scale", 100)
    usable = isinstance(size, int | float) and 100 <= size <= 200
    return values | {"scale": round(size) if usable else 100} if "scale" in values else values


_STEPS: dict[int, Callable[[_Values], _Values]] = {1: _whole_per_cent}


def _brought_up(values: _Values) -> _Values:
    """The same in the words of this version."""
    version = values.get("version", 1)
    while isinstance(version, int) and version in _STEPS:
        values = _STEPS[version](values)
        version += 1
        values = values | {"version": version}
    return values


def _same_kind(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))

"""A pytest plugin that makes Qt un-importable: `-p no:pytest-qt -p tests.fakes.without_qt`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_QT = ("PySide6", "shiboken6", "qasync")


class _NoQt(MetaPathFinder):
    """Answers for Qt before anyone else can, and says that it is not there."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in _QT:
            raise ModuleNotFoundError(f"{name}: these tests run without Qt", name=name)
        return None


sys.meta_path.insert(0, _NoQt())

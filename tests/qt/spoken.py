"""What is still English where another language is spoken: `python -m tests.qt.spoken FOLDER`.

FOLDER has the compiled languages of `packaging/translations.py`. The language is settled before a
window's module is loaded, as the program does it, so this is a program of its own. Every scene of
the audit is played in it, and each text that is seen or read out and has words which are neither
translated (those stand in brackets) nor somebody's data is printed, by scene.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TOP = Path(__file__).parents[2]
SCENERY = tuple(TOP.glob("tests/qt/access/scenes/*.py"))
CODE = "en_XA"
KEYS = "Alt Backspace Ctrl Del End Enter Esc Home Ins PgDn PgUp Shift Space Tab F10 Tierline Inter"
# What is not translated yet: the days and months of dates, how times are typed, and the words of a
# clock that a policy gives no name.
LEFT = "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec tomorrow fri "
LEFT += "Line limit Update Fix Subject running paused business day hours minutes starts keys"
_SAID = re.compile(r"\[[^\[\]]*\]")
_TAG = re.compile(r"<[^<>]*>|&[a-z]+;|&")
_WORD = re.compile(r"[A-Za-z]{3,}")


def data_words() -> frozenset[str]:
    """Words that are data: of the policies, and of the desks that the scenes show."""
    found = {*KEYS.split(), *LEFT.split()}
    for place in TOP.glob("resources/policies/*.toml"):
        found |= set(_WORD.findall(place.read_text("utf-8")))
    for place in (*TOP.glob("tests/fakes/*.py"), *TOP.glob("tests/qt/**/*scene*.py"), *SCENERY):
        tree = ast.parse(place.read_text("utf-8"))
        told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
                found |= set(_WORD.findall(node.value))
    return frozenset(found)


def texts(root: QWidget) -> Iterator[str]:
    """All that is seen in a window or read out of it."""
    from PySide6.QtWidgets import (  # noqa: PLC0415 - as below
        QAbstractButton,
        QLabel,
        QLineEdit,
        QPlainTextEdit,
        QWidget,
    )

    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        yield widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()


def english_of(text: str, known: frozenset[str]) -> str:
    """What of a text is neither translated nor data; "" when there is nothing."""
    rest, before = _TAG.sub(" ", text), ""
    while rest != before:
        before, rest = rest, _SAID.sub(" ", rest)
    strange = [word for word in _WORD.findall(rest) if word not in known]
    return " ".join(rest.split()) if strange else ""


def main(folder: Path, names: list[str]) -> int:
    """Play the scenes (all if none is named) and print what is English in them; the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from tierline.system import assets  # noqa: PLC0415 - the language comes first

    found = assets.path
    assets.path = lambda name: folder if name == "i18n" else found(name)  # type: ignore[assignment]
    from tierline.app.language import settle  # noqa: PLC0415 - as above

    assert settle(CODE) == CODE
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    from tests.qt.access.__main__ import Patience  # noqa: PLC0415 - as above
    from tests.qt.access.scenes import console, others, overlays  # noqa: F401, PLC0415
    from tests.qt.access.stage import SCENES, Place  # noqa: PLC0415 - as above
    from tierline.app.console import application  # noqa: PLC0415 - as above
    from tierline.widgets import fonts  # noqa: PLC0415 - as above

    app, known, plain = application(), data_words(), dict[str, None]()
    fonts.load()
    for name in names or list(SCENES):
        with TemporaryDirectory() as place:
            for stage in SCENES[name](Place(app, Patience(), Path(place))):
                QApplication.processEvents()
                for text in dict.fromkeys(texts(stage.root)):
                    if rest := english_of(text, known):
                        plain[f"{stage.name}: {rest}"] = None
    sys.stdout.write("".join(f"{each}\n" for each in plain))
    return bool(plain)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

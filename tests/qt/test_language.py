"""The whole way of a text into another language: Qt's tools read, compile and answer it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tierline.app.language import languages, speak
from tierline.domain.tongue import tr
from tierline.system import assets

TOP = Path(__file__).parents[2]


def _translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made", TOP / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _translations()


@pytest.fixture
def spoken(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QApplication]:
    """An application whose languages are made from a program of three texts."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "texts.py").write_text(
        "class A(QWidget):\n"
        '    def a(self): return tr("Taken {number}.", number=1)\n'
        '    def b(self): return tr("{n} tickets", "{n} ticket", n)\n'
        '    def c(self): return tr("Open", "a verb")\n'
    )
    monkeypatch.setattr(made, "CODE", code)
    made.main(tmp_path / "i18n")
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    yield qapp
    monkeypatch.undo()
    speak(qapp, "en")


def test_a_language_is_found_by_its_compiled_file(spoken: QApplication) -> None:
    assert list(languages()) == ["en", "ar_XB", "en_XA"]


def test_texts_plurals_and_notes_come_in_the_language_asked_for(spoken: QApplication) -> None:
    assert speak(spoken, "en_XA") == "en_XA"
    assert tr("Taken {number}.", number=7) == made.longer("Taken {number}.").format(number=7)
    assert tr("{n} tickets", "{n} ticket", 1) == made.longer("{n} ticket").format(n=1)
    assert tr("{n} tickets", "{n} ticket", 5) == made.longer("{n} tickets").format(n=5)
    assert tr("Open", "a verb") == made.longer("Open")
    assert tr("Open", "an adjective") == "Open"


def test_the_direction_of_reading_comes_and_goes_with_the_language(spoken: QApplication) -> None:
    speak(spoken, "ar_XB")
    assert spoken.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for n in (0, 1, 2, 5, 40, 100):  # Arabic has six forms
        assert str(n) in tr("{n} tickets", "{n} ticket", n)
    assert speak(spoken, "en") == "en"
    assert spoken.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert tr("Taken {number}.", number=7) == "Taken 7."


def test_english_stands_where_the_desktop_asks_for_what_there_is_not(spoken: QApplication) -> None:
    assert speak(spoken, "de_DE") == "en"
    assert tr("Open", "a verb") == "Open"


def test_a_made_text_is_forty_per_cent_longer_and_keeps_its_names() -> None:
    for text in ("Ok", "Taken {number}. Undo {keys}", "Rhythm", "Offline since {when}."):
        plain = "".join(made.NAME.split(text)[::2])
        longer = made.longer(text)
        assert made.NAME.findall(longer) == made.NAME.findall(text)
        assert len("".join(made.NAME.split(longer)[::2])) >= 1.4 * len(plain)
        assert made.NAME.findall(made.mirrored(text)) == made.NAME.findall(text)

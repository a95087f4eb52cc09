"""Which language the windows speak: Qt's translators are loaded here and handed to the seam.

A language is a file `resources/i18n/tierline_<code>.qm`, made by `make translations`. Without one
the English of the code stands. The direction of reading comes with the language.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from tierline.domain import tongue
from tierline.system import assets

ENGLISH = "en"
PSEUDO = {"en_XA": "Ĺöñğéŕ ţéẋţ (a test)", "ar_XB": "Mirrored text (a test)"}
_PART = "tierline"


def languages() -> dict[str, str]:
    """Code and own name of every language there is, English first."""
    codes = sorted(p.stem.partition("_")[2] for p in assets.path("i18n").glob(f"{_PART}_*.qm"))
    named = {code: PSEUDO.get(code) or QLocale(code).nativeLanguageName() for code in codes}
    return {ENGLISH: "English"} | named


def settle(asked: str = "") -> str:
    """Let every text from now on be in the language `asked` for; the code of what is spoken.

    "" asks for the desktop's. The tables of texts that a module has are read when it is loaded, so
    this comes before a window's modules are.
    """
    known = languages()
    code = next((each for each in _wanted(asked) if each in known), ENGLISH)
    tongue.install(_translate(code))
    return code


def speak(app: QApplication, asked: str = "") -> str:
    """As `settle`, and Qt's own words and the direction of reading besides.

    What is already on the screen stays as it is.
    """
    code = settle(asked)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if code not in PSEUDO:  # Qt's own words, in a field's menu
        _load_qt(app, code)
    app.setLayoutDirection(QLocale(code).textDirection())
    return code


def _wanted(asked: str) -> list[str]:
    if asked:
        return [asked, asked.partition("_")[0]]
    told = [each.replace("-", "_") for each in QLocale.system().uiLanguages()]
    return [code for each in told for code in (each, each.partition("_")[0])]


def _translate(code: str) -> tongue.Translate | None:
    """What the seam asks; the plural form of a number is chosen by Qt."""
    made = QTranslator()
    if not made.load(f"{_PART}_{code}", str(assets.path("i18n"))):
        return None
    return lambda text, note, n: made.translate("", text, note, n) or ""


def _load_qt(app: QApplication, code: str) -> None:
    made = QTranslator(app)
    if made.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QCoreApplication.installTranslator(made)
    else:
        made.deleteLater()

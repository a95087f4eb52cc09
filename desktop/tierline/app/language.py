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


def speak(app: QApplication, asked: str = "") -> str:
    """Let every text from now on be in the language `asked` for; the code of what is spoken.

    "" asks for the desktop's. What is already on the screen stays as it is.
    """
    known = languages()
    code = next((each for each in _wanted(asked) if each in known), ENGLISH)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    tongue.install(_translator(app, code))
    if code not in PSEUDO:  # Qt's own words, in a field's menu
        _load(app, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), code)
    app.setLayoutDirection(QLocale(code).textDirection())
    return code


def _wanted(asked: str) -> list[str]:
    if asked:
        return [asked, asked.partition("_")[0]]
    told = [each.replace("-", "_") for each in QLocale.system().uiLanguages()]
    return [code for each in told for code in (each, each.partition("_")[0])]


def _translator(app: QApplication, code: str) -> tongue.Translate | None:
    """What the seam asks; the plural form of a number is chosen by Qt."""
    made = _load(app, _PART, str(assets.path("i18n")), code)
    if made is None:
        return None
    return lambda text, note, n: made.translate("", text, note, n) or ""


def _load(app: QApplication, part: str, folder: str, code: str) -> QTranslator | None:
    made = QTranslator(app)
    if not made.load(f"{part}_{code}", folder):
        made.deleteLater()
        return None
    QCoreApplication.installTranslator(made)
    return made

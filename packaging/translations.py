"""Gather every text that is spoken, and make the languages: `python packaging/translations.py`.

Qt's own tools do the work: `lupdate` reads `tr(…)` in Python, `lrelease` compiles. Two languages
are made, never written: en_XA is 40 % longer and accented, ar_XB besides that reads from right to
left. A text that still shows plain on such a screen is not translatable; one that is cut has no
room. A real language is a copy of tierline.ts as tierline_<code>.ts, filled in with Qt Linguist;
run again after texts changed, its new ones are added to it.
"""

import re
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ET
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
CODE, PLACE = TOP / "desktop" / "tierline", TOP / "resources" / "i18n"
LONGER = 1.4
PLAIN, ACCENTED = "AaCcDdEeGgIiLlNnOoRrSsTtUuYyZz", "ÅåÇçĎďÉéĜĝÎîŁłÑñÖöŔŕŠšŢţÛûÝýŽž"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
VOWELS = frozenset("AaEeIiOoUu")
PLURAL_FORMS = {"en_XA": 2, "ar_XB": 6}
ONE_OF = {"en_XA": 0, "ar_XB": 1}  # which of the forms is that of exactly one
NAME = re.compile(r"(\{[^{}]*\})")


def longer(text: str) -> str:
    """`text` accented, at least 40 % longer, in brackets; names in braces stay as they are."""
    parts = NAME.split(text)
    letters = sum(len(part) for part in parts[::2])
    wanted = round(letters * (LONGER - 1) + 0.5) - 2  # the brackets count
    said = []
    for at, part in enumerate(parts):
        if at % 2:
            said.append(part)
            continue
        for letter in part:
            accented = letter.translate(ACCENTS)
            double = wanted > 0 and letter in VOWELS
            wanted -= double
            said.append(accented * (1 + double))
    return "[" + "".join(said) + "~" * max(wanted, 0) + "]"


def mirrored(text: str) -> str:
    """The longer text, each word of it read from right to left."""
    words = re.split(r"(\{[^{}]*\}|\s+)", longer(text))
    turned = [
        w if at % 2 or not w else f"\u200f\u202e{w}\u202c\u200f" for at, w in enumerate(words)
    ]
    return "".join(turned)


MAKERS = {"en_XA": longer, "ar_XB": mirrored}


def pseudo(template: Path, code: str, out: Path) -> None:
    """Write the made language `code` to `out`."""
    tree = ET.parse(template)  # noqa: S314 - lupdate wrote it a moment ago
    tree.getroot().set("language", code)
    make = MAKERS[code]
    for message in tree.iter("message"):
        source = message.findtext("source") or ""
        given = message.find("translation")
        assert given is not None
        given.attrib.pop("type", None)
        if message.get("numerus") != "yes":
            given.text = make(source)
            continue
        for form in list(given):
            given.remove(form)
        for at in range(PLURAL_FORMS[code]):
            one = at == ONE_OF[code]
            text = (message.findtext("comment") or source) if one else source
            ET.SubElement(given, "numerusform").text = make(text)
    text = ET.tostring(tree.getroot(), encoding="unicode")
    out.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8"
    )


def tool(name: str, *words: str) -> None:
    """Run one of Qt's own tools; what it says is told only when it fails."""
    program = Path(sysconfig.get_path("scripts")) / f"pyside6-{name}"
    done = subprocess.run(  # noqa: S603 - Qt's tools, our own files
        [str(program), *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{program.name} failed:\n{done.stdout}{done.stderr}")


def main(place: Path) -> None:
    """Extract, make, compile; all of it lies in the folder `place` afterwards."""
    place.mkdir(parents=True, exist_ok=True)
    template = place / "tierline.ts"
    written = [
        p for p in sorted(place.glob("tierline_*.ts")) if p.stem.partition("_")[2] not in MAKERS
    ]
    for each in (template, *written):
        how = ("-locations", "none", "-no-obsolete", "-silent")
        tool("lupdate", *how, "-extensions", "py", str(CODE), "-ts", str(each))
    for code in MAKERS:
        made = place / f"tierline_{code}.ts"
        pseudo(template, code, made)
        written.append(made)
    for each in written:
        tool("lrelease", "-silent", str(each), "-qm", str(each.with_suffix(".qm")))
    for code in MAKERS:
        (place / f"tierline_{code}.ts").unlink()  # the compiled one says the same


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else PLACE)

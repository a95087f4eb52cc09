from __future__ import annotations

from collections.abc import Iterator

import pytest

from tierline.domain import tongue
from tierline.domain.tongue import tr


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    tongue.install(None)


def test_the_english_of_the_code_stands_where_no_translator_is() -> None:
    assert tr("Open") == "Open"
    assert tr("Taken {number}", number="CS1") == "Taken CS1"
    assert tr("{n} tickets wait", "{n} ticket waits", 1) == "1 ticket waits"
    assert tr("{n} tickets wait", "{n} ticket waits", 0) == "0 tickets wait"


def test_braces_in_a_value_or_in_a_text_without_values_stay() -> None:
    assert tr("Called {name}", name="{x}") == "Called {x}"
    assert tr("Use {braces}") == "Use {braces}"


def test_a_translator_is_asked_with_note_and_number_and_once_a_text() -> None:
    asked = []

    def german(text: str, note: str, n: int) -> str:
        asked.append((text, note, n))
        return {"Open": "Offen", "{n} tickets": "{n} Fälle"}.get(text, "")

    tongue.install(german)
    assert [tr("Open", "a state") for _ in range(3)] == ["Offen"] * 3
    assert tr("{n} tickets", "{n} ticket", 4) == "4 Fälle"
    assert tr("Unknown {x}", x=1) == "Unknown 1"
    assert asked == [
        ("Open", "a state", -1),
        ("{n} tickets", "{n} ticket", 4),
        ("Unknown {x}", "", -1),
    ]


def test_a_translation_whose_names_do_not_fit_falls_back_to_english() -> None:
    tongue.install(lambda _text, _note, _n: "Genommen {nummer} {")
    assert tr("Taken {number}", number=7) == "Taken 7"

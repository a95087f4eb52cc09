"""The table of acts: every key of the design, none twice, none that a text field would miss."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from tierline.present.acts import ACTS, GO, GO_KEY, is_single
from tierline.present.bindings import keys_of
from tierline.system.settings import Settings
from tierline.widgets import icons

DESIGN = {
    "take": "T",
    "escalate": "E",
    "escalate3": "Shift+E",
    "consult": "C",
    "wait": "W",
    "resolve": "R",
    "note": "N",
    "message": "M",
    "time": "L",
    "prioritise": "P",
    "client_escalation": "Shift+P",
    "why": "Y",
    "verify": "I",
    "visit": "V",
    "timer": "B",
    "back": "Esc",
    "palette": "Ctrl+K",
    "new": "Ctrl+N",
    "sev1": "F9",
    "next_pane": "F6",
    "previous_pane": "Shift+F6",
    "next_warning": "F8",
    "previous_warning": "Shift+F8",
    "snooze": "S",
    "undo": "Ctrl+Z",
    "sync": "F5",
    "filter": "/",
    "apply": ".",
    "keys": "?",
}


@pytest.mark.parametrize(("act", "key"), DESIGN.items())
def test_every_key_of_the_design_asks_for_its_act(act: str, key: str) -> None:
    assert key in ACTS[act].keys


def test_no_key_asks_for_two_acts() -> None:
    keys = Counter(key for act in ACTS.values() for key in act.keys)
    keys[GO_KEY] += 1
    keys.update("JKX")  # the list's own
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for act in ACTS.values():
        for key in act.keys:
            assert QKeySequence(key).toString(), key


def test_every_icon_exists() -> None:
    missing = [act.icon for act in ACTS.values() if act.icon and not icons.exists(act.icon)]
    assert missing == []


def test_g_goes_to_the_views_of_the_design() -> None:
    assert "".join(GO) == "MUA123DWRE"


def test_letters_can_be_switched_off_and_keys_changed(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.put("keys", {"take": ["Ctrl+T", "Z"]})
    assert keys_of(settings)["take"] == ("Ctrl+T", "Z")
    settings.put("single_keys", False)
    found = keys_of(settings)
    assert found["take"] == ("Ctrl+T",)
    assert found["sev1"] == ("F9", "Ctrl+Shift+1")
    assert not any(is_single(key) for keys in found.values() for key in keys)

"""Pop-ups without a desktop: texts that fit, a courier that waits for nobody for ever, plyer."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierline.system.notifier import Courier, Delivered, NotShownError, Popup
from tierline.system.notifier.popup import BODY, TITLE, fitted, graphemes, trimmed

HELLO = Popup("1/fix/soon", "CS1 Fix due soon", "Pellow, 12:00 left")
MECHANIC, FLAG, THUMB = "👩🏽‍🔧", "🇦🇺", "👍🏿"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_what_fits_stays_as_it_is() -> None:
    assert trimmed("x" * TITLE, TITLE) == "x" * TITLE
    assert trimmed("Zürich ✓", TITLE) == "Zürich ✓"


def test_what_is_too_long_ends_in_an_ellipsis_within_the_limit() -> None:
    cut = fitted(Popup("k", "x" * 64, "word " * 99))
    assert cut.title == "x" * 62 + "…"
    assert cut.body.endswith("word…")
    assert _units(cut.body) <= BODY


@pytest.mark.parametrize("whole", [MECHANIC, FLAG, THUMB, "e\u0301", "1️⃣", "각", "नि"])
@pytest.mark.parametrize("before", range(58, 63))
def test_no_character_is_cut_in_half(whole: str, before: int) -> None:
    cut = trimmed("x" * before + whole + "y" * 60, TITLE)
    rest = cut.removeprefix("x" * before).removesuffix("…")
    assert rest == "" or rest.rstrip("y") == whole
    assert _units(cut) <= TITLE


def test_flags_side_by_side_are_two() -> None:
    assert graphemes(FLAG * 2) == [FLAG, FLAG]
    assert graphemes(f"a{MECHANIC}e\u0301") == ["a", MECHANIC, "e\u0301"]


def test_what_no_screen_shows_is_left_out_or_replaced() -> None:
    assert trimmed("a\x00b\x1b[31m\ud83d!", TITLE) == "ab[31m\ufffd!"


@given(st.text(max_size=400), st.sampled_from([TITLE, BODY, 1, 2]))
def test_any_text_fits_and_can_be_written(text: str, units: int) -> None:
    cut = trimmed(text, units)
    assert _units(cut) <= units
    cut.encode("utf-8")


class OneWay:
    """Shows, fails or hangs, as it is told."""

    name = "one way"

    def __init__(self, act: Callable[[], None] = lambda: None) -> None:
        self.act = act
        self.shown: list[Popup] = []

    def show(self, popup: Popup) -> None:
        self.act()
        self.shown.append(popup)

    def withdraw(self, key: str) -> None:
        self.act()
        self.shown = [each for each in self.shown if each.key != key]

    def look(self) -> str:
        return self.name


def test_a_pop_up_is_shown_trimmed_and_its_way_is_told() -> None:
    way = OneWay()
    assert Courier(way).deliver(HELLO._replace(title="x" * 99)) == Delivered("one way")
    assert _units(way.shown[0].title) == TITLE


def test_why_it_was_not_shown_is_told_in_words() -> None:
    def refuse() -> None:
        raise NotShownError("nobody is there")

    assert Courier(OneWay(refuse)).deliver(HELLO) == Delivered("", "nobody is there")


def test_a_way_that_breaks_breaks_nothing() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    courier = Courier(OneWay(broken))
    assert courier.deliver(HELLO) == Delivered("", "it failed (ZeroDivisionError)")
    courier.withdraw(HELLO.key)


def test_a_way_that_hangs_is_left_alone_until_it_comes_back() -> None:
    free, asked = threading.Event(), []

    def hang() -> None:
        asked.append(threading.current_thread())
        free.wait()

    courier = Courier(OneWay(hang), patience=0.01)
    assert courier.deliver(HELLO) == Delivered("", "the notification service does not answer")
    for _ in range(3):
        assert "still does not answer" in courier.deliver(HELLO).problem
    courier.withdraw(HELLO.key)
    assert len(asked) == 1
    free.set()
    asked[0].join()
    assert Courier(OneWay()).deliver(HELLO).problem == ""
    patient = courier
    patient._patience = 30.0
    assert patient.deliver(HELLO) == Delivered("one way")


def test_at_the_end_of_the_program_nothing_is_shown_any_more() -> None:
    way = OneWay()
    courier = Courier(way)
    courier.close()
    assert courier.deliver(HELLO).how == ""
    assert way.shown == []


PLYER = """
import sys
sys.modules["dbus"] = None  # whatever this machine has: plyer then asks notify-send
from tierline.system.notifier import Courier, PlyerWay, Popup
print(Courier(PlyerWay()).deliver(Popup("k", "A title", "A body")))
"""


def _with_plyer(path: str) -> str:
    source = str(Path(__file__).resolve().parents[2] / "desktop")
    env = {"PATH": path, "PYTHONPATH": source, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PLYER], env=env, text=True, capture_output=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="plyer has other ways elsewhere")
def test_plyer_is_given_title_text_and_name(tmp_path: Path) -> None:
    tool = tmp_path / "notify-send"
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/said\n')
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    assert "how='plyer', problem=''" in _with_plyer(f"{tmp_path}:{os.environ['PATH']}")
    said = (tmp_path / "said").read_text().splitlines()
    assert said[:2] == ["A title", "A body"]
    assert "Tierline" in said


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="plyer has other ways elsewhere")
def test_where_plyer_knows_no_way_it_is_said_in_words(tmp_path: Path) -> None:
    assert "problem='plyer knows no way to show one here'" in _with_plyer(str(tmp_path))

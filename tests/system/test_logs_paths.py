"""Where things live, and a log that rotates and never quotes a ticket."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tierline.system import logs, paths

_log = logging.getLogger("tierline.tests")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    logs.tear_down()


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path))
    found = (paths.data_dir(), paths.demo_dir(), paths.config_dir(), paths.log_dir())
    assert {each.parent for each in found} == {tmp_path}
    assert len(set(found)) == 4


def test_the_platforms_places_differ_for_desk_and_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME, raising=False)
    assert paths.data_dir() != paths.demo_dir()
    assert paths.data_dir().is_absolute()


def test_a_folder_that_is_named_is_used(tmp_path: Path) -> None:
    assert paths.data_dir(tmp_path) == paths.demo_dir(tmp_path) == tmp_path
    assert paths.data_dir(Path("~/desk")) == Path.home() / "desk"


def test_the_log_is_written_and_moves(tmp_path: Path) -> None:
    first, second = logs.set_up(tmp_path / "a"), logs.set_up(tmp_path / "b")
    _log.info("started")
    assert first is not None
    assert second is not None
    assert first.read_text() == ""
    assert "INFO tierline.tests" in second.read_text()


def test_the_log_stays_small(tmp_path: Path) -> None:
    place = logs.set_up(tmp_path)
    for _ in range(60):
        _log.info("x" * 100_000)
    assert place is not None
    files = list(tmp_path.iterdir())
    assert len(files) == 4
    assert sum(each.stat().st_size for each in files) < 5_000_000


def test_without_a_folder_there_is_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    assert logs.set_up(tmp_path / "logs") is None
    _log.info("nobody listens")


def test_a_trace_has_every_cause_and_quotes_nothing() -> None:
    secret = "the caller's words"
    try:
        try:
            raise ValueError(secret)
        except ValueError as inner:
            raise FileNotFoundError(2, "No such file", "desk.sqlite") from inner
    except OSError as error:
        traced = logs.trace(error)
    assert traced.index("ValueError") < traced.index("FileNotFoundError")
    assert "desk.sqlite" in traced
    assert secret not in traced

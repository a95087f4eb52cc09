"""The size and style that the design page promises, kept by a test instead of by memory."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
CODE = sorted((TOP / "desktop").rglob("*.py"))
ALLOWED_TOP = set(
    "desktop resources tests packaging pyproject.toml README.md Makefile LICENSE CHANGELOG.md "
    "requirements.lock .gitignore .ci".split()
)
# Written in parts, so that this file does not name them either.
HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(org|com)"))
)
PLACES = re.compile(r"(?<![\w.])/(" + "work|root|home" + r")/\w")


def _tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a git checkout: what is tracked cannot be asked")
    return [TOP / name for name in done.stdout.split("\0") if name and (TOP / name).is_file()]


def _functions(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    found = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        ((node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(TOP)}:{node.name}")
        for node in ast.walk(tree)
        if isinstance(node, found)
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert not [f"{path.relative_to(TOP)}: {n}" for path, n in lengths.items() if n > 400]


def test_no_function_is_longer_than_60_lines() -> None:
    assert not [where for path in CODE for lines, where in _functions(path) if lines > 60]


def test_the_top_level_is_the_agreed_one() -> None:
    assert {path.relative_to(TOP).parts[0] for path in _tracked()} <= ALLOWED_TOP


def test_no_file_names_a_registry_host_or_a_place_of_one_machine() -> None:
    texts = (".py", ".toml", ".md", ".lock", ".sh", ".txt", "Makefile", "run")
    for path in _tracked():
        if path.name.endswith(texts):
            text = path.read_text("utf-8")
            assert not HOSTS.search(text), path
            assert not PLACES.search(text), path


def test_the_layers_below_the_window_load_without_qt() -> None:
    layers = "domain storage transfer system desk".split()
    modules = [
        ".".join(path.relative_to(TOP / "desktop").with_suffix("").parts)
        for path in CODE
        if path.relative_to(TOP / "desktop" / "tierline").parts[0] in layers
    ]
    program = (
        "import importlib, sys\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6', 'qasync'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *modules],
        cwd=TOP / "desktop",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

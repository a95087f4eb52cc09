"""From the text of a policy file to a policy that can be trusted, or to all that is wrong with it.

Each problem says file, key, value and what would be right; as many as can be told apart are told
at once, so that a file is not corrected one run at a time.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

import msgspec

from tierline.domain.errors import WorldError
from tierline.domain.policy_alarms_check import check_alarms
from tierline.domain.policy_file import PolicyFile
from tierline.domain.policy_findings import Finding, Findings
from tierline.domain.policy_process_check import check_process
from tierline.domain.policy_sense import check_desk
from tierline.domain.policy_shape import shape_findings

_PLACE = re.compile(r"\(at (line \d+, column \d+|end of document)\)")


class Problem(NamedTuple):
    """One thing wrong in a policy file. `value` is as written there."""

    file: str
    key: str
    value: str
    right: str

    def __str__(self) -> str:
        """On one line, as a person reads it in a terminal."""
        return f"{self.file} · {self.key} · {self.value} · {self.right}"


class PolicyError(WorldError):
    """The file is no policy. `problems` are all that were found, in the file's order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Take the problems; there is at least one."""
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(
            f"{problems[0].file} has {count}:\n" + "\n".join(map(str, problems)),
            safe="The policies in use stay as they are.",
            todo="Correct the file, then check it again.",
        )

    def __str__(self) -> str:
        """The problems a line each, then what is safe and what to do."""
        return f"{self.what}\n{self.safe} {self.todo}"


def load(text: str, name: str) -> PolicyFile:
    """The policy written in `text`; `name` is what messages call the file.

    Raises:
        PolicyError: it is not TOML, not the shape of a policy, or does not make sense.
    """
    data = _parsed(text, name)
    try:
        file = msgspec.convert(data, PolicyFile)
    except msgspec.ValidationError as error:
        raise _error(_misshapen(data, error), name) from error
    if found := check(file).found:
        raise _error(found, name)
    return file


def check(file: PolicyFile) -> Findings:
    """What does not make sense in a file that has the shape of a policy."""
    found = Findings()
    check_desk(found, file)
    check_process(found, file)
    check_alarms(found, file)
    return found


def _misshapen(data: dict[str, Any], error: msgspec.ValidationError) -> list[Finding]:
    """All that is wrong with the shape, and with the rest if only unknown keys were in the way."""
    found = shape_findings(data, PolicyFile)
    if not found.found:
        return [Finding("file", "", str(error))]
    found.drop_unknown()
    try:
        rest = check(msgspec.convert(data, PolicyFile)).found
    except msgspec.ValidationError:
        return found.found
    return found.found + rest


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = place[1] if place else "file"
        written = _line(text, where)
        what = _PLACE.sub("", str(error)).strip()
        raise PolicyError((Problem(name, where, written, f"TOML: {what}"),)) from error


def _line(text: str, where: str) -> str:
    lines = text.splitlines() or [""]
    number = re.match(r"line (\d+)", where)
    line = lines[min(int(number[1]), len(lines)) - 1] if number else lines[-1]
    return line.strip()[:80]


def _error(found: list[Finding], name: str) -> PolicyError:
    return PolicyError(tuple(Problem(name, *finding) for finding in found))

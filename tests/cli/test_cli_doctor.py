"""`tierline doctor` as a table and as JSON."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_the_doctor_says_what_works_and_what_does_not(cli: Terminal) -> None:
    checks = cli("doctor", json=True).data
    assert set(checks[0]) == {"name", "state", "found", "mend"}
    answer = cli("doctor")
    assert all(check["name"] in answer.out for check in checks)
    assert answer.code == int(any(check["state"] == "bad" for check in checks))


def test_what_is_bad_ends_with_one_and_a_mend(cli: Terminal) -> None:
    (cli.folder / "file").write_text("in the way")
    cli.folder = cli.folder / "file"
    answer = cli("doctor")
    assert answer.code == 1
    assert "MEND  Desk's folder" in answer.out
    assert "choose another with --data" in answer.out

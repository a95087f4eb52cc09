"""Passwords in a real Secret Service: gnome-keyring on a D-Bus session of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import secret_service
from tests.fakes.secret_service import Session

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(secret_service.lacking()), reason="gnome-keyring or D-Bus is lacking"),
]
ACCOUNT, PASSWORD = "ravi@db.example.org:5432/desk", "Zwölf Büsche, 12 %"
_ASK = """
import sys
from tierline.system.secrets import Keyring, Secret
keyring, word = Keyring(), sys.argv[1]
account = "ravi@db.example.org:5432/desk"
if word == "put":
    print(keyring.put(account, Secret(sys.stdin.read())))
elif word == "get":
    kept = keyring.get(account)
    print(kept.secret.reveal() if kept.secret else "none", "|", kept.trouble)
else:
    print(keyring.forget(account))
"""


@pytest.fixture
def unlocked(tmp_path: Path) -> Iterator[Session]:
    with secret_service.session(tmp_path / "home", unlock="the keyring's own") as made:
        yield made


def test_a_password_is_there_for_the_next_program_and_in_no_file(unlocked: Session) -> None:
    told = unlocked.python(_ASK, "put", stdin=PASSWORD)
    assert "trouble=''" in told
    assert PASSWORD not in told
    assert unlocked.python(_ASK, "get") == f"{PASSWORD} | \n"
    kept = [each.read_bytes() for each in unlocked.files()]
    assert kept  # the keyring wrote its file, encrypted
    assert not any(PASSWORD.encode() in each for each in kept)


def test_a_forgotten_password_is_gone_and_forgetting_twice_is_fine(unlocked: Session) -> None:
    unlocked.python(_ASK, "put", stdin=PASSWORD)
    for _ in range(2):
        assert "trouble=''" in unlocked.python(_ASK, "forget")
    assert unlocked.python(_ASK, "get") == "none | \n"


def test_a_locked_keyring_that_nobody_can_unlock_means_asking_each_time(tmp_path: Path) -> None:
    with secret_service.session(tmp_path / "home", unlock=None) as locked:
        told = locked.python(_ASK, "put", stdin=PASSWORD)
        assert "asked for each time" in told
        assert PASSWORD not in told

"""Secrets that cannot be seen, and keyrings that fail, wait for ever, or are not to be trusted."""

from __future__ import annotations

import json
import logging
import pickle
import threading
import traceback
from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring as Fail

from tierline.system.secrets import SERVICE, Keyring, Secret, _system_keyring

PASSWORD = "correct horse"


class Drawer:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Waiting(Drawer):
    """Asks its owner something, and nobody is there."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.answered.wait(30)
        return None


class Broken(Drawer):
    def set_password(self, service: str, username: str, password: str) -> None:
        message = f"cannot keep {password}"
        raise RuntimeError(message)


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    made = Waiting()
    yield made
    made.answered.set()


def test_a_secret_shows_itself_in_no_text() -> None:
    secret = Secret(PASSWORD)
    assert secret.reveal() == PASSWORD
    for text in (repr(secret), str(secret), f"{secret}", f"{[secret]!r:>20}"):
        assert PASSWORD not in text
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)
    with pytest.raises(TypeError):
        hash(secret)


def test_what_was_kept_is_found_under_its_account_only() -> None:
    drawer = Drawer()
    own = Keyring(find=lambda: drawer)
    assert own.put("ravi@db/desk", Secret(PASSWORD)).trouble == ""
    assert own.get("ravi@db/desk").secret == Secret(PASSWORD)
    assert own.get("mira@db/desk").secret is None
    assert list(drawer.kept) == [(SERVICE, "ravi@db/desk")]
    own.forget("ravi@db/desk")
    assert own.get("ravi@db/desk") == own.forget("ravi@db/desk")


def test_a_keyring_that_waits_for_ever_is_given_up_and_not_asked_again(waiting: Waiting) -> None:
    own = Keyring(patience=0.05, find=lambda: waiting)
    first, second = own.get("ravi@db/desk"), own.put("ravi@db/desk", Secret(PASSWORD))
    assert "did not answer" in first.trouble
    assert second.trouble == first.trouble
    assert (waiting.asked, waiting.kept) == (1, {})


@pytest.mark.expects_logs
def test_a_keyring_that_fails_says_only_how(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = Keyring(find=Broken).put("ravi@db/desk", Secret(PASSWORD))
    assert "RuntimeError" in answer.trouble
    assert PASSWORD not in f"{answer}{caplog.text}"


def test_no_keyring_means_asking_each_time() -> None:
    answer = Keyring(find=lambda: None).get("ravi@db/desk")
    assert answer.secret is None
    assert "asked for each time" in answer.trouble


class PlainFile(Drawer):
    """Like those of add-on packages, which write files."""

    priority = 9


class OfTheSystem(Drawer):
    priority = 5
    __module__ = "keyring.backends.SecretService"


class Chain:
    """As `keyring` makes it when several can be used."""

    backends = (PlainFile(), OfTheSystem())


@pytest.mark.parametrize(
    ("found", "trusted"),
    [(PlainFile(), None), (Fail(), None), (OfTheSystem(), OfTheSystem), (Chain(), OfTheSystem)],
)
def test_only_keyrings_of_the_system_are_trusted(
    monkeypatch: pytest.MonkeyPatch, found: object, trusted: type | None
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    assert isinstance(_system_keyring(), trusted or type(None))


def test_a_traceback_through_it_has_no_password() -> None:
    secret = Secret(PASSWORD)
    try:
        raise ValueError(secret)
    except ValueError as error:
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        assert PASSWORD not in "".join(told.format())

"""A hub is who its certificate says: right, of another name, expired, of an unknown issuer."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from msgspec.structs import replace

from tests.fakes.servers import free_port
from tests.fakes.tls_proxy import proxy
from tests.sync.hubs.places import act, greeted, outcomes
from tests.sync.hubs.server_place import Server
from tierline.sync.errors import NoEntryError, WrongHubError
from tierline.sync.hub import Hub
from tierline.sync.hubs.address import Address, parsed
from tierline.sync.hubs.certificates import system_roots
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.postgres_link import parameters

Shown = Callable[[trustme.CA], ssl.SSLContext]
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def issuer() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def roots(issuer: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "roots.pem"
    issuer.cert_pem.write_to_path(str(path))
    return path


def _context(cert: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    return context


def _behind(place: Server, port: int, roots: Path, host: str = "localhost") -> Address:
    address = place.let_in("dana", "technician")
    return replace(address, hosts=((host, port),), options={"sslrootcert": str(roots)})


def _open(place: Server, address: Address) -> Hub:
    return open_hub(address.text, lambda: place.secret("dana"))


def test_the_right_certificate_opens_the_hub(
    hub_place: Server, issuer: trustme.CA, roots: Path
) -> None:
    with proxy(hub_place.server.port, _context(issuer.issue_cert("localhost"))) as front:
        hub = greeted(_open(hub_place, _behind(hub_place, front.port, roots)), "c")
        assert outcomes(hub, "c", act(1)) == ["taken"]
        hub.close()


def _expired(issuer: trustme.CA) -> ssl.SSLContext:
    begun = NOW - timedelta(days=30)
    cert = issuer.issue_cert("localhost", not_before=begun, not_after=NOW - timedelta(days=1))
    return _context(cert)


def _self_signed(_: trustme.CA) -> ssl.SSLContext:
    # A server that shows an issuer's own certificate is its own issuer.
    own = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with own.cert_pem.tempfile() as cert, own.private_key_pem.tempfile() as key:
        context.load_cert_chain(cert, key)
    return context


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (lambda ca: _context(ca.issue_cert("db.example.com")), "db.example.com"),
        (_expired, "expired"),
        (_self_signed, "signed its certificate itself"),
        (lambda _: _context(trustme.CA().issue_cert("localhost")), "issuer that is not known"),
    ],
    ids=["another-host", "expired", "self-signed", "unknown-issuer"],
)
def test_a_wrong_certificate_is_refused_and_says_why(
    hub_place: Server, issuer: trustme.CA, roots: Path, shown: Shown, says: str
) -> None:
    with proxy(hub_place.server.port, shown(issuer)) as front:
        with pytest.raises(NoEntryError, match=says) as refused:
            _open(hub_place, _behind(hub_place, front.port, roots))
        assert "localhost" in refused.value.what
        assert "No password was sent" in refused.value.safe
        assert hub_place.secret("dana") not in str(refused.value)


def test_a_server_without_encryption_is_refused(hub_place: Server, roots: Path) -> None:
    with pytest.raises(NoEntryError, match="without encryption"):
        _open(hub_place, _behind(hub_place, hub_place.server.port, roots))


def test_a_missing_file_of_issuers_is_named(
    hub_place: Server, issuer: trustme.CA, tmp_path: Path
) -> None:
    with (
        proxy(hub_place.server.port, _context(issuer.issue_cert("localhost"))) as front,
        pytest.raises(NoEntryError, match="nowhere"),
    ):
        _open(hub_place, _behind(hub_place, front.port, tmp_path / "nowhere.pem"))


def test_something_else_than_postgresql_is_no_hub(hub_place: Server, roots: Path) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as stranger:

        def greet() -> None:
            client, _ = stranger.accept()
            with client:
                client.recv(64)
                client.sendall(b"220 mail.example.com ESMTP\r\n")
                client.recv(64)

        thread = threading.Thread(target=greet)
        thread.start()
        port = stranger.getsockname()[1]
        with pytest.raises(WrongHubError, match="no PostgreSQL"):
            _open(hub_place, _behind(hub_place, port, roots))
        thread.join()


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://dana@db.example.com/desk", "verify-full"),
        ("postgresql://dana@127.0.0.1,db.example.com/desk", "verify-full"),
        ("postgresql://dana@10.0.0.7/desk", "verify-full"),
        ("postgresql://dana@localhost/desk?sslrootcert=x.pem", "verify-full"),
        ("postgresql://dana@localhost/desk", "prefer"),
        ("postgresql://dana@[::1]/desk", "prefer"),
        ("postgresql:///desk", "prefer"),
    ],
)
def test_only_this_machine_s_own_server_need_not_prove_itself(url: str, mode: str) -> None:
    assert parameters(parsed(url))["sslmode"] == mode


def test_the_issuers_are_those_that_this_machine_trusts(
    roots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    told = parameters(parsed("postgresql://dana@db.example.com/desk"))
    assert told["sslrootcert"] == str(roots)
    assert Path(system_roots()) == roots

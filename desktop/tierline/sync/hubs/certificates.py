"""Whom this machine trusts, and why not a server: libpq only says that it does not."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_PATIENCE = 3.0
_EXPIRED, _SELF_SIGNED, _NOT_YET = 10, 18, 9
_WORDS = {
    _EXPIRED: "its certificate has expired",
    _NOT_YET: "its certificate is not valid yet",
    _SELF_SIGNED: "it signed its certificate itself",
}


def system_roots() -> str:
    """A file of the issuers that this machine trusts; the libpq of a wheel does not find it."""
    told = os.environ.get("SSL_CERT_FILE", "")
    paths = (told, ssl.get_default_verify_paths().cafile or "", *_BUNDLES)
    return next((each for each in paths if each and Path(each).is_file()), "") or _stored_roots()


@cache
def _stored_roots() -> str:
    """The issuers of a system that keeps them in no file (Windows), written into one."""
    known = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not known:
        return "system"
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.writelines(ssl.DER_cert_to_PEM_cert(each) for each in known)
    return file.name


def why_untrusted(host: str, port: int, roots: str) -> str:
    """The reason in words, "" when it cannot be found out. `roots` is the file of issuers."""
    context = ssl.create_default_context(cafile=None if roots == "system" else roots)
    context.check_hostname = False
    with suppress(OSError), socket.create_connection((host, port), _PATIENCE) as plain:
        plain.sendall(_SSL_REQUEST)
        if plain.recv(1) != b"S":
            return ""
        try:
            context.wrap_socket(plain, server_hostname=host).close()
        except ssl.SSLCertVerificationError as failure:
            unknown = "its certificate is from an issuer that is not known here"
            return _WORDS.get(failure.verify_code, unknown)
    return ""

"""Why a server's certificate is not trusted: libpq only says that it is not."""

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import suppress
from pathlib import Path

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_PATIENCE = 3.0
_EXPIRED, _SELF_SIGNED, _NOT_YET = 10, 18, 9
_WORDS = {
    _EXPIRED: "its certificate has expired",
    _NOT_YET: "its certificate is not valid yet",
    _SELF_SIGNED: "it signed its certificate itself",
}


def why_untrusted(host: str, port: int, roots: str) -> str:
    """The reason in words, "" when it cannot be found out. `roots` is the file of issuers."""
    context = ssl.create_default_context()
    if roots not in {"", "system"}:
        context = ssl.create_default_context(cafile=str(Path(roots)))
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

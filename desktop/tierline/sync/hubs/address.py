"""Where a hub is: the URL that a person types, taken apart with a clear word on what is wrong."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import msgspec

from tierline.sync.errors import WrongHubError
from tierline.sync.hubs.terms import SAFE

POSTGRES, SQLITE = ("postgresql", "postgres"), ("sqlite",)
FORMS = (
    "postgresql://login@host[:port][,host2[:port]]/database[?sslrootcert=FILE]"
    " or sqlite:////folder/hub.sqlite"
)
_OPTIONS = frozenset({"sslrootcert", "sslcert", "sslkey", "host", "connect_timeout"})


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A hub's URL in parts. `hosts` are (name, port); `path` is a file's, "" for PostgreSQL.

    `host` among the options is the folder of a Unix socket.
    """

    login: str = ""
    hosts: tuple[tuple[str, int], ...] = ()
    database: str = ""
    options: dict[str, str] = {}
    path: str = ""

    @property
    def text(self) -> str:
        """The URL, as it may be shown and kept: there is no password in it."""
        if self.path:
            return f"sqlite:///{self.path.replace('%', '%25')}"
        hosts = ",".join(_host(name, port) for name, port in self.hosts)
        rest = "&".join(f"{key}={_quoted(value)}" for key, value in self.options.items())
        login = f"{_quoted(self.login, '')}@" if self.login else ""
        database = _quoted(self.database)
        return f"postgresql://{login}{hosts}/{database}{'?' + rest if rest else ''}"


def parsed(url: str) -> Address:
    """The parts of a URL.

    Raises:
        WrongHubError: it is none that Tierline knows; a password in it is refused too.
    """
    scheme, _, rest = url.partition("://")
    if scheme in SQLITE:
        return Address(path=str(Path(_sqlite_path(rest))))
    if scheme not in POSTGRES:
        raise _wrong(f'"{_without_secret(url)}" is no address of a hub.')
    try:
        split = urlsplit(f"//{rest}")
    except ValueError:
        raise _wrong(f'"{_without_secret(url)}" is no address of a hub.') from None
    user, _, places = split.netloc.rpartition("@")
    # A "/" in a password ends what is before it: what is said of an address must not tell the rest.
    if ":" in user or (not user and ":" in places and "@" in split.path):
        raise _wrong(
            "There is a password in the address of the hub.",
            "Leave it out: it is asked for, and kept in the system's keyring.",
        )
    plain = split.query.replace("+", "%2B")  # a plus in a path is a plus
    options = dict(parse_qsl(plain, keep_blank_values=True))
    if strange := sorted(options.keys() - _OPTIONS):
        raise _wrong(f"The address says {strange[0]}, which a hub's address does not have.")
    database = unquote(split.path.strip("/"))
    if not database:
        raise _wrong("The address of the hub names no database.")
    return Address(
        login=unquote(user),
        hosts=tuple(_place(each) for each in places.split(",")) if places else (),
        database=database,
        options=options,
    )


def _sqlite_path(rest: str) -> str:
    path = unquote(rest.removeprefix("/"))
    if not path or path.endswith("/"):
        raise _wrong("The address of the hub names no file.")
    return path


def _place(text: str) -> tuple[str, int]:
    name, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        name, port = text, "5432"
    if not name or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise _wrong(f'"{text}" is no host of a hub.')
    return unquote(name.strip("[]")), int(port)


def _quoted(text: str, plain: str = "/:") -> str:
    """A part of a URL, readable as far as it may be: "dana@corp", "/etc/ssl/our ca.pem"."""
    return quote(text, safe=f"{plain}@ ")


def _host(name: str, port: int) -> str:
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _without_secret(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"…@{after}" if at and ":" in before.partition("://")[2] else url


def _wrong(what: str, todo: str = f"Write {FORMS}.") -> WrongHubError:
    return WrongHubError(what, safe=SAFE, todo=todo)

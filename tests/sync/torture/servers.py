"""A primary and a standby that lags when its link is cut, both behind proxies, changing places."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.fakes.servers import KEEPER, PASSWORD, Postgres
from tests.sync.proxy import Proxy
from tierline.sync.hubs import postgres_keeping
from tierline.sync.hubs.postgres import PostgresHub
from tierline.sync.hubs.rights import Role


class Pair:
    """The hub's two servers. Consoles know the doors' ports only, which never change."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Make a hub on a primary, and a standby of it."""
        folder.chmod(0o711)  # the servers run as somebody without rights
        self._folder, self._count, self._seed = folder, 0, seed
        self.primary = Postgres(self._place())
        self.primary.init()
        self.primary.start()
        self.database = self.primary.make_database()
        keeper = self.primary.address(KEEPER, self.database)
        postgres_keeping.create(keeper, _password, "hub")
        self.doors = [Proxy(("127.0.0.1", self.primary.port), seed)]
        self.standby, self._link = self._follow()
        self.doors.append(Proxy(("127.0.0.1", self.standby.port), seed + 1))

    def let_in(self, login: str, role: Role) -> str:
        """Grant a role; the login's password."""
        keeper = self.primary.address(KEEPER, self.database)
        return postgres_keeping.grant(keeper, _password, login, role)

    def url(self, login: str) -> str:
        """Where a console finds the hub, whichever server is the primary."""
        places = ",".join(f"127.0.0.1:{door.port}" for door in self.doors)
        return f"postgresql://{login}@{places}/{self.database}"

    def session(self, login: str, secret: str) -> PostgresHub:
        """A session past the proxies, to judge by."""
        return PostgresHub(self.primary.address(login, self.database), lambda: secret)

    def crash(self) -> None:
        """Kill the primary and start it again on what was durable."""
        self.primary.kill()
        self.primary.start()

    def fail_over(self, lag: float) -> None:
        """Let the standby fall behind for some seconds, kill the primary, promote the standby."""
        self._link.shut_out()
        time.sleep(lag)
        self.primary.kill()
        self.standby.promote()
        self.doors.reverse()
        self._link.close()
        self.primary = self.standby
        self.standby, self._link = self._follow()
        self.doors[1].target = ("127.0.0.1", self.standby.port)

    def cuts(self) -> int:
        """How many connections were cut in the middle of a message."""
        return sum(door.cuts for door in self.doors)

    def close(self) -> None:
        """Stop everything."""
        for proxy in (*self.doors, self._link):
            proxy.close()
        self.standby.stop()
        self.primary.stop()

    def _follow(self) -> tuple[Postgres, Proxy]:
        """A standby that follows the primary through a link of its own."""
        standby = self.primary.standby(self._place())
        link = Proxy(("127.0.0.1", self.primary.port), self._seed)
        settings = standby.data / "postgresql.auto.conf"
        told = re.sub(rf"port={self.primary.port}\b", f"port={link.port}", settings.read_text())
        settings.write_text(told)
        standby.start()
        return standby, link

    def _place(self) -> Path:
        self._count += 1
        place = self._folder / f"server-{self._count}"
        place.mkdir()
        return place


def _password() -> str:
    return PASSWORD

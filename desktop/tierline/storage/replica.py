"""The replica: open the desk's file safely, then hand out what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from tierline.domain.errors import Refusal, WorldError
from tierline.domain.policy_book import PolicyBook
from tierline.domain.tongue import tr
from tierline.storage import guard
from tierline.storage.alarms import Alarms
from tierline.storage.alike import Alike
from tierline.storage.directory import Directory
from tierline.storage.drafts import Drafts
from tierline.storage.fulltext import FullText
from tierline.storage.imports import Imports
from tierline.storage.migrations import MIGRATIONS, Migration, check_version, migrate
from tierline.storage.mounts import Mount, this_machine
from tierline.storage.owed import Owed
from tierline.storage.queues import Queues
from tierline.storage.schema import meta
from tierline.storage.store import PATIENCE, Store
from tierline.storage.syncing import Syncing
from tierline.storage.templates import Templates
from tierline.storage.tickets import Tickets
from tierline.storage.today import Today
from tierline.storage.told import ToldOnes
from tierline.storage.turn import SyncTurn, sync_turn
from tierline.storage.unsent import Unsent
from tierline.storage.visits import Visits
from tierline.storage.writing import Writing

FILE = "desk.sqlite"
Kind = Literal["real", "demo"]


class Replica:
    """One desk on this machine's disk. Safe to use from several threads and programs at once."""

    def __init__(self, store: Store) -> None:
        """Wrap an open store; `Replica.open` is the way in."""
        self._store = store
        self.path = store.path
        self.tickets = Tickets(store)
        self.queues = Queues(store)
        self.visits = Visits(store)
        self.today = Today(store)
        self.text = FullText(store)
        self.alike = Alike(store)
        self.told = ToldOnes(store)
        self.drafts = Drafts(store)
        self.directory = Directory(store)
        self.templates = Templates(store)
        self.alarms = Alarms(store)
        self.imports = Imports(store)
        self.owed = Owed(store)
        self.unsent = Unsent(store)
        self.book: PolicyBook | None = None
        self.sync = Syncing(store, self._policies)

    @classmethod
    def open(
        cls,
        folder: Path,
        now: datetime,
        *,
        kind: Kind | None = None,
        mounts: Iterable[Mount] | None = None,
        steps: Sequence[Migration] = MIGRATIONS,
        max_pages: int | None = None,
        patience: float = PATIENCE,
    ) -> Self:
        """Open the desk in `folder`, making or migrating its file; `now` (aware) dates backups.

        `kind` is what the caller wants to find; a new desk becomes that ("real" unless said).
        `patience` is how many seconds a write waits for another program's. `mounts`, `steps` and
        `max_pages` let tests rehearse shares, versions and full disks.

        Raises:
            WorldError: a network share, a folder that cannot be written, a damaged or foreign
                file, one of a newer major version, a full disk, or a desk of the other kind.
                Nothing was touched.
        """
        guard.check_folder(folder, this_machine() if mounts is None else mounts)
        path = folder.resolve() / FILE
        version = guard.version_of(path)
        if version is not None:
            check_version(version, path, steps)
            if path.stat().st_size <= guard.SMALL:
                guard.check_sound(path)
        migrate(path, version, now, steps)
        replica = cls(Store(path, max_pages=max_pages, patience=patience))
        try:
            replica._settle_kind(kind)
        except BaseException:
            replica.close()
            raise
        return replica

    @property
    def kind(self) -> str:
        """Whether this is a "real" desk or a "demo"."""
        return self.meta("desk_kind")

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction: on the disk when the block ends; an exception takes all of it back.

        Raises:
            WorldError: it could not be written; nothing was.
        """
        with self._store.writing() as connection:
            yield Writing(connection)

    def meta(self, key: str, default: str = "") -> str:
        """A setting that belongs to the desk, not to the person."""
        with self._store.reading() as connection:
            found = connection.scalar(select(meta.c.value).where(meta.c.key == key))
        return default if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting of the desk."""
        statement = insert(meta).values(key=key, value=value)
        with self._store.writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
            )

    def sync_turn(self) -> SyncTurn | Refusal:
        """The turn to sync this desk; refused while another program has it.

        Raises:
            WorldError: the folder cannot be written.
        """
        return sync_turn(self.path.parent)

    def changed_elsewhere(self) -> bool:
        """Whether another program has written to the desk since this was last asked."""
        return self._store.changed_elsewhere()

    def verify(self) -> None:
        """Read the whole file and see that it is sound (about 100 MB a second).

        Raises:
            WorldError: it is damaged.
        """
        guard.check_sound(self.path)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _policies(self) -> PolicyBook:
        """The policies under which the sync works tickets out; the desk gives them as `book`."""
        if self.book is None:
            raise RuntimeError("this replica was given no policies")
        return self.book

    def _settle_kind(self, wanted: Kind | None) -> None:
        found = self.kind
        if not found:
            self.set_meta("desk_kind", wanted or "real")
        elif wanted and wanted != found:
            raise WorldError(
                tr(
                    "The desk in {parent} is a {found} desk; a {wanted} desk is wanted.",
                    parent=self.path.parent,
                    found=found,
                    wanted=wanted,
                ),
                safe=tr("Nothing was changed: demo and real tickets are never mixed."),
                todo=tr("Choose another folder with --data."),
            )

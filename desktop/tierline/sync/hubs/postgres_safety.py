"""What of a PostgreSQL hub's log is on a backup, and what moves out of the way."""

from __future__ import annotations

from tierline.sync.hubs.address import Address
from tierline.sync.hubs.backups import Archived, check_same
from tierline.sync.hubs.postgres_failures import not_a_hub
from tierline.sync.hubs.postgres_keeping import keeping
from tierline.sync.hubs.postgres_link import Password
from tierline.sync.hubs.postgres_schema import become_owner, version_of
from tierline.sync.hubs.proving import Proof

_CHUNK = 2000  # lines of one transaction: acts wait no longer than that
_OLD = """
SELECT h.first_seq, h.safe_seq, coalesce(
  (SELECT min(l.seq) FROM log l WHERE l.received_at >= now_us() - %s::bigint * 86400000000),
  h.seq + 1) FROM hub h"""


def mark_safe(address: Address, password: Password | None, proof: Proof) -> None:
    """Mark the lines of a proven backup as safe.

    Raises:
        WrongHubError: the backup is not of this log; nothing was marked.
    """
    with keeping(address, password) as base:
        if version_of(base) is None:
            raise not_a_hub(address)
        with base.transaction():
            become_owner(base)
            told = base.execute("SELECT hub_id, chain_at(%s) FROM hub", (proof.seq,)).fetchone()
            assert told is not None
            check_same(proof, *told)
            base.execute("SELECT mark_safe(%s)", (proof.seq,))


def archive(address: Address, password: Password | None, days: int) -> Archived:
    """Move the safe lines that are older than so many days, a chunk at a time."""
    with keeping(address, password) as base:
        if version_of(base) is None:
            raise not_a_hub(address)
        with base.transaction():
            become_owner(base)
            told = base.execute(_OLD, (days,)).fetchone()
        assert told is not None
        first, safe, end = told
        began, last = first, min(end, safe + 1)
        while first < last:
            with base.transaction():
                become_owner(base)
                wanted = min(first + _CHUNK, last)
                row = base.execute("SELECT archive(%s)", (wanted,)).fetchone()
            if row is None or not row[0]:
                break
            first += row[0]
    return Archived(first - began, first, max(0, end - max(first, safe + 1)))

"""`make torture`: as many simulated stories and as many minutes on a real server as one likes.

SEEDS and MINUTES come from the environment; SEED begins elsewhere.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time

from tests.sync.simulator.judge import wrong
from tests.sync.simulator.story import tell
from tests.sync.torture.ordeal import torture


def main() -> int:
    """Run both; 1 when anything was wrong."""
    first = int(os.environ.get("SEED") or random.SystemRandom().randrange(1_000_000_000))
    seeds = int(os.environ.get("SEEDS") or 2000)
    minutes = float(os.environ.get("MINUTES") or 1)
    print(f"SEED={first}: {seeds} simulated stories, then {minutes:g} minutes on a real server")
    bad = _stories(first, seeds)
    if minutes:
        report = torture(minutes * 60, first)
        print(report)
        bad += len(report.wrong)
    return 1 if bad else 0


def _stories(first: int, seeds: int) -> int:
    began, bad, acts = time.monotonic(), 0, 0
    with multiprocessing.Pool() as pool:
        told = pool.imap_unordered(_story, range(first, first + seeds), chunksize=10)
        for number, (seed, done, found) in enumerate(told, 1):
            acts += done
            if found:
                bad += 1
                print(f"seed {seed}:", *found[:5], sep="\n  ")
            if number % 500 == 0:
                print(
                    f"{number} stories, {acts} acts, {time.monotonic() - began:.0f} s", flush=True
                )
    print(f"{seeds} stories, {acts} acts, {bad} with something wrong")
    return bad


def _story(seed: int) -> tuple[int, int, list[str]]:
    try:
        with tell(seed) as told:
            return seed, len(told.ledger.acts), wrong(told)
    except Exception as error:  # noqa: BLE001 - one story must not end the others
        return seed, 0, [repr(error)]


if __name__ == "__main__":
    sys.exit(main())

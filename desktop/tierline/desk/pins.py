"""The PIN itself: which ones are refused, how one is hashed and compared. It is never kept.

Argon2id takes a tenth of a second on purpose; nothing here is called where someone waits to paint.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_SHORTEST, _LONGEST = 4, 8
FORM = f"A PIN has {_SHORTEST} to {_LONGEST} digits."


def digits(typed: str) -> str:
    """The PIN that was said, "" when it is none (only plain digits are, and only so many)."""
    said = typed.strip()
    plain = said.isascii() and said.isdigit() and _SHORTEST <= len(said) <= _LONGEST
    return said if plain else ""


def unfit(typed: str, reach: str = "") -> Refusal | None:
    """Why this is not taken as a PIN: no digits, too easy to guess, or part of a phone number."""
    pin = digits(typed)
    if not pin:
        return Refusal(FORM, tr("Ask for another one."), "pin")
    if _trivial(pin):
        return Refusal(
            tr("That PIN is too easy to guess."), tr("No rows, runs or pairs: ask anew."), "pin"
        )
    if pin in "".join(ch for ch in reach if ch.isdigit()):
        return Refusal(
            tr("That PIN is part of their telephone number."), tr("Ask for another one."), "pin"
        )
    return None


def hashed(pin: str) -> str:
    """What is kept of a PIN: an Argon2id hash with its salt and costs."""
    return _hasher().hash(pin)


def matches(kept: str, typed: str) -> bool:
    """Whether the PIN is the one that was hashed; a damaged hash matches nothing."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  (as below)

    try:
        return _hasher().verify(kept, typed)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return _hasher().check_needs_rehash(kept)


def _trivial(pin: str) -> bool:
    """Rows (0000, 7117), runs (1234, 9876, 8901), repeats (482482)."""
    if len(set(pin)) <= 2:
        return True
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1 and steps & {1, 9}:
        return True
    half, odd = divmod(len(pin), 2)
    return not odd and pin[:half] == pin[half:]


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415  (loads a library few commands need)

    return PasswordHasher()

"""Chance that comes out the same for the same words."""

from __future__ import annotations

import random


def chance(*words: object) -> random.Random:
    """A stream of chance made of these words, the same in every run and on every machine."""
    text = " ".join(str(word) for word in words)
    return random.Random(text)  # noqa: S311 - for stories, not for secrets

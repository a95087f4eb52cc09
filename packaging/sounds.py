"""Make the alarm sounds from sums of sines: `python packaging/sounds.py resources/sounds`."""

from __future__ import annotations

import math
import struct
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

RATE = 16_000
# name: (start s, length s, Hz, loudness 0..1) of each tone
SOUNDS = {
    "p1": ((0.0, 0.30, 587.33, 0.55), (0.16, 0.30, 783.99, 0.55), (0.32, 0.45, 987.77, 0.6)),
    "warning": ((0.0, 0.45, 659.26, 0.45), (0.09, 0.45, 523.25, 0.35)),
}
ATTACK = 0.012  # s: a hard start would click
OVERTONES = ((1, 1.0), (2, 0.28), (3, 0.09))


def tone(at: float, length: float, hertz: float, loud: float) -> float:
    """One struck tone at `at` seconds after its start, dying away; −1..1."""
    if not 0 <= at < length:
        return 0.0
    shape = min(at / ATTACK, 1.0) * math.exp(-6.0 * at / length) * (1.0 - at / length)
    wave_ = sum(part * math.sin(2 * math.pi * hertz * n * at) for n, part in OVERTONES)
    return loud * shape * wave_


def make(tones: tuple[tuple[float, float, float, float], ...]) -> Iterator[int]:
    """16-bit samples of all tones together."""
    end = max(start + length for start, length, _, _ in tones)
    for step in range(round(end * RATE)):
        at = step / RATE
        level = sum(tone(at - start, length, hz, loud) for start, length, hz, loud in tones)
        yield round(max(-1.0, min(1.0, level)) * 32_000)


def main(folder: Path) -> None:
    """Write every sound into `folder`."""
    for name, tones in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(b"".join(struct.pack("<h", each) for each in make(tones)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

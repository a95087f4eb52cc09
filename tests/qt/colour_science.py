"""Contrast and colour-blind distance by their published formulas, for checking the theme."""

from __future__ import annotations

import math

from PySide6.QtGui import QColor

Triple = tuple[float, float, float]

# Machado, Oliveira, Fernandes 2009, severity 1.0, applied to linear RGB.
MACHADO: dict[str, tuple[Triple, Triple, Triple]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: QColor) -> Triple:
    """A colour of the screen as linear light."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio."""
    bright = sorted(
        sum(w * c for w, c in zip(_TO_XYZ[1], linear(x), strict=True)) for x in (one, other)
    )
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def seen(colour: QColor, kind: str) -> Triple:
    """The colour as Lab, seen with a colour-vision deficiency."""
    light = _times(MACHADO[kind], linear(colour))
    return _lab((min(max(light[0], 0), 1), min(max(light[1], 0), 1), min(max(light[2], 0), 1)))


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    x, y, z = (sum(m * v for m, v in zip(line, vector, strict=True)) for line in matrix)
    return x, y, z


def _lab(light: Triple) -> Triple:
    scaled = (v / w for v, w in zip(_times(_TO_XYZ, light), _WHITE, strict=True))
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: Triple, other: Triple) -> float:
    """Colour difference after Sharma, Wu, Dalal 2005."""
    l1, a1, b1 = one
    l2, a2, b2 = other
    mean7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(mean7 / (mean7 + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1 = math.degrees(math.atan2(b1, a1 * stretch)) % 360
    h2 = math.degrees(math.atan2(b2, a2 * stretch)) % 360
    turn = _turn(h1, h2) if c1 * c2 else 0.0
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    s_c = 1 + 0.045 * mean_c
    s_h = 1 + 0.015 * mean_c * _weight(mean_h)
    twist = -math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    twist *= 2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    light, chroma, hued = (l2 - l1) / s_l, (c2 - c1) / s_c, hue / s_h
    return math.sqrt(light**2 + chroma**2 + hued**2 + twist * chroma * hued)


def _turn(h1: float, h2: float) -> float:
    return (h2 - h1 + 180) % 360 - 180


def _weight(mean: float) -> float:
    parts = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    return 1 + sum(size * math.cos(math.radians(times * mean + by)) for size, times, by in parts)

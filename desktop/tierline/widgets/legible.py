"""Whether a colour can be read on another: the contrast ratio of WCAG 2.2."""

from __future__ import annotations

from PySide6.QtGui import QColor

TEXT = 4.5
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def ratio(one: QColor, other: QColor) -> float:
    """From 1 (the same) to 21 (black and white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def first_legible(ground: QColor, *wishes: QColor) -> QColor:
    """The first of the wishes that can be read as text on `ground`, else black or white."""
    for wish in wishes:
        if ratio(wish, ground) >= TEXT:
            return wish
    return max((QColor("black"), QColor("white")), key=lambda each: ratio(each, ground))


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    light = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in parts)
    return sum(weight * part for weight, part in zip(_WEIGHTS, light, strict=True))

"""What a client's package has left, in one line: a sign, words and a bar; never colour alone."""

from __future__ import annotations

from tierline.desk.allowance import Allowance
from tierline.domain.countdown import Phase
from tierline.widgets import fonts
from tierline.widgets.bars import bar, filled_px
from tierline.widgets.brush import Brush

ICON, GAP, SPACE, WIDE, HIGH = 14, 5, 8, 36, 6
_SIGNS = {Phase.RUNNING: "hourglass", Phase.SOON: "triangle-alert", Phase.OVER: "octagon-alert"}


def package_phase(package: Allowance) -> Phase:
    """How it stands, in the terms of a clock: it runs, is low, or is over."""
    if package.over:
        return Phase.OVER
    return Phase.SOON if package.low else Phase.RUNNING


def package_wide(brush: Brush, package: Allowance) -> float:
    """How wide sign and words are, in px."""
    px, weight = brush.hub.px, _weight(package)
    return px(ICON + GAP + 1) + fonts.width(package.brief, px(12), weight)


def draw_package(brush: Brush, left: float, middle: float, room: float, package: Allowance) -> None:
    """Sign and words, cut at `room` px, then the share that is used where there is room for it."""
    px, theme, phase = brush.hub.px, brush.theme, package_phase(package)
    words = {Phase.SOON: theme.soon, Phase.OVER: theme.now}.get(phase, theme.ink2)
    sign = theme.ink3 if phase == Phase.RUNNING else words
    after = brush.icon(left, middle, _SIGNS[phase], ICON, sign) + px(GAP)
    after += brush.text(
        left + after, middle, package.brief, 12, words, _weight(package), room - after
    )
    if package.included and after + px(SPACE + WIDE) <= room:
        filled = filled_px(phase, package.used / package.included, WIDE)
        drawn = bar(phase, filled, theme, brush.hub.scale / 100, brush.dpr, WIDE, HIGH)
        brush.picture(left + after + px(SPACE), middle, drawn)


def _weight(package: Allowance) -> int:
    return fonts.MEDIUM if package.low or package.over else fonts.REGULAR

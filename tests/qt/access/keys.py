"""WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11: everything by keys, in reading order, and to be seen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from tests.qt.access.finding import Finding, described, seen
from tests.qt.access.names import focus_told
from tests.qt.colour_science import contrast

REACH, ORDER, SEEN = "by keys", "reading order", "focus to be seen"
MOST = 200
AROUND = 4  # px; the ring lies outside of what it frames
LEAST = 24  # pixels that change clearly; the ring of the smallest target has about 200
CLEAR = 3.0
LINE = 24  # px; what begins so near to the top is on the first line
_REASON = Qt.FocusReason.TabFocusReason


def audit(root: QWidget) -> Iterator[Finding]:
    """Tab goes to everything in `root` and on; Shift Tab goes back the same way."""
    stops = list(round_of(root, Qt.Key.Key_Tab))
    back = list(round_of(root, Qt.Key.Key_Backtab))
    for key, way in (("Tab", stops), ("Shift Tab", back)):
        if len(_wanted(root)) > 1 and way[1:] and way[-1] is way[-2]:
            yield Finding(REACH, described(way[-1]), f"{key} stays here for ever")
            return
    for widget in _wanted(root):
        if widget not in stops and widget.focusProxy() not in stops:
            yield Finding(REACH, described(widget), "Tab does not come here")
    for each in set(back) ^ set(stops):
        yield Finding(REACH, described(each), "Tab and Shift Tab go different ways")
    yield from _order(root, stops)


def round_of(root: QWidget, key: Qt.Key) -> Iterator[QWidget]:
    """What has the keys, one after the other, until it comes round."""
    first = QApplication.focusWidget()
    if first is None or not _in(root, first):
        first = next(iter(_wanted(root)), None)
        if first is None:
            return
        first.setFocus(_REASON)
        QApplication.processEvents()
        first = QApplication.focusWidget()
    now, before = first, None
    for _ in range(MOST):
        if now is None:
            return
        if _in(root, now):
            yield now
        if now is before:
            return  # it stays there: the second time says so
        QTest.keyClick(now, key)
        QApplication.processEvents()
        now, before = QApplication.focusWidget(), now
        if now is first and before is not first:
            return


def focus(root: QWidget) -> Iterator[Finding]:
    """Wherever the keys are, the picture shows it, and a screen reader is told."""
    window = root.window()
    stops = list(dict.fromkeys(round_of(root, Qt.Key.Key_Tab)))
    for widget in stops:
        widget.setFocus(_REASON)
        QApplication.processEvents()
        if QApplication.focusWidget() is not widget:
            continue
        yield from focus_told(root)
        box = _around(widget, window)
        with_keys = _grab(window, box)
        other = next((each for each in stops if each is not widget), None)
        if other is not None:
            other.setFocus(_REASON)
        else:
            widget.clearFocus()
        QApplication.processEvents()
        changed = _changed(with_keys, _grab(window, box))
        if changed < LEAST:
            said = f"only {changed} pixels show that the keys are here"
            yield Finding(SEEN, described(widget), said)


def _order(root: QWidget, stops: list[QWidget]) -> Iterator[Finding]:
    """From stop to stop it goes on, not back: right on a line, else down (left where mirrored).

    Only once does it begin again, at the top; and a column that is through may be followed by
    the next one.
    """
    pairs = list(zip(stops, [*stops[1:], *stops[:1]], strict=True))
    back = [
        pair
        for at, pair in enumerate(pairs)
        if _goes_back(root, *pair) and not _next_column(root, stops, at)
    ]
    top = min((_box(root, each).top() for each in stops), default=0)
    begun = [pair for pair in back if pair == pairs[-1] or _box(root, pair[1]).top() <= top + LINE]
    for one, other in back:
        if (one, other) not in begun[:1]:
            yield Finding(ORDER, described(other), f"comes after {described(one)}")


def _next_column(root: QWidget, stops: list[QWidget], at: int) -> bool:
    """Whether all that stands beside the next stop, in the place both are in, was gone through."""
    one, other = stops[at], stops[(at + 1) % len(stops)]
    _, b = _siblings(root, one, other)
    if b is None or (place := b.parentWidget()) is None:
        return False
    if root.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        return False  # only where one reads from the left
    edge = _box(root, b).left()
    before = [_box(root, each) for each in stops[: at + 1] if _in(place, each)]
    after = [_box(root, each) for each in stops[at + 1 :] if _in(place, each)]
    foot = max(box.bottom() for box in before)
    return all(box.right() < edge for box in before) and all(
        box.left() >= edge or box.top() > foot for box in after
    )


def _goes_back(root: QWidget, one: QWidget, other: QWidget) -> bool:
    a, b = _siblings(root, one, other)
    if a is None or b is None:
        return False
    mirrored = root.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _before(_box(root, b), _box(root, a), mirrored=mirrored)


def _before(one: QRect, other: QRect, *, mirrored: bool) -> bool:
    """Whether `one` is read before `other`, when they do not overlap."""
    if one.intersects(other):
        return False
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    if shared > min(one.height(), other.height()) / 2:
        return one.left() > other.right() if mirrored else one.right() < other.left()
    return one.bottom() < other.top() + 1


def _siblings(root: QWidget, one: QWidget, other: QWidget) -> tuple[QWidget | None, QWidget | None]:
    """The two parts of the innermost place both are in, of which each has one."""
    a, b = list(_up(root, one)), list(_up(root, other))
    common = next((each for each in a if each in b), None)
    if common is None or common is one or common is other:
        return None, None
    return a[a.index(common) - 1], b[b.index(common) - 1]


def _up(root: QWidget, widget: QWidget) -> Iterator[QWidget]:
    each: QWidget | None = widget
    while each is not None:
        yield each
        if each is root:
            return
        each = each.parentWidget()


def _wanted(root: QWidget) -> list[QWidget]:
    return [
        each
        for each in seen(root)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and each.isEnabled()
        and each.focusProxy() is None
        and not isinstance(each, QScrollBar)
        and not _other_of_group(each)
    ]


def _other_of_group(widget: QWidget) -> bool:
    """Of buttons that exclude each other Tab takes the chosen one; arrows go to the others."""
    exclusive = getattr(widget, "autoExclusive", lambda: False)()
    group = getattr(widget, "group", lambda: None)()
    grouped = exclusive or (group is not None and group.exclusive())
    return bool(grouped and not widget.isChecked())  # type: ignore[attr-defined]


def _in(root: QWidget, widget: QWidget) -> bool:
    return widget is root or root.isAncestorOf(widget)


def _box(root: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _around(widget: QWidget, window: QWidget) -> QRect:
    corner = widget.mapTo(window, QPoint(0, 0))
    box = QRect(corner, widget.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    return box.intersected(window.rect())


def _grab(window: QWidget, box: QRect) -> QImage:
    return window.grab(box).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _changed(one: QImage, other: QImage) -> int:
    """How many pixels differ so much that the difference is a part by itself."""
    if one.size() != other.size():
        return one.width() * one.height()
    a, b = (memoryview(each.constBits()).cast("I") for each in (one, other))
    pairs = {}
    for left, right in zip(a, b, strict=True):
        if left != right:
            pairs[left, right] = pairs.get((left, right), 0) + 1
    return sum(
        many
        for (left, right), many in pairs.items()
        if contrast(QColor.fromRgb(left), QColor.fromRgb(right)) >= CLEAR
    )

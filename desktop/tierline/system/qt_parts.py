"""What Qt needs of the machine on Linux: which shared libraries, and which package has each.

Asked before Qt is imported, so that a missing one is named with its package instead of ending the
program in a traceback, or (for the X11 plug-in) in an abort.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

_WINDOW = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
_WHERE = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_SONAME = re.compile(r"(lib[\w.+-]+\.so[\w.]*)")


class Missing(NamedTuple):
    """A library that is not there, and the Debian package that has it ("" when unknown)."""

    library: str
    package: str


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether there is somewhere to put a window; who names a Qt platform knows where."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in _WHERE)


def display_answers(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the display that the session names lets us in; Qt would end the program if not."""
    if not sys.platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return True
    wayland = environ.get("WAYLAND_DISPLAY") and _wayland_answers()
    return bool(wayland or (environ.get("DISPLAY") and _x11_answers()))


def missing(
    *,
    window: bool,
    environ: Mapping[str, str] = os.environ,
    loads: Callable[[str], bool] | None = None,
) -> tuple[Missing, ...]:
    """Libraries that Qt will miss here; for pictures only, unless a `window` is to be opened."""
    if not sys.platform.startswith("linux"):
        return ()
    try_it = loads or _loads
    wanted = dict(_WINDOW)
    if window:
        wanted |= _plugin(environ)
    return tuple(Missing(name, wanted[name]) for name in wanted if not try_it(name))


def blamed(error: ImportError) -> tuple[Missing, ...]:
    """The library that an import of Qt said it lacks; nothing when it lacks none."""
    found = _SONAME.search(str(error))
    if found is None or "cannot open shared object" not in str(error):
        return ()
    return (Missing(found[1], (_WINDOW | _X11 | _WAYLAND).get(found[1], "")),)


def advice(lacking: Iterable[Missing]) -> tuple[str, str]:
    """What is missing and what to do about it, in two sentences."""
    each = tuple(lacking)
    named = ", ".join(f"{m.library} ({m.package or 'package unknown'})" for m in each)
    packages = " ".join(dict.fromkeys(m.package for m in each if m.package))
    unknown = [m.library for m in each if not m.package]
    steps = [f"On Debian or Ubuntu: sudo apt install {packages}"] if packages else []
    steps += [f"Find the package that has {name}: apt-file search {name}" for name in unknown]
    return f"Qt cannot open a window here; the system lacks {named}.", " ".join(steps)


def _plugin(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The libraries of the plug-in that Qt will choose."""
    asked = environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if asked and asked not in ("xcb", "wayland"):
        return {}
    wayland = asked == "wayland" or (not asked and bool(environ.get("WAYLAND_DISPLAY")))
    return _WAYLAND if wayland else _X11


def _x11_answers() -> bool:
    import ctypes  # noqa: PLC0415  (only a window asks)

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # a missing library is told by its own name
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers() -> bool:
    import ctypes  # noqa: PLC0415  (only a window asks)

    try:
        client = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    client.wl_display_connect.restype = ctypes.c_void_p
    display = client.wl_display_connect(None)
    if display:
        client.wl_display_disconnect(ctypes.c_void_p(display))
    return bool(display)


def _loads(library: str) -> bool:
    import ctypes  # noqa: PLC0415  (only a window asks)

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True

"""Whether this desktop has a tray, asked without Qt: a service on the bus, or an X panel."""

from __future__ import annotations

import ctypes
import os
import sys

from tierline.system.session_bus import NoAnswerError, SessionBus

WATCHER = "org.kde.StatusNotifierWatcher"
_PANEL = "_NET_SYSTEM_TRAY_S{screen}"


class _Cookie(ctypes.Structure):
    _fields_ = [("sequence", ctypes.c_uint)]


class _Reply(ctypes.Structure):
    """What intern_atom and get_selection_owner answer: a number after the common head."""

    _fields_ = [("head", ctypes.c_uint8 * 8), ("value", ctypes.c_uint32)]


def has_tray() -> bool:
    """Whether an icon in the tray could be seen. It may hang with a dead bus: see `within`."""
    if not sys.platform.startswith("linux"):
        return True  # a part of the system
    return _on_the_bus() or _on_x11()


def _on_the_bus() -> bool:
    try:
        bus = SessionBus()
    except NoAnswerError:
        return False
    try:
        return bus.owned(WATCHER)
    except NoAnswerError:
        return False
    finally:
        bus.close()


def _on_x11() -> bool:
    """Older panels own a selection of the X screen."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        libc = ctypes.CDLL(None)
    except OSError:
        return False
    _declare(xcb, libc)
    screen = ctypes.c_int(0)
    connection = ctypes.c_void_p(xcb.xcb_connect(None, ctypes.byref(screen)))
    try:
        if xcb.xcb_connection_has_error(connection):
            return False
        return _owned(xcb, libc, connection, _PANEL.format(screen=screen.value).encode())
    finally:
        xcb.xcb_disconnect(connection)


def _owned(xcb: ctypes.CDLL, libc: ctypes.CDLL, connection: ctypes.c_void_p, name: bytes) -> bool:
    atom = _value(
        libc,
        xcb.xcb_intern_atom_reply(
            connection, xcb.xcb_intern_atom(connection, 1, len(name), name), None
        ),
    )
    if not atom:
        return False
    asked = xcb.xcb_get_selection_owner(connection, atom)
    return bool(_value(libc, xcb.xcb_get_selection_owner_reply(connection, asked, None)))


def _value(libc: ctypes.CDLL, reply: int | None) -> int:
    if not reply:
        return 0
    found = int(_Reply.from_address(reply).value)
    libc.free(reply)
    return found


def _declare(xcb: ctypes.CDLL, libc: ctypes.CDLL) -> None:
    pointer = ctypes.c_void_p
    xcb.xcb_connect.restype = pointer
    xcb.xcb_intern_atom.argtypes = [pointer, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p]
    xcb.xcb_get_selection_owner.argtypes = [pointer, ctypes.c_uint32]
    for name in ("intern_atom", "get_selection_owner"):
        getattr(xcb, f"xcb_{name}").restype = _Cookie
        reply = getattr(xcb, f"xcb_{name}_reply")
        reply.argtypes, reply.restype = [pointer, _Cookie, pointer], pointer
    libc.free.argtypes = [pointer]

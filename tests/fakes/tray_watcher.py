"""A desktop's watcher of tray icons on a private D-Bus: programs see a tray where it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import Proxy, open_dbus_connection

from tierline.system.tray_host import WATCHER

_ANSWERS = {"IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}


@contextmanager
def watcher(address: str) -> Iterator[list[str]]:
    """Runs until the end of the block; the names of the icons that were registered."""
    icons: list[str] = []
    link = open_dbus_connection(bus=address)
    Proxy(message_bus, link).RequestName(WATCHER)
    thread = threading.Thread(target=_serve, args=(link, icons), daemon=True)
    thread.start()
    try:
        yield icons
    finally:
        with open_dbus_connection(bus=address) as other:
            other.send(_call("Stop"))
            thread.join()
        link.close()


def _call(method: str) -> Any:
    return new_method_call(DBusAddress("/StatusNotifierWatcher", WATCHER, WATCHER), method)


def _serve(link: Any, icons: list[str]) -> None:
    while True:
        asked = link.receive()
        if asked.header.message_type != MessageType.method_call:
            continue
        method = asked.header.fields.get(HeaderFields.member)
        if method == "Stop":
            return
        if method == "Get":
            answer = _ANSWERS.get(asked.body[1], ("s", ""))
            link.send(new_method_return(asked, "v", (answer,)))
        elif method == "GetAll":
            link.send(new_method_return(asked, "a{sv}", (_ANSWERS,)))
        else:
            icons += [str(asked.body[0])] if method == "RegisterStatusNotifierItem" else []
            link.send(new_method_return(asked))

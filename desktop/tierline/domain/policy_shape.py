"""Why a file does not have the shape of a policy: every unknown key and wrong type, not just one.

Only walked when the quick conversion has failed, so it may take its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeGuard, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from tierline.domain.policy_findings import Findings, one_of

_WORDS: dict[Any, str] = {
    str: 'text in quotes, like "desk"',
    int: "a whole number, like 4",
    float: "a number, like 0.8",
    bool: "true or false",
    date: "a date without quotes, like 2026-10-01",
}


class ShapeFindings(Findings):
    """Findings that remember where unknown keys stand, so that one can go on without them."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.unknown: list[tuple[dict[str, Any], str]] = []

    def drop_unknown(self) -> None:
        """Take the unknown keys out of the data that was walked."""
        for table, name in self.unknown:
            del table[name]


def shape_findings(data: dict[str, Any], shape: type[msgspec.Struct]) -> ShapeFindings:
    """All places where the data does not have the shape."""
    found = ShapeFindings()
    _table(found, "", data, shape)
    return found


def _walk(found: ShapeFindings, key: str, value: object, shape: object) -> None:
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        _walk(found, key, value, _member(value, get_args(shape)))
    elif _is_table(shape):
        _table(found, key, value, shape)
    elif origin is dict:
        _entries(found, key, value, *get_args(shape))
    elif origin is tuple:
        _list(found, key, value, get_args(shape))
    else:
        _leaf(found, key, value, shape)


def _table(found: ShapeFindings, key: str, value: object, shape: type[msgspec.Struct]) -> None:
    if not isinstance(value, dict):
        found.add(key, value, "a table of its own, with named values")
        return
    known = _fields(shape)
    for name, entry in value.items():
        if name in known:
            _walk(found, _under(key, name), entry, known[name].type)
        else:
            right = one_of(name, known, "keys known here")
            found.add(_under(key, name), entry, f"unknown key; {right}")
            found.unknown.append((value, name))
    for name, field in known.items():
        if field.required and name not in value:
            found.add(_under(key, name), None, f"it must be there: {describe(field.type)}")


def _entries(found: ShapeFindings, key: str, value: object, names: object, shape: object) -> None:
    if not isinstance(value, dict):
        found.add(key, value, "a table of its own, with named values")
        return
    allowed = get_args(names) if get_origin(names) is Literal else None
    for name, entry in value.items():
        if allowed and name not in allowed:
            found.add(_under(key, name), name, one_of(name, allowed, "one of"))
        else:
            _walk(found, _under(key, name), entry, shape)


def _list(found: ShapeFindings, key: str, value: object, shapes: tuple[object, ...]) -> None:
    if isinstance(value, str) or not isinstance(value, Sequence):
        found.add(key, value, f"a list in brackets of {describe(shapes[0])}")
        return
    if shapes[-1] is Ellipsis:
        shapes = (shapes[0],) * len(value)
    elif len(shapes) != len(value):
        found.add(key, value, f"exactly {len(shapes)} values, each {describe(shapes[0])}")
        return
    for place, (entry, shape) in enumerate(zip(value, shapes, strict=True), start=1):
        _walk(found, f"{key}[{place}]", entry, shape)


def _leaf(found: ShapeFindings, key: str, value: object, shape: object) -> None:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        if get_origin(shape) is Literal and isinstance(value, str):
            found.add(key, value, one_of(value, get_args(shape), "one of"))
        else:
            found.add(key, value, describe(shape))


def describe(shape: object) -> str:
    """What may stand there, in words."""
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        members = [member for member in get_args(shape) if member is not NoneType]
        return " or ".join(describe(member) for member in members)
    if origin is Literal:
        return "one of: " + ", ".join(f'"{name}"' for name in get_args(shape) if name)
    if origin is tuple:
        return f"a list of {describe(get_args(shape)[0])}"
    return _WORDS.get(shape, "a table")


def _member(value: object, members: tuple[object, ...]) -> object:
    """The member of a union that the value was meant to be."""
    tables = [member for member in members if _is_table(member)]
    if tables and isinstance(value, dict):
        return tables[0]
    plain = [member for member in members if member is not NoneType and not _is_table(member)]
    return plain[0] if plain else tables[0]


def _is_table(shape: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)


@cache
def _fields(shape: type[msgspec.Struct]) -> dict[str, FieldInfo]:
    return {field.encode_name: field for field in fields(shape)}


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name

"""One of several: by position, by key, by its words or the beginning of them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from tierline.cli.call import Call, RefusedError


def choose(typed: str, choices: Mapping[str, str], what: str, field: str) -> str:
    """The key that was meant; `choices` are keys with their words, in the order people see them.

    Raises:
        RefusedError: none was meant, or more than one; it lists them all.
    """
    asked = typed.strip().casefold()
    if asked.isdecimal() and 0 < int(asked) <= len(choices):
        return list(choices)[int(asked) - 1]
    for exact in (asked, asked.replace(" ", "-")):
        if exact in choices:
            return exact
    words = {key: word.casefold() for key, word in choices.items()}
    same = [key for key, word in words.items() if word == asked]
    begun = [k for k, word in words.items() if asked and (k + "\n" + word).find(asked) >= 0]
    found = same or begun
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{n} {key}: {word}" for n, (key, word) in enumerate(choices.items(), 1))
    said = f'"{typed}" is no {what}.' if asked else f"The {what} is missing."
    if len(found) > 1:
        said = f'"{typed}" can mean {len(found)} of them.'
    raise RefusedError(said, f"Choose one: {listed or 'there is none'}.", field)


def person(call: Call, typed: str) -> str:
    """The id of a colleague, by id or name; "me" is who acts.

    Raises:
        RefusedError: nobody here is called that, and nobody of that name holds a ticket.
    """
    asked = typed.strip()
    if asked.casefold() == "me":
        return call.desk.me
    directory = call.desk.replica.directory
    known = directory.person(asked)
    if known or not asked:
        return known.id if known else ""
    people = directory.people()
    by_word = {word.casefold(): p.id for p in people for word in (p.id, p.name)}
    begun = {p.id for p in people if p.name.casefold().startswith(asked.casefold())}
    if asked.casefold() in by_word:
        return by_word[asked.casefold()]
    if len(begun) == 1:
        return begun.pop()
    if not people or asked in call.desk.people.load():
        return asked
    near = get_close_matches(asked.casefold(), list(by_word), n=3, cutoff=0.5)
    names = dict.fromkeys(by_word[each] for each in near) or [p.id for p in people[:8]]
    listed = ", ".join(f"{each} ({call.desk.people.name(each)})" for each in names)
    raise RefusedError(f'Nobody here is called "{asked}".', f"Name one of: {listed}.", "assignee")

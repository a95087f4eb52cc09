"""Files on tickets: put one there, list them, save them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from tierline.cli import safe
from tierline.cli.acting import act
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import program
from tierline.cli.moments import iso
from tierline.cli.registry import command
from tierline.cli.words import Number
from tierline.desk.attaching import files_in
from tierline.desk.timeline import Entry
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.attaching import file_name, size_word
from tierline.domain.errors import Refusal
from tierline.domain.events import Attached
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

_HEADS = ("Name", "Size", "By", "When", "Here")


@command(
    program,
    "attach",
    "tierline attach 12376 photo.jpg",
    'tierline attach 12376 spooler.log --text "After the restart"',
)
def attach(
    call: Call,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; a copy is kept.")],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What it shows.")] = "",
) -> None:
    """Put a file on a ticket."""

    def taken_in(ticket: Ticket, _: Policy) -> cmd.Command:
        answer = call.desk.attachments.take_in(ticket.id, file.expanduser())
        if isinstance(answer, Refusal):
            raise RefusedError(answer)
        return msgspec.structs.replace(answer, text=text)

    act(call, number, taken_in)


@command(
    program,
    "attachments",
    "tierline attachments 12376",
    "tierline attachments 12376 --save photos",
)
def attachments(
    call: Call,
    number: Number,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="DIR", help="Save them there; nothing is replaced."),
    ] = None,
) -> None:
    """List the files of a ticket, or save them."""
    stored = call.ticket(number)
    view = call.desk.open_ticket(stored.ticket.id)
    found = files_in(view.timeline) if view else ()
    if save is not None:
        _save(call, found, save.expanduser())
    elif call.out.json:
        call.out.data([_data(each, each.file) for each in found if each.file])
    elif not found:
        call.out.say("No files.")
    else:
        rows = [_row(call, each, each.file) for each in found if each.file]
        call.out.table(_HEADS, rows, flexible=(0,), right=(1,))


def _save(call: Call, found: tuple[Entry, ...], folder: Path) -> None:
    """Save what is here; what is not is fetched by the next sync.

    Raises:
        RefusedError: the folder is none, or some are away.
    """
    if not folder.is_dir():
        raise RefusedError(f"{folder} is no folder.", "Make it, or name another.", "save")
    desk_files, away = call.desk.attachments, []
    saved = []
    for entry in found:
        if entry.file is None:
            continue
        if entry.away:
            desk_files.fetch(entry.file)
            away.append(file_name(entry.file.name))
        else:
            saved.append(str(desk_files.save(entry.file, folder)))
    if call.out.json and not away:
        call.out.data({"saved": saved})
    elif not call.out.json:
        call.out.say("\n".join(f"Saved {each}" for each in saved) or "No files were saved.")
    if away:
        names = ", ".join(safe.line(each) for each in away)
        raise RefusedError(
            f"Not here yet: {names}.", "Fetch from the shared desk: tierline sync; then save again."
        )


def _row(call: Call, entry: Entry, file: Attached) -> tuple[str, ...]:
    who = entry.who or entry.by
    told = when(entry.at, call.now, call.desk.zone)
    here = "not yet" if entry.away else "yes"
    return file_name(file.name), size_word(file.size), who, told, here


def _data(entry: Entry, file: Attached) -> dict[str, Any]:
    return {
        "name": file_name(file.name),
        "size": file.size,
        "sha256": file.sha256,
        "media": file.media,
        "text": file.text,
        "by": entry.by,
        "at": iso(entry.at),
        "here": not entry.away,
    }

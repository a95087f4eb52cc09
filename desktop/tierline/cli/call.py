"""One run of a command: the options that all share, the desk it opens, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from tierline.app.opening import open_desk
from tierline.cli.moments import instant
from tierline.cli.output import Out
from tierline.desk.desk import Desk
from tierline.desk.past import as_it_stood
from tierline.domain.errors import Refusal
from tierline.storage.records import Stored
from tierline.storage.replica import FILE, Kind
from tierline.system import paths
from tierline.system.settings import Settings


class RefusedError(Exception):
    """Carries a refusal to where commands end."""

    def __init__(self, what: Refusal | str, todo: str = "", field: str = "") -> None:
        """Take a refusal, or its sentences."""
        refusal = what if isinstance(what, Refusal) else Refusal(what, todo, field)
        super().__init__(str(refusal))
        self.refusal = refusal


def refusal_of(wrong: ValueError, field: str) -> RefusedError:
    """A refusal from an error whose message says what is wrong, then what would be right."""
    what, _, todo = re.sub(r"[.;] ", "\n", str(wrong), count=1).partition("\n")
    return RefusedError(f"{what.rstrip('.')}.", f"{todo[:1].upper()}{todo[1:].rstrip('.')}.", field)


class DeskClock:
    """The machine's time, or the instant that `--now` fixed."""

    def __init__(self) -> None:
        """Follow the machine."""
        self.fixed: datetime | None = None
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """Aware UTC."""
        return self.fixed or datetime.now(UTC) + self._ahead

    def go_on(self) -> None:
        """From a fixed instant on, let time pass again."""
        if self.fixed is not None:
            self._ahead, self.fixed = self.fixed - datetime.now(UTC), None


@dataclass(frozen=True)
class Options:
    """What was said before or after the command's name; the latter wins."""

    data: Path | None = None
    json: bool = False
    now: str = ""
    me: str = ""
    language: str = ""  # of the windows; commands speak English

    def over(self, other: Options) -> Options:
        """These options, and the other ones where these say nothing."""
        return Options(
            self.data or other.data,
            self.json or other.json,
            self.now or other.now,
            self.me or other.me,
            self.language or other.language,
        )


@dataclass
class Call:
    """What a command works with. The desk is opened when first asked for."""

    options: Options
    clock: DeskClock = field(default_factory=DeskClock)
    _desk: Desk | None = None

    @cached_property
    def out(self) -> Out:
        """Where answers go."""
        return Out(json=self.options.json)

    @cached_property
    def settings(self) -> Settings:
        """What the person chose; a file that had to be set aside is told at once."""
        settings = Settings()
        if settings.problem:
            self.out.hint(settings.problem)
        return settings

    @property
    def folder(self) -> Path:
        """The desk's folder."""
        return paths.data_dir(self.options.data)

    @property
    def desk(self) -> Desk:
        """The desk, open, with its clock set to `--now`."""
        return self._desk or self.open()

    @property
    def now(self) -> datetime:
        """The instant that is answered for, aware UTC."""
        return self.clock()

    def open(self, kind: Kind | None = None) -> Desk:
        """Open the desk; `kind` is what must be found there."""
        asked = self.options.me
        new = not (self.folder / FILE).exists()
        desk = open_desk(
            self.folder, self.clock, me=asked or self.settings.get("me", ""), kind=kind
        )
        if new:
            self.out.hint(f"A new desk was made in {self.folder}.")
        return self.adopt(desk)

    def again(self) -> Desk:
        """Open the desk anew: it is another one since it was joined."""
        self.close()
        return self.open()

    def adopt(self, desk: Desk) -> Desk:
        """Use this desk, and close it at the end."""
        self._desk = desk
        self.fix_now(desk.zone)
        self._check_me(desk)
        return desk

    def fix_now(self, zone: ZoneInfo) -> None:
        """Let the clock stand at `--now`, if that was said."""
        if self.options.now and self.clock.fixed is None:
            self.clock.fixed = self.instant(self.options.now, "--now", zone)

    def instant(self, text: str, option: str, zone: ZoneInfo | None = None) -> datetime:
        """The instant a person typed, in the desk's zone unless another is given."""
        try:
            return instant(text, zone or self.desk.zone, self.clock())
        except ValueError as wrong:
            raise typer.BadParameter(str(wrong), param_hint=option) from None

    def ticket(self, number: str) -> Stored:
        """The ticket of a typed number."""
        tickets = self.desk.replica.tickets
        found = [tickets.get(each) for each in tickets.ids_of_number(number)]
        meant = [each for each in found if each is not None]
        if not meant:
            todo = "Check the number, or look for words of it: tierline search WORDS."
            raise RefusedError(f'There is no ticket "{number}".', todo, "number")
        if len(meant) > 1:
            whole = ", ".join(each.ticket.number for each in meant)
            raise RefusedError(
                f'"{number}" can mean {len(meant)} tickets.', f"One of: {whole}.", "number"
            )
        return meant[0]

    def as_asked(self) -> AbstractContextManager[Desk]:
        """The desk to read from: as it stood at `--now`, if that was said and is gone by."""
        return as_it_stood(self.desk) if self.options.now else nullcontext(self.desk)

    def _check_me(self, desk: Desk) -> None:
        """A name that nobody here has is a newcomer's, unless it looks like a slip."""
        asked, people = self.options.me.strip(), desk.replica.directory.people()
        if not asked or desk.people.get(desk.me):
            return
        names = {word.casefold(): each.id for each in people for word in (each.id, each.name)}
        for near in get_close_matches(asked.casefold(), list(names), n=1, cutoff=0.75):
            known = f"{names[near]} ({desk.people.name(names[near])})"
            raise RefusedError(f'Nobody here is called "{asked}".', f"Did you mean {known}?", "me")

    def close(self) -> None:
        """Let go of the desk."""
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.replica.close()


@contextmanager
def started(options: Options) -> Iterator[Call]:
    """A call that is closed at the end, however it ends."""
    call = Call(options)
    try:
        yield call
    finally:
        call.close()

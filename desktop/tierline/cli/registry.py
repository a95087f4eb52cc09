"""Turns a function into a command: shared options, examples in its help, and how it may end."""

from __future__ import annotations

import inspect
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from tierline.cli.call import Call, Options, RefusedError, started
from tierline.domain.errors import WorldError
from tierline.system import logs

REFUSED, BROKE, STOPPED = 1, 70, 130
_log = logging.getLogger(__name__)

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The desk's folder.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Now = Annotated[
    str,
    typer.Option(
        "--now",
        metavar="WHEN",
        help="Answer as of an instant (ISO, or desk time).",
        show_default=False,
    ),
]
Me = Annotated[
    str,
    typer.Option("--me", metavar="PERSON", help="Who acts, by id or name.", show_default=False),
]
_SHARED: dict[str, tuple[Any, Any]] = {
    "data": (Data, None),
    "json": (Json, False),
    "now": (Now, ""),
    "me": (Me, ""),
}


def command(
    group: typer.Typer,
    name: str,
    *examples: str,
    **more: Any,  # noqa: ANN401  (handed on to Typer)
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make `work(call, …)` the command `name`; its docstring is its help, ended by `examples`."""

    def register(work: Callable[..., None]) -> Callable[..., None]:
        group.command(name, epilog=_told(examples), **more)(_shared(work))
        return work

    return register


def options_of(ctx: typer.Context, shared: dict[str, Any]) -> Options:
    """The shared options as said here, and as said before the command's name."""
    before = ctx.obj if isinstance(ctx.obj, Options) else Options()
    return Options(**shared).over(before)


@contextmanager
def ending(options: Options) -> Iterator[Call]:
    """Run a command's work; every way it can end becomes a sentence and an exit code."""
    log = logs.set_up()
    try:
        with started(options) as call, _ends(call, log):
            yield call
            sys.stdout.flush()
    finally:
        logs.tear_down()


@contextmanager
def _ends(call: Call, log: Path | None) -> Iterator[None]:
    try:
        yield
    except RefusedError as refused:
        call.out.refused(refused.refusal)
        raise typer.Exit(REFUSED) from None
    except WorldError as failed:
        call.out.failed(failed)
        raise typer.Exit(REFUSED) from None
    except KeyboardInterrupt:
        call.out.hint("Stopped; what was said to be done is kept.")
        raise typer.Exit(STOPPED) from None
    except BrokenPipeError:
        _hush()
        raise typer.Exit(0) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as bug:
        where = _kept(bug, log)
        call.out.broke(f"Tierline made a mistake ({type(bug).__name__}); no ticket is lost.", where)
        raise typer.Exit(BROKE) from bug


def _kept(bug: Exception, log: Path | None) -> str:
    """Write the mistake to the log, or to stderr where there is none; say where it is."""
    _log.error("a command broke\n%s", logs.trace(bug))
    if log is None:
        traceback.print_tb(bug.__traceback__)
        return "The log folder cannot be written, so the details are above."
    return f"The details are in {log}."


def _hush() -> None:
    """Whoever read our output is gone: let nothing complain about it while the process ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _shared(work: Callable[..., None]) -> Callable[..., None]:
    """`work` with the shared options in its signature; `call` is made of them."""

    @wraps(work)
    def run(ctx: typer.Context, **told: Any) -> None:  # noqa: ANN401  (what Typer parsed)
        shared = {name: told.pop(name) for name in _SHARED}
        with ending(options_of(ctx, shared)) as call:
            work(call, **told)

    hints = get_type_hints(work, include_extras=True)
    own = [p.replace(annotation=hints[p.name]) for p in inspect.signature(work).parameters.values()]
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(p.replace(kind=kind) for p in own[1:]),
        *(
            inspect.Parameter(name, kind, default=default, annotation=hint)
            for name, (hint, default) in _SHARED.items()
        ),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    del run.__wrapped__
    return run


def _told(examples: tuple[str, ...]) -> str | None:
    """Examples as the end of a help page, a line each."""
    if not examples:
        return None
    return "\b\nExamples:\n" + "\n".join(f"  {each}" for each in examples)

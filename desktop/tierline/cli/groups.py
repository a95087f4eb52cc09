"""The command line's two levels: `tierline …`, and `tierline policy …` and the like."""

from __future__ import annotations

import typer

_PLAIN: dict[str, object] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
program = typer.Typer(
    name="tierline",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings=_PLAIN,
)
policy = typer.Typer(
    name="policy",
    help="Policies: what is promised, and how the desk works.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_PLAIN,
)
pin = typer.Typer(
    name="pin",
    help="A contact's PIN: set it, check it. It is asked for, never given as an argument.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_PLAIN,
)
hub = typer.Typer(
    name="hub",
    help="The shared desk: make it, let people in, prove it whole. Passwords are asked for.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_PLAIN,
)
alarms = typer.Typer(
    name="alarms",
    help="Alarms: put one off, acknowledge one, list the noisiest.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_PLAIN,
)
visit = typer.Typer(
    name="visit",
    help="Visits: plan one, travel, be on site, parts, sign-off.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_PLAIN,
)

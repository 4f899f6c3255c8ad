"""Commands whose help is written in English and shown in the language of the moment.

A command is defined when its module is imported, long before somebody asks for help; so its texts stay English
message ids, marked with `later`, until they are shown. Click's own words ("Usage:", "No such option") go through the
standard library's gettext; `speak` points that at our catalogue.
"""

import copy
import gettext
import os
from collections.abc import Sequence
from importlib import resources

import click

from resilience.base.language import DOMAIN, LANGUAGES, Language, _, set_language

LANGUAGE_VARIABLE = "RESILIENCE_LANG"


def later(message: str) -> str:
    """Mark *message* for translation at the moment it is shown; returns it unchanged."""
    return message


def now(message: str) -> str:
    """Return the translation of *message*; empty stays empty (gettext answers it with the catalogue's header)."""
    return _(message) if message else ""


def speak(chosen: Language) -> None:
    """Let our texts and those of click be in *chosen* from now on."""
    set_language(chosen)
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(DOMAIN, str(resources.files("resilience").joinpath("locale")))
    gettext.textdomain(DOMAIN)


def language_first(arguments: Sequence[str]) -> list[str]:
    """Return *arguments* with ``--lang`` and its value, wherever they stand before ``--``, in front."""
    ours = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    rest = list(arguments[len(ours) :])
    chosen: list[str] = []
    others: list[str] = []
    words = iter(ours)
    for word in words:
        if word == "--lang":
            chosen += [word, *[value for value in [next(words, None)] if value is not None]]
        elif word.startswith("--lang="):
            chosen.append(word)
        else:
            others.append(word)
    return chosen + others + rest


def chosen_language(arguments: Sequence[str]) -> Language:
    """Return the language that *arguments* (in the order of `language_first`) or the environment ask for.

    A language that does not exist counts as not asked for; click refuses it when it reads the option.
    """
    asked = os.environ.get(LANGUAGE_VARIABLE, "")
    if arguments[:1] == ["--lang"]:
        asked = arguments[1] if len(arguments) > 1 else ""
    elif arguments and arguments[0].startswith("--lang="):
        asked = arguments[0].partition("=")[2]
    return next((known for known in LANGUAGES if known == asked), LANGUAGES[0])


class Command(click.Command):
    """A command that translates its help when it is shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line for the list of commands."""
        return click.Command.get_short_help_str(_shown(self), limit)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words of the usage line."""
        return [now(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help text."""
        click.Command.format_help_text(_shown(self), ctx, formatter)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the positional arguments that have a text."""
        click.Command.format_arguments(_shown(self), ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        click.Command.format_options(_shown(self), ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        click.Command.format_epilog(_shown(self), ctx, formatter)


class Group(Command, click.Group):
    """A group of such commands; asked for without a command, it shows its help."""

    command_class = Command
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands the context over
        """Return the names in the order in which they are defined: the one to begin with first."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read *args*; nothing at all means ``--help``."""
        return super().parse_args(ctx, args or ["--help"])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _shown(command: click.Command) -> click.Command:
    """Return a copy of *command* with every text in the language of now; the command itself stays as it is."""
    shown = copy.copy(command)
    shown.help = now(command.help) if command.help else command.help
    shown.short_help = now(command.short_help) if command.short_help else command.short_help
    shown.epilog = now(command.epilog) if command.epilog else command.epilog
    shown._help_option = None  # noqa: SLF001 - click keeps the one it made, in the language of that moment
    shown.params = [_shown_parameter(parameter) for parameter in command.params]
    return shown


def _shown_parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, (click.Option, click.Argument)) or not parameter.help:
        return parameter
    shown = copy.copy(parameter)
    shown.help = now(parameter.help)
    return shown

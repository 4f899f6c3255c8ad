"""The `resilience` command: its groups are loaded when they are asked for, so that help is there at once."""

import sys
from importlib import import_module
from typing import NamedTuple

import click

from resilience.base.language import LANGUAGES
from resilience.cli import diagnostics, output
from resilience.cli.translated import LANGUAGE_VARIABLE, Group, chosen_language, language_first, later, now, speak


class Entry(NamedTuple):
    """Where a command lives (``module:attribute``) and its line in the list of commands."""

    target: str
    summary: str


COMMANDS = {
    "demo": Entry(
        "resilience.cli.demo:demo",
        later("Show in one go what the program does, on a bundled city and scenario."),
    ),
    "city": Entry(
        "resilience.cli.city.group:city",
        later("Check, search and compare the map of a city's digital chain."),
    ),
    "scenario": Entry(
        "resilience.cli.scenario.group:scenario",
        later("List, check and show scenarios."),
    ),
    "simulate": Entry(
        "resilience.cli.runs.simulate:simulate",
        later("Compute what an incident does to the city, hour by hour."),
    ),
    "sweep": Entry(
        "resilience.cli.runs.sweep:sweep",
        later("Lose every component, or every pair, and show what that does to the city functions."),
    ),
    "rank": Entry(
        "resilience.cli.runs.rank:rank",
        later("Show the weak points of a city, what hurts residents most first."),
    ),
    "inoperability": Entry(
        "resilience.cli.runs.inoperability:inoperability",
        later("Compute what sectors lose when others pass on their loss."),
    ),
    "advice": Entry(
        "resilience.cli.scenario.advice:advice",
        later("Tell which channels still work and what people can do, given what is down."),
    ),
    "montecarlo": Entry(
        "resilience.cli.runs.montecarlo:montecarlo",
        later("Run a scenario many times: how outcomes spread, and what makes the worst of them."),
    ),
    "question": Entry(
        "resilience.cli.runs.question:question",
        later("Find the next questions for partners whose answers change the outcome most."),
    ),
    "measures": Entry(
        "resilience.cli.runs.measures:measures",
        later("Show what each measure saves, and what is best for your money."),
    ),
    "exercise": Entry(
        "resilience.cli.exercise.group:exercise",
        later("Prepare, run and evaluate a crisis exercise."),
    ),
    "report": Entry(
        "resilience.cli.report:report",
        later("Write reports about a simulation or an exercise."),
    ),
}


class Root(Group):
    """The group of all groups; knows them by name only, until one is used."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Choose the language before anything else, so that help and refusals are in it too."""
        ordered = language_first(args)
        speak(chosen_language(ordered))
        return super().parse_args(ctx, ordered)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands the context over
        """Return the names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """Import and return one command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _colon, attribute = entry.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            message = f"{entry.target} is not a click command"
            raise TypeError(message)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown name is answered with the nearest known ones."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        """Write the list of commands without importing any."""
        with formatter.section(now("Commands")):
            formatter.write_dl([(name, now(entry.summary)) for name, entry in COMMANDS.items()])


@click.group(
    cls=Root,
    name="resilience",
    help=later(
        "Map the digital chain behind a city, compute what a cyber incident does to it, and practise on that model.\n\n"
        "Start with: resilience demo"
    ),
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar=LANGUAGE_VARIABLE,
    show_envvar=True,
    default=LANGUAGES[0],
    show_default=True,
    expose_value=False,
    help=later("Language of what is shown; may also stand after the command."),
)
@click.version_option(
    None,
    "--version",
    package_name="keten-resilience",
    prog_name="resilience",
    message="%(prog)s %(version)s",
    help=later("Show the version and exit."),
)
def cli() -> None:
    """Only the groups below do something."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    output.use_utf8()
    output.show_progress()
    sys.exit(diagnostics.run(lambda: cli.main(prog_name="resilience", standalone_mode=False)))

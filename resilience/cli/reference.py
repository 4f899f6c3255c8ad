"""The reference of all commands, written from their own help so that the two cannot differ.

`make docs` runs this module; a test asserts that the written pages are current.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from resilience.base.files import write_text
from resilience.base.language import LANGUAGES, Language, _
from resilience.cli.main import cli
from resilience.cli.translated import speak

WIDTH = 96


def reference(language: Language) -> str:
    """Return the page in *language*, in Markdown: one chapter for each command with its help."""
    speak(language)
    title = _("Commands of resilience")
    made = _("Written from the help of each command by `make docs`.")
    chapters = [f"# {title}\n\n{made}\n"]
    for context in _contexts(click.Context(cli, info_name="resilience", terminal_width=WIDTH)):
        depth = context.command_path.count(" ") + 2
        chapters.append(f"{'#' * depth} {context.command_path}\n\n```text\n{context.get_help()}\n```\n")
    return "\n".join(chapters)


def page(folder: Path, language: Language) -> Path:
    """Return the file that holds the page in *language*."""
    return folder / f"commands.{language}.md"


def main() -> None:
    """Write the pages into the folder that is given."""
    folder = Path(sys.argv[1])
    for language in LANGUAGES:
        write_text(page(folder, language), reference(language))


def _contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield *context* and one for every command below it, in the order of the help."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command is not None and not command.hidden:
                yield from _contexts(click.Context(command, info_name=name, parent=context, terminal_width=WIDTH))


if __name__ == "__main__":
    main()

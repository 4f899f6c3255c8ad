"""The frame of the command line: languages, help, and groups that load when asked for."""

import sys

import click
import pytest
from click.testing import CliRunner

from resilience.base.language import LANGUAGES
from resilience.cli.main import COMMANDS, cli
from resilience.cli.translated import Command, Group, language_first, later, speak

ALL_COMMANDS = sorted(COMMANDS)


def ask(*arguments: str, **environment: str) -> str:
    """Return what the command line writes to stdout."""
    return CliRunner().invoke(cli, list(arguments), env=environment, prog_name="resilience").stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "heading"),
    [
        pytest.param(["--help"], {}, "Gebruik:", id="Dutch first"),
        pytest.param([], {}, "Gebruik:", id="nothing asked"),
        pytest.param(["--lang", "en", "--help"], {}, "Usage:", id="before"),
        pytest.param(["--help", "--lang", "en"], {}, "Usage:", id="after"),
        pytest.param(["--help", "--lang=en"], {}, "Usage:", id="with an equals sign"),
        pytest.param(["--help"], {"RESILIENCE_LANG": "en"}, "Usage:", id="environment"),
        pytest.param(["--lang", "nl", "--help"], {"RESILIENCE_LANG": "en"}, "Gebruik:", id="option wins"),
        pytest.param(["--help"], {"RESILIENCE_LANG": "de"}, "Gebruik:", id="unknown language"),
    ],
)
def test_language_is_chosen_before_anything_is_shown(
    arguments: list[str], environment: dict[str, str], heading: str
) -> None:
    """Help is in the language asked for, wherever the option stands; Dutch where nothing is asked."""
    assert ask(*arguments, **environment).split()[0] == heading


def test_help_changes_with_the_language() -> None:
    """No English word of the frame is left in the Dutch help, and help asked for twice is not stuck in one language."""
    english, dutch, again = ask("--help", "--lang", "en"), ask("--help"), ask("--help", "--lang", "en")
    left = [line for line in english.splitlines() if line.strip() and line in dutch.splitlines()]

    assert (again, left) == (english, [])


def test_a_command_shows_its_texts_in_the_language_of_the_moment() -> None:
    """Help, options and examples defined in English at import are translated when shown, also in a subgroup."""

    @click.group(cls=Group, help=later("Commands"))
    def outer() -> None:
        pass

    @outer.command(help=later("Commands"), epilog=later("Commands"))
    @click.option("--out", help=later("Options"))
    def inner(out: str) -> None:
        raise AssertionError(out)

    shown: dict[str, list[str]] = {}
    for chosen in LANGUAGES:
        speak(chosen)
        context = click.Context(inner, info_name="inner")
        shown[chosen] = [word for word in inner.get_help(context).split() if word in {"Commands", "Opdrachten"}]
        shown[chosen].append(outer.get_help(click.Context(outer, info_name="outer")).split()[-1])

    assert (type(inner), shown) == (
        Command,
        {"en": ["Commands", "Commands", "Commands"], "nl": ["Opdrachten", "Opdrachten", "Opdrachten"]},
    )


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        ("demo", "demo"),
        ("demo --lang en --json", "--lang en demo --json"),
        ("demo --lang=en", "--lang=en demo"),
        ("demo --lang", "--lang demo"),
        ("city check -- --lang en", "city check -- --lang en"),
    ],
)
def test_the_language_moves_to_the_front(given: str, ordered: str) -> None:
    """--lang may stand anywhere; after `--` come names of files, which are left alone."""
    assert " ".join(language_first(given.split())) == ordered


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_every_command_has_help_in_both_languages(name: str) -> None:
    """Each group and each command below it has help, in words that differ between the languages."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    texts: dict[tuple[str, ...], list[str]] = {}
    for chosen in LANGUAGES:
        for path in _paths(command, (name,)):
            texts.setdefault(path, []).append(_body(ask(*path, "--help", "--lang", chosen)))

    assert {path: bool(nl) and nl != en for path, (nl, en) in texts.items()} == dict.fromkeys(texts, True)


@pytest.mark.parametrize("name", ALL_COMMANDS)
def test_no_command_has_a_language_of_its_own(name: str) -> None:
    """--lang belongs to the whole program: it is taken from wherever it stands, so a second one would never be read."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None

    assert [
        path for path, part in _commands(command, (name,)) for option in part.params if "--lang" in option.opts
    ] == []


def test_a_group_is_loaded_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of commands needs no command's module."""
    for entry in COMMANDS.values():
        monkeypatch.delitem(sys.modules, entry.target.partition(":")[0], raising=False)

    ask("--help")

    assert [entry.target for entry in COMMANDS.values() if entry.target.partition(":")[0] in sys.modules] == []


def _commands(command: click.Command, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            found += _commands(part, (*path, name))
    return found


def _paths(command: click.Command, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [place for place, _command in _commands(command, path)]


def _body(shown: str) -> str:
    """Return the description of a help page: the second paragraph."""
    parts = shown.split("\n\n")
    return parts[1] if len(parts) > 1 else ""

"""The sentences that click itself shows, listed so that they get a Dutch text like our own.

Click looks them up through the standard library's gettext, which `translated.speak` points at our catalogue. A test
compares them with the click that is installed. The kinds of path ("file") are left out: click translates them when an
option is defined, so that they would be stuck in the language of that moment.
"""

from resilience.cli.translated import later


def both(one: str, many: str) -> tuple[str, str]:
    """Mark a singular and a plural; returns them unchanged."""
    return one, many


WORDS: tuple[str | tuple[str, str], ...] = (
    later("Usage:"),
    later("[OPTIONS]"),
    later("COMMAND [ARGS]..."),
    later("Options"),
    later("Commands"),
    later("Positional arguments"),
    later("Show this message and exit."),
    later("Show the version and exit."),
    later("Do you want to continue?"),
    later("Confirm the action without prompting."),
    later("Error: {message}"),
    later("Error: invalid input"),
    later("Aborted!"),
    later("Try '{command} {option}' for help."),
    later("Missing command."),
    later("Missing argument"),
    later("Missing option"),
    later("Missing parameter"),
    later("Missing {param_type}"),
    later("Missing parameter: {param_name}"),
    later("Invalid value: {message}"),
    later("Invalid value for {param_hint}: {message}"),
    later("No such option {name!r}."),
    later("No such command {name!r}."),
    both("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    both("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    both("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    later("Choose from:\n\t{choices}"),
    both("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    later("Option {name!r} does not take a value."),
    later("Argument {name!r} takes {nargs} values."),
    later("Could not open file {filename!r}: {message}"),
    later("unknown error"),
    later("{value!r} is not a valid {number_type}."),
    later("{value} is not in the range {range}."),
    later("{name} {filename!r} does not exist."),
    later("{name} {filename!r} is a file."),
    later("{name} {filename!r} is a directory."),
    later("{name} {filename!r} is not readable."),
    later("{name} {filename!r} is not writable."),
    later("env var: {var}"),
    later("default: {default}"),
    later("required"),
)

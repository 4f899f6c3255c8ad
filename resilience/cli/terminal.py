"""What a command asks of the terminal before it opens a screen."""

import sys


def require_terminal(missing: str, without: str) -> None:
    """Raise InputError with *missing* where nobody sits at a terminal; *without* one, that is the way."""
    from resilience.base.problems import InputError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError.because(missing, without)

"""Everything that the facilitator can do, in one list: key bindings, key bar, command palette and help all read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from resilience.base.language import _

EVERYWHERE = ""
"""The place of a command that works whatever part has the focus."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do, in the current language."""

    name: str
    """Which action it is: see actions/registry.py."""
    keys: tuple[str, ...]
    place: str
    """The part of the console in which its keys work; EVERYWHERE for all of them."""
    title: str
    """Two or three words, for the key bar and the palette."""
    help: str
    """One sentence."""
    bar: int = 0
    """Its place in the key bar, the lowest first; 0 leaves it to the help."""
    spare: bool = False
    """Whether it leaves the key bar first when that gets too narrow."""
    shown: str = ""
    """What the key bar calls its key, where that is not the key itself."""


def commands() -> tuple[Command, ...]:
    """Return all commands in the current language."""
    return (*_injects(), *_others(), *_clock(), *_records(), *_console())


def command_for(key: str, place: str, listed: Sequence[Command] | None = None) -> Command | None:
    """Return what *key* means while the focus is in *place*: the part's own command goes before the general one.

    *listed* are the commands of another screen than the console.
    """
    known = commands() if listed is None else listed
    found = [command for command in known if key in command.keys and command.place in (place, EVERYWHERE)]
    return next((command for command in found if command.place == place), found[0] if found else None)


def all_keys(listed: Sequence[Command] | None = None) -> tuple[str, ...]:
    """Return every key that a command uses, each once; *listed* are the commands of another screen."""
    return tuple(dict.fromkeys(key for command in (commands() if listed is None else listed) for key in command.keys))


def key_text(key: str) -> str:
    """Return what is written on a key."""
    named = {
        "space": _("Space"),
        "enter": "Enter",
        "plus": "+",
        "minus": "-",
        "equals_sign": "=",
        "question_mark": "?",
        "tab": "Tab",
        "shift+tab": "Shift+Tab",
        "escape": "Esc",
        "backspace": "Backspace",
        "slash": "/",
        "left": "←",
        "right": "→",
    }
    if key in named:
        return named[key]
    head, plus, tail = key.rpartition("+")
    return f"{head.title()}{plus}{tail.upper()}" if head else (key.upper() if len(key) > 1 else key)


def _injects() -> tuple[Command, ...]:
    part = "injects"
    return (
        Command("send", ("s",), part, _("send"), _("Send the chosen inject now, whenever it was planned."), 1),
        Command(
            "hold", ("h",), part, _("hold"), _("Keep the chosen inject from going out by itself; again lets go."), 2
        ),
        Command("skip", ("x",), part, _("skip"), _("Leave the chosen inject out of this exercise; asks first."), 3),
        Command("edit", ("e",), part, _("edit"), _("Change the text for this exercise only, and send it."), 4),
        Command("read-inject", ("enter",), part, _("read"), _("Show the whole inject, to read it aloud."), 5),
    )


def _others() -> tuple[Command, ...]:
    return (
        Command("why", ("enter",), "board", _("why"), _("Show why a function stands so, and what falls next."), 1),
        Command(
            "ahead",
            ("v",),
            "board",
            _("what comes"),
            _("Show what is about to fail in the whole city, and when, if nobody decides anything."),
            2,
        ),
        Command("open-point", ("enter",), "points", _("decide"), _("Take the chosen decision, or read it again."), 1),
        Command("renew", ("enter",), "picture", _("renew"), _("Write the chosen line of the picture anew."), 1),
        Command("clock-start", ("a",), "clocks", _("awareness"), _("Record awareness: the chosen deadline runs."), 1),
        Command("clock-meet", ("v",), "clocks", _("met"), _("Record that what the chosen deadline asks was done."), 2),
        Command("clock-extend", ("u",), "clocks", _("extend"), _("Move the chosen deadline to a later moment."), 3),
        Command(
            "read-clock", ("enter",), "clocks", _("read"), _("Show what the deadline rests on, and whom to tell."), 4
        ),
        Command("read-entry", ("enter",), "log", _("read"), _("Show the whole entry of the log."), 1),
        Command("answer", ("r",), "log", _("answer"), _("Answer the chosen message of a team, as whom it is to."), 2),
        Command("correct", ("c",), "log", _("correct"), _("Add what the chosen entry should have said."), 3),
        Command(
            "fork",
            ("w",),
            "log",
            _("wind back"),
            _("Begin another run just before the chosen entry, in a file of its own."),
            4,
        ),
    )


def _clock() -> tuple[Command, ...]:
    return (
        Command(
            "run", ("space",), EVERYWHERE, _("run/pause"),
            _("Start the exercise, pause the clock, or let it run on."), 1,
        ),
        Command(
            "faster", ("plus", "equals_sign"), EVERYWHERE, _("speed"), _("Let the exercise clock run faster."), 2,
            shown="+/-",
        ),
        Command("slower", ("minus",), EVERYWHERE, _("slower"), _("Let the exercise clock run slower.")),
        Command(
            "jump", ("j",), EVERYWHERE, _("jump"),
            _("Go to the next event or to a time; plays what lies between."), 4,
        ),
        Command("debrief", ("b",), EVERYWHERE, _("debrief"), _("Show the hot debrief, once the exercise has ended.")),
        Command("end", ("ctrl+e",), EVERYWHERE, _("end exercise"), _("Give ENDEX; asks first.")),
        Command(
            "no-duff", ("f12", "ctrl+n"), EVERYWHERE, "NO DUFF",
            _("Something real happened: freeze everything at once. Asks nothing but the reason, afterwards."), 10,
        ),
    )  # fmt: skip


def _records() -> tuple[Command, ...]:
    return (
        Command("decide", ("d",), EVERYWHERE, _("decide"), _("Take the most urgent open decision."), 5),
        Command(
            "free-decision",
            ("f",),
            EVERYWHERE,
            _("free decision"),
            _("Record a decision that nobody asked for."),
            7,
            spare=True,
        ),
        Command(
            "note",
            ("n",),
            EVERYWHERE,
            _("note"),
            _("Add a line to the picture: known, assumed or unknown."),
            6,
            spare=True,
        ),
        Command(
            "message",
            ("m",),
            EVERYWHERE,
            _("message"),
            _("Send a message to one or more teams, as any role."),
            8,
            spare=True,
        ),
        Command(
            "public",
            ("p",),
            EVERYWHERE,
            _("public"),
            _("Write a public message that another reads before it goes, or read the one that waits for you."),
        ),
        Command(
            "merge",
            ("o",),
            EVERYWHERE,
            _("merge ratings"),
            _("After the exercise: lay the sheets of the observers together; until then each sees only its own."),
        ),
        Command("scale", ("g",), EVERYWHERE, _("GRIP"), _("Scale the crisis organisation up or down."), 9, spare=True),
    )


def _console() -> tuple[Command, ...]:
    return (
        Command("next-part", ("tab", "right"), EVERYWHERE, _("next part"), _("Go to the next part of the console.")),
        Command(
            "previous-part", ("shift+tab", "left"), EVERYWHERE, _("previous part"),
            _("Go to the previous part of the console."),
        ),
        Command("part-injects", ("1",), EVERYWHERE, _("go to injects"), _("Go to the injects.")),
        Command("part-board", ("2",), EVERYWHERE, _("go to city"), _("Go to the board of city functions.")),
        Command("part-points", ("3",), EVERYWHERE, _("go to decisions"), _("Go to the decisions.")),
        Command("part-picture", ("4",), EVERYWHERE, _("go to picture"), _("Go to the picture.")),
        Command("part-clocks", ("5",), EVERYWHERE, _("go to deadlines"), _("Go to the deadlines.")),
        Command("part-log", ("6",), EVERYWHERE, _("go to log"), _("Go to the log.")),
        Command("zoom", ("z",), EVERYWHERE, _("one part large"), _("Show one part on the whole screen, or all again.")),
        Command("language", ("l",), EVERYWHERE, _("language"), _("Go on in the other language.")),
        Command("theme", ("t",), EVERYWHERE, _("light/dark"), _("Change between the dark and the light screen.")),
        Command(
            "help", ("question_mark", "f1"), EVERYWHERE, _("help"),
            _("Explain the part that has the focus, and its keys."), 11,
        ),
        Command(
            "palette", ("ctrl+p",), EVERYWHERE, _("all commands"), _("Search all commands by name."), 12, spare=True,
        ),
        Command(
            "leave", ("q", "ctrl+q"), EVERYWHERE, _("leave"),
            _("Leave the console; the exercise can be resumed later."),
        ),
    )  # fmt: skip

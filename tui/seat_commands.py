"""Everything that one can do at a seat, in one list: key bindings, key bar and help all read it."""

from resilience.base.language import _
from tui.commands import EVERYWHERE, Command


def cell_commands() -> tuple[Command, ...]:
    """Return all commands of a cell in the current language."""
    return (*_mail(), *_points(), *_picture(), *_tasks(), *_writing(), *_screen(("mail", "points", "picture", "tasks")))


def observer_commands() -> tuple[Command, ...]:
    """Return all commands of an observer in the current language."""
    return (
        Command(
            "rate", ("enter", "r"), "ratings", _("rate"), _("Rate the chosen critical task, with what you saw."), 1
        ),
        Command("rate-p", ("p",), "ratings", _("done"), _("Rate it P: performed without challenges."), 2),
        Command("rate-s", ("s",), "ratings", _("some trouble"), _("Rate it S: performed with some challenges."), 3),
        Command("rate-m", ("m",), "ratings", _("much trouble"), _("Rate it M: performed with major challenges."), 4),
        Command("rate-u", ("u",), "ratings", _("not done"), _("Rate it U: could not be performed."), 5),
        Command("read", ("enter",), "expected", _("read"), _("Show the inject with all that is hoped for."), 1),
        Command("read", ("enter",), "log", _("read"), _("Show the chosen line in full."), 1),
        Command("finding", ("n",), EVERYWHERE, _("finding"), _("Write down a strength, or what can be better."), 1),
        *_screen(("ratings", "expected", "log")),
    )


def _mail() -> tuple[Command, ...]:
    part = "mail"
    return (
        Command("open", ("enter",), part, _("open"), _("Read the whole message; it then counts as read."), 1),
        Command("answer", ("r",), part, _("answer"), _("Answer the chosen message."), 2),
    )


def _points() -> tuple[Command, ...]:
    return (Command("read", ("enter",), "points", _("read"), _("Show the chosen line in full."), 1),)


def _picture() -> tuple[Command, ...]:
    return (Command("renew", ("enter",), "picture", _("renew"), _("Write the chosen line of the picture anew."), 1),)


def _tasks() -> tuple[Command, ...]:
    part = "tasks"
    return (
        Command("change-task", ("enter",), part, _("change"), _("Change the chosen action."), 1),
        Command("done", ("x",), part, _("done"), _("Tick the chosen action off, or take the tick away."), 2),
    )


def _writing() -> tuple[Command, ...]:
    return (
        Command("message", ("m",), EVERYWHERE, _("message"), _("Send a message to teams or to the outside world."), 1),
        Command("decide", ("d",), EVERYWHERE, _("decide"), _("Take the chosen or the most urgent decision."), 2),
        Command(
            "free-decision",
            ("f",),
            EVERYWHERE,
            _("own decision"),
            _("Write down a decision that nobody asked for; the facilitator works out what it does."),
            3,
        ),
        Command("note", ("n",), EVERYWHERE, _("note"), _("Add a line to the picture: known, assumed or unknown."), 4),
        Command(
            "public", ("p",), EVERYWHERE, _("public"),
            _("Write a public message that another reads before it goes, or read the one that waits for you."),
        ),
        Command(
            "own-public", ("o",), EVERYWHERE, _("own public messages"),
            _("Show the public messages of this team that wait for other eyes, or came back, with the reason."),
        ),
        Command("debrief", ("b",), EVERYWHERE, _("debrief"), _("Show the questions of the debrief, after ENDEX.")),
        Command("task", ("a",), EVERYWHERE, _("action"), _("Add a line to the action list: who, what, by when."), 5),
    )  # fmt: skip


def _screen(parts: tuple[str, ...]) -> tuple[Command, ...]:
    titles = {
        "mail": _("go to messages"),
        "points": _("go to decisions"),
        "picture": _("go to picture"),
        "tasks": _("go to actions"),
        "ratings": _("go to ratings"),
        "expected": _("go to what to look for"),
        "log": _("go to log"),
    }
    return (
        *(
            Command(f"part-{part}", (str(number),), EVERYWHERE, titles[part], _("Go to this part of the screen."))
            for number, part in enumerate(parts, start=1)
        ),
        Command("next-part", ("tab", "right"), EVERYWHERE, _("next part"), _("Go to the next part of the screen.")),
        Command(
            "previous-part", ("shift+tab", "left"), EVERYWHERE, _("previous part"),
            _("Go to the previous part of the screen."),
        ),
        Command("zoom", ("z",), EVERYWHERE, _("one part large"), _("Show one part on the whole screen, or all again.")),
        Command("language", ("l",), EVERYWHERE, _("language"), _("Go on in the other language."), 7, spare=True),
        Command("theme", ("t",), EVERYWHERE, _("light/dark"), _("Change between the dark and the light screen.")),
        Command(
            "no-duff", ("f12", "ctrl+n"), EVERYWHERE, "NO DUFF", _("Something real happened: freeze everything."), 6,
        ),
        Command("help", ("question_mark", "f1"), EVERYWHERE, _("help"), _("Explain this part, and its keys."), 8),
        Command("leave", ("q", "ctrl+q"), EVERYWHERE, _("leave"), _("Leave this seat; you can take it again later.")),
    )  # fmt: skip

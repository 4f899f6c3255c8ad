"""Everything that one can do on the map screen, in one list: key bindings, key bar, palette and help all read it.

A letter is typed into the search line while that has the focus; what must work there too has a function key as well.
"""

from resilience.base.language import _
from tui.commands import EVERYWHERE, Command


def map_commands() -> tuple[Command, ...]:
    """Return all commands in the current language."""
    return (*_list(), *_trees(), *_others(), *_everywhere(), *_screen())


def _list() -> tuple[Command, ...]:
    part = "list"
    return (
        Command("open", ("enter",), part, _("open"), _("Look at the chosen component: what it needs."), 1),
        Command(
            "rest", ("escape",), part, _("clear"),
            _("Empty the search line; when it is empty, leave it, so that letters are commands."), 2,
        ),
    )  # fmt: skip


def _trees() -> tuple[Command, ...]:
    opened = _("Open the line: what stands next to it, one step further.")
    closed = _("Close the line, or go to the line that it hangs on.")
    return tuple(
        command
        for part in ("needs", "needed")
        for command in (
            Command(f"go-{part}", ("enter",), part, _("go there"), _("Look at the chosen component."), 1),
            Command(f"open-{part}", ("right",), part, _("open/close"), opened, 2, shown="→ ←"),
            Command(f"close-{part}", ("left",), part, _("close"), closed),
        )
    )


def _others() -> tuple[Command, ...]:
    return (
        Command("go-falls", ("enter",), "falls", _("go there"), _("Look at the chosen component."), 1),
        Command(
            "at-moment", ("m",), "falls", _("at that moment"),
            _("Show how everything stands at the moment at which the chosen one falls."), 2,
        ),
        Command("read", ("enter",), "sources", _("read"), _("Show the whole source of the chosen figure."), 1),
    )  # fmt: skip


def _everywhere() -> tuple[Command, ...]:
    return (
        Command("find", ("slash",), EVERYWHERE, _("find"), _("Type a part of an id or of a name."), 1, spare=True),
        Command(
            "filter", ("f3", "f"), EVERYWHERE, _("filter"),
            _("Keep only some city functions, partners, kinds or districts in the list and the trees."), 2,
        ),
        Command(
            "as-if", ("f4", "a"), EVERYWHERE, _("as if failed"),
            _("Take the component to have failed, and show the levels after it; again on the same one stops that."), 3,
        ),
        Command(
            "later", ("plus", "equals_sign"), EVERYWHERE, _("later"), _("Look at a later moment after the failure."), 4,
            shown="+/-", spare=True,
        ),
        Command("earlier", ("minus",), EVERYWHERE, _("earlier"), _("Look at an earlier moment after the failure.")),
        Command(
            "back", ("backspace",), EVERYWHERE, _("back"), _("Go back to the component that you came from."), 5,
        ),
    )  # fmt: skip


def _screen() -> tuple[Command, ...]:
    return (
        Command("next-part", ("tab",), EVERYWHERE, _("next part"), _("Go to the next part of the screen.")),
        Command(
            "previous-part", ("shift+tab",), EVERYWHERE, _("previous part"),
            _("Go to the previous part of the screen."),
        ),
        Command("part-list", ("1", "escape"), EVERYWHERE, _("go to components"), _("Go to the list of components.")),
        Command("part-needs", ("2",), EVERYWHERE, _("go to needs"), _("Go to what the component needs.")),
        Command("part-needed", ("3",), EVERYWHERE, _("go to needed by"), _("Go to what needs the component.")),
        Command("part-falls", ("4",), EVERYWHERE, _("go to what falls"), _("Go to what falls if the component fails.")),
        Command(
            "part-sources", ("5",), EVERYWHERE, _("go to provenance"),
            _("Go to where every need and figure comes from."),
        ),
        Command("zoom", ("z",), EVERYWHERE, _("one part large"), _("Show one part on the whole screen, or all again.")),
        Command("language", ("l",), EVERYWHERE, _("language"), _("Go on in the other language.")),
        Command("theme", ("t",), EVERYWHERE, _("light/dark"), _("Change between the dark and the light screen.")),
        Command(
            "help", ("f1", "question_mark"), EVERYWHERE, _("help"),
            _("Explain the part that has the focus, and its keys."), 6,
        ),
        Command(
            "palette", ("ctrl+p",), EVERYWHERE, _("all commands"), _("Search all commands by name."), 8, spare=True,
        ),
        Command("leave", ("ctrl+q", "q"), EVERYWHERE, _("leave"), _("Leave the map."), 7),
    )  # fmt: skip

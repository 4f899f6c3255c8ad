"""Makes a picture (SVG) of a terminal screen out of its text with colour codes, as tmux gives it.

The picture is one file that asks nothing of a network: it names no font but "monospace".
"""
# ruff: noqa: INP001 - beside the documents, not a package

import io
import re

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

THEME = TerminalTheme(
    (12, 16, 24),
    (214, 220, 230),
    [(12, 16, 24), (220, 90, 90), (120, 190, 110), (225, 180, 90), (100, 150, 230), (190, 130, 210), (90, 190, 200), (214, 220, 230)],
)  # fmt: skip
FONT_FACES = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)


def picture(screen: str, *, columns: int, title: str) -> str:
    """Return *screen*, lines with colour codes, as an SVG picture of a terminal with *title* above it."""
    console = Console(
        record=True, width=columns, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False
    )  # fmt: skip
    for line in screen.rstrip("\n").split("\n"):
        console.print(Text.from_ansi(line), soft_wrap=True, end="\n", highlight=False)
    template = FONT_FACES.sub("", CONSOLE_SVG_FORMAT).replace("font-family: Fira Code, monospace", "font-family: monospace")
    drawn = console.export_svg(title=title, theme=THEME, code_format=template, unique_id="screen")
    return re.sub(r"[ \t]+\n", "\n", drawn)

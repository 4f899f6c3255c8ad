"""Makes a picture (SVG) of a terminal screen out of its text with colour codes, as tmux gives it.

The picture is one file that asks nothing of a network: it names no font but "monospace".
"""
# ruff: noqa: INP001 - beside the documents, not a package

import io

from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.terminal_theme import TerminalTheme

BACKGROUND = (18, 23, 28)
"""That of the console's dark theme, so that cells without a colour of their own do not stand out."""
FOREGROUND = (219, 226, 233)
BASIC = [
    BACKGROUND, (232, 120, 120), (132, 192, 143), (226, 180, 92), (110, 168, 220), (190, 140, 210), (90, 190, 200),
    FOREGROUND,
]  # fmt: skip
TEMPLATE = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(screen: str, *, columns: int, title: str) -> str:
    """Return *screen*, lines with colour codes, as an SVG picture of a terminal with *title* above it."""
    console = Console(
        record=True, width=columns, file=io.StringIO(), force_terminal=True, color_system="truecolor", _environ={}
    )
    decoder = AnsiDecoder()
    for line in screen.rstrip("\n").split("\n"):
        console.print(
            decoder.decode_line(line), soft_wrap=True, highlight=False
        )  # a style lasts over the end of a line
    theme = TerminalTheme(BACKGROUND, FOREGROUND, BASIC)
    drawn = console.export_svg(title=title, theme=theme, code_format=TEMPLATE, unique_id="screen")
    return "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"

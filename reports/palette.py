"""The colours of pages and charts, for light and dark screens.

Chosen so that they differ in lightness too (readable in grey and with any colour vision); every use of a colour
stands beside a word, a symbol or a pattern. Each light colour is unique, so that the page can exchange it for its
dark partner without knowing what it is used for.
"""

INK = "#1d2835"
MUTED = "#56636f"
GRID = "#d8dfe5"
AXIS = "#9aa6b1"
LEVEL_LINE = "#1f5a8c"
LEVEL_FILL = "#d3e3f1"
LOSS = "#a8401a"
LOSS_FILL = "#f4cdb9"
MARK = "#5b3a8e"
BOX = "#fdfefe"
GAIN = "#1d6b57"

HEAT_STOPS: tuple[tuple[int, str], ...] = (
    (0, "#641e07"),
    (20, "#a8441a"),
    (50, "#e09a5c"),
    (80, "#f6dfc6"),
    (99, "#f3ead9"),
    (100, "#eef2f5"),
)
"""From nothing works (dark) to all is well (light): lightness runs one way, so a grey print reads the same."""
HEAT_TEXT_ON_DARK = "#fffffe"
HEAT_TEXT_ON_LIGHT = "#1d2836"

CAUSE_FILL = "#2b2440"
CAUSE_TEXT = "#fefefe"
DOWN_FILL = "#f0b9a0"
REDUCED_FILL = "#fbe6c9"
HELD_FILL = "#dcebf5"
WHOLE_FILL = "#eff2f4"

WAITING_FILL = "#e9ecef"
WORK_FILL = "#2f6ea5"
BUFFER_FILL = "#e0b34a"
FALLBACK_FILL = "#7fb09f"
RUNNING_FILL = "#a9c7e4"
MISSED_FILL = "#c4663c"
SPAN_TEXT_ON_DARK = "#fffeff"

DARK: dict[str, str] = {
    INK: "#e7edf3",
    MUTED: "#a8b4bf",
    GRID: "#33404c",
    AXIS: "#66737f",
    LEVEL_LINE: "#86bdec",
    LEVEL_FILL: "#21415d",
    LOSS: "#f19a70",
    LOSS_FILL: "#6a3219",
    MARK: "#c9b0f5",
    BOX: "#1a232d",
    GAIN: "#6fcdb0",
    "#641e07": "#ffd0ae",
    "#a8441a": "#e8905a",
    "#e09a5c": "#9c5526",
    "#f6dfc6": "#4f3626",
    "#f3ead9": "#3a3128",
    "#eef2f5": "#222d38",
    HEAT_TEXT_ON_DARK: "#1c1009",
    HEAT_TEXT_ON_LIGHT: "#eef3f8",
    CAUSE_FILL: "#e6dcff",
    CAUSE_TEXT: "#1c1530",
    DOWN_FILL: "#7c3c1f",
    REDUCED_FILL: "#5a4527",
    HELD_FILL: "#233f57",
    WHOLE_FILL: "#27323d",
    WAITING_FILL: "#3a4652",
    WORK_FILL: "#8fc0ea",
    BUFFER_FILL: "#d0a544",
    FALLBACK_FILL: "#5f9482",
    RUNNING_FILL: "#3d5f80",
    MISSED_FILL: "#e28a60",
    SPAN_TEXT_ON_DARK: "#101820",
}
"""For each light colour the one that takes its place on a dark screen."""

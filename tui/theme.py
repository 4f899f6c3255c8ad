"""The two looks of the console: a calm dark one, and a light one for a bright room or a projector."""

from textual.theme import Theme

DARK = Theme(
    name="keten-dark",
    dark=True,
    primary="#6ea8dc",
    secondary="#8aa0b5",
    accent="#e3b45c",
    foreground="#dbe2e9",
    background="#12171c",
    surface="#171d24",
    panel="#202932",
    success="#84c08f",
    warning="#e3b45c",
    error="#ef8577",
    variables={
        "muted": "#96a5b3",
        "line": "#38454f",
        "cursor": "#2b3d50",
        "cursor-idle": "#1e2832",
        "banner": "#e3b45c",
        "banner-text": "#12171c",
        "alarm": "#c62828",
        "alarm-text": "#ffffff",
        "footer-key-foreground": "#e3b45c",
    },
)

LIGHT = Theme(
    name="keten-light",
    dark=False,
    primary="#1b5e9b",
    secondary="#4a6076",
    accent="#8a5a00",
    foreground="#16202a",
    background="#fbfaf7",
    surface="#f4f2ec",
    panel="#e7e4da",
    success="#1d6b2f",
    warning="#8a5a00",
    error="#b3261e",
    variables={
        "muted": "#556270",
        "line": "#b9bfc5",
        "cursor": "#cfe0f2",
        "cursor-idle": "#e7e4da",
        "banner": "#8a5a00",
        "banner-text": "#ffffff",
        "alarm": "#b3261e",
        "alarm-text": "#ffffff",
        "footer-key-foreground": "#8a5a00",
    },
)

THEMES = (DARK, LIGHT)


def other_theme(current: str) -> str:
    """Return the name of the theme that is not *current*."""
    return LIGHT.name if current == DARK.name else DARK.name

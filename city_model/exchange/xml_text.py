"""Text for XML: escaped, and without the characters that no XML may hold."""

from typing import Final

_ESCAPES: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\r": "&#13;",
        **{chr(code): "\ufffd" for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)},
        **{chr(code): "\ufffd" for code in range(0xD800, 0xE000)},
    }
)


def escaped(text: str) -> str:
    """Return *text* as the content of an element or an attribute."""
    return text.translate(_ESCAPES)

"""Words in letters two lines high, for what must be read from the back of the room."""

from textual.content import Content
from textual.widgets import Static

_UPPER_LOWER = {
    "A": ("▄▀█", "█▀█"), "B": ("█▄▄", "█▄█"), "C": ("█▀▀", "█▄▄"), "D": ("█▀▄", "█▄▀"), "E": ("█▀▀", "██▄"),
    "F": ("█▀▀", "█▀ "), "G": ("█▀▀", "█▄█"), "H": ("█ █", "█▀█"), "I": ("█", "█"), "J": ("  █", "█▄█"),
    "K": ("█▄▀", "█ █"), "L": ("█  ", "█▄▄"), "M": ("█▀▄▀█", "█ ▀ █"), "N": ("█▄ █", "█ ▀█"), "O": ("█▀█", "█▄█"),
    "P": ("█▀█", "█▀▀"), "Q": ("█▀█", "▀▀█"), "R": ("█▀█", "█▀▄"), "S": ("█▀", "▄█"), "T": ("▀█▀", " █ "),
    "U": ("█ █", "█▄█"), "V": ("█ █", "▀▄▀"), "W": ("█ █ █", "▀▄▀▄▀"), "X": ("▀▄▀", "█ █"), "Y": ("█▄█", " █ "),
    "Z": ("▀█", "█▄"), "0": ("█▀█", "█▄█"), "1": ("▄█", " █"), "2": ("▀█", "█▄"), "3": ("▀▀█", "▄██"),
    "4": ("█ █", "▀▀█"), "5": ("█▀", "▄█"), "6": ("█▄▄", "█▄█"), "7": ("▀▀█", "  █"), "8": ("█▀█", "███"),
    "9": ("█▀█", "▀▀█"), "-": ("▄▄", "  "), " ": ("  ", "  "),
}  # fmt: skip


def big(text: str) -> str:
    """Return *text* in two lines of large capitals; a sign without a shape is a gap."""
    shapes = [_UPPER_LOWER.get(letter, ("  ", "  ")) for letter in text.upper()]
    return "\n".join(" ".join(shape[line] for shape in shapes) for line in (0, 1))


class BigText(Static):
    """A few words in large letters."""

    def show(self, text: str) -> None:
        """Show *text*."""
        self.update(Content(big(text)))

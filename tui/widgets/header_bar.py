"""The two lines above everything: that it is an exercise, both times, how fast it runs, what comes next."""

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from resilience.base.language import _
from tui.view_models.rows import Header, Tone
from tui.widgets.painting import fit, safe

BANNER = "OEFENING - EXERCISE"
"""On every screen, in both languages at once."""

STYLES = {
    Tone.PLAIN: "$foreground",
    Tone.MUTED: "$muted",
    Tone.STRONG: "bold $primary",
    Tone.GOOD: "$success",
    Tone.WATCH: "$warning",
    Tone.ALERT: "bold $error",
}
_BANNER_STYLE = "bold $banner-text on $banner"


class HeaderBar(Widget):
    """Shows a header in exactly two lines; what does not fit is cut at the least important end."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual calls it so
        super().__init__(id=id)
        self._shown: Header | None = None

    def show(self, header: Header) -> None:
        """Show *header*."""
        if header != self._shown:
            self._shown = header
            self.refresh()

    def render(self) -> Content:
        """Return both lines for the width of now."""
        if self._shown is None:
            return Content("")
        return Content("\n").join([self._first(self._shown), self._second(self._shown)])

    def _first(self, header: Header) -> Content:
        banner = Content.styled(f" {BANNER} ", _BANNER_STYLE)
        phase = Content.styled(header.phase, STYLES[header.phase_tone])
        scale = f"  {safe(header.scale)}" if header.scale else ""
        tail = Content.assemble(phase, (scale, "bold $accent"), (f"  {header.wall} ", "$muted"))
        room = max(self.size.width - banner.cell_length - tail.cell_length - 2, 0)
        if room <= cell_len(header.notice):  # who this is, and what is amiss, go before the time on the wall
            tail = Content.assemble(phase, (f"{scale} ", "bold $accent"))
            room = max(self.size.width - banner.cell_length - tail.cell_length - 2, 0)
        notice = f"{fit(header.notice, min(room - 1, cell_len(header.notice)))} " if header.notice and room > 1 else ""
        name = fit(header.exercise, room - cell_len(notice))
        return Content.assemble(banner, " ", (notice, "$warning"), (name, "bold"), " ", tail)

    def _second(self, header: Header) -> Content:
        times = Content.assemble((f" {header.time} ", "bold $accent"), (f" {header.calendar} ", "$foreground"))
        lead = _("Next") if header.following_tone is Tone.PLAIN else ""
        lead = f" {lead} " if lead else " "
        room = self.size.width - times.cell_length - cell_len(lead)
        text = fit(header.following, max(room, 0))
        return Content.assemble(times, (lead, "$muted"), (text, STYLES[header.following_tone]))

"""The one page of a seat: everything it needs comes from this server, and it says in words what a browser must know."""

from html import escape

from resilience.base.language import Language, _
from tui.widgets.header_bar import BANNER

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
        "connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""The terminal draws with inline styles; nothing else than what this server sends may run, and no link leaks."""
_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{banner}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/css/xterm.css">
<style>
@font-face {{ font-family: "Roboto Mono"; src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf"); }}
html, body {{ margin: 0; height: 100%; background: #12171c; color: #dbe2e9; font-family: "Roboto Mono", monospace; }}
.textual-terminal {{ width: 100vw; height: 100vh; }}
.words {{ position: absolute; inset: 0; display: flex; align-items: center; justify-content: center; z-index: 9; }}
.words p {{ background: #202932; padding: 2em; max-width: 40em; }}
.words a {{ color: #e3b45c; }}
#ended {{ display: none; }}
body.-first-byte #waiting {{ display: none; }}
body.-closed #ended {{ display: flex; }}
</style>
<script src="/static/js/textual.js"></script>
</head>
<body>
<main>
<div id="waiting" class="words" role="status"><p>{banner}<br>{waiting}</p></div>
<div id="ended" class="words" role="alert"><p>{banner}<br>{ended} <a href="">{again}</a></p></div>
<div id="terminal" class="textual-terminal" data-session-websocket-url="{socket}" data-font-size="{size}"></div>
</main>
</body>
</html>
"""


def seat_page(socket: str, lang: Language, size: int) -> str:
    """Return the page whose terminal speaks with *socket*, in letters of *size* pixels."""
    return _PAGE.format(
        lang=lang,
        banner=BANNER,
        waiting=escape(_("Your seat is being opened…")),
        ended=escape(_("The connection was closed.")),
        again=escape(_("Open it again")),
        socket=escape(socket, quote=True),
        size=size,
    )

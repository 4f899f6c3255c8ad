"""Seats of one exercise in browsers: a secret link per seat, and nothing else to be found on this server."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.download_manager import DownloadManager

from resilience.base.language import Language, _
from resilience.base.problems import ResilienceError, RunError
from resilience.exercise.keeping.links import Links
from resilience.exercise.seats import Seat
from tui.web.child import SeatService
from tui.web.page import HEADERS, seat_page

STATIC = Path(textual_serve.__file__).parent / "static"
TABS_PER_SEAT = 6
"""So many tabs one link opens at once; each is a process of its own."""
CHECK_SECONDS = 1.0
"""How often an open tab is asked whether its link still counts."""
LONGEST_MESSAGE = 65_536
FONT_PIXELS = {"spectator": 22}
_FONT_PIXELS = 16
MOST_CELLS = 1000


@dataclass(frozen=True)
class Place:
    """Where the server listens, and how browsers reach it."""

    host: str
    port: int
    public: str = ""
    """The address before it, such as that of a proxy with a certificate; empty where browsers come straight here."""

    @property
    def address(self) -> str:
        """What every link begins with."""
        return self.public.rstrip("/") or f"http://{_in_brackets(self.host)}:{self.port}"

    @property
    def origins(self) -> frozenset[str]:
        """The pages that may open a seat."""
        if self.public:
            parts = urlsplit(self.public)
            return frozenset({f"{parts.scheme}://{parts.netloc}".lower()})
        names = {self.host, "localhost"} if self.host in {"127.0.0.1", "::1"} else {self.host}
        return frozenset(f"http://{_in_brackets(name)}:{self.port}".lower() for name in names)


class SeatServer:
    """Serves the page and the socket of each seat; whoever has no link finds nothing."""

    def __init__(self, exercise: Path, links: Links, place: Place, lang: Language) -> None:
        self.exercise = exercise.resolve()
        self.links = links
        self.place = place
        self.lang = lang
        self._tabs: Counter[str] = Counter()

    def application(self) -> web.Application:
        """Return the application with its few routes."""
        application = web.Application(client_max_size=LONGEST_MESSAGE)
        application.add_routes(
            [
                web.get("/s/{token}", self._page),
                web.get("/s/{token}/ws", self._socket),
                web.static("/static", STATIC, show_index=False),
            ]
        )
        return application

    def run(self) -> None:
        """Serve until Ctrl-C; no log holds a link, for none is kept."""
        try:
            web.run_app(
                self.application(),
                host=self.place.host,
                port=self.place.port,
                access_log=None,
                print=lambda *_said: None,
            )
        except OSError as error:
            what = _("this port cannot be used: {reason}", reason=error.strerror or str(error))
            raise RunError(what) from error

    async def _page(self, request: web.Request) -> web.Response:
        seat = self._seat(request)
        socket = f"{self._own_address(request)}/s/{request.match_info['token']}/ws"
        socket = f"ws{socket.removeprefix('http')}"
        size = FONT_PIXELS.get(seat.role, _FONT_PIXELS)
        parts = urlsplit(socket)
        headers = {name: value.format(socket=f"{parts.scheme}://{parts.netloc}") for name, value in HEADERS.items()}
        return web.Response(text=seat_page(socket, self.lang, size), content_type="text/html", headers=headers)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        seat = self._seat(request)
        if request.headers.get("Origin", "").lower() not in self.place.origins:
            raise web.HTTPForbidden(text=_("this page may not open a seat"))
        token = request.match_info["token"]
        if self._tabs[seat.key] >= TABS_PER_SEAT:
            raise web.HTTPTooManyRequests(text=_("this seat is open in too many tabs; close one"))
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST_MESSAGE)
        self._tabs[seat.key] += 1
        try:
            await socket.prepare(request)
            await self._play(socket, seat, token, _size(request))
        finally:
            self._tabs[seat.key] -= 1
            with suppress(ConnectionError):
                await socket.close()
        return socket

    async def _play(self, socket: web.WebSocketResponse, seat: Seat, token: str, size: tuple[int, int]) -> None:
        """Let the tab and its process talk until one of them goes, or the link is withdrawn."""
        service = SeatService(
            "", write_bytes=socket.send_bytes, write_str=socket.send_str, close=_closer(socket),
            download_manager=DownloadManager(),
        )  # fmt: skip
        service.exercise, service.seat = self.exercise, seat
        watch = asyncio.create_task(self._watch(socket, token))
        try:
            await service.start(*size)
            async for envelope in _envelopes(socket):
                await _hand_over(service, socket, envelope)
        finally:
            watch.cancel()
            await service.stop()

    async def _watch(self, socket: web.WebSocketResponse, token: str) -> None:
        """Close the tab once its link is withdrawn."""
        while self._opened_by(token) is not None:  # noqa: ASYNC110 - a file tells nobody that it changed
            await asyncio.sleep(CHECK_SECONDS)
        await socket.close()

    def _seat(self, request: web.Request) -> Seat:
        """Return the seat of the link, where the request is for this server at all."""
        seat = self._opened_by(request.match_info["token"]) if self._own_address(request) else None
        if seat is None:
            raise web.HTTPNotFound(text=_("This link does not count (any more). Ask the facilitator for another one."))
        return seat

    def _opened_by(self, token: str) -> Seat | None:
        try:
            return self.links.seat(token)
        except ResilienceError:  # a damaged file opens nothing
            return None

    def _own_address(self, request: web.Request) -> str:
        """Return the address by which the browser reached this server; empty for a name that is not ours."""
        host = (request.headers.get("Host") or "").lower()
        return next((origin for origin in self.place.origins if urlsplit(origin).netloc == host), "")


async def _envelopes(socket: web.WebSocketResponse) -> AsyncIterator[list[object]]:
    """Yield what the page says; anything that is not a list with a word in front is passed over."""
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            with suppress(ValueError):
                envelope = message.json()
                if isinstance(envelope, list) and envelope and isinstance(envelope[0], str):
                    yield envelope


async def _hand_over(service: SeatService, socket: web.WebSocketResponse, envelope: list[object]) -> None:
    match envelope:
        case ["stdin", str(typed)]:
            await service.send_bytes(typed.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            await service.set_terminal_size(_cells(width), _cells(height))
        case ["ping", sent]:
            await socket.send_json(["pong", sent])
        case ["blur", *_rest]:
            await service.blur()
        case ["focus", *_rest]:
            await service.focus()
        case _:
            pass


def _closer(socket: web.WebSocketResponse):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as textual-serve wants it
    async def close() -> None:
        await socket.close()

    return close


def _size(request: web.Request) -> tuple[int, int]:
    """Return the columns and lines that the page asks for."""
    found = []
    for name, usual in (("width", 80), ("height", 24)):
        said = request.query.get(name, "")
        found.append(_cells(int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else usual)
    return found[0], found[1]


def _cells(number: int) -> int:
    return min(max(number, 1), MOST_CELLS)


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host

"""Seats in a real browser: two at once, and nobody in without a link, from another page, or after it was withdrawn."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from resilience.exercise.keeping.links import Links
from resilience.exercise.session import Session
from tests.browser.conftest import Browser
from tests.tui.support import MINI

pytestmark = [pytest.mark.browser, pytest.mark.full]
PATIENCE_SECONDS = 60
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


@dataclass(frozen=True)
class Served:
    """A server of seats in a process of its own."""

    exercise: Path
    port: int
    process: subprocess.Popen[bytes]

    def link(self, key: str) -> str:
        """Return the path of the link of a seat."""
        return f"/s/{Links(self.exercise).tokens()[key]}"

    def status(self, path: str, **headers: str) -> int:
        """Return what the server answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def seats(self) -> list[str]:
        """Return the commands of the processes that it started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8") for child in children.split()]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Serve a new exercise that has started."""
    path = tmp_path / "a.exercise"
    with Session.create(path, str(MINI / "city"), str(MINI / "scenario.yaml"), lang="en") as session:
        session.start()
        session.jump(12)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "resilience", "exercise", "serve", str(path), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    made = Served(path, port, process)
    until(lambda: _answers(made), "the server answers")
    yield made
    process.terminate()
    process.wait(timeout=PATIENCE_SECONDS)


def until(holds: Callable[[], object], what: str) -> None:
    """Look until *holds* does; say what did not happen when it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.1)
    message = f"it did not happen: {what}"
    raise AssertionError(message)


def shown(browser: Browser) -> bool:
    """Return whether the seat has drawn something."""
    return bool(browser.ask("return document.body.classList.contains('-first-byte')"))


def test_two_seats_at_once(served: Served, browser: Browser) -> None:
    """Two tabs are two seats; the page asks nobody but this server; a closed tab leaves no process behind, and a
    withdrawn link closes the tab that it opened.
    """
    base = f"http://127.0.0.1:{served.port}"
    first, second = (key for key in Links(served.exercise).tokens() if key.startswith("cell/"))
    home = browser.driver.current_window_handle
    browser.forget()
    tabs = []
    for key in (first, second):
        browser.driver.switch_to.new_window("tab")
        browser.driver.get(f"{base}{served.link(key)}")
        until(lambda: shown(browser), f"{key} is drawn")
        tabs.append(browser.driver.current_window_handle)
    strangers = [url for url in browser.requests() if not url.startswith((base, "data:", "chrome:"))]
    running = sorted(key for key in (first, second) for one in served.seats() if key.partition("/")[2] in one)

    browser.driver.close()
    until(lambda: len(served.seats()) == 1, "the process of the closed tab ends")
    browser.driver.switch_to.window(tabs[0])
    Links(served.exercise).renew(first)
    until(lambda: browser.ask("return document.body.classList.contains('-closed')"), "the withdrawn link closes")
    until(lambda: not served.seats(), "its process ends")
    browser.driver.close()
    browser.driver.switch_to.window(home)

    assert (running, strangers) == (sorted([first, second]), [])


def test_nobody_without_a_link(served: Served) -> None:
    """A wrong link, the root, a folder, another name for this server and a page of another origin open nothing."""
    link, own = served.link("spectator"), f"http://127.0.0.1:{served.port}"
    answers = {
        "right": served.status(link),
        "wrong": served.status(f"{link}x"),
        "root": served.status("/"),
        "folder": served.status("/static/"),
        "other name": served.status(link, Host="evil.example"),
        "other page": served.status(f"{link}/ws", Origin="http://evil.example", **UPGRADE),
        "no page": served.status(f"{link}/ws", **UPGRADE),
        "wrong socket": served.status(f"{link}x/ws", Origin=own, **UPGRADE),
    }

    assert (answers, served.seats()) == (
        {"right": 200, "wrong": 404, "root": 404, "folder": 403, "other name": 404, "other page": 403, "no page": 403,
         "wrong socket": 404},
        [],
    )  # fmt: skip


def _answers(served: Served) -> bool:
    try:
        return served.status("/") == 404
    except OSError:
        return False

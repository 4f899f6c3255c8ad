"""A seat in a real browser, without a window: press keys, wait for what must then be shown, keep the picture.

The page draws its terminal on a canvas, in which no letters are found; what is on it is asked of the terminal itself.
"""
# ruff: noqa: INP001 - beside the documents, not a package

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from docs.terminal import LOOK_AGAIN, MASKED, PATIENCE, WALL_CLOCK, NotShownError, Shown

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
KEYS = {"Enter": Keys.ENTER, "Escape": Keys.ESCAPE, "C-s": Keys.CONTROL + "s" + Keys.NULL}
"""What the browser calls the keys of tmux."""
TELL = """
Object.defineProperty(Object.prototype, "terminal", {configurable: true, set(made) {
  Object.defineProperty(this, "terminal", {value: made, writable: true, enumerable: true, configurable: true});
  if (made && made.buffer) window.shownTerminal = made;
}});
"""
"""Runs before the script of the page, which keeps its terminal to itself."""
ASK = """
const shown = window.shownTerminal;
if (!shown) return "";
const lines = Array.from({length: shown.rows}, (_, place) => shown.buffer.active.getLine(place));
return lines.map(line => line ? line.translateToString() : "").join("\\n");
"""
WIDTH, HEIGHT = 740, 505
"""Of the page, in pixels: some 80 columns by 24 lines."""


@dataclass
class Tab(Shown):
    """A seat in a tab, and what was kept of it."""

    driver: webdriver.Chrome
    kept: dict[str, str] = field(default_factory=dict)
    """Screen as text, by name."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The same as PNG."""

    def press(self, *keys: str) -> None:
        """Press keys, by their tmux names."""
        for key in keys:
            self.type(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type *text*."""
        self.driver.find_element(By.CLASS_NAME, "xterm-helper-textarea").send_keys(text)

    def screen(self, *, colours: bool = False) -> str:
        """Return what is on the screen as text, without colours, with the clock on the wall masked."""
        del colours
        return WALL_CLOCK.sub(MASKED, str(self.driver.execute_script(ASK)))

    def keep(self, name: str) -> None:
        """Keep the screen under *name*, as text and as the browser draws it."""
        self.kept[name], self.pictures[name] = self.screen(), self.driver.get_screenshot_as_png()


@contextmanager
def tab(link: str) -> Iterator[Tab]:
    """Open *link* in a browser of its own, once its server answers."""
    _wait_for(link)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver = chromium(Path(profile))
        try:
            size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": TELL})
            driver.get(link)
            yield Tab(driver)
        finally:
            driver.quit()


def chromium(profile: Path, *, notes: bool = False) -> webdriver.Chrome:
    """Return Debian's Chromium with its own driver and an empty *profile*; *notes* keeps its requests and console."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if notes:
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def free_port() -> int:
    """Return a port of this computer on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(link: str) -> None:
    """Wait until the server of *link* listens."""
    parts = urlsplit(link)
    end = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as asked:
            if asked.connect_ex((str(parts.hostname), int(parts.port or 80))) == 0:
                return
        if time.monotonic() > end:
            message = f"nobody listened at port {parts.port} within {PATIENCE:.0f} s"
            raise NotShownError(message)
        time.sleep(LOOK_AGAIN)

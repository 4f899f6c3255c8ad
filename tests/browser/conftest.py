"""A browser without a screen, that notes every request and every word on its console."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.support.wait import WebDriverWait

from docs.browser import chromium

SECONDS_FOR_A_PAGE = 30


@dataclass(frozen=True)
class Browser:
    """One browser for all tests; pages are opened one after another."""

    driver: webdriver.Chrome

    def open(self, page: Path, width: int = 1280, *, dark: bool = False) -> None:
        """Show *page* at *width* pixels and wait until its charts are drawn."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.forget()
        self.driver.get(page.as_uri())
        WebDriverWait(self.driver, SECONDS_FOR_A_PAGE).until(
            lambda driver: driver.execute_script("return document.documentElement.dataset.drawn") == "yes"
        )

    def forget(self) -> None:
        """Drop what was noted before."""
        self._log("performance")
        self._log("browser")

    def requests(self) -> list[str]:
        """Return the address of every request since the last question."""
        messages = [json.loads(line["message"])["message"] for line in self._log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """Return what the console says since the last question."""
        return [line["message"] for line in self._log("browser")]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]
        return found

    def ask(self, script: str, *arguments: object) -> Any:
        """Return what *script* returns in the page."""
        return self.driver.execute_script(script, *arguments)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's Chromium with its own driver and an empty profile."""
    driver = chromium(tmp_path_factory.mktemp("profile"), notes=True)
    driver.set_page_load_timeout(SECONDS_FOR_A_PAGE)
    driver.execute_cdp_cmd("Network.enable", {})
    yield Browser(driver)
    driver.quit()

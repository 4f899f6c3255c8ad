"""Reports in a real browser: they ask for nothing, draw everything, and fit every screen and paper."""

import base64
import re
from pathlib import Path

import pytest

from city_model.loader import load_city
from city_model.redaction import OFFICER, view_of
from reports.after_action.report import after_action_report
from reports.cascade import cascade_for, cascade_report
from reports.html import render
from resilience.base.language import in_language
from scenarios.loader import load_scenario
from tests.browser.conftest import Browser
from tests.unit.exercise.small_exercise import MINUTE, new_session
from tests.unit.reports.small_run import small_city, small_trace

pytestmark = [pytest.mark.full, pytest.mark.browser]

NAMES = ["cascade", "after-action", "utrecht"]
OVERFLOWING = """
  const scrolls = (node) => {
    for (let up = node.parentElement; up; up = up.parentElement)
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX) && up !== document.body) return true;
    return false;
  };
  const wide = document.documentElement.clientWidth + 1;
  return [...document.querySelectorAll('body *')]
    .filter((node) => !node.closest('svg, details:not([open]), .skip') && !scrolls(node))
    .filter((node) => node.getBoundingClientRect().right > wide)
    .map((node) => `${node.tagName}.${node.className}`);
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A cascade report, an after-action report, and the cascade of a whole city, each as a file."""
    folder = tmp_path_factory.mktemp("pages")
    made = small_city()
    with in_language("en"):
        cascade = render(cascade_report(view_of(made, OFFICER), None, small_trace(made)), "en")
        session, wall = new_session(folder)
        session.start()
        wall.now = MINUTE * 16
        session.tick()
        session.decide("open-hall", "connect", who="mayor")
        wall.now = MINUTE * 200
        session.tick()
        session.end()
        after_action = render(after_action_report(session, reader=OFFICER), "en")
        session.close()
    utrecht = load_city("utrecht")
    scenario = load_scenario("zwart-scherm", utrecht)
    with in_language("nl"):
        large = render(cascade_for(utrecht, scenario, reader=OFFICER), "nl")
    found = {}
    for name, text in (("cascade", cascade), ("after-action", after_action), ("utrecht", large)):
        found[name] = folder / f"{name}.html"
        found[name].write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_nobody_and_complains_about_nothing(browser: Browser, pages: dict[str, Path], name: str) -> None:
    """The only request is for the page itself, and the console stays empty."""
    browser.open(pages[name])

    requests = [address for address in browser.requests() if not address.startswith("data:")]
    assert (requests, browser.complaints()) == ([pages[name].as_uri()], [])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_drawn_with_words_and_table(
    browser: Browser, pages: dict[str, Path], name: str, dark: bool
) -> None:
    """Each figure holds a drawing, an alternative text and a table with rows, on light and dark screens."""
    browser.open(pages[name], dark=dark)
    charts = browser.ask(
        """return [...document.querySelectorAll('figure')].map((figure) => {
             const drawing = figure.querySelector('[role=img]');
             return [drawing.querySelectorAll('.main-svg').length > 0, drawing.getAttribute('aria-label').length > 20,
                     figure.querySelectorAll('tbody tr').length > 0,
                     figure.querySelector('figcaption').innerText !== ''];
           })"""
    )

    assert (len(charts) >= 3, [chart for chart in charts if not all(chart)]) == (True, [])


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_the_screen(browser: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    """The page never scrolls sideways; what is wide scrolls in its own frame."""
    browser.open(pages[name], width)
    browser.ask("document.querySelectorAll('details').forEach((part) => { part.open = true; });")

    page_width, shown = browser.ask("return [document.documentElement.scrollWidth, innerWidth]")
    assert (page_width <= shown, browser.ask(OVERFLOWING)) == (True, [])


@pytest.mark.parametrize("name", ["cascade", "utrecht"])
def test_words_in_charts_do_not_touch(browser: Browser, pages: dict[str, Path], name: str) -> None:
    """In the picture of the chain every word stands inside its box."""
    browser.open(pages[name])
    outside = browser.ask(
        """const drawing = document.querySelector('#chart-affected-chain');
           const boxes = [...drawing.querySelectorAll('.shapelayer path')].map((box) => box.getBoundingClientRect());
           return [...drawing.querySelectorAll('.annotation-text-g text')].filter((words) => {
             const at = words.getBoundingClientRect();
             return at.width > 0 && !boxes.some((box) => box.left <= at.left + 1 && box.right >= at.right - 1
               && box.top <= at.top + 1 && box.bottom >= at.bottom - 1);
           }).map((words) => words.textContent)"""
    )

    assert outside == []


def test_a_keyboard_reaches_the_content(browser: Browser, pages: dict[str, Path]) -> None:
    """The first stop of the Tab key is the link past the head; every wide frame can be reached and scrolled."""
    browser.open(pages["cascade"], 400)
    first = browser.ask("return document.querySelector('a, button, [tabindex]').getAttribute('href')")
    frames = browser.ask(
        """return [...document.querySelectorAll('.scroll, .chart-frame')]
             .filter((frame) => frame.scrollWidth > frame.clientWidth && frame.tabIndex !== 0)
             .map((frame) => frame.className)"""
    )

    assert (first, frames) == ("#content", [])


def test_paper_shows_the_tables(browser: Browser, pages: dict[str, Path]) -> None:
    """Printed, what was folded is open: a page of paper has no buttons. Afterwards the screen is as it was."""
    browser.open(pages["cascade"])
    printed = base64.b64decode(browser.driver.print_page())

    still_open = browser.ask("return document.querySelectorAll('details[open]').length")
    assert (printed[:5], len(re.findall(rb"/Type\s*/Page\b", printed)) >= 6, still_open) == (b"%PDF-", True, 0)

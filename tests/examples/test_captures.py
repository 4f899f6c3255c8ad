"""The screens in the documents: the real program, played with the keys that the tutorial names.

They are made by `python docs/play_first_round.py`; make them anew after a change of the console.
"""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from docs.first_round import DECISIONS, END, NOTE, REASON, SCENARIO, play
from docs.play_first_round import COMMAND, EXERCISE, KINDS, Kind, capture_all, place_of
from docs.play_whole_exercise import IN_BROWSER
from docs.play_whole_exercise import NAMES as NIGHT
from docs.terminal import CAPTURES, MASKED, plain, write_screens
from docs.terminal_picture import picture
from resilience.base.language import LANGUAGES, Language, in_language
from resilience.base.units import format_clock
from resilience.exercise import events as ev
from resilience.exercise.events import Event
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from scenarios.loader import read_scenario

NAMES = ("1-ready", "2-message", "3-decision", "4-city", "5-why", "6-deadlines", "7-log", "8-ended")
BANNER = "OEFENING - EXERCISE"
FILES = [
    f"{name}.{language}.{columns}x{lines}.{kind}"
    for name in NAMES
    for language, columns, lines in KINDS
    for kind in ("svg", "txt")
]


def essentials(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """Return what a log is about, without the moments of the wall: what happened when, by whom, with which words."""
    kept = ("inject", "point", "option", "why", "who", "text", "clock", "due", "change", "to", "how")
    return [
        (event.minute, str(event.kind), event.actor, {key: event.payload.get(key) for key in kept})
        for event in events
        if event.kind is not ev.Kind.LEASE
    ]


def without_screen(language: Language) -> list[tuple[object, ...]]:
    """Return the log of the same round, played without a screen."""
    with (
        in_language(language),
        Session.create(None, "utrecht", SCENARIO, lang=language, wall_source=CountedWall()) as session,
    ):
        play(session)
        return essentials(session.state.events)


def as_written(screen: str) -> str:
    """Return the letters of a screen in one line: frames gone, lines joined."""
    return re.sub(r"[\s│╭╮╰╯─]+", " ", screen)


def wanted(language: Language) -> dict[str, tuple[str, ...]]:
    """Return what must be on each screen of the round in *language*."""
    scenario = read_scenario(SCENARIO)
    first = scenario.injects[0]
    point = scenario.decision_by_id[DECISIONS[0].point]
    with in_language(language):
        return {
            "1-ready": (BANNER, str(first.title), str(first.sender), "1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "s ", "? "),
            "2-message": (BANNER, str(first.title), *[str(text) for text in first.expected]),
            "3-decision": (BANNER, str(point.title), *(f"{n} {o.name}" for n, o in enumerate(point.options, 1)), "▲"),
            "4-city": (BANNER, format_clock(DECISIONS[0].minute), "≈", "%"),
            "5-why": (BANNER, "1. +00:15"),
            "6-deadlines": (BANNER, "►", "NIS2"),
            "7-log": (BANNER, format_clock(END)),
            "8-ended": (BANNER, "■", "ENDEX"),
        }


def faults(kind: Kind, screens: dict[str, str], folder: Path, log: list[tuple[object, ...]]) -> list[object]:
    """Return what is wrong with one round: texts that are missing, screens that are too large, another log."""
    language, columns, lines = kind
    shown = {name: plain(screen) for name, screen in screens.items()}
    missing = [
        (name, text)
        for name, texts in wanted(language).items()
        for text in texts
        if text not in as_written(shown.get(name, ""))
    ]
    sizes = {name: (len(rows := screen.split("\n")), max(map(len, rows))) for name, screen in shown.items()}
    large = [(name, size) for name, size in sizes.items() if size[0] > lines or size[1] > columns]
    with Session.open(folder / EXERCISE, read_only=True) as session:
        played = essentials(session.state.events)
    unsaid = [text for text in (NOTE[language], REASON[language]) if text not in str(played)]
    return [*missing, *large, *unsaid, *([] if played == log else [played])]


@pytest.mark.full
@pytest.mark.terminal
def test_first_round_in_a_terminal(tmp_path: Path) -> None:
    """Every screen that the tutorial shows comes, fits, and holds what the text says; the log is that of the round."""
    rounds = capture_all(tmp_path)
    logs = {language: without_screen(language) for language in LANGUAGES}

    assert {
        kind: faults(kind, screens, place_of(tmp_path, kind), logs[kind[0]]) for kind, screens in rounds.items()
    } == {kind: [] for kind in KINDS}


def test_every_screen_is_kept_and_no_other() -> None:
    """The folder of captures holds each moment of the round in both languages, sizes and forms, and of the night."""
    night = [f"{name}.{language}.80x24.{kind}" for name in NIGHT for language in LANGUAGES for kind in ("svg", "txt")]
    browser = [f"{IN_BROWSER}.{language}.{kind}" for language in LANGUAGES for kind in ("png", "txt")]

    assert sorted(path.name for path in CAPTURES.iterdir()) == sorted([*FILES, *night, *browser])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".svg")])
def test_picture_asks_nothing_of_a_network(name: str) -> None:
    """A picture is well-formed, has a size, and names no address but that of its own format."""
    text = (CAPTURES / name).read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314 - our own file

    assert (root.tag, "viewBox" in root.attrib) == ("{http://www.w3.org/2000/svg}svg", True)
    assert (re.findall(r"https?://[^\"\s<]+", text), "url(http" in text, "@import" in text, "<script" in text) == (
        ["http://www.w3.org/2000/svg"], False, False, False,
    )  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".txt")])
def test_kept_screen_fits_and_says_that_it_is_an_exercise(name: str) -> None:
    """A kept screen has the size in its name, and the clock on the wall is masked in it."""
    text = (CAPTURES / name).read_text(encoding="utf-8")
    columns, lines = map(int, name.split(".")[2].split("x"))
    shown = text.rstrip("\n").split("\n")

    assert (max(map(len, shown)) <= columns, len(shown) <= lines, BANNER in text) == (True, True, True)
    assert set(re.findall(r"\b\d\d:\d\d:\d\d\b", text)) <= {MASKED}


def test_picture_keeps_colours_and_letters() -> None:
    """Text, its colour and its background come into the picture, over the end of a line too; markup is letters."""
    drawn = picture("\x1b[38;2;1;2;3m\x1b[48;2;4;5;6mred & <b>\nnext\x1b[0m plain\n", columns=20, title="a < b")
    words = "".join(ET.fromstring(drawn).itertext()).replace("\xa0", " ")  # noqa: S314 - our own text

    assert [part in words for part in ("red & <b>", "next", "plain", "a < b")] == [True] * 4
    assert (drawn.count("fill: #010203"), drawn.count('fill="#040506"')) == (1, 2)


def test_written_screens_are_named_by_moment_language_and_size(tmp_path: Path) -> None:
    """A screen becomes a text without colour codes and a picture, both under one name."""
    screens: dict[str, Any] = {"1-ready": "\x1b[1mREADY\x1b[0m   \n"}
    write_screens(screens, ("en", 20, 2), tmp_path, COMMAND)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["1-ready.en.20x2.svg", "1-ready.en.20x2.txt"]
    assert (tmp_path / "1-ready.en.20x2.txt").read_text(encoding="utf-8") == "READY\n"

"""The console as a screen: sizes, languages, faults, other consoles, and text that is never more than text."""

from pathlib import Path

import pytest

from resilience.base.problems import RunError
from resilience.exercise import seated
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from tests.tui.support import (
    NARROW,
    WIDE,
    RecordingApp,
    app_of,
    console,
    header_text,
    mini_session,
    part_text,
    press,
    screen_of,
    seen,
    settle,
    told,
    wait_for,
)
from tui.screens.too_small import TooSmallScreen
from tui.widgets.pane import Pane

Played = tuple[Session, CountedWall]
FULL = "the disk is full"


async def test_no_duff_from_another_seat_covers_this_screen_too(session: Session) -> None:
    """Whoever calls it, every screen shows it, and every screen goes back together."""
    async with console(session) as pilot:
        session.no_duff("real fire")
        await wait_for(pilot, lambda: "real fire" in seen(pilot), "NO DUFF with its reason")
        covered = pilot.app.screen is not screen_of(pilot)
        session.resume()
        await wait_for(pilot, lambda: pilot.app.screen is screen_of(pilot), "the console")
        back = pilot.app.screen is screen_of(pilot)

    assert (covered, back) == (True, True)


async def test_the_language_changes_while_playing(played: Played) -> None:
    """One key: content and rows in the other language, with the focus and the cursor where they were."""
    session, _wall = played
    async with console(session, WIDE) as pilot:
        await press(pilot, "3", "down", "l")
        await wait_for(pilot, lambda: "Zorg" in part_text(pilot, "board"), "Dutch")
        dutch = (screen_of(pilot).part, screen_of(pilot).chosen("points"), part_text(pilot, "points"))
        await press(pilot, "l")
        await wait_for(pilot, lambda: "Care" in part_text(pilot, "board"), "English")
        await press(pilot, "2", "enter")
        page = seen(pilot)

    assert dutch[:2] == ("points", "close-counter")
    assert "Waar gaat het aggregaat heen?" in dutch[2]
    assert "Nothing has happened to it so far." in page


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_small_terminal_shows_all_that_matters(language: str) -> None:
    """80×24: the banner, both times, phase, what comes, every part with its badge, the city, the log, keys."""
    session, _wall = mini_session(language)  # type: ignore[arg-type]
    with session:
        session.start()
        session.jump(60)
        async with console(session) as pilot:
            await press(pilot, "2")
            lines = seen(pilot).splitlines()

    assert len(lines) == 24
    assert max(len(line) for line in lines) <= 80
    assert all(mark in lines[0] for mark in ("OEFENING - EXERCISE", "Havendam", "►", ":01:00"))
    assert all(mark in lines[1] for mark in ("+01:00", "11", "10:00", "0:30"))
    assert all(f"{number} " in lines[2] for number in range(1, 7))
    assert all(badge in lines[2] for badge in ("▼2", "!1", "►1"))
    assert [line.split()[1] for line in lines[3:7]] == ["≈50%", "100%", "100%", "0%"]
    assert "✕" in lines[20]
    assert "+01:00" in lines[21]
    assert "Enter" in lines[22]
    assert "F12" in lines[23]


@pytest.mark.full
async def test_a_small_terminal_shows_ten_functions_and_why() -> None:
    """80×24: all ten functions of a large town, and below them at least two lines about the chosen one."""
    session = Session.create(None, "utrecht", "zwart-scherm", lang="en", wall_source=CountedWall(0))
    with session:
        session.start()
        async with console(session) as pilot:
            await press(pilot, "2")
            lines = seen(pilot).splitlines()

    names = [str(function.name) for function in session.city.functions]
    assert len(names) == 10
    assert [name for name, line in zip(names, lines[3:13], strict=True) if name not in line] == []
    assert lines[14].strip().startswith(names[0])
    assert lines[15].strip()


async def test_every_part_can_be_reached_on_a_small_terminal(played: Played) -> None:
    """Numbers and Tab bring each part up, with its own keys below it."""
    session, _wall = played
    session.jump(60)
    shown = []
    async with console(session) as pilot:
        for number in "123456":
            await press(pilot, number)
            screen = screen_of(pilot)
            visible = [pane.part for pane in screen.query(Pane) if pane.display and pane.size.height > 1]
            shown.append((screen.part, visible, screen.focused is screen.query_one(f"#{screen.part}", Pane).rows))
        await press(pilot, "tab", "shift+tab", "shift+tab")
        last = screen_of(pilot).part

    parts = ["injects", "board", "points", "picture", "clocks", "log"]
    assert shown == [(part, [part], True) for part in parts]
    assert last == "clocks"


async def test_a_wide_terminal_shows_all_parts_side_by_side(played: Played) -> None:
    """140×40: no part is empty or hidden; z shows one of them large, and all again."""
    session, _wall = played
    session.jump(60)
    session.note("Power is off")
    async with console(session, WIDE) as pilot:
        rows = {pane.part: pane.rows.size.height for pane in screen_of(pilot).query(Pane)}
        await press(pilot, "z")
        large = [pane.part for pane in screen_of(pilot).query(Pane) if pane.size.height > 1]
        await press(pilot, "z")
        again = [pane.part for pane in screen_of(pilot).query(Pane) if pane.size.height > 1]

    assert all(height >= 3 for height in rows.values())
    assert large == ["injects"]
    assert len(again) == 6


async def test_a_terminal_that_is_too_small_shows_one_sentence(session: Session) -> None:
    """It comes, and goes, with the size; the exercise goes on behind it."""
    async with console(session) as pilot:
        await pilot.resize_terminal(60, 20)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TooSmallScreen), "the sentence")
        sentence_shown = " ".join(seen(pilot).split())
        await pilot.resize_terminal(100, 30)
        await wait_for(pilot, lambda: pilot.app.screen is screen_of(pilot), "the console")

    assert sentence_shown == (
        "OEFENING - EXERCISE This terminal is 60×20; make it at least 80×24. The exercise goes on."
    )


async def test_a_fault_of_the_file_is_one_sentence_and_told_once(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at every tick is one notification, not four a second, and the console stays up."""
    session, _wall = played
    async with console(session) as pilot:

        def full(_wall: int | None = None) -> None:
            raise RunError(FULL)

        monkeypatch.setattr(session, "tick", full)
        for _time in range(5):
            screen_of(pilot).tick()
        await settle(pilot)
        answers = told(pilot)
        monkeypatch.setattr(session, "send", full_send)
        screen_of(pilot).query_one("#injects", Pane).rows.focus()
        await press(pilot, "s")
        after = told(pilot)

    assert answers == ["The disk is full"]
    assert after == ["The disk is full", "The disk is full"]


def full_send(_inject: str) -> None:
    """A send for which there is no room."""
    raise RunError(FULL)


async def test_city_text_is_never_read_as_markup_or_codes(played: Played) -> None:
    """Brackets are shown as they are, and an escape code in a note never reaches the terminal."""
    session, _wall = played
    session.note("[red]fire[/red] \x1b[31m [/x]", source="[b]")
    async with console(session) as pilot:
        screen_of(pilot).query_one("#injects", Pane).rows.select("rumour")
        await settle(pilot)
        shown = seen(pilot)
        await press(pilot, "4", "enter", "escape", "6", "enter")
        page = seen(pilot)

    assert "[switch cabinet]" in shown
    assert "[red]fire[/red]" in shown
    assert "[red]fire[/red]" in page
    assert "\x1b[31m" not in shown + page


async def test_leaving_asks_while_the_exercise_is_on(played: Played) -> None:
    """Escape stays, the letter leaves; Ctrl+Q does the same from anywhere."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "q", "escape")
        stayed = app_of(pilot).is_running and app_of(pilot)._exit is False
        await press(pilot, "n", "ctrl+q", "y")
        left = app_of(pilot)._exit

    assert (stayed, left) == (True, True)


@pytest.mark.full
async def test_the_light_screen_and_a_key_without_an_object(played: Played) -> None:
    """One key, and back; a key that has nothing to work on says so in one sentence."""
    session, _wall = played
    themes = []
    async with console(session) as pilot:
        await press(pilot, "d", "6")
        answers = told(pilot)
        for _time in range(2):
            await press(pilot, "t")
            themes.append(pilot.app.theme)

    assert themes == ["keten-light", "keten-dark"]
    assert answers == ["No decision is open now; f records a free one."]


async def test_a_second_console_says_that_another_conducts(tmp_path: Path) -> None:
    """Two consoles on one exercise: both see everything, one drives the clock, and what one does the other shows."""
    path = tmp_path / "one.exercise"
    first, wall = mini_session(path=path)
    with first, Session.open(path, wall_source=wall) as second:
        first.start()
        async with console(second) as pilot:
            notice = header_text(pilot).splitlines()[0]
            first.note("seen by both")
            await wait_for(pilot, lambda: "seen by both" in seen(pilot), "the note of the other console")

    assert "another console conducts" in notice


@pytest.mark.full
async def test_an_exercise_of_other_rules_can_be_read(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be computed again is not shown; what was recorded is, and no key makes the console fall over."""
    session, _wall = played
    session.note("the lights are out")
    with monkeypatch.context() as other_rules:
        other_rules.setattr(seated, "SEMANTICS_VERSION", -1)
        async with RecordingApp(session).run_test(size=NARROW) as pilot:
            await press(pilot, "4")
            shown = seen(pilot)
            await press(pilot, "2", "enter", "1", "s", "h", "d", "f", "ctrl+s", "escape", "j", "escape", "n", "escape")
            answers = told(pilot)

    assert "recorded with other rules: to read only" in shown
    assert "the lights are out" in shown
    assert answers
    assert all("\n" not in answer for answer in answers)

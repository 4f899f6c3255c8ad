"""``resilience simulate`` on a town small enough to check by hand: what falls, when, why, and whom to call."""

import datetime as dt
import json
import re
import shutil
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from city_model.loader import load_city
from resilience.base.language import in_language
from resilience.base.problems import InputError
from resilience.cli.exercise.moments import Moments
from resilience.cli.runs import failing
from resilience.cli.runs.level_strip import axis, mark, strip
from resilience.simulation.trace import Record, Trace, What
from tests.cli.asking import Ask
from tests.packaging.project import ROOT

MINI = ROOT / "tests" / "data" / "mini"
TOWN, SCENARIO = MINI / "city", MINI / "scenario.yaml"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = dt.datetime(2027, 5, 11, 14, 0, tzinfo=AMSTERDAM)

FALLS_OF_GRID = [
    ("grid", 0, 0, 0, 370),
    ("data-centre", 30, 30, 0, 390),
    ("case-system", 30, 30, 0, 615),
    ("hospital-it", 30, 180, 0, 390),
    ("care", 30, 30, 0, 390),
    ("information", 30, 30, 0, 615),
    ("mobile-net", 60, 60, 0, 370),
    ("tills", 60, 60, 0, 370),
    ("payment", 60, 60, 0, 370),
    ("fixed-net", 240, 240, 0, 370),
    ("control-room", 240, 240, 0, 370),
    ("safety", 240, 240, 0, 370),
]
"""By hand: detection 10m and repair 6h; buffers 30m, 1h, 3h and 4h; restart lags 20m and 30m; half of the case
system's 390 minutes of outage is its backlog."""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


@pytest.fixture
def two_o_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 14:00 on 11 May 2027 in Utrecht."""
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    time.tzset()
    monkeypatch.setattr(failing, "local_now", lambda: NOW)


@pytest.fixture
def reachable_town(tmp_path: Path) -> Path:
    """The town with a grid company and a municipality that can be called."""
    town = tmp_path / "town"
    shutil.copytree(TOWN, town)
    for name, role, address in (
        ("grid-company", "Storingswacht, Fault desk", "fault@grid.example.org"),
        ("municipality", "Piket, Duty officer", "duty@town.example.org"),
    ):
        dutch, english = role.split(", ")
        path = town / f"{name}.yaml"
        contact = f"contacts: [{{role: {{nl: {dutch}, en: {english}}}, email: {address}, phone: '030 000 0000'}}]"
        path.write_text(
            path.read_text(encoding="utf-8").replace("  source: verzonnen\n", f"  source: verzonnen\n  {contact}\n", 1),
            encoding="utf-8",
        )
    return town


def test_a_scenario_is_answered_whole(ask: Ask) -> None:
    """That it is fiction; each function over time; each breach of an MTD; what falls, in order, when and why."""
    assert ask("simulate", TOWN, SCENARIO) == (
        0,
        """\
All of it is invented.
What the incidents do to the city when nobody decides anything.
Per function: the lowest level in each stretch of time; █ is 100%, · is 0%.

Care                     ██▄▄▄▄▄▄▄··········▄████████████████    0%  183,333 resident hours lost
Payment                  ███··▂▂▂▂▂▂▂▂······█████████████████    0%  128,000 resident hours lost
Public safety            ████████████·▄▄▄▄▄▄█████████████████    0%  38,666 resident hours lost
Information and counter  ██····················▅▅▅▅▅▅▅▅▅▅████    0%  149,500 resident hours lost
                         0m      2h40m   5h20m   8h      10h40m

Care passes its maximum tolerable downtime of 2h at 11:40.
Payment passes its maximum tolerable downtime of 4h at 14:10.
Public safety passes its maximum tolerable downtime of 30m at 13:40.

Whom the loss harms was not said (impact.yaml): Care, Payment, Public safety, Information and counter.

13 components fall, in this order:
when   component                    gone   why
-----  ---------------------------  -----  --------------------------------------
09:10  Electricity grid             09:10  hit itself
09:40  Data centre                  09:40  needs Electricity grid, buffer used up
09:40  Case system                  09:40  needs Data centre
09:40  Hospital IT                  12:10  needs Data centre
09:40  Care                         12:10  needs Hospital IT
09:40  Information and counter      09:40  needs Case system
10:10  Mobile network               10:10  needs Electricity grid, buffer used up
10:10  Tills and payment terminals  10:10  needs Mobile network
10:10  Payment                      10:10  needs Tills and payment terminals
10:30  Payment network                     hit itself
13:10  Fixed network                13:10  needs Electricity grid, buffer used up
13:10  Control room                 13:10  needs Fixed network, Mobile network
13:10  Public safety                13:10  needs Control room

6 of 36 changes of level rest on a figure that nobody confirmed.
""",
        "",
    )


def test_a_failure_is_answered_on_one_screen(ask: Ask) -> None:
    """The functions by when they go down, MTD breaches, what else falls and when, whom to call, and how sure it is."""
    assert ask("simulate", TOWN, "--fail", "grid") == (
        0,
        """\
Electricity grid fails at +00:00, in this run until +06:10.

falls   city function                lowest  down    why
+00:30  Care                         0%      +00:30  needs Hospital IT
+00:30  Information and counter      0%      +00:30  needs Case system
+01:00  Payment                      0%      +01:00  needs Tills and payment terminals
+04:00  Public safety                0%      +04:00  needs Control room
Down for longer than tolerable (MTD): Care +02:30, Public safety +04:30, Payment +05:00.

7 components fall short after +00:00. The whole list: --all
+00:30  Data centre                  0%      +00:30  needs Electricity grid, buffer used up
+00:30  Case system                  0%      +00:30  needs Data centre
+00:30  Hospital IT                  0%      +03:00  needs Electricity grid, buffer used up
+01:00  Mobile network               0%      +01:00  needs Electricity grid, buffer used up
+01:00  Tills and payment terminals  0%      +01:00  needs Mobile network
+04:00  Fixed network                0%      +04:00  needs Electricity grid, buffer used up
+04:00  Control room                 0%      +04:00  needs Fixed network, Mobile network

Call Grid company: no contact in the map
Call Municipality of Havendam: no contact in the map
Repair times are one draw; 6 of 34 changes rest on figures nobody confirmed.
""",
        "",
    )


@pytest.mark.usefixtures("two_o_clock")
def test_a_real_failure_says_so_and_shows_the_clock(ask: Ask, reachable_town: Path) -> None:
    """NO EXERCISE in both languages at once, the time of the clock, what has fallen already, and how to reach whom."""
    assert ask("simulate", reachable_town, "--fail", "grid@13:20", "--for", "11h", "--now") == (
        0,
        """\
GEEN OEFENING - NO EXERCISE
Havendam, 11-05-2027 14:00. Computed from the map, not observed.
Electricity grid fails from 13:20 until Wed 00:20.

falls  city function                now   lowest  down   why
13:50  Care                         50%   0%      13:50  needs Hospital IT
13:50  Information and counter      0%    0%      13:50  needs Case system
14:20  Payment                      100%  0%      14:20  needs Tills and payment terminals
17:20  Public safety                100%  0%      17:20  needs Control room
Down for longer than tolerable (MTD): Care 15:50, Public safety 17:50, Payment 18:20.

Short at 14:00: 3 components; 4 more follow. The whole list: --all
14:20  Mobile network               100%  0%      14:20  needs Electricity grid, buffer used up
14:20  Tills and payment terminals  100%  0%      14:20  needs Mobile network
17:20  Fixed network                100%  0%      17:20  needs Electricity grid, buffer used up
17:20  Control room                 100%  0%      17:20  needs Fixed network, Mobile network

Call Grid company: Fault desk: 030 000 0000 fault@grid.example.org
Call Municipality of Havendam: Duty officer: 030 000 0000 duty@town.example.org
Repair times are one draw; 6 of 34 changes rest on figures nobody confirmed.
""",
        "",
    )


def test_everything_is_shown_on_request(ask: Ask, reachable_town: Path) -> None:
    """Every fall with when it is back, and every organisation with what to call it about."""
    text = ask("simulate", reachable_town, "--fail", "grid", "--all").out
    tables = [[re.split("  +", line) for line in part.splitlines()] for part in text.split("\n\n")]

    assert {
        "lines": [len(part) for part in tables],
        "harm": len(tables[2]),
        "a component": [row for row in tables[3] if row[1] == "Case system"],
        "calls": tables[4][2:],
        "legend": tables[5][0],
    } == {
        "lines": [1, 7, 1, 9, 6, 2],
        "harm": 1,
        "a component": [["+00:30", "Case system", "+00:30", "0%", "+10:15", "needs Data centre"]],
        "calls": [
            ["+00:00", "Grid company", "Fault desk: 030 000 0000 fault@grid.example.org", "Electricity grid"],
            ["+00:30", "Municipality of Havendam", "Duty officer: 030 000 0000 duty@town.example.org",
             "Data centre, Case system"],
            ["+00:30", "Service providers", "no contact in the map",
             "Hospital IT, Tills and payment terminals, Control room"],
            ["+01:00", "Telecom company", "no contact in the map", "Mobile network, Fixed network"],
        ],
        "legend": ["Down: below the level at which it still counts as working."],
    }  # fmt: skip


@pytest.mark.usefixtures("two_o_clock")
@pytest.mark.parametrize("form", [["--fail", "grid"], ["--fail", "grid@13:00", "--now"], ["--fail", "grid", "--all"]])
def test_nothing_on_the_dutch_screen_is_english(ask: Ask, form: list[str]) -> None:
    """Line by line the languages differ; only NO EXERCISE, in both languages at once, is the same."""
    shown = {lang: ask("simulate", TOWN, *form, lang=lang).out.splitlines() for lang in ("nl", "en")}
    same = {line for line in shown["nl"] if line in shown["en"] and set(line) - set(" -")}

    assert (len(shown["nl"]) - len(shown["en"]), same - {"GEEN OEFENING - NO EXERCISE"}) == (0, set())


def test_a_program_gets_every_fall_and_every_function(ask: Ask) -> None:
    """The same answer as JSON: minutes from the start, whole numbers, causes before what they bring down."""
    answer = json.loads(ask("simulate", TOWN, "--fail", "grid", "--json").out)
    fields = ("component", "minute", "down", "lowest", "back")

    assert {
        "falls": [tuple(fall[name] for name in fields) for fall in answer["falls"]],
        "lost": {one["component"]: one["lost"] for one in answer["functions"]},
        "breaches": {one["component"]: one["breaches"] for one in answer["functions"] if one["breaches"]},
        "moment": (answer["start"], answer["now"]),
        "trace": (answer["trace"]["horizon"], answer["trace"]["seed"]),
    } == {
        "falls": FALLS_OF_GRID,
        "lost": {
            "care": 40000 * (50 * 150 + 100 * 190 + 50 * 20),
            "payment": 30000 * (100 * 15 + 70 * 180 + 100 * 115),
            "safety": 40000 * (100 * 10 + 40 * 120),
            "information": 20000 * (100 * 390 + 30 * 195),
        },
        "breaches": {
            "care": [{"minute": 150, "mtd": 120}],
            "payment": [{"minute": 300, "mtd": 240}],
            "safety": [{"minute": 270, "mtd": 30}],
        },
        "moment": (None, 0),
        "trace": (4320, 0),
    }


@pytest.mark.usefixtures("two_o_clock")
def test_a_program_is_told_what_the_clock_says(ask: Ask) -> None:
    """The moment of minute 0, and which minute is now; of a scenario the moment at which it starts."""
    real = json.loads(ask("simulate", TOWN, "--fail", "grid@13:20", "--now", "--json").out)
    played = json.loads(ask("simulate", TOWN, SCENARIO, "--json").out)

    assert [(answer["start"], answer["now"]) for answer in (real, played)] == [
        ("2027-05-11T13:20:00+02:00", 40),
        ("2027-05-11T09:00:00", None),
    ]


def test_files_hold_the_whole_run(ask: Ask, tmp_path: Path) -> None:
    """A trace that can be read back and a spreadsheet of the functions, beside the answer; the folder is made."""
    folder = tmp_path / "a" / "b"
    plain = ask("simulate", TOWN, "--fail", "grid", "--until", "5h", "--json")
    again = ask("simulate", TOWN, "--fail", "grid", "--until", "5h", "--json", "--out", folder)
    trace = Trace.from_json(json.loads((folder / "trace.json").read_text(encoding="utf-8")))

    assert (again, sorted(path.name for path in folder.iterdir()), trace.to_json()) == (
        plain,
        ["functions.csv", "trace.json"],
        json.loads(plain.out)["trace"],
    )
    assert (folder / "functions.csv").read_text(encoding="utf-8") == (
        "function,from_minute,to_minute,level\n"
        "care,0,30,100\ncare,30,180,50\ncare,180,300,0\n"
        "payment,0,60,100\npayment,60,75,0\npayment,75,255,30\npayment,255,300,0\n"
        "safety,0,240,100\nsafety,240,250,0\nsafety,250,300,60\n"
        "information,0,30,100\ninformation,30,300,0\n"
    )


def test_several_failures_at_their_times(ask: Ask) -> None:
    """Each from its own moment on, all for the same time; what is said twice happens once."""
    words = ["--fail", "mobile-net@1h", "--fail", "fixed-net", "--fail", "mobile-net@1h", "--for", "2h"]
    answer = json.loads(ask("simulate", TOWN, *words, "--json").out)
    head = ask("simulate", TOWN, *words).out.splitlines()[:2]
    found = {fall["component"]: (fall["minute"], fall["lowest"], fall["back"]) for fall in answer["falls"]}

    assert (head, found) == (
        ["Mobile network fails from +01:00 until +03:00.", "Fixed network fails from +00:00 until +02:00."],
        {
            "fixed-net": (0, 0, 120),
            "case-system": (0, 0, 180),
            "information": (0, 0, 180),
            "mobile-net": (60, 0, 180),
            "tills": (60, 0, 180),
            "payment": (60, 0, 180),
            "control-room": (60, 0, 120),
            "safety": (60, 0, 120),
        },
    )


def test_a_failure_that_the_buffers_hold_is_said_to_be_one(ask: Ask) -> None:
    """Nothing else falls, and the screen says so for functions and components."""
    text = ask("simulate", TOWN, "--fail", "grid", "--for", "30m", "--until", "1d").out

    assert text.splitlines() == [
        "Electricity grid fails from +00:00 until +00:30.",
        "",
        "No city function falls short within 1d.",
        "",
        "No other component falls short within 1d.",
        "",
        "Call Grid company: no contact in the map",
        "Repair times are one draw; 0 of 2 changes rest on figures nobody confirmed.",
    ]


@pytest.mark.usefixtures("two_o_clock")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("grid --until 5h", "Electricity grid fails at 14:00 and is not repaired within 5h."),
        ("grid@2h", "Electricity grid fails at 16:00, in this run until 22:10."),
        ("grid@13:00", "Electricity grid fails at 13:00, in this run until 19:10."),
        ("grid@02:00", "Electricity grid fails at 02:00; in this run it is repaired at 08:10, before now."),
    ],
)
def test_the_failure_is_said_with_its_end(ask: Ask, words: str, said: str) -> None:
    """What the run assumes about the repair, and that it can be told otherwise when that contradicts the facts."""
    assert (
        ask("simulate", TOWN, "--fail", *words.split(), "--now")
        .out.splitlines()[2]
        .removesuffix(" Say with --for how long.")
        == said
    )


def test_the_same_seed_gives_the_same_answer(ask: Ask) -> None:
    """To the byte; the seed is in the trace."""
    runs = [ask("simulate", TOWN, SCENARIO, "--seed", seed, "--json").out for seed in ("7", "7", "8")]

    assert (runs[0] == runs[1], [json.loads(run)["trace"]["seed"] for run in runs]) == (True, [7, 7, 8])


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("stedin-middenspanning-utrecht --for 2d", "nl"),
        ("stedin-middenspanning-utrecht --for 2d", "en"),
        ("utrecht-identiteit", "nl"),
        ("digid --for 6h --until 1d", "en"),
    ],
)
def test_the_first_screen_fits_on_a_screen(ask: Ask, monkeypatch: pytest.MonkeyPatch, words: str, lang: str) -> None:
    """On the real map, 80 by 24: the functions that fall, some of what follows, whom to call; rows do not wrap."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = ask("simulate", "utrecht", "--fail", *words.split(), "--now", lang=lang).out.splitlines()
    heights = [max(1, -(-len(line) // 80)) for line in lines]
    columns = [line for line in lines if line[2:3] == ":"]

    assert {
        "fits": sum(heights) <= 23,
        "real": lines[0],
        "rows on one line": max(len(line) for line in columns) <= 80,
        "rows": len(columns) >= 3,
        "calls": sum("@utrecht.example.org" in line for line in lines),
    } == {"fits": True, "real": "GEEN OEFENING - NO EXERCISE", "rows on one line": True, "rows": True, "calls": 1}


@pytest.mark.parametrize(
    ("now", "moment", "minutes"),
    [
        ("2027-05-11T14:00", "13:20", -40),
        ("2027-05-11T14:00", "14:00", 0),
        ("2027-05-11T14:00", "9:05", -295),
        ("2027-05-11T14:00", "01:59", 719),
        ("2027-05-11T14:00", "02:00", -720),
        ("2027-05-11T00:10", "23:50", -20),
        ("2027-05-11T23:50", "00:10", 20),
        ("2027-03-28T04:00", "01:30", -90),
        ("2027-10-31T04:00", "01:30", -210),
        ("2027-05-11T14:00", "90m", 90),
    ],
)
@pytest.mark.usefixtures("two_o_clock")
def test_a_time_of_the_clock_is_the_nearest_one(now: str, moment: str, minutes: int) -> None:
    """Within twelve hours, before midnight and after, also in the nights in which the clock is changed."""
    town = load_city(str(TOWN))
    here = dt.datetime.fromisoformat(now).astimezone()
    asked = failing.question(town, "town", [f"grid@{moment}"], None, "1d", here)

    assert (asked.failures[0].minute - asked.now, asked.horizon - asked.now, asked.start) == (
        minutes,
        1440,
        here + dt.timedelta(minutes=min(minutes, 0)),
    )


def test_everything_wrong_with_a_question_is_said_at_once() -> None:
    """Components, times and options, each with its place and remedy."""
    town = load_city(str(TOWN))
    words = ["gird", "grid@soon", "telecom@", "grid@13:20", "grid@5d", "@2h"]
    with in_language("en"), pytest.raises(InputError) as caught:
        failing.question(town, "./town", words, "0m", "2d", None)

    assert [(problem.path, problem.repair) for problem in caught.value.problems] == [
        ("--fail gird", "did you mean grid?"),
        ("--fail grid@soon", "write weeks, days, hours and minutes, for example 30m, 4h or 2d"),
        ("--fail telecom@", "choose one of fixed-net, mobile-net"),
        ("--fail telecom@", "write for example @90m"),
        ("--fail grid@13:20", "add --now, or write how long after the start, for example @90m"),
        ("--fail @2h", "see resilience city show ./town"),
        ("--for", "write at least 1m"),
        ("--fail grid@5d", "look further ahead: --until 6d"),
    ]


@pytest.mark.parametrize(
    ("start", "now", "minute", "said"),
    [
        (None, 0, 1500, "+1d 01:00"),
        ("2027-05-11T14:00", 0, 599, "23:59"),
        ("2027-05-11T14:00", 0, 600, "wo 00:00"),
        ("2027-05-11T23:00", 120, 0, "di 23:00"),
        ("2027-05-11T14:00", 0, 7 * 1440, "18-05 14:00"),
    ],
)
def test_a_moment_is_as_short_as_is_clear(start: str | None, now: int, minute: int, said: str) -> None:
    """Time alone today, the day of the week within a week, else the date."""
    assert Moments(dt.datetime.fromisoformat(start) if start else None, now).when(minute) == said


@pytest.mark.usefixtures("two_o_clock")
def test_the_clock_on_the_wall_is_changed_in_the_night_that_it_is() -> None:
    """A real moment follows summer time; the clock of a scenario, at no place, does not."""
    night = dt.datetime(2027, 3, 28, 1, 30)  # noqa: DTZ001 - a scenario says no zone

    assert (Moments(night.astimezone()).when(60), Moments(night).when(60)) == ("03:30", "02:30")


def test_levels_are_readable_without_colour() -> None:
    """Only 100 is the full block and only 0 the dot; in between more is never lower."""
    marks = [mark(level) for level in range(101)]
    heights = ["·▁▂▃▄▅▆▇█".index(sign) for sign in marks]

    assert (heights[0], heights[100], 0 in heights[1:], 8 in heights[:100], heights == sorted(heights)) == (
        0, 8, False, False, True,
    )  # fmt: skip


def test_the_strip_shows_the_lowest_level_of_each_stretch() -> None:
    """A minute of loss is not hidden in an hour; nothing is shown after the end."""
    changes = [(59, 0), (60, 100), (90, 50), (240, 100)]
    records = tuple(Record(minute, "service", What.LEVEL, level) for minute, level in changes)

    assert strip(Trace("town", 0, 240, records), "service", 8, until=240) == "█·█▄▄▄▄▄"


@pytest.mark.parametrize(
    ("until", "line"),
    [
        (90, "0m      20m     40m     1h      1h20m"),
        (720, "0m      2h40m   5h20m   8h      10h40m"),
        (4320, "0h      16h     32h     48h     64h"),
        (10080, "0h      37h     74h     112h    149h"),
    ],
)
def test_the_time_below_the_strip_fits_the_run(until: int, line: str) -> None:
    """Minutes in a short run, hours in a long one; each at the column that begins there."""
    assert axis(36, until=until) == line

"""A picture laid beside the run. In the small town the counter works, falls at minute 30 and is back at minute 80."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from city_model.loader import load_city
from resilience.base.problems import InputError
from resilience.exercise.evaluation.picture_truth import claims, judged, notices, truth_at
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from resilience.simulation.trace import Record, Trace, What
from tests.unit.exercise.small_exercise import CITY, MINUTE, new_session, write_files

Played = tuple[Session, CountedWall]
FELL = 30


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    """An exercise that has just started."""
    session, wall = new_session(tmp_path)
    session.start()
    yield session, wall
    session.close()


def to(played: Played, minute: int) -> Session:
    """Let the clock run to *minute*."""
    session, wall = played
    wall.now = MINUTE * (minute + 1)
    session.tick()
    return session


def verdicts(session: Session) -> list[tuple[int, str]]:
    """Return the minute and the verdict of every line that can be judged, with the run as it stands."""
    found = judged(session.city, session.trace, claims(session.state))
    return [(one.item.minute, one.verdict) for one in found]


def test_each_line_is_laid_beside_its_own_minute(played: Played) -> None:
    """What was right at noon may be wrong at one: the run of that minute counts, on either side of the truth."""
    to(played, 20).note("fine", cell="gbt", about="web", says="works")
    to(played, 21).note("gone", cell="gbt", about="web", says="down")
    to(played, 22).note("no idea", status="unknown", cell="gbt", about="web")
    to(played, FELL).note("fine", cell="gbt", about="web", says="works")
    to(played, 45).note("fine", cell="gbt", about="web", says="works")
    to(played, 46).note("half", cell="gbt", about="web", says="hindered")
    session = to(played, 47)
    session.note("gone", cell="gbt", about="web", says="down")

    assert verdicts(session) == [
        (20, "right"), (21, "gloomy"), (22, "open"), (FELL, "unknowable"), (45, "rosy"), (46, "rosy"), (47, "right"),
    ]  # fmt: skip


def test_who_sees_it_coming_is_right_when_it_comes(played: Played) -> None:
    """Foretold before it fell: right. Foretold of what never falls: too gloomy. Of what lies down already: too rosy."""
    to(played, 15).note("server on battery", cell="it", about="web", says="at_risk")
    to(played, 16).note("phones next", cell="it", about="phone", says="at_risk")
    to(played, 40).note("soon", cell="it", about="web", says="at_risk")
    session = to(played, 60)

    assert verdicts(session) == [(15, "right"), (16, "gloomy"), (40, "rosy")]


def test_the_delay_runs_from_the_fall_to_the_first_line(played: Played) -> None:
    """By whichever team; a line of before the fall is foresight, and saying that it works is no notice."""
    to(played, 15).note("soon", cell="it", about="web", says="at_risk")
    to(played, 35).note("fine", cell="gbt", about="web", says="works")
    to(played, 42).note("gone", cell="gbt", about="web", says="down")
    session = to(played, 50)
    session.note("gone", cell="it", about="server", says="down")
    found = notices(session.city, session.trace, claims(session.state), 50)

    assert [(one.component, one.fell, one.foreseen, one.delay, one.cell) for one in found] == [
        ("server", FELL, None, 20, "it"), ("web", FELL, 15, 12, "gbt"),
    ]  # fmt: skip


def test_what_fell_and_stands_in_no_picture_is_told(played: Played) -> None:
    """A city function is asked about whether or not somebody wrote of it."""
    session = to(played, 50)

    assert [(one.component, one.noticed) for one in notices(session.city, session.trace, (), 50)] == [("web", None)]


def test_an_evaluator_can_read_a_line_afterwards(played: Played) -> None:
    """The words of the team stay; the last reading counts, and a team cannot read its own exam."""
    line = to(played, 45).note("nobody can be helped at the desk", cell="gbt")
    session = to(played, 60)
    session.end()
    session.read_picture(line.seq, "web", "works")
    session.read_picture(line.seq, "web", "down")

    assert (verdicts(session), session.state.picture[0].about) == ([(45, "right")], None)


@pytest.mark.parametrize(
    ("about", "says", "said"),
    [("webb", "down", "there is no component webb"), (None, "down", "it is not said what this is about")],
)
def test_a_claim_is_about_something_on_the_map(played: Played, about: str | None, says: str, said: str) -> None:
    """Else it could never be judged."""
    with pytest.raises(InputError, match=said):
        to(played, 20).note("x", cell="gbt", about=about, says=says)  # type: ignore[arg-type]


def test_a_few_per_cent_less_is_still_working(tmp_path: Path) -> None:
    """A table need not know of one resident in twenty; what is below its own minimum is down, however high that is."""
    trace = Trace("town", 0, 100, (Record(5, "web", What.LEVEL, 96), Record(6, "web", What.LEVEL, 94)))
    town = Path(write_files(tmp_path)[0])
    found = []
    for minimum in ("", "    minimum_level: {value: 98, source: made-up}\n"):
        text = CITY.replace("    kind: function\n", f"    kind: function\n{minimum}", 1)
        (town / "city.yaml").write_text(text, encoding="utf-8")
        city = load_city(str(town))
        found.append([truth_at(city, trace, "web", minute) for minute in (4, 5, 6)])

    assert found == [["works", "works", "hindered"], ["works", "down", "down"]]

"""Scaling up and down: levels with their signs, and what the log says of it."""

from pathlib import Path

from city_model.loader import load_city
from resilience.exercise.scaling import scale_choices, structure_for
from resilience.exercise.wording import sentence
from scenarios.crisis_structure import crisis_structure
from tests.unit.exercise.small_exercise import new_session


def test_from_a_level_each_other_one_shows_what_asks_for_it() -> None:
    """Going up shows what asks for that level; going down shows what must be so to leave this one."""
    structure = crisis_structure("utrecht")
    choices = {one.level: one for one in scale_choices(structure, "GRIP 2")}
    two, three = structure.level_by_id["grip-2"], structure.level_by_id["grip-3"]
    assert [(choices[level].direction, choices[level].signs) for level in ("grip-0", "grip-2", "grip-3")] == [
        ("down", two.scale_down),
        ("now", two.scale_down),
        ("up", three.scale_up),
    ]


def test_a_city_without_a_known_region_has_the_national_structure(tmp_path: Path) -> None:
    """A town of one's own can scale too."""
    session, _wall = new_session(tmp_path)
    assert structure_for(session.city) == crisis_structure()


def test_the_log_keeps_the_signs_and_older_logs_have_none(tmp_path: Path) -> None:
    """Whoever evaluates reads which criteria were seen; a level without them reads as before."""
    session, _wall = new_session(tmp_path)
    session.start()
    events = [session.scale("GRIP 2", "unrest", signs=["Residents feel it"]), session.scale("GRIP 0")]
    assert ([sentence(event) for event in events], session.state.scales[0].signs) == (
        ["Scaled to GRIP 2 (unrest). Seen: Residents feel it", "Scaled to GRIP 0"],
        ("Residents feel it",),
    )


def test_the_region_of_the_city_gives_the_names() -> None:
    """In Utrecht the levels call its own teams."""
    names = {str(team.nl) for one in scale_choices(structure_for(load_city("utrecht")), None) for team in one.teams}
    assert {"Team Bevolkingszorg", "Gemeentelijk Beleidsteam (GBT)"} <= names

"""The dry run: a whole exercise played in seconds, every inject sent and every decision taken at its deadline.

No wall time passes: wall moments come from a counter, so that the same seed and choices give the same content chain.
"""

from collections.abc import Mapping
from pathlib import Path

from resilience.base.language import Language, _, in_language
from resilience.exercise.keeping.store import remove
from resilience.exercise.moment import refuse
from resilience.exercise.session import Session
from scenarios.schema import Scenario

FIRST_WALL = 0
"""Where the counter of wall moments starts: a rehearsal is at no date."""
WALL_STEP_MS = 1_000


class CountedWall:
    """Wall moments that pass only when asked to."""

    def __init__(self, start: int = FIRST_WALL) -> None:
        self.now = start

    def __call__(self) -> int:
        """Return the wall moment now."""
        return self.now

    def step(self) -> int:
        """Let a second pass and return the wall moment after it."""
        self.now += WALL_STEP_MS
        return self.now


def rehearse(
    city: str,
    scenario: str,
    *,
    seed: int = 0,
    lang: Language = "nl",
    path: Path | None = None,
    choices: Mapping[str, str] | None = None,
) -> Session:
    """Play the scenario to its horizon without people, and return the finished session.

    At the deadline of each decision point its option in *choices* is taken, or else its default. A rehearsal that does
    not end, also by Ctrl-C, leaves no file: half of one looks like an exercise that people played.
    """
    wall = CountedWall()
    session = Session.create(path, city, scenario, seed=seed, lang=lang, wall_source=wall)
    try:
        _check(choices or {}, session.scenario)
        session.start()
        session.pause()
        _play(session, wall, choices or {})
        with in_language(lang):
            session.end(_("rehearsal"))
    except BaseException:
        try:
            session.close()
        finally:
            if path is not None:
                remove(path)
        raise
    return session


def _check(choices: Mapping[str, str], scenario: Scenario) -> None:
    """Raise InputError for a choice at a decision that does not exist, which would be passed over in silence."""
    for point in choices:
        if point not in scenario.decision_by_id:
            known = ", ".join(scenario.decision_by_id)
            refuse(_("there is no decision {decision}", decision=point), _("use one of: {words}", words=known))


def _play(session: Session, wall: CountedWall, choices: Mapping[str, str]) -> None:
    script = session.scenario
    cells = {cell.id: cell.name for cell in script.cells}
    for point in sorted(script.decisions, key=lambda point: point.deadline):
        if point.deadline > script.horizon:
            continue
        _jump(session, wall, point.deadline)
        who = cells[point.decides].within(session.language)
        session.decide(point.id, choices.get(point.id, point.default), who=who)
    _jump(session, wall, script.horizon)


def _jump(session: Session, wall: CountedWall, minute: int) -> None:
    wall.step()
    if minute > session.minute():
        session.jump(minute)
    session.tick()

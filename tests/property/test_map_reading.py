"""What gaps and checks find is what trying every failure, one by one and as plainly as possible, finds."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from city_model.common_root import common_roots
from city_model.gaps import gaps
from city_model.losses import Losses
from city_model.schema import City, Component, PlacedNeed
from city_model.values import RequiredCapable
from resilience.analysis.black_start import bare, circular_redundancies
from resilience.simulation.engine import Simulation
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.model import compile_city
from tests.runs import outage
from tests.strategies import cases
from tests.strategies_monotone import with_components

NEVER = 1_000_000
FEWER = settings(max_examples=settings().max_examples // 3)
"""Every example is tried by hand for every component of its city."""
FIGURES = st.sampled_from([None, 0, 20, 60, 240])


@dataclass(frozen=True)
class Tried:
    """What the loss of one component did: when each was lost, and who felt anything."""

    lost: dict[str, int]
    felt: frozenset[str]


def minutes_of(placed: PlacedNeed, lost: dict[str, int]) -> int:
    """Return when the need takes its dependent to zero; NEVER when something is left."""
    need = placed.need
    strength, criticality = (
        100 if figure is None else int(figure.value) for figure in (need.strength, need.criticality)
    )
    enough = 1 if need.shares else need.at_least or len(need.provider_ids)
    still_enough = sorted((lost.get(name, NEVER) for name in need.provider_ids), reverse=True)[enough - 1]
    buffer = int(need.buffer.value) if need.buffer else 0
    return NEVER if min(100 - strength, criticality) > 0 else min(NEVER, still_enough + buffer)


def is_short(placed: PlacedNeed, felt: set[str]) -> bool:
    """Return whether those who feel nothing are too few for the whole need."""
    need = placed.need
    whole = [name for name in need.provider_ids if name not in felt]
    if need.shares:
        return sum(need.shares[name] for name in whole) < 100
    return len(whole) < (need.at_least or len(need.provider_ids))


def tried(made: City, start: str) -> Tried:
    """Take *start* away for good, and look at every need again until nothing changes."""
    running = [one for one in made.placed_needs if one.role == "level" and one.need.effective_phase != "start"]
    lost, felt = {start: 0}, {start}
    for _round in made.components:
        for placed in running:
            minutes = minutes_of(placed, lost)
            if minutes < lost.get(placed.dependent, NEVER):
                lost[placed.dependent] = minutes
            if is_short(placed, felt):
                felt.add(placed.dependent)
    return Tried(lost, frozenset(felt))


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Return a small city of any kind, in which some ask for a downtime and some say how long they take to recover."""

    def with_figures(part: Component) -> Component:
        said = {"required": draw(FIGURES), "capable": draw(FIGURES)}
        pair = {
            side: {"value": f"{minutes}m", "source": "fact"} for side, minutes in said.items() if minutes is not None
        }
        return part.model_copy(update={"rto": RequiredCapable.model_validate(pair)})

    return with_components(draw(cases(decisions=False)).city, with_figures)


def rto(part: Component, side: str) -> int | None:
    """Return the recovery time that *part* asks for or reaches."""
    figure = getattr(part.rto, side)
    return None if figure is None else int(figure.value)


@FEWER
@given(cities())
def test_who_feels_a_loss_and_who_is_lost(made: City) -> None:
    """The quick answers and the full ones are those of the plain search."""
    losses = Losses(made)
    found = [
        (
            {name: effect.minutes or 0 for name, effect in losses.lost(part.id).items()},
            frozenset(losses.felt(part.id)),
            frozenset(losses.of(part.id)),
        )
        for part in made.components
    ]
    expected = [tried(made, part.id) for part in made.components]

    assert found == [(one.lost, one.felt, one.felt) for one in expected]


@FEWER
@given(cities())
def test_gaps_are_those_of_every_pair(made: City) -> None:
    """Who asks a recovery time, beside whoever takes it down alone: the worst, how many fall short, who is silent."""
    short: dict[str, list[int]] = {}
    silent: dict[str, set[str]] = {}
    for provider in made.components:
        able = rto(provider, "capable")
        for name, minutes in tried(made, provider.id).lost.items():
            required = rto(made.component_by_id[name], "required")
            if required is not None and able is None:
                silent.setdefault(provider.id, set()).add(name)
            elif required is not None and able is not None and able - minutes > required:
                short.setdefault(name, []).append(able - minutes)
    found = gaps(made)

    assert (
        {gap.component: (gap.reached, found.shorter[gap.place]) for gap in found.worst},
        {one.provider: set(one.asked_by) for one in found.silent},
    ) == ({name: (max(reached), len(reached)) for name, reached in short.items()}, silent)


@FEWER
@given(cities())
def test_common_roots_are_those_of_every_failure(made: City) -> None:
    """Every failure that takes all of a group of alternatives at once, with when and how many feel it."""
    outcomes = {part.id: tried(made, part.id) for part in made.components}
    expected: dict[tuple[tuple[str, ...], int], dict[str, tuple[int, int]]] = {}
    for placed in made.placed_needs:
        need = placed.need
        shares = sorted((need.shares or {}).values())
        spare = len(need.providers) - (need.at_least or len(need.providers)) if not shares else len(shares) - 1
        counts = sum(shares[:-1]) >= 100 if shares else spare > 0
        if placed.role != "level" or need.effective_phase == "start" or not counts:
            continue
        roots = expected.setdefault((tuple(sorted(need.provider_ids)), spare), {})
        for name, outcome in outcomes.items():
            minutes = minutes_of(placed, outcome.lost)
            if minutes < NEVER:
                roots[name] = min(roots.get(name, (NEVER, 0)), (minutes, len(outcome.felt)))
    found = {(one.providers, one.spare): one.roots for one in common_roots(made)[0]}

    assert {key: {root.component: (root.minutes, root.breadth) for root in roots} for key, roots in found.items()} == {
        key: roots for key, roots in expected.items() if roots or key in found
    }


@FEWER
@given(cities())
def test_fallbacks_fall_with_what_they_replace(made: City) -> None:
    """Every other failure that takes a component and, before it has given all that it can, its fallback; each once."""
    outcomes = {part.id: tried(made, part.id) for part in made.components}
    expected: dict[str, dict[str, int]] = {}
    for placed in made.placed_needs:
        fallback = made.component_by_id[placed.dependent].fallback
        if placed.role != "fallback" or fallback is None:
            continue
        limit = NEVER if fallback.duration is None else int(fallback.duration.value)
        for name, outcome in outcomes.items():
            gone, lost = minutes_of(placed, outcome.lost), outcome.lost.get(placed.dependent, NEVER)
            if name != placed.dependent and lost < NEVER and gone < min(NEVER, lost + limit):
                roots = expected.setdefault(placed.dependent, {})
                roots[name] = min(roots.get(name, NEVER), gone)
    found = {
        one.component: [(root.component, root.minutes) for root, _normal in one.roots] for one in common_roots(made)[1]
    }

    assert {name: sorted(roots) for name, roots in found.items()} == {
        name: sorted(roots.items()) for name, roots in expected.items()
    }


@FEWER
@given(cities())
def test_false_alternatives_are_those_of_a_run_of_the_whole_city(made: City) -> None:
    """Rule 9.6: trying an alternative in its circle gives what a run of everything gives."""
    model = bare(compile_city(made))
    expected = []
    for dependent in made.components:
        run = Simulation(model, [outage(dependent.id, 0)], horizon=0)
        run.advance(0)
        for placed in made.placed_needs:
            need = placed.need
            count = len(need.providers)
            spare = sum(need.shares.values()) > 100 if need.shares else (need.at_least or count) < count
            if placed.dependent == dependent.id and (placed.role == "fallback" or (placed.role == "level" and spare)):
                expected += [
                    (placed.key, provider, run.level(provider))
                    for provider in need.provider_ids
                    if run.level(provider) < minimum_level_of(made.component_by_id[provider])
                ]

    assert sorted((one.need, one.alternative, one.level) for one in circular_redundancies(made)) == sorted(expected)

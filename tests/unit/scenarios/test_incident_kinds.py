"""Kinds of incident: what they become, what may be chosen, and what is said when it does not fit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from city_model.effects import Damage, Selector
from city_model.schema import City
from resilience.base.language import in_language
from resilience.base.problems import InputError
from resilience.exercise.keeping import frozen
from resilience.simulation.orders import Order
from scenarios.catalogue import reference_text
from scenarios.incident_kinds import FILE, Strike, kinds_in, reference_kinds
from scenarios.kind_checks import strike_faults, value_fault
from scenarios.loader import load_scenario_from_text
from scenarios.schema import IncidentKind, ParameterValue, Scenario
from tests.builders import city, component, need, path, team
from tests.builders import function as function_of
from tests.runs import levels, run
from tests.unit.exercise.small_exercise import write_files
from tests.unit.scenarios.test_checks import RIGHT, faults

OWN_EFFECT = """\
    effects:
      - {effect: damage, select: {ids: [web]}}
injects:"""


@pytest.fixture(scope="module")
def place() -> City:
    """Return a city where every kind has something to strike."""
    return city(
        function_of("dienst", needs=["web"]),
        component("web", needs=[need("net", kind="network", buffer=30), need("grid", kind="power")], tags=("online",)),
        component("net"),
        component("grid"),
        component("reserve"),
        team("ploeg"),
        path("web", "net"),
    )


def written(*lines: str, kind: str = "outage") -> str:
    """Return the right scenario with *lines* in place of the effects of its incident, and with that *kind*."""
    text = RIGHT.replace(OWN_EFFECT, "".join(f"    {line}\n" for line in lines) + "injects:")
    return text.replace("kind: outage", f"kind: {kind}")


def loaded(text: str, place: City) -> Scenario:
    """Return the scenario in *text*."""
    return load_scenario_from_text(text, "test.yaml", place)


def strike(name: str, where: str, **given: ParameterValue) -> Strike:
    """Return what the kind *name* does at a component or team."""
    kind = reference_kinds().kind_by_id[name]
    if kind.at == "teams":
        return Strike(kind, None, (where,), given)
    return Strike(kind, Selector(ids=(where,)), (), given)


def test_every_kind_of_a_scenario_is_described() -> None:
    """The reference has each kind that a scenario may name, in the same order, and names every source it uses."""
    kinds = reference_kinds()
    named = {parameter.source for kind in kinds.kinds for parameter in kind.parameters}

    assert ([kind.id for kind in kinds.kinds], named) == (list(get_args(IncidentKind)), set(kinds.source_by_id))


def test_every_default_fits_its_range() -> None:
    """A default is a value that the user might have written."""
    chosen = [parameter for kind in reference_kinds().kinds for parameter in kind.parameters if parameter.default]

    assert [one.id for one in chosen if value_fault((), one, one.default or 0)] == []


def test_every_value_that_is_used_is_a_parameter() -> None:
    """A kind names no value that nobody can choose, and each parameter changes something."""
    special = {"select", "components", "team"}
    for kind in reference_kinds().kinds:
        said = repr(kind.effects)
        used = {one.id for one in kind.parameters if f"'${one.id}'" in said or f"': '{one.id}'" in said}
        words = {word.strip("',{}[]()") for word in said.split() if "$" in word}

        assert (used, words - {f"${name}" for name in special | used}) == (set(kind.parameter_by_id), set())


SMALL_EFFECTS: dict[str, tuple[str, dict[str, ParameterValue], list[dict[str, object]]]] = {
    "until repaired": ("outage", {}, [{"effect": "damage", "select": {"ids": ("web",)}}]),
    "for a time": (
        "outage",
        {"lasts": "2h", "level_left": 30},
        [{"effect": "damage", "select": {"ids": ("web",)}, "cap": 30, "ends": "duration",
          "lasts": {"fixed": 120, "source": "aanname"}}],
    ),
    "what is chosen": (
        "ransomware",
        {"strikes_after": "0m", "steals": False, "struck": 500},
        [{"effect": "infect", "select": {"ids": ("web",)}, "detonates_after": 0, "detonates": 500}],
    ),
    "conditions": (
        "insider",
        {"steals": False, "wipes": True},
        [{"effect": "corrupt", "select": {"ids": ("web",)}},
         {"effect": "damage", "select": {"ids": ("web",)}, "destroys_data": True}],
    ),
    "components by name": (
        "precautionary_disconnection",
        {"lasts": "1h"},
        [{"effect": "isolate", "components": ("web",)},
         {"effect": "reconnect", "components": ("web",), "delay": 60}],
    ),
    "teams": (
        "staff_loss",
        {"lasts": "1h"},
        [{"effect": "withdraw_teams", "team": "web", "count": 1},
         {"effect": "add_teams", "team": "web", "count": 1, "delay": 60}],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL_EFFECTS)
def test_a_kind_becomes_effects(place: City, name: str) -> None:
    """A value that was chosen takes the place of its name; what has no value, and what does not count, is left out."""
    kind, given, expected = SMALL_EFFECTS[name]

    effects = strike(kind, "web", **given).effects(place)

    assert [effect.model_dump(exclude_defaults=True) for effect in effects] == expected


def test_waves_follow_each_other() -> None:
    """A DDoS of one hour with a pause of two: at 0..60, 180..240, 360..420."""
    small = city(component("web"))
    order = Order("ddos", "incident", 0, strike("ddos", "web", level_left=40, lasts="1h", pause="2h").effects(small))

    assert levels(run(small, order, horizon=500), "web") == {0: 40, 60: 100, 180: 40, 240: 100, 360: 40, 420: 100}


def test_a_scenario_gets_the_effects_of_a_kind_before_its_own(place: City) -> None:
    """With select the kind does its work; the effects that stand there come after it."""
    lines = ("select: {tags: [online]}", "parameters: {lasts: 2h}", "effects: [{effect: isolate, components: [net]}]")
    effects = loaded(written(*lines), place).incidents[0].effects

    assert [(effect.effect, getattr(effect, "ends", None)) for effect in effects] == [
        ("damage", "duration"),
        ("isolate", None),
    ]


def test_without_a_place_the_kind_is_only_a_name(place: City) -> None:
    """A scenario that gives effects itself, as all did before, does exactly these."""
    assert len(loaded(RIGHT, place).incidents[0].effects) == 1


class Mistake(NamedTuple):
    """An incident with something wrong in it: its kind, what it says, and the one fault."""

    kind: str
    lines: tuple[str, ...]
    said: str


MISTAKES = {
    "nothing": Mistake(
        "outage",
        (),
        "id: storing | incidents.storing: this incident does nothing: add select: where it strikes, or effects",
    ),
    "only parameters": Mistake(
        "outage",
        ("parameters: {lasts: 2h}",),
        "{lasts: 2h | incidents.storing.parameters: it is not said where this kind strikes: "
        "add select, or leave parameters out",
    ),
    "unknown parameter": Mistake(
        "outage",
        ("select: {ids: [web]}", "parameters: {last: 2h}"),
        "last: 2h | incidents.storing.parameters.last: Outage has no parameter last: "
        "did you mean lasts? choose one of level_left, lasts",
    ),
    "too high": Mistake(
        "outage",
        ("select: {ids: [web]}", "parameters: {level_left: 100}"),
        "100 | incidents.storing.parameters.level_left: 100 does not fit level_left: write a whole number from 0 to 99",
    ),
    "no duration": Mistake(
        "outage",
        ("select: {ids: [web]}", "parameters: {lasts: 2}"),
        "2 | incidents.storing.parameters.lasts: 2 does not fit lasts: write a duration from 1m to 365d, such as 4h",
    ),
    "no yes or no": Mistake(
        "wiper",
        ("select: {ids: [web]}", "parameters: {spreads: 1}"),
        "1 | incidents.storing.parameters.spreads: 1 does not fit spreads: write true or false",
    ),
    "no such component": Mistake(
        "outage",
        ("select: {ids: [wep]}",),
        "wep | incidents.storing.select.ids#1: component wep does not exist: "
        "did you mean web? choose one of dienst, grid, net, reserve, web",
    ),
    "past the buffer": Mistake(
        "power_failure",
        ("select: {ids: [web]}",),
        "{ids: [web | incidents.storing.select: nothing in testcity needs power of web: choose one of grid",
    ),
    "teams for components": Mistake(
        "outage",
        ("teams: [ploeg]",),
        "[ploeg | incidents.storing.teams: Outage strikes components, not teams: write select",
    ),
    "components for teams": Mistake(
        "staff_loss",
        ("select: {ids: [web]}",),
        "{ids: [web | incidents.storing.select: Loss of staff strikes teams, not components: write teams",
    ),
    "no such team": Mistake(
        "staff_loss",
        ("teams: [ploegje]",),
        "ploegje | incidents.storing.teams#1: team ploegje does not exist: did you mean ploeg? choose one of ploeg",
    ),
    "nothing left": Mistake(
        "insider",
        ("select: {ids: [web]}", "parameters: {steals: false, changes: false}"),
        "{steals: false | incidents.storing.parameters: with these parameters this kind does nothing: "
        "set one of them to true",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_place_and_remedy(place: City, name: str) -> None:
    """Each mistake gives its one sentence, at the value that must change."""
    mistake = MISTAKES[name]

    assert faults(written(*mistake.lines, kind=mistake.kind), place) == [mistake.said]


def test_every_kind_can_be_asked_everywhere(place: City) -> None:
    """With its defaults each kind has no fault where it may strike, and becomes effects."""
    where = {"power_failure": "grid", "telecom_failure": "net", "staff_loss": "ploeg"}
    strikes = [strike(kind.id, where.get(kind.id, "web")) for kind in reference_kinds().kinds]

    assert [(list(strike_faults((), one, place)), bool(one.effects(place))) for one in strikes] == [
        ([], True) for _one in strikes
    ]


def test_an_exercise_keeps_the_kinds_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other defaults in a later version of the program do not change what was played."""
    town, scenario = write_files(tmp_path)
    text = Path(scenario).read_text(encoding="utf-8")
    own = "    effects:\n      - {effect: damage, select: {ids: [power]}}\n"
    using = tmp_path / "using.yaml"
    using.write_text(text.replace(own, "    select: {ids: [power]}\n"), encoding="utf-8")
    kept = frozen.created(town, str(using), seed=0, lang="en").payload
    later = kinds_in(reference_text(FILE).replace("default: 5h30m", "default: 1h"))
    monkeypatch.setattr("scenarios.loader.reference_kinds", lambda: later)

    def length(payload: Mapping[str, Any]) -> object:
        effect = frozen.thawed_scenario(payload, frozen.thawed_city(payload)).incidents[0].effects[0]
        return isinstance(effect, Damage) and effect.lasts and effect.lasts.fixed

    assert (own in text, length(kept), length({**kept, "incident_kinds": None})) == (True, 330, 60)


def test_a_broken_reference_is_refused_with_its_place() -> None:
    """The kinds that an exercise kept are checked like every other file."""
    with in_language("en"), pytest.raises(InputError) as caught:
        kinds_in(reference_text(FILE).replace("type: duration", "type: duraton", 1))

    assert "duraton" in str(caught.value)

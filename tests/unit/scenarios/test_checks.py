"""Each check of a scenario: one right scenario, one mistake per test, the message with its place and remedy."""

from typing import NamedTuple

import pytest

from city_model.effects import Selector
from city_model.schema import City
from city_model.selection import selected
from resilience.base.language import in_language
from resilience.base.problems import InputError
from scenarios.checks import CHECKS, faults_of
from scenarios.loader import load_scenario_from_text
from tests.builders import city, component, fallback, need, path, team
from tests.builders import function as function_of

RIGHT = """\
id: test
name: {nl: Test, en: Test}
summary: {nl: Een test, en: A test}
fiction: {nl: Verzonnen, en: Invented}
city: testcity
blocks:
  cause: {nl: a, en: a}
  source: {nl: a, en: a}
  actors: {nl: a, en: a}
  domain: {nl: a, en: a}
  area: {nl: a, en: a}
  perspective: {nl: a, en: a}
start: '2027-01-22T23:00'
horizon: 24h
rounds:
  - {id: een, name: {nl: Een, en: One}, starts: 0m, ends: 8h}
  - {id: twee, name: {nl: Twee, en: Two}, starts: 8h, ends: 1d}
cells:
  - {id: it, name: {nl: IT, en: IT}, role: {nl: Herstelt, en: Repairs}}
  - {id: beleid, name: {nl: Beleid, en: Policy}, role: {nl: Besluit, en: Decides}}
objectives:
  - id: besluiten
    text: {nl: Besluit op tijd, en: Decide in time}
    critical_tasks:
      - {id: op-tijd, text: {nl: a, en: a}, observation: {nl: a, en: a}}
incidents:
  - id: storing
    name: {nl: Storing, en: Outage}
    kind: outage
    at: 1h
    effects:
      - {effect: damage, select: {ids: [web]}}
injects:
  - id: melding
    title: {nl: Melding, en: Report}
    text: {nl: Het web is weg, en: The web is gone}
    sender: {nl: Piket, en: On call}
    cells: [it]
    channel: phone
    trigger: {at: 1h}
    objective: besluiten
    decision: stekker
    starts_clocks: [avg]
  - id: gevolg
    title: {nl: Gevolg, en: Consequence}
    text: {nl: Niemand kan erbij, en: Nobody can reach it}
    sender: {nl: Balie, en: Desk}
    cells: [beleid]
    channel: phone
    trigger: {when: {component: web, below: 50, lasting: 30m}}
decisions:
  - id: stekker
    title: {nl: Stekker, en: Plug}
    question: {nl: Eruit?, en: Pull it?}
    decides: it
    opens: 1h
    deadline: 3h
    options:
      - id: eruit
        name: {nl: Eruit, en: Pull}
        text: {nl: Eruit, en: Pull}
        effects:
          - {effect: isolate, components: [web]}
          - {effect: add_teams, team: ploeg, count: 1}
          - {effect: supply, need: web>net, minutes: 30m}
          - {effect: close_path, paths: [web>net]}
          - {effect: end_damage, components: [web], incident: storing}
          - {effect: switch_provider, need: web>net, old: net, new: reserve}
          - {effect: start_clock, clock: avg}
      - id: erin
        name: {nl: Erin, en: Leave}
        text: {nl: Erin, en: Leave}
        effects:
          - {effect: add_provider, need: web>net, provider: reserve}
          - {effect: meet_clock, clock: avg}
    default: erin
    values: [privacy]
    objective: besluiten
    deliberately_neutral:
      - {options: [eruit, erin], reason: {nl: Test, en: Test}}
clocks:
  - id: avg
    name: {nl: Melding, en: Report}
    basis: {nl: AVG, en: GDPR}
    starts: {nl: Nu, en: Now}
    minutes: 72h
    recipient: {nl: AP, en: AP}
    status: in_force
values:
  - {id: privacy, name: {nl: Privacy, en: Privacy}}
"""


@pytest.fixture(scope="module")
def place() -> City:
    """A city with one function on one service on one network, and another network beside it."""
    return city(
        function_of("dienst", needs=["web"]),
        component("web", needs=[need("net", kind="network", buffer=30)], fallback=fallback(20), tags=("online",)),
        component("net"),
        component("reserve"),
        team("ploeg"),
        path("web", "net"),
    )


def faults(text: str, place: City) -> list[str]:
    """Return what is wrong with *text*, each fault as ``what stands there | path: what is wrong: how to repair``."""
    lines = text.splitlines()
    try:
        with in_language("en"):
            load_scenario_from_text(text, "test.yaml", place)
    except InputError as error:
        places = [lines[one.line - 1][one.column - 1 :].split(",")[0].rstrip("}] ") for one in error.problems]
        return [
            f"{word} | {one.path}: {one.what}: {one.repair}" for word, one in zip(places, error.problems, strict=True)
        ]
    return []


def changed(*changes: tuple[str, str]) -> str:
    """Return the right scenario with each change made once."""
    text = RIGHT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_the_right_scenario_has_no_fault(place: City) -> None:
    """What every mistake below starts from is right, or none of them would prove anything."""
    assert faults(RIGHT, place) == []


def test_a_role_that_nobody_has_is_a_fault_with_a_near_match(place: City) -> None:
    """Its goals would be missing from the report, and nobody would see that."""
    [fault] = faults(changed(("role: {nl: Herstelt,", "roles: [fg, cisso], role: {nl: Herstelt,")), place)

    assert fault.startswith("cisso | cells.it.roles#2: role cisso does not exist: did you mean ciso? ")


def test_what_an_exercise_kept_stays_readable_when_roles_change(place: City) -> None:
    """A role that this program does not know is a mistake in a new scenario, not in one that was played."""
    text = changed(("role: {nl: Herstelt, en: Repairs}", "roles: [harbour-master], role: {nl: Herstelt, en: Repairs}"))
    read = load_scenario_from_text(text, "test.yaml", place, kept=True)

    assert (len(faults(text, place)), read.cells[0].roles) == (1, ("harbour-master",))


class Mistake(NamedTuple):
    """A change that makes the right scenario wrong, and the one fault that must come of it."""

    old: str
    new: str
    said: str


MISTAKES = {
    "round twice": Mistake(
        "id: twee,",
        "id: een,",
        "een | rounds.een.id: een is used twice: give one of them another id",
    ),
    "cell twice": Mistake(
        "  - {id: beleid,",
        "  - {id: it, name: {nl: x, en: x}, role: {nl: x, en: x}}\n  - {id: beleid,",
        "it | cells.it.id: it is used twice: give one of them another id",
    ),
    "incident and inject with one id": Mistake(
        "- id: melding",
        "- id: storing",
        "storing | injects.storing.id: storing is used twice: give one of them another id",
    ),
    "option twice": Mistake(
        "      - id: erin",
        "      - {id: eruit, name: {nl: x, en: x}, text: {nl: x, en: x}}\n      - id: erin",
        "eruit | decisions.stekker.options.eruit.id: eruit is used twice: give one of them another id",
    ),
    "task twice": Mistake(
        "id: op-tijd,",
        "id: op-tijd, text: {nl: b, en: b}, observation: {nl: b, en: b}}\n      - {id: op-tijd,",
        "op-tijd | objectives.besluiten.critical_tasks.op-tijd.id: op-tijd is used twice: give one of them another id",
    ),
    "rounds overlap": Mistake(
        "starts: 8h",
        "starts: 7h",
        "7h | rounds.twee.starts: rounds een and twee overlap: let twee start at 8h",
    ),
    "gap between rounds": Mistake(
        "starts: 8h",
        "starts: 9h",
        "9h | rounds.twee.starts: between rounds een and twee is a gap: let twee start at 8h",
    ),
    "inject after the horizon": Mistake(
        "trigger: {when: {component: web, below: 50, lasting: 30m}}",
        "trigger: {at: 2d}",
        "2d | injects.gevolg.trigger.at: gevolg lies at 2d, after the horizon: "
        "move it to 1d or earlier, or move the horizon",
    ),
    "incident after the horizon": Mistake(
        "    at: 1h\n",
        "    at: 1d1m\n",
        "1d1m | incidents.storing.at: storing lies at 1d1m, after the horizon: "
        "move it to 1d or earlier, or move the horizon",
    ),
    "decision after the horizon": Mistake(
        "deadline: 3h",
        "deadline: 25h",
        "25h | decisions.stekker.deadline: stekker lies at 1d1h, after the horizon: "
        "move it to 1d or earlier, or move the horizon",
    ),
    "round after the horizon": Mistake(
        "ends: 1d}",
        "ends: 30h}",
        "30h | rounds.twee.ends: twee lies at 1d6h, after the horizon: move it to 1d or earlier, or move the horizon",
    ),
    "inject to an unknown cell": Mistake(
        "cells: [beleid]",
        "cells: [beleit]",
        "beleit | injects.gevolg.cells#1: cell beleit does not exist: did you mean beleid? choose one of beleid, it",
    ),
    "decided by an unknown cell": Mistake(
        "decides: it",
        "decides: raad",
        "raad | decisions.stekker.decides: cell raad does not exist: choose one of beleid, it",
    ),
    "unknown objective": Mistake(
        "    objective: besluiten\n    decision: stekker",
        "    objective: beslissen\n    decision: stekker",
        "beslissen | injects.melding.objective: objective beslissen does not exist: "
        "did you mean besluiten? choose one of besluiten",
    ),
    "unknown objective of a decision": Mistake(
        "    objective: besluiten\n    deliberately",
        "    objective: x\n    deliberately",
        "x | decisions.stekker.objective: objective x does not exist: choose one of besluiten",
    ),
    "unknown value": Mistake(
        "values: [privacy]",
        "values: [privacie]",
        "privacie | decisions.stekker.values#1: value privacie does not exist: "
        "did you mean privacy? choose one of privacy",
    ),
    "inject starts an unknown clock": Mistake(
        "starts_clocks: [avg]",
        "starts_clocks: [nis2]",
        "nis2 | injects.melding.starts_clocks#1: clock nis2 does not exist: choose one of avg",
    ),
    "effect on an unknown clock": Mistake(
        "effect: meet_clock, clock: avg",
        "effect: meet_clock, clock: agv",
        "agv | decisions.stekker.options.erin.effects#2.clock: clock agv does not exist: "
        "did you mean avg? choose one of avg",
    ),
    "deadline before the opening": Mistake(
        "deadline: 3h",
        "deadline: 1h",
        "1h | decisions.stekker.deadline: the deadline of stekker is not after its opening: "
        "move the deadline to after 1h",
    ),
    "default is no option": Mistake(
        "default: erin",
        "default: erop",
        "erop | decisions.stekker.default: option erop does not exist: choose one of erin, eruit",
    ),
    "neutral with an unknown option": Mistake(
        "options: [eruit, erin]",
        "options: [eruit, eron]",
        "eron | decisions.stekker.deliberately_neutral#1.options#2: option eron does not exist: "
        "did you mean erin? choose one of erin, eruit",
    ),
    "inject for an unknown decision": Mistake(
        "decision: stekker",
        "decision: stekkers",
        "stekkers | injects.melding.decision: decision stekkers does not exist: "
        "did you mean stekker? choose one of stekker",
    ),
    "inject before its decision opens": Mistake(
        "opens: 1h",
        "opens: 2h",
        "1h | injects.melding.trigger.at: decision stekker is not open when this inject comes: "
        "send it between 2h and 3h, or move the decision",
    ),
    "inject after its decision closed": Mistake(
        "trigger: {at: 1h}",
        "trigger: {at: 4h}",
        "4h | injects.melding.trigger.at: decision stekker is not open when this inject comes: "
        "send it between 1h and 3h, or move the decision",
    ),
    "condition on an unknown component": Mistake(
        "{component: web, below",
        "{component: wep, below",
        "wep | injects.gevolg.trigger.when.component: component wep does not exist: "
        "did you mean web? choose one of dienst, net, reserve, web",
    ),
    "one of two conditions on an unknown component": Mistake(
        "{when: {component: web, below: 50, lasting: 30m}}",
        "{when_any: [{component: net, below: 1}, {component: wep, below: 50}]}",
        "wep | injects.gevolg.trigger.when_any#2.component: component wep does not exist: "
        "did you mean web? choose one of dienst, net, reserve, web",
    ),
    "missing decision that is not there": Mistake(
        "trigger: {at: 1h}",
        "trigger: {undecided: {decision: stekkers, by: 2h}}",
        "stekkers | injects.melding.trigger.undecided.decision: decision stekkers does not exist: "
        "did you mean stekker? choose one of stekker",
    ),
    "missing decision before it opens": Mistake(
        "trigger: {at: 1h}",
        "trigger: {undecided: {decision: stekker, by: 1h}}",
        "1h | injects.melding.trigger.undecided.by: decision stekker cannot be missing at 1h: "
        "take a time after 1h and before 1d",
    ),
    "reminder of nothing": Mistake(
        "trigger: {at: 1h}",
        "trigger: {at: 1h}\n    remind_after: 30m",
        "30m | injects.melding.remind_after: there is nothing to remind of: "
        "write the expected actions, or leave this out",
    ),
    "unknown component in a selection": Mistake(
        "select: {ids: [web]}",
        "select: {ids: [website]}",
        "website | incidents.storing.effects#1.select.ids#1: component website does not exist: "
        "did you mean web? choose one of dienst, net, reserve, web",
    ),
    "unknown tag": Mistake(
        "select: {ids: [web]}",
        "select: {tags: [onlin]}",
        "onlin | incidents.storing.effects#1.select.tags#1: tag onlin does not exist: "
        "did you mean online? choose one of online",
    ),
    "supplier of nothing": Mistake(
        "select: {ids: [web]}",
        "select: {suppliers: [owner]}",
        "owner | incidents.storing.effects#1.select.suppliers#1: supplier owner does not exist: "
        "there is none yet: add it first, or leave this out",
    ),
    "selects nothing": Mistake(
        "select: {ids: [web]}",
        "select: {ids: [web], kinds: [function]}",
        "{ids: [web | incidents.storing.effects#1.select: this selects nothing in testcity: "
        "fields together must all hold: leave one out or name other values",
    ),
    "empty selection": Mistake(
        "select: {ids: [web]}",
        "select: {}",
        "{ | incidents.storing.effects#1.select: this selects nothing in testcity: "
        "fields together must all hold: leave one out or name other values",
    ),
    "ends by duration without one": Mistake(
        "select: {ids: [web]}}",
        "select: {ids: [web]}, ends: duration}",
        "duration | incidents.storing.effects#1.ends: lasts and ends: duration go together: give both or neither",
    ),
    "a duration without a known source": Mistake(
        "select: {ids: [web]}}",
        "select: {ids: [web]}, ends: duration, lasts: {fixed: 1h, source: fabel}}",
        "fabel | incidents.storing.effects#1.lasts.source: source fabel does not exist: choose one of fact, guess",
    ),
    "isolate an unknown component": Mistake(
        "effect: isolate, components: [web]",
        "effect: isolate, components: [webb]",
        "webb | decisions.stekker.options.eruit.effects#1.components#1: component webb does not exist: "
        "did you mean web? choose one of dienst, net, reserve, web",
    ),
    "unknown team": Mistake(
        "team: ploeg",
        "team: ploegje",
        "ploegje | decisions.stekker.options.eruit.effects#2.team: team ploegje does not exist: "
        "did you mean ploeg? choose one of ploeg",
    ),
    "unknown need": Mistake(
        "need: web>net, minutes",
        "need: web>nat, minutes",
        "web>nat | decisions.stekker.options.eruit.effects#3.need: need web>nat does not exist: "
        "did you mean web>net? choose one of dienst>web, web>net",
    ),
    "unknown path": Mistake(
        "paths: [web>net]",
        "paths: [net>web]",
        "net>web | decisions.stekker.options.eruit.effects#4.paths#1: access path net>web does not exist: "
        "choose one of web>net",
    ),
    "unknown incident": Mistake(
        "incident: storing",
        "incident: storm",
        "storm | decisions.stekker.options.eruit.effects#5.incident: incident storm does not exist: "
        "did you mean storing? choose one of storing",
    ),
    "switch of an unknown need": Mistake(
        "need: web>net, old",
        "need: web>nat, old",
        "web>nat | decisions.stekker.options.eruit.effects#6.need: need web>nat does not exist: "
        "did you mean web>net? choose one of dienst>web, web>net",
    ),
    "switch from what is no provider": Mistake(
        "old: net",
        "old: reserve",
        "reserve | decisions.stekker.options.eruit.effects#6.old: reserve is no provider of web>net: choose one of net",
    ),
    "switch to what is not there": Mistake(
        "new: reserve",
        "new: reserves",
        "reserves | decisions.stekker.options.eruit.effects#6.new: component reserves does not exist: "
        "did you mean reserve? choose one of dienst, net, reserve, web",
    ),
    "add a provider that is not there": Mistake(
        "provider: reserve",
        "provider: reserv",
        "reserv | decisions.stekker.options.erin.effects#1.provider: component reserv does not exist: "
        "did you mean reserve? choose one of dienst, net, reserve, web",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_one_mistake_gives_one_fault_with_place_and_remedy(mistake: Mistake, place: City) -> None:
    """The fault points at what is wrong, names it, and says what to write instead; nothing else is reported."""
    assert faults(changed((mistake.old, mistake.new)), place) == [mistake.said]


def test_a_round_that_ends_before_it_starts_is_one_fault(place: City) -> None:
    """The next round still follows on its end, so only the round itself is named."""
    assert faults(changed(("starts: 0m, ends: 8h", "starts: 9h, ends: 8h")), place) == [
        "8h | rounds.een.ends: round een ends before it starts: let it end after 9h"
    ]


def test_all_faults_come_at_once(place: City) -> None:
    """A file with three mistakes gives three faults, in the order of the file."""
    text = changed(("cells: [it]", "cells: [ti]"), ("team: ploeg", "team: p"), ("default: erin", "default: x"))

    assert [fault.partition(" | ")[0] for fault in faults(text, place)] == ["ti", "p", "x"]


def test_every_check_is_run() -> None:
    """The list of checks holds every public function of the module that takes a scenario and a city."""
    import inspect

    from scenarios import checks

    public = {
        function
        for name, function in inspect.getmembers(checks, inspect.isfunction)
        if function.__module__ == checks.__name__
        and list(inspect.signature(function).parameters) == ["scenario", "city"]
    }

    assert public - {faults_of, checks.misses_in} == set(CHECKS)


@pytest.mark.parametrize(
    ("selector", "picked"),
    [
        (Selector(), ()),
        (Selector(ids=("net", "web")), ("web", "net")),
        (Selector(tags=("online",)), ("web",)),
        (Selector(ids=("net",), tags=("online",)), ()),
        (Selector(kinds=("function",)), ("dienst",)),
        (Selector(organisations=("owner",)), ("web", "net", "reserve")),
        (Selector(suppliers=("owner",), products=("x",), functions=("dienst",), districts=("west",)), ()),
    ],
)
def test_a_selector_means_values_or_and_fields_and(selector: Selector, picked: tuple[str, ...], place: City) -> None:
    """Values in one field are alternatives, fields together must all hold, an empty selector means nothing."""
    assert selected(place, selector) == tuple(sorted(picked))

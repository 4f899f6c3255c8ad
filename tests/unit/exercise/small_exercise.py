"""A small town and a small scenario as files, for every test that plays an exercise.

power -> server -> web (city function); the phone is a function of its own. The power fails at minute 10; repaired by
one crew in an hour. Fast to compute, and enough for every kind of inject, decision and deadline.
"""

from pathlib import Path
from typing import Any

from resilience.exercise.events import Draft, Kind
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session

MINUTE = 60_000
"""Wall milliseconds in a minute, and in an exercise minute at rate 1."""

CITY = """\
id: town
name: {nl: Dorp, en: Town}
sources:
  - {id: made-up, kind: assumption, reference: test, date: 2026-01-01, by: test, confidence: assumed}
functions:
  - id: web
    name: {nl: Loket, en: Counter}
    kind: function
    residents: {value: 1000, source: made-up}
    needs:
      - {providers: [server], kind: data, source: made-up}
  - id: phone
    name: {nl: Telefoon, en: Phone}
    kind: function
    residents: {value: 1000, source: made-up}
    needs:
      - {providers: [exchange], kind: network, source: made-up}
"""
ORGANISATION = """\
organisation:
  id: grid-company
  name: {nl: Netbedrijf, en: Grid company}
  sector: energy
  role: {nl: Beheert het net., en: Runs the grid.}
  source: made-up
teams:
  - id: crew
    name: {nl: Ploeg, en: Crew}
    count: {value: 1, source: made-up}
components:
  - id: power
    name: {nl: Stroom, en: Power}
    kind: infrastructure
    repair:
      duration: {min: 30m, likely: 1h, max: 4h, source: made-up}
      team: crew
  - id: exchange
    name: {nl: Centrale, en: Exchange}
    kind: infrastructure
  - id: server
    name: {nl: Server, en: Server}
    kind: application
    restart_lag: {value: 10m, source: made-up}
    needs:
      - providers: [power]
        kind: power
        buffer: {value: 20m, source: made-up}
        source: made-up
"""
SCENARIO = """\
id: blackout
name: {nl: Stroomuitval, en: Blackout}
summary: {nl: De stroom valt uit., en: The power fails.}
fiction: {nl: Verzonnen., en: Invented.}
city: town
blocks:
  cause: {nl: a, en: a}
  source: {nl: b, en: b}
  actors: {nl: c, en: c}
  domain: {nl: d, en: d}
  area: {nl: e, en: e}
  perspective: {nl: f, en: f}
start: 2026-11-23T09:00:00
horizon: 10h
rounds:
  - {id: first, name: {nl: Ronde 1, en: Round 1}, starts: 0m, ends: 10h}
cells:
  - {id: gbt, name: {nl: Beleidsteam, en: Policy team}, role: {nl: Beslist., en: Decides.}}
  - {id: it, name: {nl: ICT-team, en: IT team}, role: {nl: Herstelt., en: Repairs.}}
objectives:
  - id: notify
    text: {nl: Meld op tijd., en: Notify in time.}
    critical_tasks:
      - id: call-authority
        text: {nl: Belt de toezichthouder., en: Calls the authority.}
        observation: {nl: Er is gebeld., en: The call was made.}
incidents:
  - id: blackout-hits
    name: {nl: Uitval, en: Failure}
    kind: power_failure
    at: 10m
    effects:
      - {effect: damage, select: {ids: [power]}}
injects:
  - id: first-call
    title: {nl: Eerste melding, en: First call}
    text: {nl: Het licht is uit., en: The lights are out.}
    sender: {nl: Meldkamer, en: Control room}
    cells: [gbt, it]
    channel: phone
    trigger: {at: 12m}
    decision: open-hall
    starts_clocks: [early-warning]
    expected:
      - {nl: GEHEIM-VERWACHT, en: SECRET-EXPECTED}
  - id: it-only
    title: {nl: GEHEIM-IT, en: SECRET-IT}
    text: {nl: De server draait op de accu., en: The server is on battery.}
    sender: {nl: Beheer, en: Operations}
    cells: [it]
    channel: email
    trigger: {at: 20m}
  - id: counter-down
    title: {nl: Loket ligt plat, en: Counter is down}
    text: {nl: Niemand kan terecht., en: Nobody can be helped.}
    sender: {nl: Balie, en: Desk}
    cells: [gbt]
    channel: messenger
    trigger: {when: {component: web, below: 50, lasting: 5m}}
  - id: rumour
    title: {nl: Gerucht, en: Rumour}
    text: {nl: Men zegt dat het een aanval is., en: People say it is an attack.}
    sender: {nl: Buurtbewoner, en: Resident}
    cells: [gbt]
    channel: social_media
    trigger: {shelf: true}
  - id: late-call
    title: {nl: Tweede melding, en: Second call}
    text: {nl: Nog steeds donker., en: Still dark.}
    sender: {nl: Meldkamer, en: Control room}
    cells: [gbt]
    channel: phone
    trigger: {at: 3h}
decisions:
  - id: open-hall
    title: {nl: Noodstroom, en: Generator}
    question: {nl: Sluiten wij een aggregaat aan?, en: Do we connect a generator?}
    decides: gbt
    opens: 12m
    deadline: 30m
    default: wait
    values: [trust]
    options:
      - id: connect
        name: {nl: Aansluiten, en: Connect}
        text: {nl: Kost geld., en: Costs money.}
        effects:
          - {effect: supply, need: server>power, minutes: 10h}
          - {effect: meet_clock, clock: early-warning}
      - id: wait
        name: {nl: Wachten, en: Wait}
        text: {nl: Kost tijd., en: Costs time.}
        effects:
          - {effect: start_clock, clock: full-report}
  - id: close-counter
    title: {nl: Loket dicht, en: Close the counter}
    question: {nl: Sluiten wij het loket?, en: Do we close the counter?}
    decides: it
    opens: 30m
    deadline: 2h
    default: keep
    options:
      - id: close
        name: {nl: Sluiten, en: Close}
        text: {nl: Veilig., en: Safe.}
        effects:
          - {effect: close, components: [web]}
      - id: keep
        name: {nl: Openhouden, en: Keep open}
        text: {nl: Dienstbaar., en: Helpful.}
clocks:
  - id: early-warning
    name: {nl: Vroege waarschuwing, en: Early warning}
    basis: {nl: Test, en: Test}
    starts: {nl: Kennis, en: Awareness}
    minutes: 24h
    recipient: {nl: Toezichthouder, en: Authority}
    status: in_force
  - id: full-report
    name: {nl: Melding, en: Report}
    basis: {nl: Test, en: Test}
    starts: {nl: Kennis, en: Awareness}
    minutes: 1h
    recipient: {nl: Toezichthouder, en: Authority}
    status: in_force
  - id: switched-off
    name: {nl: Uit, en: Off}
    basis: {nl: Test, en: Test}
    starts: {nl: Kennis, en: Awareness}
    minutes: 1h
    recipient: {nl: Niemand, en: Nobody}
    status: 'off'
values:
  - {id: trust, name: {nl: Vertrouwen, en: Trust}}
debrief:
  - {nl: GEHEIM-NABESPREKING, en: SECRET-DEBRIEF}
"""


def write_files(folder: Path, text: str = SCENARIO) -> tuple[str, str]:
    """Write town and scenario below *folder*; returns how to name them."""
    town = folder / "town"
    town.mkdir(parents=True, exist_ok=True)
    (town / "city.yaml").write_text(CITY, encoding="utf-8")
    (town / "grid-company.yaml").write_text(ORGANISATION, encoding="utf-8")
    scenario = folder / "blackout.yaml"
    scenario.write_text(text, encoding="utf-8")
    return str(town), str(scenario)


def new_session(
    folder: Path, path: Path | None = None, *, seed: int = 0, scenario: str = SCENARIO
) -> tuple[Session, CountedWall]:
    """Return a new exercise (in memory unless *path* is given) and its wall, which passes only when told to."""
    city, script = write_files(folder, scenario)
    wall = CountedWall(MINUTE)
    return Session.create(path, city, script, seed=seed, wall_source=wall), wall


def first_draft(**changes: Any) -> Draft:
    """Return a first event for tests of the store, which look at no city."""
    payload = {
        "name": {"nl": "a", "en": "a"}, "city": "c", "scenario": "s", "city_texts": {}, "scenario_text": "",
        "city_hash": "", "scenario_hash": "", "seed": 0, "language": "nl", "semantics": 1, "program": "0",
    }  # fmt: skip
    return Draft(Kind.CREATED, 0, "conductor", {**payload, **changes})

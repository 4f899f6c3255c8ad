"""A city without faults, as texts, that uses every kind of reference once: tests spoil one line of it."""

SMALL = {
    "base/city.yaml": """\
id: base
name: {nl: Basis, en: Base}
sources:
  - id: talk
    kind: interview
    reference: Talk with the network manager
    date: 2026-01-01
    by: map keeper
    confidence: one_sided
""",
    "base/grid.yaml": """\
organisation:
  id: grid-owner
  name: {nl: Netbeheerder, en: Grid operator}
  sector: energy
  role: {nl: Beheert het net., en: Runs the grid.}
  source: talk
teams:
  - id: grid-crew
    name: {nl: Storingsdienst, en: Fault crew}
    count: {value: 2, source: talk}
components:
  - id: grid
    name: {nl: Stroomnet, en: Power grid}
    kind: infrastructure
""",
    "small/access.yaml": """\
paths:
  - origin: desk
    target: hall
    kind: network
    success: {value: 900, source: talk}
    delay: {fixed: 30m, source: talk}
    source: talk
  - origin: hall
    target: desk
    kind: network
    delay: {fixed: 30m, source: talk}
    source: talk
""",
    "small/city.yaml": """\
id: small
name: {nl: Klein, en: Small}
includes: [base]
districts:
  - id: centre
    name: {nl: Centrum, en: Centre}
functions:
  - id: care
    name: {nl: Zorg, en: Care}
    kind: function
    needs:
      - providers: [desk]
        kind: data
        source: talk
""",
    "small/impact.yaml": """\
impacts:
  - function: care
    like: care
    harms:
      - id: own-harm
        name: {nl: mensen, en: people}
        kind: health
        people_each: {value: 2, source: talk}
        curve:
          - {after: 1h, of_thousand: 10}
          - {after: 2h, of_thousand: 20}
        source: talk
""",
    "small/town.yaml": """\
organisation:
  id: town
  name: {nl: Gemeente, en: Municipality}
  sector: government
  role: {nl: Helpt inwoners., en: Helps residents.}
  source: talk
components:
  - id: hall
    name: {nl: Stadhuis, en: Town hall}
    kind: facility
    district: centre
    needs:
      - providers: [grid]
        kind: power
        strength: {value: 80, source: talk}
        buffer: {value: 4h, source: talk}
        recharge: {value: 8h, source: talk}
        source: talk
  - id: desk
    name: {nl: Loket, en: Desk}
    kind: service
    operator: town
    supplier: grid-owner
    functions: [care]
    residents: {value: 5000, source: talk}
    vulnerable: {value: 400, source: talk}
    minimum_level: {value: 60, source: talk}
    backlog: {value: 50, source: talk}
    catch_up_level: {value: 70, source: talk}
    backup: {kind: online, kept_on: hall, source: talk}
    repair:
      duration: {min: 1h, likely: 2h, max: 4h, source: talk}
      team: grid-crew
      needs:
        - providers: [desk]
          kind: staff
          source: talk
    fallback:
      level: {value: 30, source: talk}
      needs:
        - providers: [hall, grid]
          kind: place
          at_least: 1
          source: talk
    needs:
      - providers: [hall, grid]
        kind: hosting
        at_least: 2
        source: talk
      - shares: {hall: 60, grid: 60}
        kind: data
        source: talk
        id: desk-data
""",
}

"""A city of three partners as texts: estimates, words of one side, comments, and a mark."""

CITY = """\
# De kaart van Klein.
id: klein
name: {nl: Klein, en: Small}
sources:
  - {id: schatting, kind: assumption, reference: Schatting, date: 2026-01-01, by: kaartbeheerder, confidence: assumed}
  - id: gesprek
    kind: interview
    reference: Gesprek met de eigenaar
    date: 2026-02-01
    by: kaartbeheerder
    confidence: one_sided
functions:
  - id: zorg
    name: {nl: Zorg, en: Care}
    kind: function
    needs:
      - providers: [operatiekamer]
        kind: place
        source: schatting
"""
GRID = """\
organisation:
  id: netbeheer
  name: {nl: Netbeheer, en: Grid operator}
  sector: energy
  role: {nl: Beheert het net., en: Runs the grid.}
  source: schatting
teams:
  - id: storing
    name: {nl: Storingsploeg, en: Fault crew}
    count: {value: 2, source: schatting}
components:
  # Het net zelf.
  - id: net
    name: {nl: Stroomnet, en: Power grid}
    kind: infrastructure
    residents: {value: 50000, source: schatting}  # geschat
    repair:
      duration: {min: 1h, likely: 2h, max: 4h, source: schatting}
      team: storing
    needs:
      - providers: [telefonie]
        kind: network
        source: schatting
"""
TELECOM = """\
organisation:
  id: telecom
  name: {nl: Telecom, en: Telecom}
  sector: telecom
  role: {nl: Belt., en: Calls.}
  source: schatting
components:
  - id: telefonie
    name: {nl: Telefonie, en: Telephony}
    kind: service
    tlp: AMBER
"""
HOSPITAL = """\
organisation:
  id: ziekenhuis
  name: {nl: Ziekenhuis, en: Hospital}
  sector: care
  role: {nl: Geneest., en: Heals.}
  source: schatting
components:
  - id: operatiekamer
    name: {nl: Operatiekamer, en: Operating theatre}
    kind: facility
    mtd:
      required: {value: 1h, source: gesprek}
    needs:
      - providers: [net]
        kind: power
        # De generator.
        buffer: {value: 24h, source: gesprek, note: Eigen generator}
        source: gesprek
  - id: dossier
    name: {nl: Patiëntdossier, en: Patient record}
    kind: application
    product: '00123'
    needs:
      - {providers: [net], kind: power, source: schatting}
      - providers: [operatiekamer, net]
        at_least: 1
        kind: place
        source: schatting
"""
TEXTS = {
    "klein/city.yaml": CITY,
    "klein/netbeheer.yaml": GRID,
    "klein/telecom.yaml": TELECOM,
    "klein/ziekenhuis.yaml": HOSPITAL,
}

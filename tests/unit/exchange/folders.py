"""A folder of a city that people wrote, with comments, to import into."""

from pathlib import Path

CITY = """\
# Onze kaart; houd hem bij.
id: proef
name: {nl: Proef, en: Proef}

districts:
  - id: centrum
    name: {nl: Centrum, en: Centre}

sources:
  # wat we zeker weten
  - id: gesprek
    kind: interview
    reference: Gesprek met de beheerder
    date: 2026-01-01
    by: kaartbeheerder
    confidence: confirmed

functions:
  - id: zorg
    name: {nl: Zorg, en: Care}
    kind: function
    needs:
      - {providers: [zaaksysteem], kind: data, source: gesprek}
"""
OWNER = """\
# De gemeente.
organisation:
  id: gemeente-proef
  name: {nl: Gemeente Proef, en: City of Proef}
  sector: government
  role: {nl: Rol., en: Role.}
  source: gesprek
components:
  # het hart van alles
  - id: zaaksysteem
    name: {nl: Zaaksysteem, en: Case system}   # heet overal zo
    kind: application
    residents: {value: 1000, source: gesprek}
    owner: 'Hoofd dienstverlening'
    tags: [ext-itop-0042, kern]
    needs:
      - providers: [db01]
        kind: hosting
        source: gesprek

  # de databank
  - id: db01
    name: {nl: db01, en: db01}
    kind: infrastructure
# einde
"""


def write_folder(place: Path) -> Path:
    """Write the folder below *place* and return it."""
    folder = place / "proef"
    folder.mkdir()
    (folder / "city.yaml").write_text(CITY, encoding="utf-8")
    (folder / "gemeente.yaml").write_text(OWNER, encoding="utf-8")
    return folder

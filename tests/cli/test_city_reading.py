"""`resilience city` compare, contacts, gaps, lint, quality, register, and walk between two or with a filter."""

import re
import sys
from pathlib import Path

import openpyxl
import pytest

from city_model.loader import load_city
from city_model.schema import City
from resilience.analysis.findings import map_findings
from resilience.base.language import LANGUAGES, set_language
from resilience.cli.city import reading as city_reading
from tests.cli.test_city import Ask, Said
from tests.unit.city_model.small_city import SMALL

DAY = ("--as-of", "2026-06-01")
city_group = sys.modules["resilience.cli.city.group"]
"""The module; its group of that name stands in its place for whoever imports it."""
ACCEPTED = """\
accepted:
  - {finding: 'hidden-common-cause:*', by: CISO, on: 2026-01-01, until: 2026-12-31, why: known}
  - {finding: 'provider-without-contact:*', by: CISO, on: 2025-01-01, until: 2025-12-31, why: numbers elsewhere}
  - {finding: 'gap-mtd:desk', by: CISO, on: 2026-01-01, until: 2026-12-31, why: solved long ago}
"""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line."""
    return Ask(capsys)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of the small city."""
    for name, content in SMALL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "small"


def test_lint_lists_findings_by_check_with_why_and_advice(ask: Ask, small: Path) -> None:
    """The desk falls with the hall, and its fallback counts on the hall or the grid, on which the hall rests."""
    said = ask("lint", str(small), "--check", "provider-without-contact", "--check", "run-circle", *DAY)

    assert said == Said(
        0,
        "Small: 2 findings (2 low)\n"
        "\n"
        "Provider without a contact (provider-without-contact, 2)\n"
        "  Why: in a crisis nobody knows whom to call.\n"
        "  Helps: ask for the role and number that answer at night; write them in\n"
        "  contacts.local.yaml.\n"
        "Severity  What [place]\n"
        "--------  ---------------------------------------------------------------------------\n"
        "low       Grid operator provides Power grid and the map holds no contact [grid-owner]\n"
        "low       Municipality provides Desk and the map holds no contact [town]\n",
        "",
    )


def test_lint_shows_who_accepted_what_until_when(ask: Ask, small: Path) -> None:
    """Accepted findings stay in sight, expired ones are open again, and what is not found is told."""
    (small / "accepted.yaml").write_text(ACCEPTED, encoding="utf-8")
    found = ask.json("lint", str(small), *DAY)
    status = {one["id"]: one["status"] for one in found["findings"] if one["check"] == "provider-without-contact"}
    text = ask("lint", str(small), *DAY).out

    assert (status, [one["finding"] for one in found["accepted_and_not_found"]]) == (
        {"provider-without-contact:grid-owner": "expired", "provider-without-contact:town": "expired"},
        ["hidden-common-cause:*", "gap-mtd:desk"],
    )
    assert "[town] (open: acceptance ended on 2025-12-31)\n" in text
    assert "Accepted and not found (any more); remove these from accepted.yaml:\n" in text


def test_lint_can_fail_a_pipeline(ask: Ask, small: Path) -> None:
    """Only for findings as bad as asked that nobody accepted; what is asked for decides."""
    codes = [
        ask("lint", str(small), "--check", "provider-without-contact", "--fail-on", level, *DAY).code
        for level in ("high", "low")
    ]
    (small / "accepted.yaml").write_text(ACCEPTED.replace("2025-", "2026-"), encoding="utf-8")
    accepted = ask("lint", str(small), "--check", "provider-without-contact", "--fail-on", "low", *DAY)

    assert (codes, accepted.code, accepted.err) == ([0, 1], 0, "")


def test_lint_leaves_out_what_is_not_asked_for(ask: Ask, small: Path) -> None:
    """By severity and by acceptance."""
    (small / "accepted.yaml").write_text(ACCEPTED.replace("2025-", "2026-"), encoding="utf-8")
    every = {one["id"] for one in ask.json("lint", str(small), *DAY)["findings"]}
    still_open = {one["id"] for one in ask.json("lint", str(small), "--open", *DAY)["findings"]}
    severe = {one["severity"] for one in ask.json("lint", str(small), "--least", "medium", *DAY)["findings"]}

    assert every - still_open == {"provider-without-contact:grid-owner", "provider-without-contact:town"}
    assert severe <= {"high", "medium"}


def test_an_unknown_check_is_answered_with_the_nearest(ask: Ask, small: Path) -> None:
    """All names are short enough to list."""
    assert ask("lint", str(small), "--check", "blackstart").err.startswith(
        "resilience: error: there is no check 'blackstart': did you mean black-start? choose one of "
    )


def test_faults_in_accepted_yaml_have_their_line(ask: Ask, small: Path) -> None:
    """Every command that reads the city says so."""
    (small / "accepted.yaml").write_text("accepted:\n  - {finding: x}\n", encoding="utf-8")

    assert [(ask(command, str(small)).code, ask(command, str(small)).err.count("accepted.yaml:2:5")) for command in
            ("check", "lint")] == [(2, 4), (2, 4)]  # fmt: skip


def test_contacts_in_call_order(ask: Ask, small: Path) -> None:
    """Who repairs, then who loses; addresses are never broken over lines."""
    (small / "contacts.local.yaml").write_text(
        "organisations:\n  town:\n    - {role: {nl: Piket, en: Duty officer}, email: duty.officer@town.example.org}\n",
        encoding="utf-8",
    )

    assert ask("contacts", str(small), "grid") == Said(
        0,
        "Whom to call when Power grid fails\n"
        "\n"
        "1. Grid operator: runs and repairs it\n"
        "    about Power grid\n"
        "    no contact in the map\n"
        "\n"
        "2. Municipality: loses what it runs, at once\n"
        "    about Desk, Town hall\n"
        "    Duty officer: duty.officer@town.example.org\n"
        "1 organisation has no contact; write it in contacts.local.yaml.\n",
        "",
    )


def test_gaps_name_the_worst_way(ask: Ask, small: Path) -> None:
    """What is asked, what is reached, and who states nothing."""
    town = small / "town.yaml"
    text = town.read_text(encoding="utf-8").replace(
        "    functions: [care]\n",
        "    functions: [care]\n    mtd: {required: {value: 2h, source: talk}, capable: {value: 3h, source: talk}}\n",
    )
    town.write_text(text, encoding="utf-8")

    assert ask("gaps", str(small)).out == (
        "Small: 1 requirement, 1 not met along the chain, 2 providers without a figure\n"
        "\n"
        "Longer than is asked (1)\n"
        "Who asks  What  Asked  Reached  Worst way\n"
        "--------  ----  -----  -------  --------------\n"
        "Desk      MTD   2h     3h       its own figure\n"
        "\n"
        "Provider has no figure (2)\n"
        "Provider    What  Asked by  Strictest  Repair   Among them\n"
        "----------  ----  --------  ---------  -------  ----------\n"
        "Power grid  MTD          1  2h         unknown  Desk\n"
        "Town hall   MTD          1  2h         unknown  Desk\n"
    )
    found = ask.json("gaps", str(small))
    assert (
        [(one["id"], one["required"], one["reached"], one["path"], one["status"]) for one in found["gaps"]],
        [(one["provider"], one["strictest"], one["estimate"]) for one in found["without_figure"]],
    ) == ([("gap-mtd:desk", 120, 180, ["desk"], "open")], [("grid", 120, None), ("hall", 120, None)])


def test_quality_of_one_organisation_names_every_missing_field(ask: Ask, small: Path) -> None:
    """And what falls due."""
    said = ask("quality", str(small), "--organisation", "grid-owner", "--as-of", "2027-03-01")

    assert said == Said(
        0,
        "Small, as seen on 2027-03-01\n"
        "\n"
        "Organisation   Components  Complete  Fresh  Confirmed  Consistent  Overdue\n"
        "-------------  ----------  --------  -----  ---------  ----------  -------\n"
        "Grid operator           1  0%        -      -          100%              0\n"
        "\n"
        "Missing field                                   Records  Among them\n"
        "----------------------------------------------  -------  -------------\n"
        "recovery time that can be reached                     1  Power grid\n"
        "maximum tolerable downtime (MTD) that is asked        1  Power grid\n"
        "time to repair                                        1  Power grid\n"
        "BIV classes                                           1  Power grid\n"
        "owner of the record                                   1  Power grid\n"
        "description                                           1  Power grid\n"
        "contacts                                              1  Grid operator\n",
        "",
    )


def test_reminders_are_in_both_languages(ask: Ask, small: Path) -> None:
    """Whatever the language of the screen."""
    letters = ask.json("quality", str(small), "--reminders", "--organisation", "town", *DAY)["reminders"]

    assert [(one["organisation"], sorted(one["texts"])) for one in letters] == [("town", ["en", "nl"])]
    assert "Klein" in letters[0]["texts"]["nl"]
    assert "Small" in letters[0]["texts"]["en"]


def test_register_writes_a_workbook(ask: Ask, small: Path, tmp_path: Path) -> None:
    """One row for each finding, and a line that says where it is."""
    out = tmp_path / "risks.xlsx"
    said = ask("register", str(small), "--out", str(out), *DAY)
    page = openpyxl.load_workbook(out).worksheets[0]
    number = page.max_row - 1

    first, *kinds = said.out.splitlines()
    counts = [int(found) for found in re.findall(r" (\d+)[,.]", "".join(kinds))]

    assert (said.code, said.err, first) == (
        0,
        "",
        f"{number} findings, of which {number} open, are in {out} (TLP:AMBER)",
    )
    assert (kinds[0].startswith("Open, by kind: "), sum(counts)) == (True, number)


def test_register_wants_a_workbook(ask: Ask, small: Path, tmp_path: Path) -> None:
    """A name that spreadsheet programs would not open is refused before the work."""
    assert ask("register", str(small), "--out", str(tmp_path / "risks.csv")).err == (
        f"resilience: error: {tmp_path}/risks.csv: a risk register is a workbook: let its name end in .xlsx\n"
    )


def test_compare_says_what_changed_and_what_that_does(ask: Ask, small: Path, tmp_path: Path) -> None:
    """A longer buffer is a changed figure; the failures that cost residents most stand before and after."""
    other = tmp_path / "new" / "small"
    for name, content in SMALL.items():
        (tmp_path / "new" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "new" / name).write_text(content.replace("value: 4h", "value: 8h"), encoding="utf-8")
    said = ask("compare", str(small), str(other), "--no-cascades")
    found = ask.json("compare", str(small), str(other), "--top", "1")

    assert said == Said(
        0,
        "0 added (+), 0 removed (-), 1 changed (~)\n"
        "\n"
        "   Figures (1)\n"
        "-  -----------------------------------------------\n"
        "~  Town hall → Power grid (power): buffer: 4h → 8h\n",
        "",
    )
    assert [(one["component"], one["rank_before"], one["rank_after"]) for one in found["cascades"]] == [("hall", 1, 1)]


def test_compare_of_equal_maps(ask: Ask, small: Path) -> None:
    """Nothing to tell, and the cascades cost the same."""
    lines = ask("compare", str(small), str(small)).out.splitlines()

    assert lines[:3] == [
        "Both maps say the same.",
        "",
        "The worst single failures cost residents the same as before (thousands of",
    ]


def test_walk_between_two_components(ask: Ask, small: Path) -> None:
    """The ways with their buffers and weakest link; downwards the other one fails."""
    up = ask("walk", str(small), "grid", "--to", "care")
    down = ask("walk", str(small), "care", "--down", "--to", "grid")

    assert up == down
    assert up.out == (
        "If Power grid fails, Care is lost at once (weakest link: said by one side).\n"
        "\n"
        "Buffers  Weakest link      Alone enough  Way, from what fails to what feels it\n"
        "-------  ----------------  ------------  -------------------------------------\n"
        "at once  said by one side  yes           Power grid → Desk → Care\n"
        "4h       said by one side  no            Power grid → Town hall → Desk → Care\n"
    )


def test_walk_with_a_filter_keeps_indirect_links(ask: Ask, small: Path) -> None:
    """Care still hangs on the hall, with a dotted line through the desk."""
    assert ask("walk", str(small), "hall", "--kind", "function").out == (
        "What depends on Town hall  Lost after  Because\n"
        "└┄ care  Care              at once     indirectly, through desk\n"
        "\n"
        "┄ an indirect link: what lies between does not pass the filter\n"
    )


def test_a_filter_on_what_is_not_there_is_refused(ask: Ask, small: Path) -> None:
    """With what may have been meant."""
    assert ask("walk", str(small), "hall", "--organisation", "twn").err == (
        "resilience: error: the organisation 'twn' does not exist: did you mean town? choose one of grid-owner, town\n"
    )


COMMANDS = [
    ("lint", "utrecht", *DAY),
    ("gaps", "utrecht"),
    ("quality", "utrecht", *DAY),
    ("contacts", "utrecht", "digid", "--causes"),
    ("compare", "utrecht", "utrecht", "--no-cascades"),
    ("walk", "utrecht", "digid", "--to", "utrecht-inkomen"),
]


@pytest.fixture(scope="module")
def utrecht() -> City:
    """The bundled city, read once."""
    return load_city("utrecht")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.full
def test_on_utrecht_everything_fits_in_eighty_columns(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, utrecht: City, command: tuple[str, ...]
) -> None:
    """In Dutch, whose words are the longest."""
    for module in (city_group, city_reading):
        monkeypatch.setattr(module, "open_city", lambda _name, **_options: utrecht)
    monkeypatch.setenv("COLUMNS", "80")
    said = ask(*command, lang="nl")

    assert (said.code, said.err, [line for line in said.out.splitlines() if len(line) > 80]) == (0, "", [])


def test_findings_have_the_same_ids_in_both_languages(utrecht: City) -> None:
    """Each its own, so that an acceptance holds for one finding, whoever reads it."""
    ids = []
    for lang in LANGUAGES:
        set_language(lang)
        ids.append([one.id for one in map_findings(utrecht)])

    assert (len(set(ids[0])), ids[0]) == (len(ids[0]), ids[1])

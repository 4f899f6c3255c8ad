"""The reference of the kinds of incident is written from the kinds; test_docs.py runs its commands."""

from docs.write_kinds import EXAMPLES, PAGE, TOWN, skeleton, without_output
from scenarios.incident_kinds import reference_kinds


def test_page_is_current() -> None:
    """But for the output of the commands it is what the kinds and the town say; after a change run `make docs`."""
    assert without_output(PAGE.read_text(encoding="utf-8")) == without_output(skeleton())


def test_every_kind_has_a_worked_example() -> None:
    """Each is asked on the town, with words on how to read the answer, and with itself."""
    asked = {kind: worked.asked.partition(" --at")[0] for kind, worked in EXAMPLES.items()}

    assert asked == {kind.id: f"--incident {kind.id}" for kind in reference_kinds().kinds}


def test_output_is_left_out_and_nothing_else() -> None:
    """What stands between a command and the next one, or the end of its block, is output."""
    text = "a\n```console\n$ b\nsaid\n$ c\n```\nd\n```yaml\n$ e\nf\n```\n"

    assert without_output(text) == "a\n```console\n$ b\n$ c\n```\nd\n```yaml\n$ e\nf\n```\n"


def test_the_town_stands_on_the_page() -> None:
    """A reader can make it and ask the same."""
    text = PAGE.read_text(encoding="utf-8")

    assert [path.name for path in TOWN.glob("*.yaml") if f"# kleinstad/{path.name}\n" not in text] == []

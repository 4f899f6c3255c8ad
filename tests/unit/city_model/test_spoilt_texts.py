"""Whatever somebody does to the files of a city, the answer is a city or a list of problems, never a traceback."""

from hypothesis import example, given
from hypothesis import strategies as st

from city_model.loader import load_city_from_texts
from city_model.schema import City, OrganisationFile
from city_model.yaml_source import validate
from resilience.base.problems import InputError
from tests.unit.city_model.small_city import SMALL

VALUES = (
    "",
    "null",
    "1",
    "-1",
    "1.5",
    "true",
    "x",
    "[]",
    "[1]",
    "{}",
    "{a: b}",
    "'",
    '"',
    "[",
    "&a b",
    "!t",
    "0m",
    "no",
)


@st.composite
def spoilt_cities(draw: st.DrawFn) -> dict[str, str]:
    """The small city after a few careless edits: lines gone, twice, moved, or with another value."""
    texts = dict(SMALL)
    for _edit in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(texts)))
        lines = texts[name].splitlines() or [""]
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        new = draw(
            st.sampled_from([
                [],
                [line, line],
                ["  " + line],
                [line[1:]],
                *([f"{line.partition(':')[0]}: {value}"] for value in VALUES),
            ])
        )  # fmt: skip
        texts[name] = "\n".join([*lines[:place], *new, *lines[place + 1 :]]) + "\n"
    return texts


@given(spoilt_cities())
def test_careless_edits_give_a_city_or_problems_with_a_place(texts: dict[str, str]) -> None:
    """Each problem has its line; without its ``includes`` a city falls apart, and only that has no place."""
    try:
        answer: object = load_city_from_texts(texts)
    except InputError as error:
        placeless = [problem.what for problem in error.problems if not (problem.file and problem.line)]
        answer = [what for what in placeless if not what.startswith("these texts are not those of one city")]

    assert isinstance(answer, City) or answer == []


@given(st.text(max_size=200))
@example("\ufeff")
@example("a: \x85b")
@example("? ")
@example("- - - : : :")
@example("{a, b: }")
@example("'\u2028'")
def test_any_text_is_a_file_or_has_problems(text: str) -> None:
    """Also what is no YAML at all."""
    value, problems = validate(OrganisationFile, text, "f.yaml")

    assert (value is None) == bool(problems)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text("ab-1 :", max_size=5), st.lists, max_leaves=8))
def test_any_data_in_any_place_is_described(data: object) -> None:
    """A value of another kind than the field expects is told, not stumbled over."""
    written = repr(data).replace("None", "null").replace("True", "true").replace("False", "false")
    for field in ("organisation", "sources", "teams", "components"):
        text = f"organisation: {{id: a}}\n{field}: {written}\n"
        value, problems = validate(OrganisationFile, text, "f.yaml")

        assert value is None
        assert problems

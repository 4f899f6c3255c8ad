"""A value that does not fit its field, in words that somebody who edits a file understands."""

import inspect
import re

import pytest
from pydantic import BaseModel

from city_model import fault_words, schema, values
from city_model.effects import Effect
from city_model.fault_words import example_of
from city_model.schema import Component, OrganisationFile
from city_model.values import Frozen, Text
from city_model.yaml_source import validate
from resilience.base.language import in_language


class Orders(Frozen):
    """A file with effects: the union that scenarios use."""

    effects: tuple[Effect, ...]


def lines(model: type[BaseModel], text: str) -> list[str]:
    """Return what a user sees of *text* read as *model*."""
    value, problems = validate(model, text, "f.yaml")
    assert (value is None) == bool(problems)
    return [str(problem) for problem in problems]


HEAD = "id: desk\nname: {nl: Loket, en: Desk}\nkind: service\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            "residents: 1000",
            "residents: a mapping with fields is expected, not 1000: write {value: 1000, source: <id of a source>}",
            id="bare figure",
        ),
        pytest.param(
            "residents: {value: 50%, source: s}",
            "residents.value: '50%' is not a whole number: write a whole number, without quotes, unit or per cent sign,"
            " or write unknown",
            id="per cent sign",
        ),
        pytest.param(
            "residents: {value: 1.5, source: s}",
            "residents.value: 1.5 is not a whole number: write a whole number, without quotes, unit or per cent sign,"
            " or write unknown",
            id="fraction",
        ),
        pytest.param(
            "residents: {value: -1, source: s}",
            "residents.value: -1 is too low: write at least 0, or write unknown",
            id="too low",
        ),
        pytest.param(
            "minimum_level: {value: 101, source: s}",
            "minimum_level.value: 101 is too high: write at most 100, or write unknown",
            id="too high",
        ),
        pytest.param(
            "restart_lag: {value: 4 hours, source: s}",
            "restart_lag.value: '4 hours' is not a duration: write weeks, days, hours and minutes, for example 30m, 4h"
            " or 2d, or write unknown",
            id="duration in words",
        ),
        pytest.param(
            "restart_lag: {value: 90, source: s}",
            "restart_lag.value: 90 has no unit: write weeks, days, hours and minutes, for example 30m, 4h or 2d, or"
            " write unknown",
            id="duration without unit",
        ),
        pytest.param(
            "restart_lag: {value: 999w, source: s}",
            "restart_lag.value: '999w' is longer than can be simulated: write at most 1048576 minutes (two years), or"
            " write unknown",
            id="duration of years",
        ),
        pytest.param(
            "restart_lag: {value: , source: s}",
            "restart_lag.value: no value stands here: fill it in, or remove the line, or write unknown",
            id="no value",
        ),
        pytest.param(
            "repair: {duration: {min: 4h, likely: 2h, max: 8h, source: s}}",
            "repair.duration: these fields do not fit together: min must be at most likely, and likely at most max",
            id="corners in the wrong order",
        ),
        pytest.param(
            "repair: {duration: {min: 4h, source: s}}",
            "repair.duration: these fields do not fit together: a triangular duration needs min, likely and max",
            id="one corner",
        ),
        pytest.param(
            "repair: {duration: {source: s}}",
            "repair.duration: these fields do not fit together: give exactly one of fixed; min, likely and max;"
            " exponential; empirical; unknown",
            id="no duration at all",
        ),
        pytest.param(
            "tags: cloud",
            "tags: a list is expected, not 'cloud': write [cloud], or each item on its own line after a hyphen",
            id="no list",
        ),
        pytest.param(
            "tags: [Cloud Apps]",
            "tags#1: 'Cloud Apps' is not a valid id: use small letters, digits and single hyphens: cloud-apps",
            id="no id",
        ),
        pytest.param(
            "organisation: 112",
            "organisation: 112 is read as a number or as true or false, and text is expected: put it in quotes: '112'",
            id="number for text",
        ),
        pytest.param(
            "product: ''",
            "product: this text is empty: fill it in, or remove the line",
            id="empty text",
        ),
        pytest.param(
            "contract_end: 31-12-2026",
            "contract_end: '31-12-2026' is not a date: write year, month and day, for example 2026-11-22",
            id="date the Dutch way",
        ),
        pytest.param(
            "tlp: orange",
            "tlp: 'orange' is not in the list of allowed values: choose one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED",
            id="not in the list",
        ),
        pytest.param(
            "description: Helpdesk",
            "description: a mapping with fields is expected, not 'Helpdesk': write {nl: Helpdesk, en: Helpdesk}",
            id="text in one language",
        ),
        pytest.param(
            "needs: [{providers: [a], shares: {b: 100}, kind: data, source: s}]",
            "needs#1: these fields do not fit together: give either providers or shares",
            id="two kinds of group",
        ),
        pytest.param(
            "needs: [{shares: {b: 100}, at_least: 1, kind: data, source: s}]",
            "needs#1: these fields do not fit together: at_least goes with providers, not with shares",
            id="k of shares",
        ),
        pytest.param(
            "needs: [{shares: {B: 100}, kind: data, source: s}]",
            "needs#1.shares.B: 'B' is not a valid id: use small letters, digits and single hyphens: b",
            id="key that is no id",
        ),
        pytest.param(
            "biv: {availability: true, integrity: 1, confidentiality: 1, reason: r, source: s}",
            "biv.availability: true is not a whole number: write a whole number, without quotes, unit or per cent sign",
            id="true for a number",
        ),
        pytest.param(
            "supplyer: x",
            "supplyer: the field 'supplyer' is unknown: did you mean supplier?",
            id="typing error in an optional field",
        ),
        pytest.param(
            "name2: x",
            "name2: the field 'name2' is unknown: did you mean name?",
            id="field that is there already",
        ),
        pytest.param(
            "backup: {kind: offline, source: s, place: x}",
            "backup.place: the field 'place' is unknown: remove it; the fields here are kind, kept_on, tested_on,"
            " source",
            id="field of nothing",
        ),
        pytest.param(
            "mtd: {required: {value: 4h}}",
            "mtd.required: the field 'source' is missing: add source: …",
            id="missing field",
        ),
        pytest.param(
            "fallback: {levle: {value: 30, source: s}}",
            "fallback.levle: the field 'levle' is unknown, and 'level' is missing: write level in place of levle",
            id="missing and unknown are one typing error",
        ),
    ],
)
def test_each_fault_says_what_is_wrong_and_what_to_write(written: str, expected: str) -> None:
    """One mistake gives one line, at the place of the mistake."""
    assert [re.sub(r"^f\.yaml:4:\d+: ", "", line) for line in lines(Component, HEAD + written)] == [expected]


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    """Nobody has to repair one fault to see the next."""
    text = (
        "organisation: {id: A, nam: {nl: A, en: A}, sector: energie, role: {nl: A}, source: s}\n"
        "components:\n"
        "  - id: a\n"
        "    kind: srvice\n"
        "    name: {nl: A, en: A}\n"
        "    needs:\n"
        "      - kind: data\n"
        "        providers: [b]\n"
    )

    assert lines(OrganisationFile, text) == [
        "f.yaml:1:20: organisation.id: 'A' is not a valid id: use small letters, digits and single hyphens: a",
        "f.yaml:1:23: organisation.nam: the field 'nam' is unknown, and 'name' is missing: write name in place of nam",
        (
            "f.yaml:1:52: organisation.sector: 'energie' is not in the list of allowed values: did you mean energy?"
            " choose one of government, crisis, safety, care, education, mobility, energy, water, telecom, finance,"
            " housing, economy, culture, knowledge, supervision, ict"
        ),
        "f.yaml:1:67: organisation.role: the field 'en' is missing: add en: …",
        (
            "f.yaml:4:11: components.a.kind: 'srvice' is not in the list of allowed values: did you mean service?"
            " choose one of function, service, application, infrastructure, facility"
        ),
        "f.yaml:7:9: components.a.needs#1: the field 'source' is missing: add source: …",
    ]


def test_effects_are_told_apart_by_their_name() -> None:
    """A wrong effect names the list, and a fault inside one is a fault of that effect's fields only."""
    text = (
        "effects:\n"
        "  - {effect: isolat, components: [a]}\n"
        "  - {components: [a]}\n"
        "  - {effect: isolate, component: [a]}\n"
        "  - {effect: damage, select: {id: [a]}}\n"
        "  - {effect: isolate, components: []}\n"
        "  - {effect: damage, select: {}, delay: 5}\n"
    )
    found = lines(Orders, text)

    assert found[0].startswith(
        "f.yaml:2:14: effects#1.effect: 'isolat' is not a known effect: did you mean isolate? choose one of damage, "
    )
    assert found[1:] == [
        "f.yaml:3:5: effects#2: the field 'effect' is missing: add effect: …",
        (
            "f.yaml:4:23: effects#3.component: the field 'component' is unknown, and 'components' is missing: write"
            " components in place of component"
        ),
        "f.yaml:5:31: effects#4.select.id: the field 'id' is unknown: did you mean ids?",
        "f.yaml:6:35: effects#5.components: this list has too few items: write at least 1: […]",
        "f.yaml:7:41: effects#6.delay: 5 has no unit: write weeks, days, hours and minutes, for example 30m, 4h or 2d",
    ]


def test_a_list_is_not_too_short_because_its_items_have_faults() -> None:
    """Pydantic counts only whole items; the user wrote one and it has one fault."""
    assert lines(Orders, "effects: [{effect: isolate, components: [A]}]\n") == [
        "f.yaml:1:42: effects#1.components#1: 'A' is not a valid id: use small letters, digits and single hyphens: a"
    ]


def test_faults_are_in_the_language_of_the_user() -> None:
    """Nothing but the message changes with the language."""
    with in_language("nl"):
        _value, dutch = validate(Text, "nl: x\n", "f.yaml")
    _value, english = validate(Text, "nl: x\n", "f.yaml")

    assert [(problem.line, problem.path) for problem in dutch] == [(problem.line, problem.path) for problem in english]


def test_every_example_of_a_figure_is_itself_right() -> None:
    """What a message tells people to write must be accepted."""
    figures = (
        values.Text, values.DurationFigure, values.PerCentFigure, values.CountFigure, values.DistributionFigure,
        values.RequiredCapable,
    )  # fmt: skip
    examples = {model.__name__: example_of(model).replace("<id of a source>", "talk") for model in figures}
    wrong = {model.__name__: lines(model, examples[model.__name__]) for model in figures}

    assert wrong == {name: [] for name in examples}


def test_every_check_of_a_whole_mapping_has_words() -> None:
    """A ValueError of the schema is listed in fault_words, so that it is said in Dutch as well."""
    listed = inspect.getsource(fault_words)
    raised = [
        message
        for module in (schema, values)
        for message in re.findall(r'msg = "([^"]+)"', inspect.getsource(module))
        if "a duration needs a unit" not in message
    ]

    assert [message for message in raised if f'"{message}"' not in listed] == []

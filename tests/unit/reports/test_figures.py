"""From chart spec to plotly figure."""

import json
from typing import Any

import pytest

from reports import palette
from reports.chart_spec import ChartSpec
from reports.figures import CONFIG, figure_data
from reports.legend import legend
from resilience.base.canonical import canonical_json
from tests.unit.reports.small_run import HOSTILE, one_of_each

CHARTS = one_of_each()
KINDS = [type(spec).__name__ for spec in CHARTS]


def strings(value: Any) -> list[str]:
    """Return every string in plain data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in strings(part)]
    return []


@pytest.mark.parametrize("spec", CHARTS, ids=KINDS)
def test_every_chart_has_words_and_a_table(spec: ChartSpec) -> None:
    """Title, alternative text and data table are there for whoever cannot see the drawing."""
    assert all((spec.title, spec.alternative, spec.table.caption, spec.table.rows))


@pytest.mark.parametrize("spec", CHARTS, ids=KINDS)
def test_figures_are_plain_data_and_always_the_same(spec: ChartSpec) -> None:
    """A figure survives JSON as it is, and two figures of one spec are equal to the byte."""
    first, second = canonical_json(figure_data(spec)), canonical_json(figure_data(spec))

    assert (first, json.loads(first)["layout"]["showlegend"]) == (second, False)


@pytest.mark.parametrize("spec", one_of_each(HOSTILE), ids=KINDS)
def test_names_cannot_become_tags(spec: ChartSpec) -> None:
    """Plotly reads some HTML in its words, so every name reaches it escaped."""
    assert [text for text in strings(figure_data(spec)) if "<script" in text] == []


@pytest.mark.parametrize("spec", CHARTS, ids=KINDS)
def test_every_colour_has_a_dark_partner(spec: ChartSpec) -> None:
    """On a dark screen each colour is exchanged; one without a partner would stay too bright or vanish."""
    colours = {text for text in strings(figure_data(spec)) if text.startswith("#")}

    assert colours - set(palette.DARK) == set()


def test_light_colours_are_told_apart_by_their_code() -> None:
    """Two uses with one code could not get two dark partners."""
    named = [value for name, value in vars(palette).items() if name.isupper() and isinstance(value, str)]
    named += [colour for _stop, colour in palette.HEAT_STOPS]

    assert sorted(named) == sorted(set(named))


def test_the_scale_of_the_heat_map_only_gets_lighter() -> None:
    """From nothing works to all is well lightness runs one way, so that it reads in grey too."""
    light = [_lightness(colour) for _stop, colour in palette.HEAT_STOPS]

    assert light == sorted(light)


def test_no_chart_can_be_sent_away() -> None:
    """The buttons of plotly that send a figure to its maker are off, and so is its address."""
    assert (CONFIG["showSendToCloud"], CONFIG["plotlyServerURL"], CONFIG["displaylogo"]) == (False, "", False)


@pytest.mark.parametrize("spec", [spec for spec in CHARTS if spec.key != "bars"], ids=lambda spec: spec.key)
def test_the_key_says_in_words_what_is_drawn(spec: ChartSpec) -> None:
    """Nothing is told by colour alone: each swatch has its words."""
    swatches = legend(spec)

    assert (len(swatches) > 0, len({swatch for swatch, _words in swatches})) == (True, len(swatches))


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""Which channels still work, and which advice fits: pure rules over the libraries."""

import datetime as dt
from typing import get_args

import pytest

from city_model.loader import load_city
from resilience.base.language import in_language
from resilience.base.problems import InputError
from scenarios.reaching import (
    Audience,
    ChannelPlace,
    advice_library,
    fitting_advice,
    placed_cities,
    places_of,
    reach_channels,
    subjects_now,
    working_channels,
)
from tests import builders

DAY = dt.date(2027, 1, 22)


@pytest.mark.parametrize("name", placed_cities())
def test_every_city_has_offline_channels_that_outlive_everything(name: str) -> None:
    """With the whole map down, the channels that need only people still reach residents."""
    places = places_of(load_city(name))
    offline = {channel.id for channel in reach_channels() if channel.offline}
    left = {channel for channel, lost in working_channels(places, lambda _component: True).items() if not lost}
    assert left == {"pamflet", "huisbezoek", "koerier"} & offline


def test_a_channel_needs_all_of_all_and_one_of_any() -> None:
    """What fails is named; a spare that works saves the channel."""
    place = ChannelPlace(channel="radio", all=("a",), any=("b", "c"))
    answers = [place.failing(down.__contains__) for down in ("", "b", "bc", "a", "abc")]
    assert answers == [(), (), ("b", "c"), ("a",), ("a", "b", "c")]


def test_advice_fits_what_is_down_and_not_what_is_not() -> None:
    """Advice for any failure comes with every failure, that for a subject only when the subject plays."""
    places = places_of(load_city("utrecht"))
    subjects = subjects_now(places, {"winkels-pinbetaling"}.__contains__, leaked=True)
    given = {one.id for one in fitting_advice(advice_library(), subjects, DAY)}
    fitting = {one.id for one in advice_library() if {"during", "betalen", "datalek"} & set(one.fits)}
    assert (subjects, given) == (("betalen", "datalek"), fitting)


def test_without_a_failure_the_advice_is_what_can_be_done_beforehand() -> None:
    """The 72-hour package is for a calm day."""
    given = [one.id for one in fitting_advice(advice_library(), (), DAY, calm=True)]
    assert given == ["noodpakket", "afspraken-thuis", "ambtenaar-meld"]


def test_withdrawn_and_outdated_advice_is_not_given() -> None:
    """A record that does not hold yet, no longer holds or was replaced stays in the library and out of the answer."""
    one = advice_library()[0]
    variants = (
        one.model_copy(update={"valid_from": DAY + dt.timedelta(days=1)}),
        one.model_copy(update={"valid_until": DAY - dt.timedelta(days=1)}),
        one.model_copy(update={"withdrawn_by": "drinkwater"}),
        one.model_copy(update={"valid_until": DAY}),
    )
    assert fitting_advice(variants, (), DAY, calm=True) == (variants[3],)


def test_every_audience_has_advice_with_a_channel_without_internet() -> None:
    """Who has no internet is reached too, whatever the subject."""
    offline = {channel.id for channel in reach_channels() if channel.offline}
    library = advice_library()
    assert (
        {one.audience for one in library},
        [one.id for one in library if not offline & set(one.channels)],
    ) == (set(get_args(Audience)), [])


def test_every_subject_of_the_advice_is_known_in_every_city() -> None:
    """Advice for a subject that no city can see would never be given."""
    asked = {subject for one in advice_library() for subject in one.fits} - {"before", "during"}
    known = {name: {place.subject for place in places_of(load_city(name)).subjects} for name in placed_cities()}
    assert known == dict.fromkeys(placed_cities(), asked)


def test_a_city_that_nobody_wrote_down_is_refused_with_the_remedy() -> None:
    """One sentence with what to give."""
    with in_language("en"), pytest.raises(InputError, match="nobody wrote down") as raised:
        places_of(builders.city(builders.component("grid")))
    assert raised.value.problems[0].repair.startswith("give a file of your own with --places")

"""The crisis organisation as data: national, by region, and of your own."""

from pathlib import Path

import pytest

from city_model.loader import load_city
from resilience.base.language import in_language
from resilience.base.problems import InputError
from scenarios.crisis_structure import bundled_regions, crisis_structure, warned
from scenarios.reaching import reach_channels

CHANNELS = [channel.id for channel in reach_channels()]


def test_a_region_has_its_own_names_and_keeps_the_rest() -> None:
    """In Twente the regional policy team is called otherwise; its place and the other teams are the national ones."""
    national, twente = crisis_structure(), crisis_structure("twente", channels=CHANNELS)
    renamed = [
        (str(before.name.nl), str(after.name.nl))
        for before, after in zip(national.teams, twente.teams, strict=True)
        if before != after
    ]
    assert renamed == [("Regionaal Beleidsteam (RBT)", "Regionaal Crisisteam (RCT)")]


def test_every_record_says_where_it_comes_from_and_both_tracks_have_teams() -> None:
    """Whoever plays by it can look up each line; a municipality can be victim and involved party at once."""
    unsourced, tracks = [], set()
    for region in (None, *bundled_regions()):
        whole = crisis_structure(region, channels=CHANNELS)
        sources = {source.id for source in whole.sources}
        records = (*whole.tracks, *whole.levels, *whole.teams, *whole.roles, *whole.partners, *whole.warnings)
        unsourced += [record.id for record in records if record.source not in sources]
        tracks |= {team.track for team in whole.teams}
    assert (unsourced, tracks) == ([], {"victim", "involved"})


@pytest.mark.full  # it reads two whole maps
def test_partners_on_the_map_are_there() -> None:
    """A partner that names an organisation names one of the map of its region."""
    unknown = {
        (region, partner.organisation)
        for region, city in (("utrecht", "utrecht"), ("twente", "enschede"))
        for partner in crisis_structure(region).partners
        if partner.organisation and partner.organisation not in load_city(city).organisation_by_id
    } - {("twente", "autoriteit-persoonsgegevens"), ("twente", "politie")}
    assert unknown == set()


def test_a_warning_travels_by_likely_delays_and_stops_where_no_channel_works() -> None:
    """An attack on the city reaches the NCSC through the IBD in two hours; without telephone it reaches neither."""
    whole = crisis_structure("utrecht")
    all_work, no_phone = warned(whole, "gemeente", CHANNELS), warned(whole, "gemeente", set(CHANNELS) - {"telefoon"})
    assert (all_work["ibd"], all_work["ncsc"], {"ibd", "ncsc"} & no_phone.keys(), no_phone["veiligheidsregio"]) == (
        60,
        120,
        set(),
        30,
    )


def test_a_new_partner_joins_with_a_line_of_data(tmp_path: Path) -> None:
    """A file of one's own adds a partner and a warning to the national structure."""
    own = tmp_path / "regio.yaml"
    own.write_text(
        "partners:\n"
        "  - {id: veerdienst, name: {nl: Veer, en: Ferry}, does: {nl: Vaart., en: Sails.}, source: aanname}\n"
        "warnings:\n"
        "  - {id: regio-veer, from: veiligheidsregio, to: veerdienst, about: {nl: Stop, en: Stop},\n"
        "     takes: {min: 1m, likely: 10m, max: 1h}, channels: [c2000], source: aanname}\n",
        encoding="utf-8",
    )
    whole = crisis_structure(str(own), channels=CHANNELS)
    assert warned(whole, "gemeente", ["telefoon", "c2000"])["veerdienst"] == 40


def test_faults_are_named_all_at_once_with_their_place(tmp_path: Path) -> None:
    """A name that means nothing, an unknown source and a team that is not there: each with line and remedy."""
    own = tmp_path / "regio.yaml"
    own.write_text(
        "levels:\n"
        "  - {id: grip-2, name: {nl: A, en: A}, reach: {nl: B, en: B}, teams: [rott], head: {nl: C, en: C},\n"
        "     scale_up: [{nl: D, en: D}], scale_down: [{nl: E, en: E}], source: vru}\n"
        "warnings:\n"
        "  - {id: w, from: gemeent, to: ibd, about: {nl: F, en: F}, takes: {min: 1m, likely: 1m, max: 1m},\n"
        "     channels: [telefon], source: aanname}\n",
        encoding="utf-8",
    )
    with in_language("en"), pytest.raises(InputError) as raised:
        crisis_structure(str(own), channels=CHANNELS)
    found = [(problem.line, problem.path, problem.what) for problem in raised.value.problems]
    assert found == [
        (2, "levels.grip-2.teams#1", "team rott does not exist"),
        (3, "levels.grip-2.source", "source vru does not exist"),
        (5, "warnings.w.from", "partner gemeent does not exist"),
        (6, "warnings.w.channels#1", "channel telefon does not exist"),
    ]

"""A sensor register comes in as components, with the column map that ships for it."""

import datetime as dt
from pathlib import Path

import pytest

from city_model.exchange.importing import Order, carry_out, prepare
from city_model.loader import load_city

FILE = Path(__file__).parents[2] / "data" / "exchange" / "sensorregister.csv"
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The city that the register becomes."""
    carry_out(prepare(Order(FILE, "csv", tmp_path / "sensors", date=DAY)), None)
    return tmp_path / "sensors"


def test_each_sensor_that_works_becomes_a_component(folder: Path) -> None:
    """With its owner, supplier, type and its id in the register; what is out of use is passed over."""
    found = load_city(str(folder))

    assert [(part.id, part.organisation, part.supplier, part.product, part.tags) for part in found.components] == [
        ("druktecamera-plein", "gemeente-voorbeeldstad", "telbureau", "Camera", ("ext-sensor-s-0007",)),
        ("geluidsmeter-brug", "gemeente-voorbeeldstad", "telbureau", "Geluid", ("ext-sensor-s-0008",)),
        ("drukteplatform", "gemeente-voorbeeldstad", None, "Platform", ("ext-sensor-s-0101",)),
        ("lora-netwerk", "netbedrijf", None, "Netwerk", ("ext-sensor-s-0100",)),
    ]


def test_connections_and_platforms_become_dependencies(folder: Path) -> None:
    """A sensor needs its network; the platform needs the sensor."""
    assert [placed.key for placed in load_city(str(folder)).placed_needs] == [
        "druktecamera-plein>lora-netwerk",
        "geluidsmeter-brug>lora-netwerk",
        "drukteplatform>druktecamera-plein",
    ]


def test_bringing_it_in_again_changes_nothing(folder: Path) -> None:
    """Sensors are found back by their id in the register."""
    assert prepare(Order(FILE, "csv", folder, date=DAY)).texts == {}

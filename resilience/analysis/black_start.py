"""Circles in a city that redundancy and repair cannot break: found beforehand, named in words (rules 7.5, 9.5, 9.6).

Black starts come from the engine itself, so that they mean what a run would do; the circle behind one is then read
from the needs that hold it down.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from city_model.effects import Close, Damage, EndDamage, Reopen, Selector
from city_model.schema import City, Component, PlacedNeed
from resilience.base.language import _
from resilience.simulation.engine import Simulation

"""Which control of which framework a finding touches: editable data, references by number only."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from city_model.fault_words import choice
from city_model.finding import CHECKS
from city_model.values import Frozen, Line, Slug, Text
from city_model.yaml_source import Document, fit, read
from resilience.base.files import decode_text, read_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

CONTROLS_FILE = "controls.yaml"
Status = Literal["verify", "known"]
"""verify: look the number up in the version that holds before referring to it."""


class Framework(Frozen):
    """A standard or law."""

    id: Slug
    name: Text
    status: Status
    note: Line | None = None


class Control(Frozen):
    """One numbered part of a framework, in own words."""

    id: Line
    framework: Slug
    name: Text
    status: Status

    @property
    def key(self) -> str:
        """How the list of checks refers to it."""
        return f"{self.framework} {self.id}"


class ControlsFile(Frozen):
    """``controls.yaml``."""

    frameworks: tuple[Framework, ...] = ()
    controls: tuple[Control, ...] = ()
    checks: dict[Line, tuple[Line, ...]] = Field(default_factory=dict)
    """Per check the controls that its findings touch, as ``framework id``."""


@dataclass(frozen=True)
class Controls:
    """The references, ready to be looked up."""

    content: ControlsFile

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """The frameworks in the order of the file."""
        return self.content.frameworks

    def of(self, check: str, framework: str) -> tuple[Control, ...]:
        """Return the controls of *framework* that a finding of *check* touches."""
        keys = self.content.checks.get(check, ())
        return tuple(one for one in self.content.controls if one.framework == framework and one.key in keys)


def load_controls(path: Path | None = None) -> Controls:
    """Return the references in the file at *path*, or the ones that ship; raises InputError with every problem."""
    if path is None:
        shipped = resources.files("city_model").joinpath("reference").joinpath(CONTROLS_FILE)
        shown, text = CONTROLS_FILE, decode_text(shipped.read_bytes(), CONTROLS_FILE)
    else:
        shown, text = str(path), read_text(path)
    reading = read(text, shown)
    if reading.document is None:
        raise InputError(reading.problems)
    content, problems = fit(ControlsFile, reading.document)
    problems += _faults(content, reading.document) if content else []
    if problems or content is None:
        raise InputError(problems)
    return Controls(content)


def _faults(content: ControlsFile, document: Document) -> Iterator[Problem]:
    """Yield what leads nowhere: unknown checks, frameworks and controls."""
    frameworks = [framework.id for framework in content.frameworks]
    for number, control in enumerate(content.controls):
        if control.framework not in frameworks:
            what = _("there is no framework '{name}'", name=control.framework)
            yield document.problem(("controls", number, "framework"), what, choice(control.framework, frameworks))
    keys = [control.key for control in content.controls]
    for check, named in content.checks.items():
        if check not in CHECKS:
            what = _("there is no check '{name}'", name=check)
            yield document.problem(("checks", check), what, choice(check, CHECKS), key=True)
        for number, key in enumerate(named):
            if key not in keys:
                what = _("there is no control '{name}'", name=key)
                yield document.problem(("checks", check, number), what, choice(key, keys))

"""What every command about a map begins with: the city as the officer may see it, and one component of it."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.cli import output
from resilience.cli.translated import later

if TYPE_CHECKING:
    from city_model.hiding import Reader
    from city_model.schema import City
    from resilience.cli.city.text import Page

Command = TypeVar("Command", bound=Callable[..., Any])

CITY_HELP = later("Name of a bundled city, or the folder of one (write ./name where both exist).")
JSON_HELP = later("Write JSON for a program.")
YEAR_HELP = later("Count residents as they are in this year, from the population that the city names.")
AS_OF_HELP = later("The day to look from, such as 2026-11-22; default today.")


def open_city(name: str, *, contacts: bool = False, year: int | None = None) -> "City":
    """Return the city as the officer, who works at the command line, may see it.

    With *contacts* it holds the names and numbers that the city keeps to itself; with *year* the residents of then.
    """
    from city_model.loader import load_city
    from city_model.population import in_year
    from city_model.redaction import OFFICER, view_for

    found = view_for(load_city(name, contacts=contacts), OFFICER)
    return found if year is None else in_year(found, year)


def a_component(found: "City", name: str, item: str, needs: str) -> str:
    """Return *item* when it is a component of the city; *needs* says what a component is asked for.

    Raises InputError otherwise, with the ids that may have been meant.
    """
    if item in found.component_by_id:
        return item
    if item in found.organisation_by_id:
        what = _("'{id}' is an organisation; {needs}", id=item, needs=needs)
        raise InputError.because(what, _("see {command}", command=f"resilience city show {name} {item}"))
    raise unknown_item(found, name, item)


def known_organisation(found: "City", name: str, organisation: str) -> None:
    """Raise InputError unless *organisation* is one of the city."""
    from city_model.fault_words import choice

    if organisation not in found.organisation_by_id:
        what = _("the organisation '{id}' does not exist", id=organisation)
        see = _("see {command}", command=f"resilience city show {name}")
        raise InputError.because(what, choice(organisation, list(found.organisation_by_id)) or see)


def unknown_item(found: "City", name: str, item: str) -> InputError:
    """Return the fault that the city has no *item*, with the ids that may have been meant."""
    from city_model.fault_words import alike

    what = _("{city} has no component or organisation '{id}'", city=found.name, id=item)
    likely = alike(item, (*found.component_by_id, *found.organisation_by_id, *(one.id for one in found.districts)))
    if likely:
        return InputError.because(what, _("did you mean {names}?", names=", ".join(likely)))
    return InputError.because(what, _("see {command}", command=f"resilience city show {name}"))


def reader_option(function: Command) -> Command:
    """Let a command be told who is going to read what it writes."""
    return click.option(
        "--for",
        "reader",
        default="officer",
        show_default=True,
        metavar="READER",
        help=later("Who reads it: officer, public, or the id of an organisation."),
    )(function)


def a_reader(found: "City", name: str) -> "Reader":
    """Return the reader called *name*: officer, public, or an organisation of the city; raises InputError otherwise."""
    from city_model.fault_words import choice
    from city_model.hiding import OFFICER, Reader

    if name == OFFICER.role:
        return OFFICER
    if name == "public":
        return Reader("public")
    if name in found.organisation_by_id:
        return Reader("partner", name)
    what = _("there is no reader '{name}'", name=name)
    raise InputError.because(what, choice(name, ["officer", "public", *found.organisation_by_id]))


def day_of(as_of: dt.datetime | None) -> dt.date:
    """Return the day to look from: the one that was asked for, else today."""
    return as_of.date() if as_of else dt.datetime.now().astimezone().date()


def show_page(page: "Page", *, as_json: bool) -> None:
    """Write a page for people, or what it says for a program."""
    if as_json:
        output.json_result(page.data)
        return
    for part in page.parts:
        if isinstance(part, str):
            output.result(part)
        else:
            output.table(part.headers, part.rows)

"""Whom to call, and in which order: the contacts that a city keeps to itself, and the call list along the chain.

Names and numbers do not belong in a map that travels. A city writes them in ``contacts.local.yaml`` in its folder,
which git ignores; what stands there takes the place of the contacts in the map.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from city_model.draft import Draft, Item, Placed
from city_model.fault_words import choice, near
from city_model.losses import REACHES, Effect, Losses
from city_model.naming import responsible_for
from city_model.schema import City, Contact
from city_model.values import Frozen, Slug
from city_model.yaml_source import Document
from resilience.base.language import _
from resilience.base.problems import Problem

CONTACTS_FILE = "contacts.local.yaml"
Contacts = Annotated[tuple[Contact, ...], Field(min_length=1)]
Why = Literal["repairs", "owns", "supplies", "lost", "weakened", "cause"]
"""repairs, owns, supplies: the failed component; lost, weakened: depends on it; cause: it depends on theirs."""


class ContactsFile(Frozen):
    """``contacts.local.yaml``: per organisation or component whom to call, in call order."""

    organisations: dict[Slug, Contacts] = Field(default_factory=dict)
    components: dict[Slug, Contacts] = Field(default_factory=dict)


@dataclass(frozen=True)
class ContactsBook:
    """One such file, with its places."""

    content: ContactsFile
    document: Document


@dataclass(frozen=True)
class Call:
    """One organisation to call, with why and by when."""

    organisation: str | None
    """None: nobody in the map owns or runs these components."""
    why: Why
    minutes: int | None
    """When the first of the components is lost, in minutes from the failure; None when that is not by a total loss."""
    assumed: bool
    components: tuple[str, ...]
    """What the call is about, the most urgent first."""
    contacts: tuple[Contact, ...]
    """In call order: those of the components that it runs, then its own; empty when the map holds none."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "organisation": self.organisation,
            "why": self.why,
            "minutes": self.minutes,
            "assumed": self.assumed,
            "components": list(self.components),
            "contacts": [contact.model_dump(mode="json", exclude_none=True) for contact in self.contacts],
        }


def unknown_names(draft: Draft, books: Sequence[ContactsBook]) -> Iterator[Problem]:
    """Yield a fault for every organisation or component in *books* that the city does not have."""
    known = {
        "organisations": sorted(item.value.id for item in draft.organisations),
        "components": sorted(item.value.id for item in draft.components),
    }
    for book in books:
        for field, names in known.items():
            for name in getattr(book.content, field):
                if name not in names:
                    what = (_("the organisation '{id}' does not exist", id=name) if field == "organisations"
                            else _("the component '{id}' does not exist", id=name))  # fmt: skip
                    repair = choice(name, names) if near(name, names) else _("name one that exists, or remove it")
                    yield book.document.problem((field, name), what, repair, key=True)


def with_contacts(draft: Draft, books: Sequence[ContactsBook]) -> Draft:
    """Return *draft* with the contacts of *books* in place of its own; a later book goes before an earlier one."""
    organisations = {name: said for book in books for name, said in book.content.organisations.items()}
    components = {name: said for book in books for name, said in book.content.components.items()}
    return replace(
        draft,
        organisations=tuple(_called(item, organisations.get(item.value.id)) for item in draft.organisations),
        components=tuple(_called(item, components.get(item.value.id)) for item in draft.components),
    )


def call_list(city: City, failing: str, *, causes: bool = False) -> tuple[Call, ...]:
    """Return whom to call when *failing* is out: who repairs it, then who loses something, the soonest first.

    Each organisation is called once, about all that it loses. With *causes* then the organisations whose own failure
    could be behind it, the soonest felt first. Raises KeyError when there is no such component.
    """
    component = city.component_by_id[failing]
    runs = responsible_for(city, failing)
    own: dict[str | None, Why] = {runs: "repairs"}
    for name, role in _OWNERS.items():
        own.setdefault(getattr(component, name) or runs, role)
    losses = Losses(city)
    felt = losses.of(failing)
    concerned = _by_organisation(city, felt)
    calls = [_call(city, name, why, {failing: felt[failing], **concerned.pop(name or "", {})})
             for name, why in own.items()]  # fmt: skip
    others = [_call(city, name, "weakened", effects) for name, effects in concerned.items()]
    calls += sorted((replace(call, why="lost") if call.minutes is not None else call for call in others), key=_soonest)
    if causes:
        alone = {name: losses.lost(name).get(failing) for name in city.component_by_id if name != failing}
        behind = {name: effect for name, effect in alone.items() if effect}
        asked = (_call(city, name, "cause", effects) for name, effects in _by_organisation(city, behind).items())
        calls += sorted((call for call in asked if call.organisation not in own), key=_soonest)
    return tuple(calls)


def _by_organisation(city: City, felt: Mapping[str, Effect]) -> dict[str, dict[str, Effect]]:
    """Return *felt* per organisation; city functions have no owner of their own, so nobody is called about them."""
    found: dict[str, dict[str, Effect]] = {}
    for name, effect in felt.items():
        runs = responsible_for(city, name)
        if runs is not None:
            found.setdefault(runs, {})[name] = effect
    return found


def _soonest(call: Call) -> tuple[bool, int, str]:
    return call.minutes is None, call.minutes or 0, call.organisation or ""


def _call(city: City, organisation: str | None, why: Why, felt: Mapping[str, Effect]) -> Call:
    urgent = sorted(felt, key=lambda name: (REACHES.index(felt[name].reach), felt[name].minutes or 0, name))
    found = city.organisation_by_id.get(organisation or "")
    run = [name for name in urgent if responsible_for(city, name) == organisation]
    contacts = [contact for name in run for contact in city.component_by_id[name].contacts]
    return Call(
        organisation=organisation,
        why=why,
        minutes=felt[urgent[0]].minutes,
        assumed=felt[urgent[0]].assumed,
        components=tuple(urgent),
        contacts=tuple(dict.fromkeys([*contacts, *(found.contacts if found else ())])),
    )


_OWNERS: dict[str, Why] = {"organisation": "owns", "supplier": "supplies"}


def _called(item: Placed[Item], contacts: tuple[Contact, ...] | None) -> Placed[Item]:
    """Return *item* with *contacts*, where there are any."""
    return item if contacts is None else replace(item, value=item.value.model_copy(update={"contacts": contacts}))

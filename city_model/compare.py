"""Two versions of a map in the words of those who keep it: what came, what went, what says something else.

Places in files do not count, only what is said: moving a component to another file or writing the same in another
order changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from city_model.compare_fields import FieldChange, field_changes
from city_model.compare_impacts import impact_changes
from city_model.compare_needs import need_changes, need_pairs, need_words
from city_model.figure_text import figure_words
from city_model.naming import name_of, organisation_name
from city_model.schema import AccessPath, City, Component
from city_model.summary import figures_in
from city_model.words import component_kind_word, confidence_word
from resilience.base.language import _, ngettext

Kind = Literal["added", "removed", "changed"]
Subject = Literal[
    "function", "component", "organisation", "need", "figure", "impact", "team", "path", "measure", "source"
]
SUBJECTS: tuple[Subject, ...] = (
    "function", "component", "organisation", "need", "figure", "impact", "team", "path", "measure", "source",
)  # fmt: skip
"""The order in which they are told."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was."""

    kind: Kind
    subject: Subject
    place: str
    """Id of the record, or key of the dependency."""
    about: str
    """What it is about, in words."""
    said: str | None = None
    """What changed; None for what came or went."""
    before: str | None = None
    after: str | None = None

    @property
    def sentence(self) -> str:
        """The whole change in words."""
        return f"{self.about}: {self.said}" if self.said else self.about

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "place": self.place,
            "sentence": self.sentence,
            "before": self.before,
            "after": self.after,
        }


def compare(old: City, new: City) -> tuple[Change, ...]:
    """Return all that differs between two versions of a map, by subject, then in the order of the files."""
    found = [
        *_components(old, new),
        *_organisations(old, new),
        *_needs(old, new),
        *_impacts(old, new),
        *_teams(old, new),
        *_paths(old, new),
        *_measures(old, new),
        *_sources(old, new),
    ]
    return tuple(sorted(found, key=lambda change: SUBJECTS.index(change.subject)))


def _components(old: City, new: City) -> Iterator[Change]:
    for kind, name, before, after in _both(old.component_by_id, new.component_by_id):
        component = after or before
        assert component is not None  # noqa: S101 - one of both is there
        subject: Subject = "function" if component.kind == "function" else "component"
        if before and after:
            for change in field_changes(old, new, before, after):
                about: Subject = "figure" if subject == "component" and _is_figure(change.path) else subject
                yield _changed(about, name, str(after.name), change)
        else:
            yield Change(kind, subject, name, _component_words(new if after else old, component))


def _is_figure(path: str) -> bool:
    return path not in {"name", "kind", "organisation", "operator", "supplier", "product"}


def _component_words(city: City, component: Component) -> str:
    if component.kind == "function":
        return str(component.name)
    values = {"name": component.name, "kind": component_kind_word(component.kind)}
    owner = organisation_name(city, component.organisation)
    return _("{name}, {kind} of {owner}", **values, owner=owner) if owner else f"{values['name']}, {values['kind']}"


def _organisations(old: City, new: City) -> Iterator[Change]:
    for kind, name, before, after in _both(old.organisation_by_id, new.organisation_by_id):
        if before and after:
            for change in field_changes(old, new, before, after):
                yield _changed("organisation", name, str(after.name), change)
        else:
            found = after or before
            yield Change(kind, "organisation", name, str(found.name) if found else name)


def _needs(old: City, new: City) -> Iterator[Change]:
    """Dependencies of a component that came or went are told too: they are what it brings or leaves behind."""
    for pair in need_pairs(old, new):
        if pair.old and pair.new:
            for change in need_changes(old, new, pair):
                about: Subject = "figure" if change.before or change.after else "need"
                yield _changed(about, pair.new.key, need_words(new, pair.new), change)
        elif pair.new:
            yield Change("added", "need", pair.new.key, need_words(new, pair.new))
        elif pair.old:
            yield Change("removed", "need", pair.old.key, need_words(old, pair.old))


def _impacts(old: City, new: City) -> Iterator[Change]:
    """What the loss of a function does to people and money."""
    for change in impact_changes(old, new):
        kind: Kind = "added" if change.before is None else "removed" if change.after is None else "changed"
        place = f"{change.function}/{change.id}"
        about = name_of(new if change.function in new.component_by_id else old, change.function)
        yield Change(kind, "impact", place, about, change.said, change.before, change.after)


def _teams(old: City, new: City) -> Iterator[Change]:
    teams = ({team.id: team for team in city.teams} for city in (old, new))
    for kind, name, before, after in _both(*teams):
        if before and after:
            for change in field_changes(old, new, before, after):
                yield _changed("team", name, str(after.name), change)
        else:
            found = after or before
            words = f"{found.name}: {figure_words(found.count)}" if found else name
            yield Change(kind, "team", name, words)


def _paths(old: City, new: City) -> Iterator[Change]:
    paths = ({path.key: path for path in city.access_paths} for city in (old, new))
    for kind, key, before, after in _both(*paths):
        if before and after:
            for change in field_changes(old, new, before, after):
                yield _changed("path", key, _path_words(new, after), change)
        elif after:
            yield Change(kind, "path", key, _path_words(new, after))
        elif before:
            yield Change(kind, "path", key, _path_words(old, before))


def _path_words(city: City, path: AccessPath) -> str:
    return f"{name_of(city, path.origin)} → {name_of(city, path.target)} ({path.kind})"


def _measures(old: City, new: City) -> Iterator[Change]:
    measures = ({measure.id: measure for measure in city.measures} for city in (old, new))
    for kind, name, before, after in _both(*measures):
        if before and after:
            for change in field_changes(old, new, before, after):
                yield _changed("measure", name, str(after.name), change)
            if before.effects != after.effects:
                yield Change("changed", "measure", name, str(after.name), _("does something else"))
        else:
            found = after or before
            yield Change(kind, "measure", name, str(found.name) if found else name)


def _sources(old: City, new: City) -> Iterator[Change]:
    """A source that became more or less sure moves every figure that rests on it; coming and going shows there."""
    for _kind, name, before, after in _both(old.source_by_id, new.source_by_id):
        if before and after and before.confidence != after.confidence:
            number = sum(figure.source == name and figure.confidence is None for figure in figures_in(new.components))
            words = f"{confidence_word(before.confidence)} → {confidence_word(after.confidence)}"
            said = ngettext(
                "{words}; {number} figure rests on it", "{words}; {number} figures rest on it", number, words=words
            )
            yield Change("changed", "source", name, after.reference, said, before.confidence, after.confidence)


def _changed(subject: Subject, place: str, about: str, change: FieldChange) -> Change:
    return Change("changed", subject, place, about, change.sentence, change.before, change.after)


def _both(old: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[tuple[Kind, str, Item | None, Item | None]]:
    """Yield everything of both maps by name: what is in the old one first, in its order, then what came."""
    for name, before in old.items():
        yield "changed" if name in new else "removed", name, before, new.get(name)
    for name, after in new.items():
        if name not in old:
            yield "added", name, None, after

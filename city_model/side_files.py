"""The files of a city folder that are not part of the map: its own contacts, and what was decided about findings.

They stay where they are written: an exercise or a pack takes the texts of the map along and never these.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from city_model.accepted import ACCEPTED_FILE, Acceptance, AcceptedFile, faults_of
from city_model.actions import Action
from city_model.contacts import CONTACTS_FILE, ContactsBook, ContactsFile
from city_model.yaml_source import Document, fit
from resilience.base.problems import Problem

SIDE_FILES = frozenset({CONTACTS_FILE, ACCEPTED_FILE})


@dataclass(frozen=True)
class SideFiles:
    """What they say, included cities first."""

    books: tuple[ContactsBook, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    actions: tuple[Action, ...] = ()


def read_side_files(documents: Iterable[tuple[str, Document]]) -> tuple[SideFiles, list[Problem]]:
    """Return what the *documents*, each with the name of its file, say, and every problem in them."""
    books: list[ContactsBook] = []
    accepted: list[Acceptance] = []
    actions: list[Action] = []
    problems: list[Problem] = []
    for name, document in documents:
        if document.data is None:
            continue
        if name == CONTACTS_FILE:
            contacts, faults = fit(ContactsFile, document)
            books += [ContactsBook(contacts, document)] if contacts else []
        else:
            decided, faults = fit(AcceptedFile, document)
            faults += faults_of(decided, document) if decided else []
            accepted += decided.acceptances if decided else ()
            actions += decided.actions if decided else ()
        problems += faults
    return SideFiles(tuple(books), tuple(accepted), tuple(actions)), problems

"""What a check of the map found: where, how bad, why it matters, what helps.

The id of a finding is the name of its check and the place in the map, so that it is the same in every run and
language, and can be accepted or kept in a register.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from resilience.base.canonical import sha256_hex
from resilience.base.language import _

Severity = Literal["high", "medium", "low", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first; info asks for nothing."""

Check = Literal[
    "black-start",
    "repair-circle",
    "circular-redundancy",
    "hidden-common-cause",
    "fallback-shares-root",
    "gap-mtd",
    "gap-rto",
    "gap-rpo",
    "gap-biv",
    "rto-above-mtd",
    "function-without-provider",
    "nothing-needed",
    "no-offline-alternative",
    "provider-without-contact",
    "marking-below-parts",
    "no-figure",
    "certificate-ends",
    "contract-ends",
    "review-overdue",
    "run-circle",
    "single-point",
    "concentration",
    "crossroads",
]
CHECKS: tuple[Check, ...] = get_args(Check)
GAP_CHECKS: tuple[Check, ...] = ("gap-mtd", "gap-rto", "gap-rpo", "gap-biv", "no-figure")
"""Those of what is asked against what is reached; they have a command of their own."""
RANK_CHECKS: tuple[Check, ...] = ("single-point", "concentration", "crossroads")
"""Those that need a run of every component; they have a command of their own."""
LONGEST_PLACE = 60
"""Characters of a place; of a longer one the end is a hash, so that ids stay readable and differ."""


@dataclass(frozen=True)
class Finding:
    """One thing that a check found."""

    check: Check
    place: str
    """Id of a component or organisation, or another name that stays the same as long as the fact does."""
    severity: Severity
    what: str
    """The fact in one sentence, in the current language."""
    components: tuple[str, ...] = ()
    """The components that it is about, the most telling first."""
    organisation: str | None = None
    """Who can do something about it."""

    @property
    def id(self) -> str:
        """The name by which it is accepted: the same in every run."""
        return finding_id(self.check, self.place)

    def to_json(self) -> dict[str, object]:
        """Return a JSON value with the words of its check."""
        words = check_words(self.check)
        return {
            "id": self.id,
            "check": self.check,
            "place": self.place,
            "severity": self.severity,
            "what": self.what,
            "why": words.why,
            "repair": words.repair,
            "components": list(self.components),
            "organisation": self.organisation,
        }


@dataclass(frozen=True)
class CheckWords:
    """What a check is called, why it looks, and what usually helps; in the current language."""

    title: str
    why: str
    repair: str


def finding_id(check: str, place: str) -> str:
    """Return ``check:place``, with a long place cut off behind a hash of the whole."""
    if len(place) > LONGEST_PLACE:
        place = f"{place[:LONGEST_PLACE]}~{sha256_hex(place)[:8]}"
    return f"{check}:{place}"


def severity_word(severity: Severity) -> str:
    """Return what a severity is called."""
    return {
        "high": _("high"),
        "medium": _("medium"),
        "low": _("low"),
        "info": _("for information"),
    }[severity]


def check_words(check: Check) -> CheckWords:
    """Return the words of *check*."""
    return CheckWords(*(_structure_words() | _weight_words() | _figure_words())[check])


def _structure_words() -> dict[Check, tuple[str, str, str]]:
    return {
        "black-start": (
            _("Does not restart by itself"),
            _("after a full stop each of these waits for the next, so that nothing comes back without help"),
            _("agree on help from outside at one of the named needs, or make one of them able to start alone"),
        ),
        "repair-circle": (
            _("Repair waits for what it repairs"),
            _("the repair needs something that is down until the repair is done"),
            _("give the repair another way in: another network, a key that is kept offline, people on site"),
        ),
        "circular-redundancy": (
            _("Alternative that is none"),
            _("the alternative falls when the one that counts on it falls"),
            _("name an alternative that does not need it, or do not count it as one"),
        ),
        "hidden-common-cause": (
            _("Redundancy with a common cause behind it"),
            _("one failure takes all alternatives at once, so that there are fewer than the map counts"),
            _("separate them (supplier, route, power, place), or count them as one"),
        ),
        "fallback-shares-root": (
            _("Fallback that falls with what it replaces"),
            _("the failure that calls for the fallback takes the fallback too"),
            _("choose a fallback on another footing: other power, other network, paper; test it with the root off"),
        ),
        "function-without-provider": (
            _("City function that rests on nothing"),
            _("no service, application or facility stands below it, so that the map cannot show what hits it"),
            _("ask its owner what it needs every day and add these as needs"),
        ),
        "nothing-needed": (
            _("Component that needs nothing"),
            _("no service or application works without power, a network or people; its chain is missing"),
            _("ask the organisation for what it rests on, at least hosting and network"),
        ),
        "run-circle": (
            _("Needs in a circle"),
            _("these need each other to run: a loss at one comes round to it again"),
            _("nothing by itself; know that they come back together, and check the order in a recovery plan"),
        ),
        "no-offline-alternative": (
            _("Service without an offline alternative"),
            _("residents who cannot wait, or cannot use it digitally, have nowhere to go"),
            _("arrange a counter, telephone or paper way and write down how many it carries"),
        ),
        "provider-without-contact": (
            _("Provider without a contact"),
            _("in a crisis nobody knows whom to call"),
            _("ask for the role and number that answer at night; write them in contacts.local.yaml"),
        ),
        "marking-below-parts": (
            _("Marking lower than its parts"),
            _("who shares the whole by its own marking shares a part that asked for more care"),
            _("raise the marking of the whole, or ask the source to lower that of the part"),
        ),
    }


def _weight_words() -> dict[Check, tuple[str, str, str]]:
    return {
        "single-point": (
            _("Single point of failure"),
            _("this one failure is enough to take a city function below the level at which it still counts as working"),
            _("make a second way, a buffer or a fallback at what every way runs through, or have the owner accept it"),
        ),
        "concentration": (
            _("Concentration"),
            _("one cause takes all of it at once, however well the parts stand in for each other on paper"),
            _("spread it, or agree with this one what is restored first; practise its absence"),
        ),
        "crossroads": (
            _("Crossroads of the chain"),
            _("many ways meet here: what is weak here is felt widely, and what is done here helps widely"),
            _("begin here with monitoring, updates, separation and a tested recovery"),
        ),
    }


def _figure_words() -> dict[Check, tuple[str, str, str]]:
    return {
        "gap-mtd": (
            _("Out for longer than can be borne"),
            _("a provider in the chain takes longer to recover than the maximum tolerable downtime (MTD)"),
            _("agree on a shorter recovery, build a buffer or fallback, or have the owner accept the gap"),
        ),
        "gap-rto": (
            _("Cannot be back in time"),
            _("the recovery time (RTO) asked for is shorter than what it or a provider can do"),
            _("agree on a shorter recovery, or correct what is asked"),
        ),
        "gap-rpo": (
            _("Loses more data than is allowed"),
            _("a provider that holds the data can lose more than the data loss (RPO) asked for"),
            _("back up more often, or keep a second record of what came in"),
        ),
        "gap-biv": (
            _("Classified lower than what rests on it"),
            _("a chain is as available, correct and confidential as its weakest part"),
            _("raise the class of the provider, or make the dependent independent of it"),
        ),
        "no-figure": (
            _("Provider without a figure"),
            _("others count on its recovery, and nobody said how long that takes"),
            _("ask the provider for the recovery time that it can promise and has tested"),
        ),
        "rto-above-mtd": (
            _("Recovery time (RTO) above what can be borne (MTD)"),
            _("the plan itself allows a longer outage than the owner can bear"),
            _("shorten the recovery time, or have the owner raise the maximum tolerable downtime"),
        ),
        "certificate-ends": (
            _("Certificate that ends"),
            _("a statement that has lapsed proves nothing about today"),
            _("ask for the new statement and write its date in the map"),
        ),
        "contract-ends": (
            _("Contract that ends"),
            _("after that day nobody is bound to repair or to answer"),
            _("renew it or start the exit in time, and write the new date in the map"),
        ),
        "review-overdue": (
            _("Figures that are due for review"),
            _("what was true then may not be true now, and every conclusion rests on it"),
            _("send the partner its part of the map and ask what has changed"),
        ),
    }

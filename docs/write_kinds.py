"""Writes the reference of the kinds of incident, each with a worked example on a town of a dozen components.

What a kind is stands in ``scenarios/reference/incident_kinds.yaml``, the town in ``examples/kleinstad``; the output of
each example is that of the program. `make docs` runs this, and a test says whether the page is current.

    python docs/write_kinds.py      writes reference/incident-kinds.md
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from docs.run_examples import Example, agrees, run_here, run_page
from resilience.base.files import write_text
from resilience.base.language import in_language
from scenarios.incident_kinds import Kind, KindReference, Parameter, reference_kinds

HERE = Path(__file__).parent
PAGE = HERE / "reference" / "incident-kinds.md"
TOWN = HERE / "examples" / "kleinstad"


class Worked(NamedTuple):
    """An example: what is asked behind ``simulate kleinstad``, and how to read the answer."""

    asked: str
    reading: str


EXAMPLES: Mapping[str, Worked] = {
    "outage": Worked(
        "--incident outage --at inloggen --param lasts=6h",
        "Nobody logs in for six hours. The desk notices an hour later, for it can go on that long without workplaces; "
        "benefits go over to paper after four hours.",
    ),
    "power_failure": Worked(
        "--incident power_failure --at stroom",
        "Each part falls when its own emergency supply is empty: the internet after half an hour, the servers after "
        "two hours. After the power is back the servers still need an hour.",
    ),
    "telecom_failure": Worked(
        "--incident telecom_failure --at internet",
        "The online desk cannot be reached; the desk in the town hall needs no internet and carries 30 per cent.",
    ),
    "ddos": Worked(
        "--incident ddos --at loket --param pause=2h --until 1d",
        "Four waves in a day. At 40 per cent the online desk does not count as working; the function as a whole does.",
    ),
    "ransomware": Worked(
        "--incident ransomware --at werkplek --param strikes_after=8h",
        "From a workplace it needs an hour to the log-in and two more to the register. It strikes all three at once, "
        "and the backup of the register, which was online, is gone too: a rebuild instead of a repair.",
    ),
    "wiper": Worked(
        "--incident wiper --at inloggen",
        "It takes the log-in, and in the same minute the register that the log-in can reach; the server room cannot be "
        "reached from there and is spared.",
    ),
    "data_breach": Worked(
        "--incident data_breach --at register",
        "Nothing falls. Benefits work with the same data, so that what leaked is theirs too. The registers overlap, so "
        "the number of people lies between the largest one and all together.",
    ),
    "data_corruption": Worked(
        "--incident data_corruption --at register --until 2d",
        "Nothing falls, and everybody works on with data that may be wrong. `--json` says for how many minutes each "
        "function did, and in a scenario the decision `verify` clears it, the source first.",
    ),
    "faulty_update": Worked(
        "--incident faulty_update --at product:Kantoorpakket",
        "Whatever carries the product falls at once. There is one team, so the second repair waits for the first.",
    ),
    "supplier_compromise": Worked(
        "--incident supplier_compromise --at supplier:beheerder",
        "Over the maintenance link the attacker is in the server room after half an hour. What came from the supplier "
        "before that is suspect, and so is what was built on it.",
    ),
    "certificate_expiry": Worked(
        "--incident certificate_expiry --at loket",
        "From one minute to the next; no repair team is needed, only a new certificate.",
    ),
    "insider": Worked(
        "--incident insider --at register --param wipes=true",
        "Somebody with access needs no access path: steals, changes and wipes in one go.",
    ),
    "precautionary_disconnection": Worked(
        "--incident precautionary_disconnection --at internet --param lasts=2d",
        "Nothing is broken, and still the online desk is away for two days: longer than anybody wants to tolerate.",
    ),
    "staff_loss": Worked(
        "--incident staff_loss --at ict --param lasts=2d --fail inloggen",
        "By itself nothing falls. With a failure beside it, a repair of two hours waits two days for the only team.",
    ),
    "recurring": Worked(
        "--incident recurring --at loket --param every=12h --until 2d",
        "The moments are drawn, `--seed` draws others. Availability over a long run comes out as the formula says: see "
        "[rule 2.4](../semantics.md).",
    ),
}


INTRODUCTION = """\
# Kinds of incident

A kind is a layer above the [effects](effects.md): it says in words of the crisis what goes wrong, and becomes effects.
Two ways to use one:

- Ask it: `resilience simulate CITY --incident KIND --at WHERE --param NAME=VALUE`.
  `--at` takes ids, or what components have in common, such as `product:…` or `supplier:…`.
  `--fail` may stand beside it.
- Write it in an incident of a [scenario](scenario-files.md): `kind: ransomware`, `select: {ids: [werkplek]}`,
  `parameters: {strikes_after: 8h}`, and effects of your own beside it where you want more.

They are data, in `scenarios/reference/incident_kinds.yaml`.
A default rests on a known incident where one is named, and is an assumption otherwise.
An exercise keeps the defaults of the day on which it was made.

## The town of the examples

Two functions, a municipality, its networks and one supplier. All of it is invented.
"""
START = """\
The commands below show English; `--all` would show every part.

```console
$ export RESILIENCE_LANG=en
$ resilience city check kleinstad
...
```

All kinds, with their parameters; with the name of one behind it the command tells what this page tells:

```console
$ resilience scenario kinds
```
"""


def skeleton() -> str:
    """Return the page without the output of its commands."""
    with in_language("en"):
        kinds = reference_kinds()
        chapters = [_chapter(kinds, kind) for kind in kinds.kinds]
    return "\n".join([_head(), *chapters])


def without_output(text: str) -> str:
    """Return a page without the output of its commands."""
    kept, inside = [], False
    for line in text.splitlines():
        inside = line == "```console" or (inside and line != "```")
        if not inside or line.startswith(("```", "$ ")):
            kept.append(line)
    return "\n".join(kept) + "\n"


def page() -> str:
    """Return the whole page, each command run in an empty folder."""
    text = skeleton()
    lines = text.splitlines()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        draft, work = place / PAGE.name, place / "work"
        write_text(draft, text)
        work.mkdir()
        found: list[tuple[Example, int, list[str]]] = list(run_page(draft, work, run_here, run_here))
    for example, _code, said in reversed(found):
        if not example.kept or not agrees(example.kept, said):
            lines[example.first + 1 : example.first + 1 + len(example.kept)] = said
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    write_text(PAGE, page())


def _head() -> str:
    town = "\n".join(
        f"```yaml\n# kleinstad/{file.name}\n{file.read_text(encoding='utf-8').rstrip()}\n```\n"
        for file in sorted(TOWN.glob("*.yaml"))
    )
    return f"{INTRODUCTION}\n{town}\n{START}"


def _chapter(kinds: KindReference, kind: Kind) -> str:
    worked = EXAMPLES[kind.id]
    effects = yaml.safe_dump(list(kind.effects), sort_keys=False, allow_unicode=True, width=1000).rstrip()
    return f"""\
## {kind.name}

`{kind.id}`. {kind.what}
Where it strikes: {_lower(str(kind.where))}

{_parameters(kinds, kind)}
In the model it becomes:

```yaml
{effects}
```

```console
$ resilience simulate kleinstad {worked.asked}
```

{worked.reading}
"""


def _parameters(kinds: KindReference, kind: Kind) -> str:
    if not kind.parameters:
        return "Nothing can be chosen about it.\n"
    rows = ["| Parameter | What | Default | Allowed | Why this default |", "|---|---|---|---|---|"]
    rows += [
        f"| `{one.id}` | {one.name} | {_default(one)} | {_allowed(one)} | {one.because} {_basis(kinds, one)} |"
        for one in kind.parameters
    ]
    return "\n".join(rows) + "\n"


def _default(parameter: Parameter) -> str:
    return "–" if parameter.default is None else f"`{str(parameter.default).lower()}`"


def _allowed(parameter: Parameter) -> str:
    if parameter.type == "yes_no":
        return "`true` or `false`"
    unit = {"per_cent": " per cent", "per_mille": " per thousand"}.get(parameter.type, "")
    return f"{parameter.least} to {parameter.most}{unit}"


def _basis(kinds: KindReference, parameter: Parameter) -> str:
    source = kinds.source_by_id[parameter.source]
    return "*Assumption.*" if source.confidence == "assumed" else f"*Source: {source.reference}.*"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


if __name__ == "__main__":
    main()

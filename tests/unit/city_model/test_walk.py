"""Walking up and down a small city whose answers were worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_model.chain import Direction
from city_model.losses import Losses
from city_model.schema import City, Phase
from city_model.walk import Step, walk
from tests.builders import UNKNOWN, assumed, city, component, fallback, function, need, work

CITY = city(
    component("grid", kind="infrastructure"),
    component("fibre"),
    component("mast", needs=[need("grid", kind="power", buffer=120)]),
    component(
        "web",
        needs=[
            need("mast", "fibre", at_least=1, kind="network"),
            need("grid", kind="power", buffer=assumed(30)),
        ],
    ),
    component("files", needs=[need("grid", kind="power")]),
    component("desk", needs=["web", need("files", strength=60), need("hall", phase="start", kind="place")]),
    component("hall", needs=[need("desk", kind="staff", buffer=10)], fallback=fallback(40, needs=["fibre"])),
    function("care", needs=[need(shares={"desk": 60, "files": 60}), need("hall", strength=20)]),
)


def drawn(step: Step, indent: str = "") -> list[str]:
    """Return the tree as lines: component, effect, why, mark."""
    effect = f"{step.effect.minutes}m" if step.effect.minutes is not None else step.effect.reach
    parts = (step.component, effect + ("~" if step.effect.assumed else ""), step.why, step.mark)
    line = indent + " | ".join(part for part in parts if part)
    return [line, *(below for child in step.children for below in drawn(child, indent + "  "))]


def test_walking_up_adds_buffers_and_looks_at_alternatives() -> None:
    """Losing the grid: files at once, web after its 30 minutes although fibre is left for its network."""
    assert drawn(walk(CITY, "grid", "up")) == [
        "grid | 0m",
        "  files | 0m | power",
        "    care | 30m~ | data, carries 60 per cent",
        "    desk | 30m~ | data, 40 per cent is left without it",
        "      care | 30m~ | data, carries 60 per cent",
        "      hall | 40m~ | staff, buffer 10m",
        "        care | 30m~ | data, 80 per cent is left without it",
        "        desk | 30m~ | place, only to restart | circle",
        "  web | 30m~ | power, buffer 30m",
        "    desk | 30m~ | data | shown",
        "  mast | 120m | power, buffer 2h",
        "    web | 30m~ | network, 1 of 2 is enough, still has fibre | shown",
    ]


def test_a_dependent_with_an_alternative_holds_and_says_which() -> None:
    """Losing the mast loses nobody: web still has fibre; a fallback is named and not counted."""
    assert drawn(walk(CITY, "mast", "up"))[:3] == [
        "mast | 0m",
        "  web | holds | network, 1 of 2 is enough, still has fibre",
        "    desk | holds | data",
    ]


def test_a_partial_loss_is_called_weakened() -> None:
    """Half the shares, or a need of which less than all is felt, leaves something."""
    assert drawn(walk(CITY, "files", "up"))[:3] == [
        "files | 0m",
        "  care | weakened | data, carries 60 per cent",
        "  desk | weakened | data, 40 per cent is left without it",
    ]


def test_walking_down_says_after_how_long_the_start_is_lost() -> None:
    """Every step is the loss of that component alone, felt at the start of the walk."""
    assert drawn(walk(CITY, "hall", "down")) == [
        "hall | 0m",
        "  desk | 10m | staff, buffer 10m",
        "    hall | 0m | place, only to restart | circle",
        "    web | 10m | data",
        "      grid | 40m~ | power, buffer 30m",
        "      fibre | holds | network, 1 of 2 is enough, still has mast",
        "      mast | holds | network, 1 of 2 is enough, still has fibre",
        "        grid | 40m~ | power, buffer 2h",
        "    files | weakened | data, 40 per cent is left without it",
        "      grid | 40m~ | power",
        "  fibre | holds | only its fallback needs this",
    ]


def test_a_component_that_nothing_depends_on_has_no_steps() -> None:
    """The top of the chain."""
    assert drawn(walk(CITY, "care", "up")) == ["care | 0m"]


def test_the_loss_that_counts_in_a_group_is_the_one_that_empties_it() -> None:
    """Of 2-of-3 the second loss counts; of shares the last; buffers of the group come on top."""
    made = city(
        component("grid"),
        component("a", needs=[need("grid", buffer=10)]),
        component("b", needs=[need("grid", buffer=20)]),
        component("c", needs=[need("grid", buffer=40)]),
        component("two-of-three", needs=[need("a", "b", "c", at_least=2, buffer=100)]),
        component("any", needs=[need("a", "b", "c", at_least=1)]),
        component("all", needs=[need("a", "b", "c")]),
        component("shares", needs=[need(shares={"a": 50, "b": 30, "c": 20})]),
    )
    felt = Losses(made).of("grid")

    assert {name: felt[name].minutes for name in ("two-of-three", "any", "all", "shares")} == {
        "two-of-three": 120,
        "any": 40,
        "all": 10,
        "shares": 40,
    }


def test_unknown_figures_count_as_their_default_and_are_marked() -> None:
    """Unknown is never an empty default: what rests on it says so."""
    made = city(component("a"), component("b", needs=[need("a", buffer=UNKNOWN, strength=UNKNOWN)]))

    assert drawn(walk(made, "a", "up")) == ["a | 0m", "  b | 0m~ | data, buffer unknown"]


def test_needs_of_fallbacks_and_repairs_are_named_and_not_counted() -> None:
    """They matter, and how far they carry is for the simulation."""
    made = city(component("a"), component("b", fallback=fallback(30, needs=["a"]), repair=work(60, needs=["a"])))

    assert drawn(walk(made, "a", "up")) == [
        "a | 0m",
        "  b | holds | only its fallback needs this; only its repair needs this",
    ]


def test_what_is_too_far_is_cut_off_and_says_so() -> None:
    """A long chain stays readable; the last step shows that there is more."""
    chain = city(component("c0"), *(component(f"c{place}", needs=[f"c{place - 1}"]) for place in range(1, 3000)))

    assert drawn(walk(chain, "c0", "up", 2)) == [
        "c0 | 0m",
        "  c1 | 0m | data",
        "    c2 | 0m | data | deeper",
    ]


def test_an_unknown_component_is_a_key_error() -> None:
    """The caller knows the city and has the words for it."""
    with pytest.raises(KeyError):
        walk(CITY, "nobody", "up")


PHASES: tuple[Phase, ...] = ("run", "start", "both")


@st.composite
def cities(draw: st.DrawFn) -> City:
    """A small city with circles, alternatives, shares and buffers."""
    names = [f"c{number}" for number in range(draw(st.integers(2, 7)))]
    parts = []
    for name in names:
        needs = []
        for number in range(draw(st.integers(0, 2))):
            others = st.sampled_from([other for other in names if other != name])
            providers = draw(st.lists(others, min_size=1, max_size=3, unique=True))
            buffer, phase = draw(st.integers(0, 50)), draw(st.sampled_from(PHASES))
            key = f"{name}-{number}"
            if draw(st.booleans()):
                needs.append(need(shares=dict.fromkeys(providers, 100), buffer=buffer, phase=phase, key=key))
            else:
                k = draw(st.integers(1, len(providers)))
                strength = draw(st.sampled_from([100, 50]))
                needs.append(need(*providers, at_least=k, buffer=buffer, phase=phase, strength=strength, key=key))
        parts.append(component(name, needs=needs))
    return city(*parts)


def minute_by_minute(made: City, start: str) -> dict[str, int | None]:
    """Return when each component is at zero by asking every minute, as slowly and plainly as possible."""
    lost: dict[str, int] = {start: 0}
    felt = [
        (placed.dependent, placed.need, int(placed.need.buffer.value) if placed.need.buffer else 0)
        for placed in made.placed_needs
        if placed.need.phase != "start" and (placed.need.strength is None or placed.need.strength.value == 100)
    ]
    for minute in range(50 * len(made.components) + 1):
        before = -1
        while before != len(lost):
            before = len(lost)
            for dependent, said, buffer in felt:
                working = [name for name in said.provider_ids if name not in lost or lost[name] > minute - buffer]
                if len(working) < (1 if said.shares else said.at_least or len(said.providers)):
                    lost.setdefault(dependent, minute)
    return {part.id: lost.get(part.id) for part in made.components}


@given(cities())
def test_times_are_those_of_a_plain_minute_by_minute_search(made: City) -> None:
    """Adding up buffers in order of time gives what watching every minute gives."""
    start = made.components[0].id
    felt = Losses(made).of(start)

    assert {part.id: felt[part.id].minutes if part.id in felt else None for part in made.components} == (
        minute_by_minute(made, start)
    )


@given(cities(), st.sampled_from(["up", "down"]))
def test_every_component_within_reach_is_worked_out_once(made: City, direction: Direction) -> None:
    """A tree over circles ends, and names everything that the start is linked to."""
    start = made.components[0].id
    links = {(placed.dependent, provider) for placed in made.placed_needs for provider in placed.need.provider_ids}
    links = {(there, here) for here, there in links} if direction == "up" else links
    reached, size = {start}, 0
    while size != len(reached):
        size = len(reached)
        reached |= {there for here, there in links if here in reached}
    worked_out: list[str] = []
    waiting = [walk(made, start, direction)]
    while waiting:
        step = waiting.pop()
        worked_out += [step.component] if not step.mark else []
        waiting += step.children

    assert set(worked_out) == reached

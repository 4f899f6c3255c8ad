"""Every check on a small city that has exactly what it looks for, and on one that has not."""

from city_model.finding import CHECKS, Finding, check_words, finding_id
from city_model.lint import lint
from city_model.schema import City, OfflineAlternative
from city_model.values import RequiredCapable, Source
from resilience.analysis.findings import lint_findings
from tests.builders import city, component, fallback, function, need, organisation, source, text, work

COUNTER = OfflineAlternative(description=text("the counter"))


def found(made: City, check: str) -> list[tuple[str, str, str]]:
    """Return place, severity and sentence of what *check* finds."""
    return [(one.place, one.severity, one.what) for one in lint(made) if one.check == check]


def pair(required: str) -> RequiredCapable:
    """Return what is asked, without what is reached."""
    return RequiredCapable.model_validate({"required": {"value": required, "source": "fact"}})


def test_a_function_on_other_functions_alone_rests_on_nothing() -> None:
    """One that reaches a component through another function is fine."""
    made = city(
        component("desk", needs=["hall"]),
        component("hall", kind="facility"),
        function("care", needs=["desk"]),
        function("income", needs=["care"]),
        function("play", needs=["fun"]),
        function("fun", needs=["play"]),
    )

    assert found(made, "function-without-provider") == [
        ("fun", "high", "fun rests on no service, application, infrastructure or facility"),
        ("play", "high", "play rests on no service, application, infrastructure or facility"),
    ]


def test_a_service_or_application_needs_something() -> None:
    """Infrastructure may be where the map ends."""
    made = city(component("cloud"), component("grid", kind="infrastructure"), component("web", needs=["grid"]))

    assert found(made, "nothing-needed") == [("cloud", "medium", "cloud needs nothing in this map")]


def test_alternatives_with_one_root_are_no_alternatives() -> None:
    """Both fall with the grid, one after its battery; a third way without the grid makes it redundancy again."""
    masts = [component("mast-a", needs=[need("grid", kind="power")], organisation="a"),
             component("mast-b", needs=[need("grid", kind="power", buffer=60)], organisation="b")]  # fmt: skip
    web = component("web", needs=[need("mast-a", "mast-b", at_least=1)])
    apart = component("web", needs=[need("mast-a", "mast-b", "dish", at_least=1)])
    rest = [component("grid", kind="infrastructure"), component("dish", kind="infrastructure", organisation="c")]

    assert (found(city(*masts, *rest, web), "hidden-common-cause"), found(city(*masts, *rest, apart),
            "hidden-common-cause")) == (
        [("mast-a+mast-b/1", "medium",
          "mast-a, mast-b count as alternatives for web; all that are needed fall with grid (after 1h)")],
        [],
    )  # fmt: skip


def test_an_alternative_that_needs_the_other_is_found() -> None:
    """Losing the first takes the second along, at once."""
    made = city(
        component("lan", organisation="a"),
        component("vpn", needs=["lan"], organisation="b"),
        component("desk", needs=[need("lan", "vpn", at_least=1)]),
    )

    assert found(made, "hidden-common-cause") == [
        ("lan+vpn/1", "high", "lan, vpn count as alternatives for desk; all that are needed fall with lan (at once)")
    ]


def test_alternatives_of_one_supplier_are_named() -> None:
    """Nothing technical is shared, and one party still decides over both."""
    made = city(
        component("north", supplier="builder", organisation="a"),
        component("south", supplier="builder", organisation="b"),
        component("desk", needs=[need("north", "south", at_least=1)]),
    )

    assert found(made, "hidden-common-cause") == [
        ("north+south/1", "medium",
         "north, south count as alternatives for desk; they share the supplier builder")
    ]  # fmt: skip


def test_shares_without_spare_are_no_redundancy() -> None:
    """60 and 40 are both needed; 100 and 100 count on each other."""
    parts = [component("a", supplier="s"), component("b", supplier="s")]
    both = city(*parts, component("x", needs=[need(shares={"a": 60, "b": 40})]))
    spare = city(*parts, component("x", needs=[need(shares={"a": 100, "b": 100})]))

    assert [len(found(made, "hidden-common-cause")) for made in (both, spare)] == [0, 1]


def test_a_fallback_that_falls_with_what_it_replaces() -> None:
    """The grid takes the desk at once and its telephone fallback too; a fallback on paper is fine."""
    grid = component("grid", kind="infrastructure")
    phone = component("phone", needs=[need("grid", kind="power")])
    desk = component("desk", needs=[need("grid", kind="power")], fallback=fallback(50, needs=["phone"]))
    paper = component("desk", needs=[need("grid", kind="power")], fallback=fallback(50))

    assert [found(city(grid, phone, one), "fallback-shares-root") for one in (desk, paper)] == [
        [("desk", "high", "when grid fails, the fallback of desk is gone before it is needed")],
        [],
    ]


def test_a_fallback_that_outlives_its_own_limit_shares_no_root() -> None:
    """A battery of two hours helps for two hours: enough when the fallback lasts one, too short when it lasts three."""
    grid = component("grid", kind="infrastructure")
    phone = component("phone", needs=[need("grid", kind="power", buffer=120)])
    short, long = (
        component("desk", needs=[need("grid", kind="power")], fallback=fallback(50, needs=["phone"], duration=minutes))
        for minutes in (60, 180)
    )

    assert [found(city(grid, phone, one), "fallback-shares-root") for one in (short, long)] == [
        [],
        [("desk", "medium", "when grid fails, the fallback of desk lasts 2h and is gone too")],
    ]


def test_recovery_longer_than_can_be_borne() -> None:
    """As long as it is fine."""
    made = city(
        component("slow", rto=pair("5h"), mtd=240), component("right", rto=pair("4h"), mtd=240), component("free")
    )

    assert found(made, "rto-above-mtd") == [
        ("slow", "high", "slow may take 5h to recover (RTO) and be out for 4h at most (MTD)")
    ]


def test_a_service_for_residents_has_another_way() -> None:
    """A fallback makes it less bad; what residents do not use themselves needs none."""
    made = city(
        component("bare", kind="service", residents=100),
        component("named", kind="service", fallback=fallback(50)),
        component("counter", kind="service", residents=100, offline_alternative=COUNTER),
        component("inside", kind="service"),
        function("care", needs=["named", "counter"]),
    )

    assert [one[:2] for one in found(made, "no-offline-alternative")] == [("bare", "medium"), ("named", "low")]


def test_a_provider_of_others_has_a_contact() -> None:
    """Of its own, or at each component that others need; who provides to nobody needs none."""
    call = {"role": {"nl": "Piket", "en": "Duty officer"}}
    made = city(
        component("grid", organisation="grid-owner"),
        component("cable", organisation="cable-owner", contacts=[call]),
        component("desk", organisation="town", needs=["grid", "cable"]),
        component("own", organisation="town", needs=["desk"]),
    )

    assert found(made, "provider-without-contact") == [
        ("grid-owner", "low", "grid-owner provides grid and the map holds no contact")
    ]


def test_a_marking_is_at_least_that_of_its_parts() -> None:
    """By the mark of a figure itself, or of the source that it comes from."""
    secret = Source.model_validate({**source("talk").model_dump(), "tlp": "AMBER"})
    made = city(
        secret,
        component("a"),
        component("open", needs=[need("a", source="talk")]),
        component("closed", tlp="AMBER", needs=[need("a", source="talk")]),
        component("marked", needs=[need("a", tlp="GREEN")]),
    )

    assert found(made, "marking-below-parts") == [
        ("marked", "medium", "marked is marked CLEAR and holds needs (GREEN)"),
        ("open", "medium", "open is marked CLEAR and holds needs (AMBER)"),
    ]


def test_a_circle_is_named_once_with_all_that_hangs_in_it() -> None:
    """For information: the engine says whether it stays down."""
    made = city(
        component("a", needs=[need("b", key="1"), need("c", key="2")]),
        component("b", needs=[need("a", key="3")]),
        component("c", needs=[need("a", key="4")]),
    )
    (place, severity, what) = found(made, "run-circle")[0]

    assert (len(found(made, "run-circle")), place.partition("~")[0], severity, what) == (
        1,
        "a",
        "info",
        "these need each other: a → b → a (1 more hangs in it)",
    )


def test_circles_that_matter_come_from_the_engine() -> None:
    """A black start, a repair circle and circular redundancy each have their finding, in words and with an owner."""
    made = city(
        component("grid", kind="infrastructure", needs=[need("control", phase="both", kind="network")]),
        component("control", needs=[need("grid", kind="power")]),
        component("lock", repair=work(60, needs=["lock"])),
        component("lan", organisation="a"),
        component("line", organisation="b", needs=["desk"]),
        component("desk", needs=[need("lan", "line", at_least=1)]),
        organisation("a"),
    )
    kinds = ("black-start", "repair-circle", "circular-redundancy")
    findings = [one for one in lint_findings(made) if one.check in kinds]

    assert [(one.check, one.place, one.severity, one.organisation) for one in findings] == [
        ("black-start", "control>grid", "high", "owner"),
        ("repair-circle", "lock", "high", "owner"),
        ("circular-redundancy", "desk>lan+line/line", "high", "owner"),
    ]


def test_a_city_in_order_has_no_findings() -> None:
    """Nothing is found for the sake of finding."""
    call = {"role": {"nl": "Piket", "en": "Duty officer"}}
    desk = component("desk", kind="service", needs=["grid"], offline_alternative=COUNTER, contacts=[call])
    made = city(component("grid", kind="infrastructure"), desk, function("care", needs=["desk"]))

    assert lint_findings(made) == ()


def test_an_id_is_the_same_in_every_run_and_language() -> None:
    """It names check and place; a long place ends in a hash of the whole."""
    one = Finding("rto-above-mtd", "desk", "high", "words in any language")

    assert (one.id, len(finding_id("gap-mtd", "x" * 200)), finding_id("gap-mtd", "x" * 200) != finding_id(
        "gap-mtd", "x" * 199)) == ("rto-above-mtd:desk", 77, True)  # fmt: skip


def test_every_check_has_words() -> None:
    """A finding without why and advice helps nobody."""
    assert [check for check in CHECKS if not all(vars(check_words(check)).values())] == []

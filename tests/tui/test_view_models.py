"""What the console shows, without a screen: rows as pure functions of the session."""

from resilience.base.language import in_language
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from resilience.simulation.orders import Order
from tests.builders import city, component, function, need, path
from tests.runs import effect, run
from tests.tui.support import MINUTE
from tui.outlook import Outlook, foresee
from tui.view_models.ahead import ahead_sheet
from tui.view_models.board import bar, function_rows, strip
from tui.view_models.console import coming, console_of, header_of
from tui.view_models.decisions import effect_rows, effects_note
from tui.view_models.effects import KINDS, candidates, effect_of
from tui.view_models.injects import inject_sheet
from tui.view_models.rows import Tone
from tui.view_models.why import why_card, why_sheet

Played = tuple[Session, CountedWall]


def outlook_of(session: Session) -> Outlook:
    """Return what the model foresees with the decisions so far."""
    return foresee(session.city, session.scenario, 0, session.state.decisions)


def test_the_agenda_shows_what_asks_for_attention_first(played: Played) -> None:
    """Just sent, late, next, planned, held, on a condition with when the model expects it, shelf, and what is past."""
    session, wall = played
    session.jump(25)
    session.skip("rumour")
    session.hold("mayor-asks")

    rows = console_of(session, wall(), outlook_of(session)).injects

    assert [(row.key, row.mark, row.word, row.time, row.cells) for row in rows] == [
        ("battery-low", "✓", "sent", "+00:25", "IT crisis team"),
        ("mayor-asks", "‖", "held", "+01:00", "Municipal policy team"),
        ("counter-down", "?", "if", "≈+00:51", "Municipal policy team"),
        ("lights-out", "✓", "sent", "+00:12", "everyone"),
        ("rumour", "–", "skipped", "", "everyone"),
    ]


def test_an_inject_that_is_held_past_its_time_stands_out(played: Played) -> None:
    """A held inject is easily forgotten: once its time has passed it looks late."""
    session, wall = played
    session.hold("lights-out")
    early = console_of(session, wall(), None).injects
    session.jump(13)
    late = console_of(session, wall(), None).injects

    assert [next(row.tone for row in rows if row.key == "lights-out") for rows in (early, late)] == [
        Tone.WATCH,
        Tone.ALERT,
    ]


def test_the_board_shows_level_trend_limit_and_what_comes(played: Played) -> None:
    """At 1:30 care has been too low for 50 of its 120 minutes, payment runs on cash, information is out."""
    session, wall = played
    session.jump(90)

    rows = console_of(session, wall(), outlook_of(session)).functions

    assert [(row.key, row.mark, row.word, row.level, row.since, row.limit, row.ahead) for row in rows] == [
        ("care", "▼", "too low", "≈50%", "+00:40", "MTD in 1:10", "▼ 0% +03:10"),
        ("payment", "▲", "too low", "30%", "+01:25", "MTD in 3:40", "▼ 0% +04:25"),
        ("safety", "●", "normal", "100%", "", "", "▼ 0% +04:10"),
        ("information", "✕", "out", "0%", "+00:40", "too low 0:50", "▲ 70% +07:10"),
    ]


def test_a_limit_that_has_passed_says_since_when(played: Played) -> None:
    """Care may be too low for two hours from 0:40 on; at 3:00 it is 20 minutes past."""
    session, wall = played
    session.jump(180)

    care = console_of(session, wall(), None).functions[0]

    assert (care.limit, care.limit_tone, care.ahead) == ("MTD passed 0:20", Tone.ALERT, "")


def test_the_city_in_one_line_names_the_worst_first(played: Played) -> None:
    """What is whole is not named, only that all of it is."""
    session, wall = played
    whole = console_of(session, wall(), None).strip
    session.jump(90)
    hurt = console_of(session, wall(), None).strip

    assert (whole, hurt) == (
        "● all 4 city functions normal",
        "✕ Information and counter 0%  ▲ Payment 30%  ▼ Care ≈50%",
    )
    assert strip(()) == ("", Tone.MUTED)


def test_a_bar_is_never_empty_or_full_by_rounding() -> None:
    """Only 0 is empty and only 100 is full."""
    assert [bar(level) for level in (0, 1, 50, 99, 100)] == ["░░░░░", "█░░░░", "██░░░", "████░", "█████"]


def test_why_tells_of_malware_and_data_below_it(played: Played) -> None:
    """What happened to the component itself comes first, then what happened last below it; the card leaves it out."""
    session, _wall = played
    made = city(
        component("laptop"), component("register", needs=[need("laptop", loses=("integrity",))]),
        function("care", needs=[need("register", loses=("integrity",))]), path("laptop", "register", delay=40),
    )  # fmt: skip
    infect = effect("infect", select={"ids": ("laptop",)})
    spoil = effect("corrupt", select={"ids": ("register",)})
    trace = run(made, Order("attack", "incident", 20, (infect, spoil)))
    sheets = [show(made, session.scenario, trace, "care", 60, None) for show in (why_sheet, why_card)]

    assert [block.lines for block in sheets[0].blocks if block.heading == "Malware and data"] == [
        (
            "+00:20 the data of care is suspect.",
            "+01:00 the malware gets a foothold at register.",
            "+00:20 the malware gets a foothold at laptop.",
            "+00:20 the data of register is suspect.",
        )
    ]
    assert [block.heading for block in sheets[1].blocks] == [""]


def test_why_gives_the_path_the_buffers_and_what_comes(played: Played) -> None:
    """From the incident to the function, in words; then what still carries it, and what the model foresees."""
    session, wall = played
    session.jump(60)
    outlook = outlook_of(session)

    sheet = why_sheet(session.city, session.scenario, session.trace, "care", session.minute(wall()), outlook.trace)

    assert sheet.title == "Care: ▼ 50% too low"
    assert sheet.facts == (
        ("Residents", "≈40,000"),
        ("Minimum", "60%"),
        ("Longest below it (MTD)", "2:00"),
        ("Since", "+00:40"),
        ("MTD passed at", "+02:40, in 1:40"),
    )
    assert [(block.heading, block.lines) for block in sheet.blocks] == [
        (
            "Why",
            (
                "+00:10 incident: Broken cable.",
                "+00:10 Electricity grid is out of action.",
                "+00:10 Electricity grid is at 0%.",
                "+00:40 Data centre is at 0%: it needs Electricity grid and its buffer is used up.",
                "+00:40 Hospital IT is at 50%: it needs Data centre. (≈ assumption)",
                "+00:40 Care is at 50%: it needs Hospital IT. (≈ assumption)",
            ),
        ),
        (
            "When it is back, if nobody decides anything",
            (
                "Care: works again at +06:40, whole at +06:40",
                "Electricity grid: works again at +06:20, whole at +06:20",
                "Data centre: works again at +06:40, whole at +06:40",
                "Hospital IT: whole at +06:40",
            ),
        ),
        ("Buffers that run", ("Hospital IT: empty at +03:10, in 2:10",)),
        (
            "Next, if nobody decides anything",
            (
                "+01:30 incident: Attack on payment.",
                "+03:10 the buffer of Hospital IT is used up.",
                "+03:10 Care is at 0%: it needs Hospital IT.",
                "+06:20 Care is at 50%: it needs Hospital IT.",
                "+06:40 Care is back at 100%.",
            ),
        ),
        (
            "Who answers for it",
            (
                "Service providers: Hospital IT",
                "Municipality of Havendam: Data centre",
                "Grid company: Electricity grid",
            ),
        ),
    ]


def test_what_comes_is_told_for_the_whole_city_with_times(played: Played) -> None:
    """Falls, limits that pass and incidents in the order of time; stocks below them; recoveries apart."""
    session, wall = played
    session.jump(60)
    outlook = outlook_of(session)

    sheet = ahead_sheet(session.city, session.scenario, outlook.trace, session.minute(wall()))

    assert [(block.heading, block.lines) for block in sheet.blocks] == [
        (
            "About to fail",
            (
                "+01:10 (in 0:10) Payment is at 0%: it needs Tills and payment terminals.",
                "+01:30 (in 0:30) incident: Attack on payment",
                "+02:40 (in 1:40) Care has been too low for as long as it may (MTD)",
                "+03:10 (in 2:10) Care is at 0%: it needs Hospital IT.",
                "+04:10 (in 3:10) Public safety is at 0%: it needs Control room.",
                "+04:25 (in 3:25) Payment is at 0%.",
                "+04:40 (in 3:40) Public safety has been too low for as long as it may (MTD)",
                "+05:10 (in 4:10) Payment has been too low for as long as it may (MTD)",
            ),
        ),
        (
            "Stocks that run out",
            (
                "+01:10 (in 0:10) Mobile network",
                "+03:10 (in 2:10) Hospital IT",
                "+04:10 (in 3:10) Fixed network",
                "+04:25 (in 3:25) Payment",
            ),
        ),
        (
            "Recovers",
            (
                "+01:25 (in 0:25) Payment is at 30%.",
                "+04:20 (in 3:20) Public safety is at 60%: it needs Control room.",
                "+06:20 (in 5:20) Care is at 50%: it needs Hospital IT.",
                "+06:20 (in 5:20) Payment is back at 100%.",
                "+06:20 (in 5:20) Public safety is back at 100%.",
                "+06:40 (in 5:40) Care is back at 100%.",
                "+07:10 (in 6:10) Information and counter is at 70%: it needs Case system.",
                "+10:25 (in 9:25) Information and counter is back at 100%.",
            ),
        ),
    ]


def test_decisions_stand_late_open_later_and_decided(played: Played) -> None:
    """A free decision stands among the decided ones."""
    session, wall = played
    session.jump(46)
    session.decide(None, None, who="GBT", what="Ask for help", cell="gbt")

    rows = console_of(session, wall(), None).points

    assert [(row.key, row.mark, row.word, row.time, row.title, row.cell) for row in rows] == [
        ("generator", "!", "late", "0:11 late", "Where does the generator go?", "Municipal policy team"),
        ("close-counter", "○", "open", "in 2:14", "Close the counter", "IT crisis team"),
        (f"free-{session.state.decisions[0].seq}", "✓", "decided", "+00:46", "Ask for help", "Municipal policy team"),
    ]


def test_what_an_option_changes_is_said_in_hours_and_residents(played: Played) -> None:
    """With its own power the data centre spares the counter five hours, and care some too."""
    session, _wall = played
    session.jump(12)

    comparison = session.preview_option("generator", "data-centre")

    assert [
        (row.key, row.mark, row.difference, row.people, row.first) for row in effect_rows(session.city, comparison)
    ] == [
        ("information", "▲", "5.0 h less outage", "99,667 resident-hours", "from +00:40"),
        ("care", "▲", "1.4 h less outage", "56,667 resident-hours", "from +00:40"),
    ]
    assert effects_note(comparison) == (
        "Model output until +12:00, without later decisions. 2 city functions do not change."
    )
    assert effects_note(session.preview(())) == "No city function changes before +12:00."


def test_a_free_decision_offers_only_components_that_the_effect_fits(session: Session) -> None:
    """A fallback can only be prepared where there is one; what is down stands first; words search name and owner."""
    offered = {kind: [row.key for row in candidates(session.city, kind, lambda _id: 100, "")] for kind in KINDS}
    down = candidates(session.city, "isolate", lambda name: 0 if name == "tills" else 100, "")
    found = candidates(session.city, "isolate", lambda _id: 100, "telecom mobile")

    assert (offered["prepare"], offered["priority"], offered["rebuild"]) == (["control-room", "payment"], ["grid"], [])
    assert len(offered["isolate"]) == len(session.city.components)
    assert (down[0].key, down[0].level, [row.key for row in found]) == ("tills", "0%", ["mobile-net"])
    assert [effect_of(kind, "tills").effect for kind in KINDS] == list(KINDS)


def test_cleaning_and_verifying_are_offered_where_they_can_help() -> None:
    """Only what carries malware now can be cleaned and only suspect data verified; what is cured is offered no more."""
    made = city(component("laptop"), component("register"), function("care", needs=[need("register")]))
    orders = (
        Order("attack", "incident", 10, (effect("infect", select={"ids": ("laptop",)}),)),
        Order("spoil", "incident", 20, (effect("corrupt", select={"ids": ("register",)}),)),
        Order("cure", "decision", 30, (effect("clean", components=("laptop",)),)),
    )
    offered = [
        [row.key for row in candidates(made, kind, lambda _id: 100, "", trace)]
        for trace in (run(made, *orders[:2]), run(made, *orders))
        for kind in ("clean", "verify")
    ]

    assert offered[0] == ["laptop"]
    assert (offered[2], set(offered[1]) & {"register"}) == ([], {"register"})


def test_the_picture_shows_what_counts_now(played: Played) -> None:
    """A line that was renewed is gone from the picture, the newest stands first."""
    session, wall = played
    first = session.note("Power is off in the centre", status="assumed", source="phone calls", cell="gbt")
    session.note("When will it be back?", status="unknown")
    session.note("Power is off everywhere", status="known", source="grid company", cell="gbt", replaces=first.seq)

    rows = console_of(session, wall(), None).picture

    assert [(row.mark, row.word, row.text, row.cell) for row in rows] == [
        ("✓", "known", "Power is off everywhere (source: grid company)", "Municipal policy team"),
        ("?", "unknown", "When will it be back?", ""),
    ]


def test_deadlines_run_out_are_met_and_are_missed(played: Played) -> None:
    """The one that presses most stands first; one that is switched off is not shown."""
    session, wall = played
    session.jump(12)
    before = console_of(session, wall(), None).clocks
    session.start_clock("breach-report", "a call")
    session.jump(140)
    late = console_of(session, wall(), None).clocks
    session.meet_clock("early-warning")
    met = console_of(session, wall(), None).clocks

    assert [[(row.key, row.mark, row.word, row.due, row.left) for row in rows] for rows in (before, late, met)] == [
        [("early-warning", "►", "running", "+02:12", "in 2:00"), ("breach-report", "·", "not yet", "", "8:00")],
        [
            ("early-warning", "✕", "missed", "+02:12", "0:08 late"),
            ("breach-report", "►", "running", "+08:12", "in 5:52"),
        ],
        [("breach-report", "►", "running", "+08:12", "in 5:52"), ("early-warning", "▼", "late", "+02:12", "0:08 late")],
    ]


def test_the_header_shows_both_times_the_phase_and_what_comes(played: Played) -> None:
    """At five times real time the wait is said in real time too."""
    session, wall = played
    session.set_rate(5)
    wall.now += 2 * MINUTE
    session.tick()
    session.scale("GRIP 2")

    shown = header_of(session, wall(), coming(session, wall(), outlook_of(session)))

    assert (shown.time, shown.calendar, shown.wall, shown.phase, shown.scale, shown.following) == (
        "+00:10",
        "Tue 11 May 09:10",
        "01:03:00",
        "► RUNNING ×5",
        "GRIP 2",
        "in 0:02 (24 s): inject The lights go out",
    )


def test_the_rows_are_in_the_language_of_the_moment(played: Played) -> None:
    """Content changes with the language; nothing is cached in another one."""
    session, wall = played
    with in_language("nl"):
        dutch = [row.name for row in console_of(session, wall(), None).functions]
    english = [row.name for row in console_of(session, wall(), None).functions]

    assert (dutch[0], english[0]) == ("Zorg", "Care")


def test_an_inject_tells_all_that_the_facilitator_wants_to_know(session: Session) -> None:
    """Text, sender, cells, channel, when, what it asks for and starts, and what one hopes to see."""
    outlook = outlook_of(session)
    lines = {line.inject.id: line for line in session.agenda()}

    told = inject_sheet(lines["lights-out"], session.scenario, session.city, None, outlook.due)
    waits = inject_sheet(lines["counter-down"], session.scenario, session.city, None, outlook.due)

    assert told.facts == (
        ("From", "Control room"),
        ("To", "Municipal policy team, IT crisis team"),
        ("Channel", "phone"),
        ("When", "+00:12"),
        ("Asks for", "Where does the generator go?"),
        ("Starts the deadline", "Early warning to the supervisor"),
    )
    assert [block.lines for block in told.blocks][1] == (
        "Asks who runs on emergency power, and for how long.",
        "Convenes the policy team.",
    )
    assert dict(waits.facts)["When"] == "once Information and counter below 50 for 10m; foreseen at +00:51"


def test_the_board_without_a_course_foresees_nothing(session: Session) -> None:
    """While the outlook is being computed the board shows what is, and no guess."""
    rows = function_rows(session.city, session.trace, 0, None)

    assert [row.ahead for row in rows] == ["", "", "", ""]

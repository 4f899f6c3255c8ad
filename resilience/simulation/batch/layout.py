"""Where each number stands in the flat arrays of the batch engine.

An array holds one row per part, need, or slot; the names here are places in a row, ``*_ROW`` is how long a row is.
A *slot* is one possible damage or job: one part with one source (an incident, isolation, closure, cleaning,
verification), so that nothing is allocated while a city runs.
"""

# One part: what the city says. What is read together stands together: sixteen numbers fill a line of the processor's
# memory, and a row is a whole number of lines.
LEVEL_NEEDS, START_NEEDS, FALLBACK_NEEDS, REPAIR_NEEDS, REBUILD_NEEDS, NEEDS_END = range(6)
"""Where its needs of each role begin in the list of needs; a role ends where the next begins."""
FB_LEVEL, BACKLOG_PERCENT, CATCH_UP = 6, 7, 8
"""Level of the fallback, 0 without one."""
FEED, FEED_SHARES, FEED_END = 9, 10, 11
"""Where in *rows* stand the needs that it feeds: first those of the k-th highest level, then those of shares."""
CIRCLE, PLACE, ENTERS, WATCHED = 12, 13, 14, 15
"""Number of the circle that it is in, -1 for none; its place in the order providers first; where in *rows* stand the
parts of circles whose level it feeds from outside, -1 for none."""
ENTERS_END, DOWN, DOWN_END, KEPT, KEPT_END, PATHS_OUT, PATHS_OUT_END, SLOTS_OF, SLOTS_OF_END, FAILURE_SLOT = (
    range(16, 26)
)  # fmt: skip
"""Likewise the parts in its circle whose level it feeds, the parts whose backup it keeps and the access paths that
leave it; its slots have numbers that follow each other. Then the slot by which a run fails this part."""
FB_DELAY, FB_DURATION, LAG = 26, 27, 28
"""Duration -1: without limit."""
REPAIR_TEAM, REBUILD_TEAM, DETECTION, REPAIR, REBUILD = range(29, 34)
"""Teams by number, -1 for nobody; durations by number."""
AT_RISK, NO_BACKUP, MTD, MINIMUM, PART_FIGURES, PART_FIGURES_END = range(34, 40)
"""... and which figures of it are uncertain, by number."""
PART_ROW = 48

# One need: what the city says.
(
    HOW, FROM, TO, SPARE, FULL, ROLE, DEPENDENT, STRENGTH, CRITICALITY, RECHARGE, STOPS, SPOILS, LEAKS, NEED_FIGURES,
    NEED_FIGURES_END,
) = range(15)  # fmt: skip
NEED_ROW = 16
ONE_GONE = 1 << 16
"""One provider at 0, in the number of those that are lacking."""
ALL, ANY, KTH, CHOSEN, SHARES = range(5)
"""How the levels of the providers become what they offer: the lowest, the highest, the k-th highest, that of those that
are on now, or the sum of shares. SPARE: how many of them may be missing."""
ROLE_LEVEL, ROLE_START, ROLE_FALLBACK, ROLE_REPAIR, ROLE_REBUILD, ROLE_DETECTION = range(6)

# One slot: what is fixed.
SLOT_PART, SLOT_SOURCE, SLOT_KIND, SLOT_OUTBREAK = range(4)
SLOT_ROW = 4
INCIDENT, ISOLATION, CLOSURE, CLEANING, VERIFICATION = range(5)

# One duration.
SHAPE, LOW, LIKELY, HIGH = range(4)
"""Of a list: from where to where in the observed values; of an exponential: its mean in LOW."""
DURATION_ROW = 4
TRIANGLE, EXPONENTIAL, EMPIRICAL = range(3)

# One access path.
ORIGIN, TARGET, CHANCE, PATH_DELAY = range(4)
PATH_ROW = 4

# One event: an effect that is due at a minute.
MINUTE, CLASS, CODE, TARGET_FROM, TARGET_TO, A, B, C, D, E, F, G, H = range(13)
EVENT_ROW = 13
DECISION, MALWARE, HARM = range(3)
(
    DAMAGE, INFECT, CORRUPT, EXPOSE, STOP, LIFT, END_DAMAGE, PRIORITY, TEAMS, SUPPLY, PREPARE, CHOOSE_REBUILD,
    SWITCH, ADD, CLEAN, VERIFY, CLOSE_PATH, OPEN_PATH, CONTROL,
) = range(19)  # fmt: skip
BY_REPAIR, BY_DURATION, BY_DECISION = range(3)

# One outbreak: the malware of one incident.
OUTBREAK_SOURCE, CAP, DETONATES, DESTROYS, STEALS = range(5)
OUTBREAK_ROW = 5

# One part: where it stands in a run.
NORMAL, STOPPED, OWN_CAP, ALL_CAP, BACKLOG, OUT_SINCE, IN_USE, SINCE, BEFORE = range(9)
BEFORE_STAMP, EVALUATED_STAMP, LOOK_STAMP, TOUCHED_STAMP, CARRIED_STAMP, QUEUED_STAMP, USED_PART = range(9, 16)
"""Marks by the number of a minute, of a look or of a circle solved in this run; whether this run used the part."""
(
    BACKLOG_AT, BELOW, PREPARED, SERVED, USED_UP, USED, COUNTED, DIRECTION, PRIORITY_NOW, BACKUP_LOST, REBUILD_CHOSEN,
    ISOLATED, TAKEN, SUSPECT, EXPOSED, N_DETECTION, N_REPAIR, N_REBUILD, N_VERIFICATION, OLD, VISITED_STAMP,
) = range(16, 37)  # fmt: skip
STANDING = 37
"""How many numbers of the row are used."""
STANDING_ROW = 48

# One need: where it stands in a run; what its providers offer and what the dependent feels stand apart.
CHARGE, CHARGE_AT, INPUT, OFFER_STAMP, NEED_STAMP, USED_NEED = range(6)
"""The charge of its buffer, since when, and what fed it since."""
CHARGED_ROW = 8

# One slot: where it stands in a run.
(
    ACTIVE, DAMAGE_CAP, COVERS_ALL, ISOLATES, DESTROYS_DATA, STAGE, DETECTED, JOB_ENDS, SEQUENCE, TEAM,
    REBUILDS, TAKES, RECURS, LISTED, N_HITS, N_DETONATES, N_LASTS, N_FAILURES,
) = range(18)  # fmt: skip
USED_SLOT = 18
DAMAGED_ROW = 19
NO_JOB, DETECTING, WAITING, WORKING = range(4)

# Timers, in the order in which they act in a minute; each kind has a range of its own.
(
    T_DAMAGE_ENDS, T_REPAIR_ENDS, T_ARRIVES, T_DETONATES, T_STRIKES, T_DETECTED, T_BUFFER_EMPTY, T_CAUGHT_UP,
    T_USED_UP, T_READY, T_LAG, T_END,
) = range(12)  # fmt: skip
TIMER_BITS = 40
"""A heap entry is minute * 2^40 + timer."""

# Single numbers of a run.
(
    N_HEAP, N_EVENT, N_TOUCHED, N_EVALUATED, N_BEFORE, N_NEEDS, N_WAITING, N_DETECTED, N_SUSPECT, N_EXPOSED,
    N_AT_DOOR, N_FOOTHOLDS, N_USED_PARTS, N_USED_NEEDS, N_USED_SLOTS, N_LOG, N_SEQUENCE, STAMP,
    TEAMS_DIRTY, PATHS_DIRTY, MARKS_DIRTY, PROVIDERS_DIRTY, N_OFFERS, N_LOOK, LOOK, N_CIRCLE, RING_HEAD, N_RING, DRAWS,
) = range(29)  # fmt: skip
N_ROW = 29

# What does not change in a run: where its lists begin in *lists*, and what there is room for.
(
    AT_TOUCHED, AT_EVALUATED, AT_LOOK, AT_CHANGED, AT_CONE, AT_SUSPECTS, AT_EXPOSED, AT_PART_LIST, AT_NEEDS, AT_MOVED,
    AT_OFFERS, AT_NEED_LIST, AT_WAITING, AT_DETECTED, AT_SLOT_LIST, AT_DOORS, AT_FOOTHOLDS, AT_FOOTHOLD, AT_AT_DOOR,
    AT_OUTBREAK_ON, AT_PATH_CLOSED, AT_PATH_CONTROL, AT_TEAM_TOTAL, AT_TEAM_BUSY, AT_WATCH, AT_LOG,
) = range(26)  # fmt: skip
AT_SHARES, LOG_ROOM, HEAP_ROOM, HORIZON = range(26, 30)
AT_ROW = 30

# Single numbers of the tables: how many there are,
(
    PARTS, NEEDS, SLOTS, PATHS, OUTBREAKS, EVENTS, TEAMS_COUNT, FIGURES, WATCHED_COUNT, GRID, STEPS, FAILURE, WORDS,
    AT_WORDS,
) = range(14)  # fmt: skip
# where each table begins in *rows*,
(
    AT_SHARE, AT_ON, AT_SLOT, AT_DURATION, AT_PATH, AT_EVENT, AT_OUTBREAK, AT_FIGURE, AT_QUANTILE, AT_TEAM, AT_WATCHED,
    AT_ORDER,
) = range(14, 26)  # fmt: skip
# where the keys of each kind of subject begin, and the timers of each kind.
AT_SLOT_KEY, AT_PATH_KEY, AT_OUTBREAK_KEY, AT_FIGURE_KEY, AT_TIMERS = range(26, 31)

# One uncertain figure, in the order of their owners.
FIG_KIND, FIG_PLACE, FIG_POSITIVE, FIG_LOW, FIG_LIKELY, FIG_HIGH = range(6)
"""What it is, where it stands in the row of its owner, whether it is at least 1; the range that it is drawn from."""
FIGURE_ROW = 6
FIG_BUFFER, FIG_STOCK, FIG_NEED, FIG_PART = range(4)

# One watched component of one run: what is measured, in the order of MEASURES.
LOST, LOWEST, FIRST_BELOW, FIRST_GONE, BACK, BREACH, ON_SUSPECT = range(7)
MEASURE_ROW = 7
# ... and what is kept to measure it.
W_SINCE, W_LEVEL, W_DOWN_SINCE, W_SUSPECT = range(4)
WATCH_ROW = 4

# The log, for those who compare engines.
LOG_LEVEL, LOG_STOPPED, LOG_STANDING, LOG_STARTS, LOG_FOOTHOLD, LOG_SUSPECT, LOG_VERIFIED, LOG_EXPOSED, LOG_CLEANED = (
    range(9)
)
LOG_ROW = 4
"""Minute, what, who, value."""

NEVER = -1
NOWHERE = -2
"""No circle is being solved."""

"""Exercise time and wall time, kept apart: one list of segments, one pure function from wall moment to minute.

Wall moments are whole milliseconds since 1970 UTC, exercise positions whole exercise milliseconds, so that no
rounding ever moves the past. A pause is a segment with rate 0; nothing counts while it lasts.
"""

from dataclasses import dataclass

MS_PER_MINUTE = 60_000
MAX_RATE = 600
"""The highest rate, in exercise minutes per wall minute: ten exercise hours in a wall minute."""
EARLIEST_REAL_WALL = 946_684_800_000
"""Milliseconds of the year 2000: earlier wall moments are the counter of a rehearsal."""


@dataclass(frozen=True, slots=True)
class Segment:
    """From wall moment *wall* on, exercise time runs from *position* at *rate*, until the next segment.

    *rate* is in exercise minutes per wall minute: 0 is a pause, 1 is real time.
    """

    wall: int
    position: int
    rate: int


@dataclass(frozen=True, slots=True)
class ExerciseClock:
    """The whole history of the clock; empty before the start."""

    segments: tuple[Segment, ...] = ()

    def position(self, wall: int) -> int:
        """Return the exercise milliseconds at *wall*; it never falls as *wall* rises."""
        for segment in reversed(self.segments):
            if segment.wall <= wall:
                return segment.position + (wall - segment.wall) * segment.rate
        return 0

    def minute(self, wall: int) -> int:
        """Return the exercise minute in which *wall* lies."""
        return self.position(wall) // MS_PER_MINUTE

    @property
    def rate(self) -> int:
        """The rate now; 0 before the start."""
        return self.segments[-1].rate if self.segments else 0

    def with_rate(self, wall: int, rate: int) -> "ExerciseClock":
        """Return this clock, running at *rate* from *wall* on; ValueError outside 0..MAX_RATE."""
        if not 0 <= rate <= MAX_RATE:
            msg = f"the rate is {rate}; it must be 0 to {MAX_RATE} exercise minutes per wall minute"
            raise ValueError(msg)
        moment = self._not_before_the_last(wall)
        return ExerciseClock((*self.segments, Segment(moment, self.position(moment), rate)))

    def jumped(self, wall: int, minute: int) -> "ExerciseClock":
        """Return this clock, put forward to the start of *minute* at *wall*; ValueError when that lies in the past."""
        moment = self._not_before_the_last(wall)
        target = minute * MS_PER_MINUTE
        if target < self.position(moment):
            msg = f"minute {minute} has passed; the clock only jumps forward"
            raise ValueError(msg)
        return ExerciseClock((*self.segments, Segment(moment, target, self.rate)))

    def stood_at(self, minute: int) -> "ExerciseClock":
        """Return this clock as it was when it came to *minute*, and stands there: where another run begins."""
        target = minute * MS_PER_MINUTE
        kept = tuple(segment for segment in self.segments if segment.position <= target)
        if not kept:
            return self
        last, later = kept[-1], self.segments[len(kept) :]
        wall = last.wall if last.rate == 0 else last.wall - (last.position - target) // last.rate
        return ExerciseClock((*kept, Segment(min([wall, *(one.wall for one in later[:1])]), target, 0)))

    def _not_before_the_last(self, wall: int) -> int:
        """A computer's clock may be set back; the exercise then goes on from its last segment."""
        return max(wall, self.segments[-1].wall) if self.segments else wall

"""The one façade of an exercise for the console, the rehearsal, the command line and the reports.

A session is one seat's hold on an exercise file. Every action is one transaction that first reads what others wrote;
its return means that the event is committed. Not for use by several threads, but for `preview`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from city_model.effects import Effect
from city_model.partner.sightings import Sighting
from city_model.values import Text
from resilience.base.canonical import canonical_json
from resilience.base.language import _
from resilience.exercise import agenda as agendas
from resilience.exercise import deadlines, drafts
from resilience.exercise.drafts import Address, DecisionText, TaskText
from resilience.exercise.evaluation import debrief
from resilience.exercise.evaluation.picture_truth import linked
from resilience.exercise.evaluation.proposals import proposed
from resilience.exercise.events import EVERYONE, Draft, Event, Kind
from resilience.exercise.keeping.forking import cut, reached
from resilience.exercise.keeping.store import Store
from resilience.exercise.moment import PLAYED, Moment, clean, refuse
from resilience.exercise.public_messages import PublicText, drafted, released, returned
from resilience.exercise.records import FindingSort, Grade, PictureClaim, PictureStatus
from resilience.exercise.seated import Seated
from resilience.exercise.state import Phase
from scenarios.schema import Inject


class Session(Seated):
    """All that can be done at an exercise; each action returns once its event is committed."""

    def start(self, *, rate: int = 1, wall: int | None = None) -> Event:
        """Give STARTEX."""
        self._allow("facilitator")
        at = self._at(wall)
        event = self._one(lambda now: drafts.startex(now, rate), at)
        self._send_due(at)
        return event

    def set_rate(self, rate: int, wall: int | None = None) -> None:
        """Run at *rate* exercise minutes per wall minute from now on; 0 pauses."""
        self._allow("facilitator")
        at = self._at(wall)
        if self._all.phase is Phase.RUNNING:
            self._send_due(at)
        self._act(lambda now: drafts.rate_change(now, rate), at)

    def pause(self, wall: int | None = None) -> None:
        """Stop the clock; nothing goes out by itself until it runs again."""
        self.set_rate(0, wall)

    def resume_clock(self, wall: int | None = None) -> None:
        """Let the clock run on at the rate it had before the pause."""
        self._allow("facilitator")
        self._act(lambda now: drafts.rate_change(now, now.state.rate_before_pause), wall)

    def jump(self, minute: int, wall: int | None = None) -> None:
        """Put the clock forward to *minute*, and play what lies between in order."""
        self._allow("facilitator")
        at = self._at(wall)
        self._act(lambda now: drafts.jump(now, minute), at)
        self._send_due(at)

    def end(self, reason: str = "", wall: int | None = None) -> Event:
        """Give ENDEX, and keep the whole simulated course in the file."""
        self._allow("facilitator")
        at = self._at(wall)
        if self._all.phase is Phase.RUNNING:
            self._send_due(at)
        return self._one(lambda now: self._endex(now, reason), at)

    def fork(self, path: Path, *, minute: int | None = None, before: int | None = None, wall: int | None = None) -> int:
        """Make at *path* another run that begins with this one up to *minute*, or *before* the entry of that number.

        This exercise is only read. Returns the minute at which the clock of the other one stands.
        """
        self._allow("facilitator")
        self._require_same_rules()
        at = self._at(wall)
        name = self.path.name if self.path else self._store.name
        found = cut(self._all, name, reached(self._all, self._store.lease(), at), minute=minute, before=before)
        Store.create(path, [found.forked], wall=at, before=self._store.entries(found.kept)).close()
        return found.forked.minute

    # Injects

    def send(self, inject_id: str, *, text: Text | None = None, wall: int | None = None) -> Event:
        """Send an inject now, with another text for this exercise only if need be; one that was sent, is not again."""
        self._allow("facilitator")
        wanted = self._inject(inject_id)

        def plan(now: Moment) -> Sequence[Draft]:
            now.require(*PLAYED)
            due = agendas.due_minute(wanted, self._run.holds_from)
            return [] if inject_id in now.state.sent else drafts.inject(now, wanted, due=due, how="manual", text=text)

        self._act(plan, wall)
        return self._event(self._all.sent[inject_id].seq)

    def hold(self, inject_id: str, reason: str = "", wall: int | None = None) -> Event:
        """Keep an inject from going out by itself."""
        return self._mark(Kind.INJECT_HELD, inject_id, reason, wall)

    def release(self, inject_id: str, reason: str = "", wall: int | None = None) -> Event:
        """Let an inject that was held or skipped go out by itself again."""
        return self._mark(Kind.INJECT_RELEASED, inject_id, reason, wall)

    def skip(self, inject_id: str, reason: str = "", wall: int | None = None) -> Event:
        """Leave an inject out of this exercise."""
        return self._mark(Kind.INJECT_SKIPPED, inject_id, reason, wall)

    # What people do

    def decide(  # noqa: PLR0913 - one argument for each thing that is written down
        self,
        point_id: str | None,
        option_id: str | None,
        *,
        who: str,
        what: str = "",
        why: str = "",
        information: str = "",
        effects: Sequence[Effect] = (),
        values: Mapping[str, str] | None = None,
        owner: str = "",
        by: str = "",
        told: str = "",
        cell: str | None = None,
        wall: int | None = None,
    ) -> Event:
        """Record a decision: an option of a decision point, or a free one (both ids None) with effects of its own.

        *owner* carries it out, *by* when; *told* is who was told.
        """
        self._allow("facilitator", "cell")
        said = DecisionText(who, what, why, information, values or {}, owner, by, told)
        if point_id is None:
            team = self.seat.name if self.seat.role == "cell" else self._cell(cell)
            return self._one(lambda now: drafts.free_decision(now, said, effects, team), wall)
        point, option = self._option(point_id, option_id)
        if effects:
            refuse(_("an option brings its own effects"), _("leave them out, or take a free decision"))
        return self._one(lambda now: drafts.listed_decision(now, point, option, said), wall)

    def work_out(self, written: int, effects: Sequence[Effect] = (), wall: int | None = None) -> Event:
        """Give the decision that a cell wrote down in entry *written* its effects in the model, or none."""
        self._allow("facilitator")
        return self._one(lambda now: drafts.worked_out(now, written, effects), wall)

    def note(
        self,
        text: str,
        *,
        status: PictureStatus = "known",
        source: str = "",
        cell: str | None = None,
        replaces: int | None = None,
        about: str | None = None,
        says: PictureClaim | None = None,
        wall: int | None = None,
    ) -> Event:
        """Add a line to the picture of a cell: what is known, assumed or unknown, and from where.

        A line that says of a component (*about*) how it is (*says*) can be laid beside the run afterwards.
        """
        self._allow("facilitator", "cell")
        owner = self.seat.name if self.seat.role == "cell" else self._cell(cell)
        return self._one(lambda now: drafts.note(now, text, status, source, owner, replaces, (about, says)), wall)

    def read_picture(self, entry: int, about: str, says: PictureClaim | None, wall: int | None = None) -> Event:
        """Write down what line *entry* of a picture says of which component; None: that it is not known."""
        self._allow("facilitator", "observer")
        return self._one(lambda now: linked(now, entry, about, says), wall)

    def message(
        self,
        text: str,
        *,
        cells: Sequence[str] = EVERYONE,
        played: str = "",
        to: str = "",
        answers: int | None = None,
        wall: int | None = None,
    ) -> Event:
        """Tell other cells something, or (without cells) the outside world, for which *to* may name a role.

        The facilitator may speak as the role *played*; *answers* is the number of the message or inject in question.
        """
        self._allow("facilitator", "cell")
        shown_to = EVERYONE if tuple(cells) == EVERYONE else tuple(cell for cell in map(self._cell, cells) if cell)
        sender = played if played and self.seat.role == "facilitator" else self.seat.key
        address = Address(sender, shown_to, to, answers)
        return self._one(lambda now: drafts.message(now, text, address), wall)

    def open_message(self, seq: int, wall: int | None = None) -> None:
        """Record that this seat opened the message or inject with this number."""
        self._allow("facilitator", "cell")
        self._act(lambda now: drafts.opened(now, seq), wall)

    def task(
        self,
        what: str,
        *,
        owner: str = "",
        by: str = "",
        done: bool = False,
        cell: str | None = None,
        replaces: int | None = None,
        wall: int | None = None,
    ) -> Event:
        """Add a line to the action list of a cell, or renew one: who does what by when, and whether it is done."""
        self._allow("facilitator", "cell")
        team = self.seat.name if self.seat.role == "cell" else self._cell(cell)
        if team is None:
            refuse(_("an action list belongs to a team"), _("name the team"))
        said = TaskText(team, what, owner, by, done)
        return self._one(lambda now: drafts.task(now, said, replaces), wall)

    def correct(self, seq: int, text: str, wall: int | None = None) -> Event:
        """Say what entry *seq* of the log should have been; the entry itself stays."""
        self._allow("facilitator", "cell", "observer")
        return self._one(lambda now: drafts.correction(now, now.state.event(seq), text), wall)

    def scale(self, level: str, reason: str = "", wall: int | None = None, *, signs: Sequence[str] = ()) -> Event:
        """Record a level of the crisis organisation, such as GRIP 2, with the *signs* that asked for it."""
        self._allow("facilitator")
        return self._one(lambda now: drafts.scale(now, level, reason, signs), wall)

    def no_duff(self, reason: str, wall: int | None = None) -> Event:
        """GEEN OEFENING / NO DUFF: something real happened; everything freezes. Any seat may call it."""
        return self._one(lambda now: drafts.no_duff(now, reason), wall)

    def resume(self, reason: str = "", wall: int | None = None) -> Event:
        """Go back to the exercise after NO DUFF; the clock stands until `resume_clock`."""
        self._allow("facilitator")
        return self._one(lambda now: drafts.resumed(now, reason), wall)

    def start_clock(self, clock_id: str, cause: str = "", wall: int | None = None) -> Event:
        """Record the awareness from which a deadline runs."""
        self._allow("facilitator")
        return self._one(lambda now: deadlines.clock_started(now, clock_id, cause), wall)

    def meet_clock(self, clock_id: str, note: str = "", wall: int | None = None) -> Event:
        """Record that what a deadline asks was done."""
        self._allow("facilitator")
        return self._one(lambda now: deadlines.clock_met(now, clock_id, note), wall)

    def extend_clock(self, clock_id: str, minutes: int, reason: str = "", wall: int | None = None) -> Event:
        """Move a deadline by *minutes*."""
        self._allow("facilitator")
        return self._one(lambda now: deadlines.clock_extended(now, clock_id, minutes, reason), wall)

    def rate_task(self, task_id: str, grade: Grade, observation: str, wall: int | None = None) -> Event:
        """Rate a critical task P, S, M or U, with what was observed; again renews this seat's own rating."""
        self._allow("facilitator", "observer")
        return self._one(lambda now: drafts.rating(now, task_id, grade, observation), wall)

    def merge_ratings(self, wall: int | None = None) -> Event:
        """Lay the sheets of the observers together after ENDEX: each then sees what the others saw."""
        self._allow("facilitator")
        return self._one(drafts.merged, wall)

    def add_finding(
        self,
        sort: FindingSort,
        text: str,
        *,
        task: str | None = None,
        action: str | None = None,
        owner: str | None = None,
        by: dt.date | None = None,
        wall: int | None = None,
    ) -> Event:
        """Write down a strength, or an improvement with the action that repairs it."""
        self._allow("facilitator", "observer")
        return self._one(
            lambda now: drafts.finding(now, sort, text, task=task, action=action, owner=owner, by=by), wall
        )

    def draft_public(self, said: PublicText, *, cell: str | None = None, wall: int | None = None) -> Event:
        """Write a public message that another seat must read before it goes; the facilitator may write for a *cell*."""
        self._allow("facilitator", "cell")
        author = self._acting_for(cell)
        return self._one(lambda now: drafted(now, said, author), wall)

    def release_public(self, draft: int, note: str = "", *, cell: str | None = None, wall: int | None = None) -> Event:
        """Let the public message of entry *draft* go, having read it."""
        self._allow("facilitator", "cell")
        by, run = self._acting_for(cell), self._computed()

        def plan(now: Moment) -> Sequence[Draft]:
            run.advance(now.minute)
            return released(now, draft, note, by, run.simulation.level)

        return self._one(plan, wall)

    def return_public(self, draft: int, reason: str, *, cell: str | None = None, wall: int | None = None) -> Event:
        """Send the public message of entry *draft* back to whoever wrote it."""
        self._allow("facilitator", "cell")
        by = self._acting_for(cell)
        return self._one(lambda now: returned(now, draft, reason, by), wall)

    def propose(self, seen: Sighting, wall: int | None = None) -> Event:
        """Write down what play showed of the map, for the keeper of the map to accept or leave."""
        self._allow("facilitator", "observer", "cell")
        return self._one(lambda now: proposed(now, seen), wall)

    def reflect(self, question: str, text: str, *, cell: str | None = None, wall: int | None = None) -> Event:
        """Answer a question of the hot debrief: a team for itself, the facilitator for a *cell* or for the room."""
        self._allow("facilitator", "cell")
        team = self.seat.name if self.seat.role == "cell" else self._cell(cell)
        return self._one(lambda now: debrief.reflection(now, question, text, team), wall)

    # Inside

    def _endex(self, now: Moment, reason: str) -> list[Draft]:
        now.require(*PLAYED, Phase.NO_DUFF)
        trace = self._store.attach(canonical_json(self._computed().to_horizon().to_json()))
        return [now.draft(Kind.ENDEX, EVERYONE, reason=clean(reason, _("the reason")), trace=trace)]

    def _mark(self, kind: Kind, inject_id: str, reason: str, wall: int | None) -> Event:
        self._allow("facilitator")
        wanted = self._inject(inject_id)
        return self._one(lambda now: drafts.marked(now, kind, wanted, reason), wall)

    def _acting_for(self, cell: str | None) -> str:
        """Return the key of whoever acts: this seat, or the cell for which the facilitator writes."""
        return f"cell/{self._cell(cell)}" if cell is not None and self.seat.role == "facilitator" else self.seat.key

    def _inject(self, inject_id: str) -> Inject:
        known = self._scenario.inject_by_id
        if inject_id not in known:
            refuse(_("there is no inject {inject}", inject=inject_id), _("use one of: {words}", words=", ".join(known)))
        return known[inject_id]

"""Where exercises are kept when the user names no file, and which there are."""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from platformdirs import user_data_path

from resilience.base.files import plain_reason
from resilience.base.language import _
from resilience.base.problems import InputError, ResilienceError
from resilience.base.progress import followed
from resilience.exercise.evaluation.survey import Survey
from resilience.exercise.keeping.links import Links
from resilience.exercise.keeping.store import Store, remove
from resilience.exercise.keeping.wall import wall_now
from resilience.exercise.state import ExerciseState, Phase, fold_all

SUFFIX = ".exercise"


@dataclass(frozen=True, slots=True)
class Listed:
    """An exercise file in the folder; *fault* says why it cannot be read, and then *state* is empty."""

    path: Path
    state: ExerciseState
    fault: str | None

    @property
    def written(self) -> int:
        """The wall moment of the last event; 0 where it cannot be read."""
        return self.state.events[-1].wall if self.state.events else 0


def default_folder() -> Path:
    """Return the user's folder for exercises; it need not exist yet."""
    return user_data_path("keten-resilience", appauthor=False) / "exercises"


def new_path(
    city: str, scenario: str, folder: Path | None = None, now: dt.datetime | None = None, *, group: str = ""
) -> Path:
    """Return a free name for a new exercise, by city, scenario, group and local time; makes the folder.

    Raises InputError when the folder cannot be made, which the user can only mend with another place.
    """
    moment = now or dt.datetime.now().astimezone()
    parts = [_word(city), _word(scenario), *([_word(group)] if group else []), f"{moment:%Y%m%d-%H%M%S}"]
    stem = "-".join(parts)
    place = folder or default_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = _("exercises cannot be kept here: {reason}", reason=plain_reason(error))
        raise InputError.because(what, _("name a place with --file"), file=str(place)) from error
    for number in range(1, 1000):
        path = place / f"{stem}{'' if number == 1 else f'-{number}'}{SUFFIX}"
        if not path.exists():
            return path
    raise InputError.because(_("there are too many exercises of this second"), _("name the file"), file=str(place))


def beside(path: Path) -> Path:
    """Return a free name in the folder of *path*, which is its own with a number behind it."""
    return next(
        free for number in count(2) if not (free := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists()
    )


def exercises(folder: Path | None = None) -> tuple[Listed, ...]:
    """Return the exercises in the folder, the one written to last first."""
    place = folder or default_folder()
    files = [path for path in place.glob(f"*{SUFFIX}") if path.is_file()] if place.is_dir() else []
    listed = [_listed(path) for path in followed(_("exercises"), files, len(files))]
    return tuple(sorted(listed, key=lambda one: (-one.written, one.path.name)))


def latest(folder: Path | None = None) -> Path:
    """Return the exercise that was written to last and has not ended; raises InputError when there is none."""
    for listed in exercises(folder):
        if listed.fault is None and listed.state.phase is not Phase.ENDED:
            return listed.path
    what = _("there is no exercise to resume in {folder}", folder=folder or default_folder())
    raise InputError.because(what, _("start one with 'resilience exercise start', or name its file"))


def found(path: Path, folder: Path | None = None) -> Path:
    """Return *path* where it is there, or else the exercise of that name in the folder."""
    named = (folder or default_folder()) / path
    for place in (path, named, named.with_name(f"{named.name}{SUFFIX}")):
        if place.is_file():
            return place
    return path


def removed(path: Path) -> bool:
    """Remove the exercise at *path* for good, with its links and its survey; returns whether it went.

    One that somebody conducts now stays.
    """
    store = Store.open(path, read_only=True)
    try:
        lease = store.lease()
    finally:
        store.close()
    if lease is not None and not lease.is_free_at(wall_now()):
        return False
    remove(path)
    if path.exists():
        return False
    for beside_it in (Links(path).path, Survey(path).path):
        remove(beside_it)
    return True


def _listed(path: Path) -> Listed:
    try:
        store = Store.open(path, read_only=True)
    except ResilienceError as error:
        return Listed(path, ExerciseState(), str(error))
    try:
        return Listed(path, fold_all(store.events()), None)
    except ResilienceError as error:
        return Listed(path, ExerciseState(), str(error))
    finally:
        store.close()


def _word(name: str) -> str:
    """Return the last part of a name or path, with nothing in it that a file name may not hold."""
    stem = Path(name).stem
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in stem) or "exercise"

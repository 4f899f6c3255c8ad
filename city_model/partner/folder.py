"""The folder of a city as something to change: copied from a bundled one, written all or nothing."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from city_model.catalogue import CITY_FILE, bundled_folder
from city_model.loader import city_texts
from resilience.base.files import write_text
from resilience.base.language import _
from resilience.base.problems import InputError, RunError


def copy_city(name: str, folder: Path) -> Path:
    """Write the city called *name* and all that it includes into *folder*, each in a folder of its own name.

    Returns the folder of the city itself. Raises InputError when something stands there already.
    """
    texts = city_texts(name)
    folders = {key.partition("/")[0] for key in texts}
    for inside in sorted(folders):
        if (folder / inside).exists():
            what = _("something stands here already")
            raise InputError.because(what, _("give another folder"), file=str(folder / inside))
    for key in sorted(texts):
        write_text(folder / key, texts[key])
    own = name if bundled_folder(name) is not None else Path(name).resolve().name
    return folder / own


def is_bundled(name: str) -> bool:
    """Return whether *name* is that of a bundled city, which nobody changes."""
    return bundled_folder(name) is not None


def folder_of(name: str) -> Path:
    """Return the folder of the city called *name*; raises InputError for a bundled one, which is read only."""
    if is_bundled(name):
        what = _("{city} is a bundled city, which is not changed", city=name)
        repair = _("make a copy first: {command}", command=f"resilience city copy {name} ./kaart")
        raise InputError.because(what, repair)
    path = Path(name)
    return path if path.name not in {"", ".."} else path.resolve()


def path_of(root: Path, key: str) -> Path:
    """Return where the file with the key ``folder/name`` of the city in *root*, or of one that it includes, stands."""
    folder, _slash, name = key.partition("/")
    if folder == root.resolve().name:
        return root / name
    beside = root.parent / folder
    if not (beside / CITY_FILE).is_file():
        what = _("{file} belongs to the bundled city '{city}', which is not changed", file=name, city=folder)
        repair = _("make a copy of it beside yours: {command}", command=f"resilience city copy {folder} {root.parent}")
        raise InputError.because(what, repair, file=str(root))
    return beside / name


def write_all(texts: Mapping[Path, str]) -> None:
    """Write every text or none: when one cannot be written, those written before get their old content back."""
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    done: list[Path] = []
    try:
        for path in sorted(texts):
            write_text(path, texts[path])
            done.append(path)
    except RunError:
        for path in done:
            old = before[path]
            with contextlib.suppress(OSError):
                path.unlink() if old is None else path.write_bytes(old)
        raise

"""A city as it stood in a git revision: ``REV:folder``, read without touching the files of now.

Only the git program that the user has is asked, for names and contents of files; no file of the folder is run.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from city_model.catalogue import CITY_FILE, bundled_cities
from city_model.loader import city_texts, included_names
from city_model.side_files import SIDE_FILES
from resilience.base.files import decode_text
from resilience.base.language import _
from resilience.base.problems import InputError

SEPARATOR = ":"
SECONDS = 60
"""After which git is taken to hang."""


def names_a_revision(text: str) -> bool:
    """Return whether *text* is ``REV:folder``; a bundled city, and a folder of that very name, go before."""
    revision, separator, _folder = text.partition(SEPARATOR)
    return bool(revision and separator) and text not in bundled_cities() and not Path(text).exists()


def texts_at(text: str) -> dict[str, str]:
    """Return the texts of the city that ``REV:folder`` stands for, as `loader.city_texts` gives those of now.

    The folder is meant as it is written from here. What it includes is taken from beside it in the same revision,
    else from the bundled cities. Raises InputError when there is no such revision, folder or city.
    """
    revision, _separator, folder = text.partition(SEPARATOR)
    tree = _Tree.of(revision, Path(folder or "."), text)
    texts: dict[str, str] = {}
    waiting, met = [tree.folder], {tree.folder.name}
    while waiting:
        place = waiting.pop()
        found = tree.city_files(place)
        texts |= {f"{place.name or 'city'}/{name}": content for name, content in found.items()}
        for name in included_names(found.get(CITY_FILE, "")):
            beside = place.parent / name
            if name not in met:
                met.add(name)
                if tree.has(beside / CITY_FILE):
                    waiting.append(beside)
                elif name in bundled_cities():
                    texts |= city_texts(name)
    return texts


@dataclass(frozen=True)
class _Tree:
    """The files of one revision of one repository."""

    top: Path
    commit: str
    folder: PurePosixPath
    """The folder that was asked for, from the top of the repository."""
    asked: str

    @classmethod
    def of(cls, revision: str, folder: Path, asked: str) -> "_Tree":
        """Find the repository around *folder* and the commit that *revision* names; the folder may be gone by now."""
        whole = Path(os.path.abspath(folder))  # noqa: PTH100 - a link inside the repository must not lead out of it
        start = next(place for place in (whole, *whole.parents) if place.is_dir())
        top = Path(_git(start, asked, "rev-parse", "--show-toplevel").decode().strip())
        commit = _git(top, asked, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
                      missing=_("git knows no revision '{revision}'", revision=revision))  # fmt: skip
        try:
            inside = whole.relative_to(top)
        except ValueError:
            inside = whole.resolve().relative_to(top)
        tree = cls(top, commit.decode().strip(), PurePosixPath(*inside.parts), asked)
        if not tree.has(tree.folder / CITY_FILE):
            what = _("in that revision this folder holds no {file}", file=CITY_FILE)
            raise InputError.because(what, _("give the folder of a city, as seen from here"), file=asked)
        return tree

    def has(self, path: PurePosixPath) -> bool:
        """Return whether *path* is in this revision."""
        return bool(self._names(str(path)))

    def city_files(self, folder: PurePosixPath) -> dict[str, str]:
        """Return the texts of the files of the city in *folder*, by name, without what a city keeps beside its map."""
        prefix = "" if folder == PurePosixPath() else f"{folder}/"
        names = [name.removeprefix(prefix) for name in self._names(prefix or ".")]
        kept = sorted(name for name in names if name.endswith(".yaml") and not name.startswith("."))
        return {name: self._text(prefix + name) for name in kept if name not in SIDE_FILES}

    def _names(self, path: str) -> list[str]:
        """Return the files at *path* itself, not those in folders below it."""
        literal = "" if path == "." else path
        listing = _git(
            self.top, self.asked, "ls-tree", "-z", "--full-tree", self.commit, "--", *filter(None, [literal])
        )
        entries = [entry.partition("\t") for entry in listing.decode("utf-8", "replace").split("\0") if entry]
        return [name for kind, _tab, name in entries if " blob " in kind]

    def _text(self, path: str) -> str:
        shown = f"{self.asked.partition(SEPARATOR)[0]}{SEPARATOR}{path}"
        return decode_text(_git(self.top, self.asked, "cat-file", "blob", f"{self.commit}:{path}"), shown)


def _git(folder: Path, asked: str, *arguments: str, missing: str = "") -> bytes:
    """Return what git answers; *missing* is what it means when git finds nothing."""
    command = ["git", "--no-pager", "-C", str(folder), "--literal-pathspecs", *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, timeout=SECONDS, check=False)  # noqa: S603
    except FileNotFoundError as error:
        what = _("git is not installed, so that no earlier version can be read")
        raise InputError.because(what, _("install git, or compare two folders"), file=asked) from error
    except subprocess.TimeoutExpired as error:
        raise InputError.because(_("git does not answer"), _("try it by hand first"), file=asked) from error
    if done.returncode:
        reason = (done.stderr.decode("utf-8", "replace").strip().splitlines() or [""])[0]
        what = missing or _("git cannot read this ({reason})", reason=reason.removeprefix("fatal: "))
        raise InputError.because(what, _("write REV:folder, for example HEAD~1:my-city"), file=asked)
    return done.stdout

"""A city as it stood in git: read from the repository, whatever the files say now."""

import subprocess
from pathlib import Path

import pytest

from city_model.loader import city_texts, load_city_from_texts
from city_model.revision import names_a_revision, texts_at
from resilience.base.problems import InputError
from tests.unit.city_model.small_city import SMALL


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit of the small city in the folder maps, as the folder of now."""
    top = tmp_path / "repository"
    for name, content in SMALL.items():
        (top / "maps" / name).parent.mkdir(parents=True, exist_ok=True)
        (top / "maps" / name).write_text(content, encoding="utf-8")
    git(top, "init", "--quiet")
    commit(top)
    monkeypatch.chdir(top)
    return top


def git(folder: Path, *arguments: str) -> None:
    """Run git without anybody's settings."""
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def commit(folder: Path) -> None:
    """Commit everything as it is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "map")


def refusal(text: str) -> str:
    """Return what a user sees."""
    with pytest.raises(InputError) as caught:
        texts_at(text)
    return str(caught.value)


def test_a_revision_gives_the_texts_of_then_with_what_it_includes(repository: Path) -> None:
    """Changes, new files and files that are gone now do not matter; nor does the place from where one looks."""
    then = city_texts(str(repository / "maps" / "small"))
    (repository / "maps" / "small" / "town.yaml").unlink()
    (repository / "maps" / "base" / "grid.yaml").write_text("broken: [", encoding="utf-8")

    assert (texts_at("HEAD:maps/small"), texts_at(f"HEAD:{repository}/maps/small")) == (then, then)
    assert load_city_from_texts(then).id == "small"


def test_a_folder_that_is_gone_now_can_still_be_read(repository: Path) -> None:
    """Its name is enough."""
    git(repository, "rm", "-r", "--quiet", "maps")
    commit(repository)

    assert sorted(texts_at("HEAD~1:maps/small")) == sorted(SMALL)


def test_names_and_numbers_in_the_repository_stay_out(repository: Path) -> None:
    """Somebody may have committed the file that git should ignore."""
    (repository / "maps" / "small" / "contacts.local.yaml").write_text("organisations: {}\n", encoding="utf-8")
    commit(repository)

    assert sorted(texts_at("HEAD:maps/small")) == sorted(SMALL)


def test_what_is_beside_the_map_in_a_bundled_city_comes_along(repository: Path) -> None:
    """An include that is not beside it in that revision is the bundled one."""
    own = repository / "maps" / "own"
    own.mkdir()
    (own / "city.yaml").write_text("id: own\nname: {nl: E, en: O}\nincludes: [nl]\n", encoding="utf-8")
    commit(repository)

    assert {name.partition("/")[0] for name in texts_at("HEAD:maps/own")} == {"own", "nl"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("nothere:maps/small", "git knows no revision 'nothere'"),
        ("--output=x:maps/small", "git knows no revision '--output=x'"),
        ("HEAD:maps", "in that revision this folder holds no city.yaml"),
        ("HEAD:nowhere", "in that revision this folder holds no city.yaml"),
        ("HEAD:/", "git cannot read this"),
    ],
)
def test_what_git_does_not_have_is_refused_in_one_sentence(repository: Path, text: str, what: str) -> None:
    """A word that looks like an option is a revision too, and none that exists."""
    said = refusal(text)

    assert (what in said, "\n" in said) == (True, False)


def test_a_folder_with_a_colon_and_a_bundled_city_are_no_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there goes before what git may have."""
    (tmp_path / "a:b").mkdir()
    monkeypatch.chdir(tmp_path)

    assert [names_a_revision(text) for text in ("a:b", "utrecht", "HEAD:x", ":x", "x:")] == [
        False,
        False,
        True,
        False,
        True,
    ]


def test_without_git_it_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing folders needs none."""
    monkeypatch.setenv("PATH", "")

    assert refusal("HEAD:maps/small") == (
        "HEAD:maps/small: git is not installed, so that no earlier version can be read: "
        "install git, or compare two folders"
    )

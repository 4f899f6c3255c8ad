"""What can be wrong, and how it is said."""

import pytest

from resilience.base.problems import InputError, Problem, ResilienceError, RunError


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("a.yaml", 3, 7, "needs#1", "too low", "write 1"), "a.yaml:3:7: needs#1: too low: write 1"),
        (Problem("a.yaml", 0, 0, "", "is empty", "fill it in"), "a.yaml: is empty: fill it in"),
        (Problem("a.yaml", 3, 1, "", "too low", ""), "a.yaml:3:1: too low"),
        (Problem("", 0, 0, "--for", "too low", "write 1m"), "--for: too low: write 1m"),
        (Problem("", 0, 0, "", "too low", "write 1m"), "too low: write 1m"),
    ],
)
def test_a_problem_is_place_fault_and_remedy(problem: Problem, said: str) -> None:
    """What is not known is left out, with its colon."""
    assert str(problem) == said


def test_problems_stand_in_the_order_of_the_files() -> None:
    """By file, then line, then column: numbers as numbers."""
    places = [("b.yaml", 1, 1), ("a.yaml", 10, 1), ("a.yaml", 9, 12), ("a.yaml", 9, 2)]

    assert [(p.file, p.line, p.column) for p in sorted(Problem(*place, "", "", "") for place in places)] == [
        ("a.yaml", 9, 2), ("a.yaml", 9, 12), ("a.yaml", 10, 1), ("b.yaml", 1, 1),
    ]  # fmt: skip


def test_an_input_error_carries_every_problem() -> None:
    """As values for a program, and one on each line for people."""
    problems = [Problem("a", 0, 0, "", "x", "y"), Problem("b", 0, 0, "", "x", "y")]
    error = InputError(iter(problems))

    assert (error.problems, str(error)) == (tuple(problems), "a: x: y\nb: x: y")


def test_one_fault_is_said_in_one_call() -> None:
    """The file is known, or it is not."""
    assert (str(InputError.because("x", "y", file="a")), str(InputError.because("x", "y"))) == ("a: x: y", "x: y")


def test_both_kinds_of_error_have_one_root() -> None:
    """Who only wants to show it need not tell them apart."""
    assert (issubclass(InputError, ResilienceError), issubclass(RunError, ResilienceError), str(RunError("full"))) == (
        True, True, "full",
    )  # fmt: skip

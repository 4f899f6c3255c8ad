"""Inoperability input-output model: which part of each sector is lost, when others pass on their loss.

Static: q = A* q + c*, capped at 1 (Haimes and Jiang 2001, doi 10.1061/(ASCE)1076-0342(2001)7:1(1)). Dynamic:
q(t+1) = q(t) + K (A* q(t) + c* - q(t)) (Lian and Haimes 2006, doi 10.1002/sys.20051). All in shares of 1: a*[i][j] is
what losing all of j takes from i, c*[i] what i loses at once, k[i] how much of the gap it closes in a step.

Unlike the engine, which takes the worst need, this model adds losses up; it suits sectors and money, not services.
"""

from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]
PRECISE = 1e-13
MOST_ROUNDS = 1_000_000
_TERMS, _HALVINGS = 18, 4
"""Of the series of the matrix exponential: the step is halved four times, so that 18 terms are exact to 1e-15."""


def static(table: Matrix, disturbed: Sequence[float]) -> list[float]:
    """Return the inoperability of every sector, 0..1: the least solution that is capped at 1.

    Raises ValueError when the numbers do not come to rest.
    """
    current = [min(1.0, loss) for loss in disturbed]
    for _round in range(MOST_ROUNDS):
        following = [
            min(1.0, loss + sum(share * q for share, q in zip(row, current, strict=True)))
            for row, loss in zip(table, disturbed, strict=True)
        ]
        if max(abs(one - other) for one, other in zip(current, following, strict=True)) < PRECISE:
            return following
        current = following
    msg = "the losses do not come to rest"
    raise ValueError(msg)


def dynamic(
    table: Matrix, disturbed: Sequence[float], recovery: Sequence[float], start: Sequence[float], steps: int
) -> list[list[float]]:
    """Return the inoperability of every sector at steps 0..*steps*, from *start* on, capped at 0 and 1."""
    course = [list(start)]
    for _step in range(steps):
        now = course[-1]
        course.append(
            [
                min(1.0, max(0.0, q + k * (sum(a * other for a, other in zip(row, now, strict=True)) + loss - q)))
                for q, k, row, loss in zip(now, recovery, table, disturbed, strict=True)
            ]
        )
    return course


def healing(table: Matrix, recovery: Sequence[float], start: Sequence[float], steps: int) -> list[list[float]]:
    """Return the inoperability at steps 0..*steps* when the loss *start* heals: exp(-K (I - A*) t) q(0)."""
    size = range(len(table))
    rate = [[-recovery[i] * ((i == j) - table[i][j]) / 2**_HALVINGS for j in size] for i in size]
    power = [[float(i == j) for j in size] for i in size]
    term = power
    for n in range(1, _TERMS):
        term = [[value / n for value in row] for row in _times(term, rate)]
        power = [[a + b for a, b in zip(one, other, strict=True)] for one, other in zip(power, term, strict=True)]
    for _halving in range(_HALVINGS):
        power = _times(power, power)
    course = [list(start)]
    for _step in range(steps):
        course.append([sum(a * q for a, q in zip(row, course[-1], strict=True)) for row in power])
    return course


def order(table: Matrix, n: int) -> list[list[float]]:
    """Return the dependencies through exactly *n* steps: the n-th power of the table, n at least 1."""
    power = [list(row) for row in table]
    for _step in range(n - 1):
        power = _times(table, power)
    return power


def _times(one: Matrix, other: Matrix) -> list[list[float]]:
    return [[sum(a * other[k][j] for k, a in enumerate(row)) for j in range(len(other[0]))] for row in one]

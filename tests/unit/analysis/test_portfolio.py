"""The knapsack answer against every possible choice."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from resilience.analysis.portfolio import Priced, best_portfolio

ITEMS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8).map(
    lambda rows: [Priced(f"m{place}", cost, value) for place, (cost, value) in enumerate(rows)]
)


def worth(items: list[Priced], chosen: tuple[str, ...]) -> tuple[int, int]:
    """Return the value of a choice, and minus its cost."""
    taken = [item for item in items if item.id in chosen]
    return sum(item.value for item in taken), -sum(item.cost for item in taken)


@given(ITEMS, st.integers(0, 40))
def test_no_choice_within_the_budget_is_better(items: list[Priced], budget: int) -> None:
    """Of all subsets that can be paid none is worth more, or as much for less."""
    every = [tuple(one.id for one in some) for size in range(len(items) + 1) for some in combinations(items, size)]
    best = max(worth(items, some) for some in every if -worth(items, some)[1] <= budget)

    assert worth(items, best_portfolio(items, budget)) == best


def test_greedy_is_not_good_enough() -> None:
    """What a euro buys most with comes first, and here must stay out."""
    items = [Priced("small", 6, 7), Priced("left", 5, 5), Priced("right", 5, 5)]

    assert best_portfolio(items, 10) == ("left", "right")


def test_what_is_worth_nothing_is_not_chosen_and_what_is_free_is() -> None:
    """Also without a budget."""
    assert best_portfolio([Priced("idle", 0, 0), Priced("free", 0, 3), Priced("dear", 1, 9)], 0) == ("free",)

"""How many circles a model has, found without walking it in recursion: a model of others may be as deep as it likes."""

from collections.abc import Iterable, Mapping


def circles(providers_of: Mapping[str, Iterable[str]]) -> int:
    """Return how many groups of components depend on each other in a circle (Kosaraju's two walks)."""
    dependents_of: dict[str, list[str]] = {}
    for node, providers in providers_of.items():
        for provider in providers:
            dependents_of.setdefault(provider, []).append(node)
    seen: set[str] = set()
    finished = [node for start in providers_of for node in _finished(start, providers_of, seen)]
    seen.clear()
    return sum(len(_finished(node, dependents_of, seen)) > 1 for node in reversed(finished))


def _finished(start: str, next_of: Mapping[str, Iterable[str]], seen: set[str]) -> list[str]:
    """Return what can be reached from *start* and was not *seen*, each after all that is reached through it."""
    if start in seen:
        return []
    seen.add(start)
    done: list[str] = []
    waiting = [(start, iter(next_of.get(start, ())))]
    while waiting:
        node, rest = waiting[-1]
        fresh = next((other for other in rest if other not in seen), None)
        if fresh is None:
            done.append(node)
            waiting.pop()
        else:
            seen.add(fresh)
            waiting.append((fresh, iter(next_of.get(fresh, ()))))
    return done

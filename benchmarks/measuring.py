"""Many clients at once, and what came of it: one JSON object a line."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Taken:
    """What many clients needed: seconds of each piece of work, and seconds of all together."""

    each: list[float]
    together: float

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.each + other.each, self.together + other.together)

    @property
    def rate(self) -> float:
        """Pieces of work a second."""
        return len(self.each) / self.together

    @property
    def p50(self) -> float:
        """Milliseconds that half of them stayed below."""
        return statistics.median(self.each) * 1000

    @property
    def p95(self) -> float:
        """Milliseconds that all but one in twenty stayed below."""
        return statistics.quantiles(self.each, n=20)[-1] * 1000


def at_once(clients: int, items: Sequence[Item], work: Callable[[int, Sequence[Item]], list[float]]) -> Taken:
    """Share items among so many clients; `work(client, items)` gives the seconds that each of its items took."""
    shares = [items[number::clients] for number in range(clients)]
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        each = [taken for times in pool.map(work, range(clients), shares) for taken in times]
    return Taken(each, time.perf_counter() - start)


def say(name: str, value: float, unit: str, *, n: int, versus: str | None = None, ratio: float | None = None) -> None:
    """One result: `ratio` is to what `versus` names, measured in the same run."""
    shown = None if ratio is None else round(ratio, 3)
    line = {"name": name, "value": round(value, 1), "unit": unit, "versus": versus, "ratio": shown, "n": n}
    print(json.dumps(line), flush=True)


def say_taken(name: str, taken: Taken, *, versus: tuple[str, Taken] | None = None) -> None:
    """Rate, p50 and p95, each with its ratio to what it is measured against."""
    beside, other = versus or (None, None)
    for part, unit in (("rate", "1/s"), ("p50", "ms"), ("p95", "ms")):
        value = getattr(taken, part)
        ratio = value / getattr(other, part) if other else None
        say(f"{name}, {part}", value, unit, n=len(taken.each), versus=beside, ratio=ratio)

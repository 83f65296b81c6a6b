"""Final submit over HTTP against the same rows by raw psycopg behind the same web server, in turns.

Run as `python -m benchmarks.submit [how many of each]`. Prints one JSON object a line. The database flushes to disk.
"""

import http.client
import json
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from benchmarks.house import TOKEN, headers, house_under_measurement

CLIENTS, ROUNDS = 8, 6
SUBMIT, RAW = "/refer/{}/check/", "/raw/{}/"


def main(count: int) -> None:
    """Measure and print."""
    with house_under_measurement() as (url, drafts):
        for path in (RAW, SUBMIT):
            press(url, path, drafts(CLIENTS * 4))
        took: dict[str, list[float]] = {RAW: [], SUBMIT: []}
        spent = dict.fromkeys(took, 0.0)
        for _round in range(ROUNDS):
            for path in took:
                ids = drafts(count // ROUNDS)
                start = time.perf_counter()
                took[path] += press(url, path, ids)
                spent[path] += time.perf_counter() - start
    rates = {path: len(took[path]) / spent[path] for path in took}
    ours, raw = rates[SUBMIT], rates[RAW]
    say("final submit", ours, "1/s", "raw psycopg, same web server", round(ours / raw, 3), len(took[SUBMIT]))
    for path, name in ((SUBMIT, "final submit"), (RAW, "raw psycopg")):
        times = took[path]
        say(f"{name} p50", statistics.median(times) * 1000, "ms", "", None, len(times))
        say(
            f"{name} p95 at {CLIENTS} clients", statistics.quantiles(times, n=20)[-1] * 1000, "ms", "", None, len(times)
        )


def say(name: str, value: float, unit: str, versus: str, ratio: float | None, n: int) -> None:
    """One line."""
    print(json.dumps({"name": name, "value": round(value, 1), "unit": unit, "versus": versus, "ratio": ratio, "n": n}))


def press(url: str, path: str, ids: list[UUID]) -> list[float]:
    """Send each draft once, by CLIENTS browsers at a time; seconds each took."""
    sent_along = headers()
    shares = [ids[number::CLIENTS] for number in range(CLIENTS)]

    def client(share: list[UUID]) -> list[float]:
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
        times = []
        for draft in share:
            start = time.perf_counter()
            connection.request("POST", path.format(draft), body=f"csrfmiddlewaretoken={TOKEN}", headers=sent_along)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            assert answer.status == 302, answer.status
            assert "/sent/" in answer.headers["Location"]
        connection.close()
        return times

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [taken for times in pool.map(client, shares) for taken in times]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)

"""Final submit over HTTP against the same rows by raw psycopg behind the same web server, in turns."""

import time
from collections.abc import Sequence

from benchmarks.house import Drafts, Ready, connect, headers
from benchmarks.measuring import Taken, at_once, say_taken

CLIENTS, ROUNDS = (1, 8, 32), 4
SUBMIT, RAW = "/refer/{}/check/", "/raw/{}/"


def measure(url: str, drafts: Drafts, count: int) -> None:
    """`count` of each at 1, 8 and 32 clients. Prints as it goes."""
    for path in (RAW, SUBMIT):
        press(url, path, drafts(64), 8)
    for clients in CLIENTS:
        taken = {RAW: Taken([], 0), SUBMIT: Taken([], 0)}
        for _round in range(ROUNDS):
            for path in taken:
                taken[path] += press(url, path, drafts(count // ROUNDS), clients)
        name = f"{clients} client{'s' if clients > 1 else ''}"
        say_taken(f"final submit, {name}", taken[SUBMIT], versus=("the same rows by raw psycopg", taken[RAW]))


def press(url: str, path: str, drafts: Sequence[Ready], clients: int) -> Taken:
    """Send each draft once, by so many clients at a time."""

    def work(client: int, share: Sequence[Ready]) -> list[float]:
        connection, times = connect(url, client), []
        for draft, browser in share:
            sent_along, body = headers(browser)
            start = time.perf_counter()
            connection.request("POST", path.format(draft), body=body, headers=sent_along)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            assert answer.status == 302, answer.status
            assert "/sent/" in answer.headers["Location"], answer.headers["Location"]
        connection.close()
        return times

    return at_once(clients, drafts, work)

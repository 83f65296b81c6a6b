"""The ledger: appends beside plain inserts, the lag of seals, verifying all of it, one proof, its part of a submit."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from benchmarks.house import Drafts, holder
from benchmarks.measuring import Taken, at_once, say

WRITERS = 32
PLAIN = (
    "CREATE TEMP TABLE IF NOT EXISTS plain (id bigserial PRIMARY KEY, at timestamptz, kind text, verb text, actor uuid,"
    " object_id uuid, said bytea)"
)
PLAIN_ROW = "INSERT INTO plain (at, kind, verb, actor, object_id, said) VALUES (now(), 'viewed', 'look', %s, %s, %s)"
# As long as an access entry's payload is.
SAID = bytes(100)
MANY = """
    WITH made AS (
        INSERT INTO audit_entry (at, kind, verb, actor, object_type, object_id, correlation, address)
        SELECT now(), 'viewed', 'look', gen_random_uuid(), 'referrals.referral', gen_random_uuid(), gen_random_uuid(),
        '192.0.2.1' FROM generate_series(1, %s) RETURNING id, at
    )
    INSERT INTO audit_payload (entry_id, at, key_of, sealed)
    SELECT id, at, '00000000-0000-0000-0000-000000000000', sha256(id::text::bytea) || sha256(at::text::bytea) FROM made
"""


def measure(drafts: Drafts, count: int, entries: int) -> None:
    """Prints as it goes."""
    plain = at_once(WRITERS, range(count * 8), insert_plainly)
    with sealing() as lags:
        kept = at_once(WRITERS, range(count * 8), look)
    beside = f"plain inserts, {WRITERS} writers"
    say(f"entries of the ledger, {WRITERS} writers", kept.rate, "1/s", n=len(kept.each), versus=beside,
        ratio=kept.rate / plain.rate)  # fmt: skip
    say("sealing, longest lag meanwhile", max(lags), "s", n=len(lags))
    share_of_a_submit(drafts(count))
    lengthen(entries)
    whole(entries)


def insert_plainly(_client: int, share: Sequence[int]) -> list[float]:
    """A row of the same size, committed each time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        return [timed(lambda: cursor.execute(PLAIN_ROW, [uuid4(), uuid4(), SAID])) for _ in share]


def look(_client: int, share: Sequence[int]) -> list[float]:
    """An access entry, as every page writes one."""
    from django.utils import timezone

    from audit.access import looked
    from audit.agents import Agent
    from audit.context import recording
    from audit.models import Entry

    with recording(by=Agent.OPERATOR):
        return [
            timed(lambda: looked(kind=Entry.Kind.LISTED, by=Agent.OPERATOR, now=timezone.now(), referrals=[]))
            for _ in share
        ]


@contextmanager
def sealing() -> Iterator[list[float]]:
    """A sealer at work, every two seconds as in life; the seconds for which the oldest entry waited at each pass.

    What was there before is sealed first: no sealer was there for which it could have waited.
    """
    from audit.agents import Agent
    from audit.context import recording

    lags, over = [0.0], Event()
    with recording(by=Agent.SEALER):
        pass_of_the_sealer()

    def work() -> None:
        with recording(by=Agent.SEALER):
            while not over.wait(2):
                lags.append(pass_of_the_sealer())
            lags.append(pass_of_the_sealer())

    thread = Thread(target=work)
    thread.start()
    try:
        yield lags
    finally:
        over.set()
        thread.join()


def pass_of_the_sealer() -> float:
    """Seal all that waits; for how many seconds the oldest of it had waited when it was done."""
    from django.db.models import Min
    from django.utils import timezone

    from audit.actions.seal_entries import seal_entries
    from audit.agents import Agent
    from audit.models import Entry, Leaf

    before = Leaf.objects.count()
    while seal_entries(by=Agent.SEALER, now=timezone.now()):
        pass
    new = Leaf.objects.filter(position__gte=before).values("entry")
    oldest = Entry.objects.filter(pk__in=new).aggregate(oldest=Min("at"))["oldest"]
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def share_of_a_submit(ready: Sequence[Any]) -> None:
    """Which part of a submit's time goes into the ledger: field diffs, sealing payloads, two statements."""
    from django.utils import timezone

    from audit import action, ledger
    from audit.agents import Agent
    from audit.context import recording
    from audit.models import entry, recorded
    from referrals.actions.submit_referral import submit_referral

    spent = [0.0]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[0] += time.perf_counter() - start

        return run

    with (
        patch.object(action, "flush", counted(ledger.flush)),
        patch.object(recorded, "log_created", counted(entry.log_created)),
        recording(by=Agent.REFERRER),
    ):
        each = [
            timed(
                lambda one=one: submit_referral(  # type: ignore[misc]
                    draft_id=one.draft, holder=holder(one.browser), by=Agent.REFERRER, now=timezone.now()
                )
            )
            for one in ready
        ]
    taken = Taken(each, sum(each))
    say("ledger's part of a submit", spent[0] / len(each) * 1000, "ms", n=len(each), versus="the submit, in process",
        ratio=spent[0] / taken.together)  # fmt: skip


def lengthen(entries: int) -> None:
    """Let the ledger be so long, and sealed."""
    from django.db import connection
    from django.utils import timezone

    from audit.actions.seal_entries import seal_entries
    from audit.agents import Agent
    from audit.context import recording
    from audit.models import Leaf

    with connection.cursor() as cursor:
        for _ in range(max(0, entries - Leaf.objects.count()) // 10_000):
            cursor.execute(MANY, [10_000])
    start, before = time.perf_counter(), Leaf.objects.count()
    with recording(by=Agent.SEALER):
        while seal_entries(by=Agent.SEALER, now=timezone.now()):
            pass
    sealed = Leaf.objects.count() - before
    say("sealing, at its fastest", sealed / (time.perf_counter() - start), "1/s", n=sealed)


def whole(entries: int) -> None:
    """Verify all of it, and prove some of it."""
    from audit.models import Leaf
    from audit.sealing.proving import prove
    from audit.sealing.verifying import verify

    start = time.perf_counter()
    report = verify()
    assert report.ok, report.faults[:3]
    say("verifying the ledger", time.perf_counter() - start, "s", n=report.entries)
    step = max(1, report.entries // 100)
    found = Leaf.objects.filter(position__in=range(0, report.entries, step)).values_list("entry", flat=True)
    proofs = Taken([timed(lambda number=number: prove(number)) for number in found], 1)  # type: ignore[misc]
    say("proof of one entry, p95", proofs.p95, "ms", n=len(proofs.each))


def timed(work: Callable[[], Any]) -> float:
    """The seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

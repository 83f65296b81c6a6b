"""Is this one of many that tell the same story within minutes? Then it is held, and a person looks at it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from audit.action import action
from audit.actors import Actor
from audit.copying import insert_rows
from audit.events import Event, happened
from audit.locks import lock_name
from audit.waking import wake
from referrals.likeness import Sketch
from referrals.models import Flood, FloodOutcome, Likeness, Quarantined, ReceivedBy, Referral
from referrals.permissions import check_can_submit

WITHIN = timedelta(minutes=10)
# So many alike pass before the next is held: a class of pupils, each referred with the same words by several teachers.
PASS = 20
# The newest rows that are looked at, and the nearest of them that are compared: what a submission costs is bounded.
NEWEST, NEAREST = 2000, 16
# Of the 64 bits of a summary. Copies with a sixth of their words exchanged differ in 23 or fewer, 99 times in 100.
FAR = 24

# An officer who has signed in types these one by one, and is answerable for each.
BY_STAFF = frozenset({ReceivedBy.TELEPHONE, ReceivedBy.PAPER, ReceivedBy.OWN_WORK})

_NEAREST = """
    SELECT leader, pairs FROM (
        SELECT leader, pairs, seen_at, bit_count((summary # %s)::bit(64)) AS distance
        FROM (SELECT * FROM referrals_likeness WHERE seen_at > %s ORDER BY seen_at DESC LIMIT %s) AS newest
    ) AS measured
    WHERE distance <= %s ORDER BY distance, seen_at LIMIT %s
"""


@action
def judge_likeness(*, referral: Referral, by: Actor, now: datetime) -> bool:
    """Remember what the story looks like, and hold the referral if it comes in a flood. Returns whether it is held.

    One of immediate danger is never held; a flood that it belongs to is recognised all the same.
    Raises Forbidden when `by` may not submit referrals.
    """
    check_can_submit(by)
    if referral.received_by in BY_STAFF:
        return False
    sketch = Sketch.of(referral.answers, referral.form_version)
    leaders = _leaders(sketch, now)
    flood = _flood(leaders, now) if leaders else None
    row = Likeness(
        referral=referral,
        seen_at=now,
        summary=sketch.summary,
        pairs=sketch.to_store(),
        leader=leaders[0] if leaders else referral.pk,
    )
    insert_rows(Likeness, row)
    # What the desk has judged to be honest goes on being so for as long as it keeps coming.
    if flood is None or flood.outcome == FloodOutcome.RELEASED:
        return False
    if referral.immediate:
        flood = Flood.objects.lock(flood.pk)
        flood.changed(immediate=flood.immediate + 1)
        return False
    Quarantined(referral=referral, flood=flood, held_at=now, held_by=by.pk, reason="").save(force_insert=True)
    happened(Event.REFERRAL_HELD, referral, by=by, now=now)
    return True


def _leaders(sketch: Sketch, now: datetime) -> list[UUID]:
    """Who told this story first, in the last minutes: one that leads a flood before any other, then the eldest.

    As a rule one. Several that came at the same moment each lead a row of their own; all that follow join the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [sketch.summary, now - WITHIN, NEWEST, FAR, NEAREST])
        near = cursor.fetchall()
    leaders = {leader for leader, pairs in near if sketch.is_alike(Sketch.stored(bytes(pairs)))}
    if not leaders:
        return []
    flooding = Flood.objects.filter(leader__in=leaders).order_by("started_at").values_list("leader", flat=True)
    eldest = Likeness.objects.filter(pk__in=leaders).order_by("seen_at", "pk").values_list("pk", flat=True)
    return list(dict.fromkeys([*flooding, *eldest, *leaders]))


def _flood(leaders: list[UUID], now: datetime) -> Flood | None:
    """The flood that the first of them leads; recognised here, by one submission at a time, when it is one too many."""
    known: Flood | None = Flood.objects.filter(leader=leaders[0]).first()
    if known is not None:
        return known
    # Only those alike wait for each other: nobody who tells a story of their own ever comes here.
    lock_name(f"flood:{leaders[0]}")
    known = Flood.objects.filter(leader=leaders[0]).first()
    if known is not None:
        return known
    alike = Likeness.objects.filter(leader__in=leaders, seen_at__gt=now - WITHIN).order_by("seen_at", "pk")
    before = list(alike.values_list("pk", "seen_at")[: 2 * PASS])
    if len(before) < PASS:
        return None
    flood = Flood(
        leader=leaders[0], started_at=before[0][1], sent_on=[str(pk) for pk, _seen in before], remind_due=now, reason=""
    )
    flood.save(force_insert=True)
    wake("referrals.tasks.sweep_quarantine")
    return flood

"""How long the one box needs, with many persons present: scoped as a page is, beside what matching needs unscoped.

`python manage.py shell < benchmarks/search.py`; PERSONS=1000000 takes some minutes. People who do not exist, in a
database of its own. One authority has 3 in 1,000 of the referrals, one police region an eleventh.
"""

import json
import os
import time
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from benchmarks.matching.house import database_of_persons, described_as
from benchmarks.matching.imagining import Told, crowd, pairs
from people.matching.keys import codes_of
from people.matching.searching import find_rows
from referrals.searching.finding import find
from referrals.searching.typed import parse
from tests.database import address
from tests.making import officer_of, reread

PERSONS = int(os.environ.get("PERSONS", "100000"))
ASKED = int(os.environ.get("ASKED", "30"))
_REFERRALS = """
INSERT INTO referrals_referral (id, reference, person_id, draft_id, form_version, language, received_by, submitted_at,
    submitted_by, immediate, nation, routed_how, flagged, answers, contact_code_hash)
SELECT gen_random_uuid(), lpad(to_hex(row_number() OVER ()), 9, '0'), id, gen_random_uuid(), '1', 'en', 'form',
    now() - random() * interval '6 years', gen_random_uuid(), false, '', 'postcode', false, '\\x00', ''
FROM people_person
"""
_DISPATCHES = """
INSERT INTO referrals_dispatch (id, referral_id, agency_id, state, immediate, flagged, sent_at, sent_by, alerts_sent,
    reminded)
SELECT gen_random_uuid(), id,
    CASE WHEN hashtext(id::text) %% 1000 BETWEEN 0 AND %s - 1 THEN %s::uuid ELSE %s::uuid END,
    'sent', false, false, submitted_at, submitted_by, 0, 0
FROM referrals_referral
"""


def refer(owner: psycopg.Connection, shares: list[tuple[UUID, int, UUID]]) -> None:
    """A referral of every person, sent to an authority and to the police: which has how many in 1,000, who the rest."""
    for table in ("referrals_referral", "referrals_dispatch"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(_REFERRALS)
    for agency, share, others in shares:
        owner.execute(_DISPATCHES, [share, agency, others])
    owner.execute("VACUUM ANALYZE referrals_referral")
    owner.execute("VACUUM ANALYZE referrals_dispatch")
    owner.execute("VACUUM ANALYZE people_person")


def typed_by(rng: Random, told: Told) -> str:
    """What somebody types who looks for a person."""
    born = f"{told.born:%d/%m/%Y}" if told.born else ""
    whole = f"{told.given} {told.family}"
    return rng.choice([whole, told.family, told.given, f"{told.family} {born}", born or whole, told.postcode or whole])


def p95(asked: list[Any], ask: Callable[[Any], Any]) -> dict[str, float]:
    """Milliseconds: of half of them, of all but one in twenty, and the longest."""
    took = []
    for each in asked:
        began = time.perf_counter()
        ask(each)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    places = {"p50": len(took) // 2, "p95": int(len(took) * 0.95), "longest": -1}
    return {name: round(took[place], 1) for name, place in places.items()}


def tell(**line: Any) -> None:
    """Print a line."""
    print(json.dumps({"persons": PERSONS, **line}), flush=True)


def _owner() -> str:
    return address(os.environ["MIGRATION_DATABASE_URL"], connection.settings_dict["NAME"])


def measure() -> None:
    """Print a line for each reader and one for matching."""
    with database_of_persons(crowd(3, PERSONS)):
        area, other_area = (Agency.objects.get(code=code) for code in ("E08000038", "E08000032"))
        region, other_region = Agency.objects.filter(kind="police").order_by("code")[:2]
        with recording(by=Agent.OPERATOR):
            readers = {"authority": officer_of(area), "region": officer_of(region)}
        with psycopg.connect(_owner(), autocommit=True) as owner:
            refer(owner, [(area.pk, 3, other_area.pk), (region.pk, 91, other_region.pk)])
        rng = Random(5)
        told = [again for _origin, _first, again in pairs(7, 1, ASKED)]
        typed = [parse(typed_by(rng, each), today=timezone.localdate()) for each in told]
        described = [described_as(each) for each in told]
        for name, user in readers.items():
            with recording(by=user):
                reader = reread(user)
                line = p95(typed, partial(find, reader))
                found = sum(bool(find(reader, each).found) for each in typed)
            tell(scoped=name, n=len(typed), found=found, **line)
        line = p95(described, lambda each: find_rows(each, codes_of(each.words)))
        tell(unscoped="find_rows", n=len(described), **line)


measure()

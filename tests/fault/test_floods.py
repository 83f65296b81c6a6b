"""A school and a script at the same real web server; the broker dead meanwhile."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from referrals.actions.alarm_national_desk import APART
from referrals.actions.judge_likeness import PASS
from referrals.models import Dispatch, Flood, Likeness, Quarantined, Referral
from tests.audit.acts import within
from tests.fault.visitor import Visitor
from tests.making import with_mailboxes
from tests.processes import House, until
from tests.referrals.writing import from_template, many, scripted

pytestmark = pytest.mark.fault
AT_ONCE = 6


@pytest.fixture
def quiet(house: House) -> House:
    """The house, with nothing to compare with, and a desk that can be told at once: the last flood was long ago."""
    Likeness.objects.all().delete()
    with recording(by=Agent.OPERATOR):
        for flood in Flood.objects.exclude(alarmed=None):
            assert flood.alarmed
            long_ago = flood.alarmed - APART
            within(do=partial(flood.changed, alarmed=long_ago), by=Agent.OPERATOR, now=timezone.now())
        with_mailboxes(Agency.objects.get(code="national-police-desk"))
    return house


def send(house: House, answers: dict[str, Any]) -> str:
    visitor = Visitor(house.url)
    visitor.write({"complex_needs": "", **answers})
    return visitor.send()


def send_all(house: House, each: Iterable[dict[str, Any]]) -> list[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda answers: send(house, answers), each))


def send_within_an_hour(house: House, each: Iterable[dict[str, Any]]) -> list[str]:
    """Send these in six parts, and let ten minutes pass after each, as far as likeness is concerned."""
    every, references = list(each), []
    for part in range(6):
        references += send_all(house, every[part::6])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE referrals_likeness SET seen_at = seen_at - interval '10 minutes'")
    return references


def dispatched(references: Iterable[str]) -> int:
    return Dispatch.objects.filter(referral__reference__in=references).count()


@pytest.mark.parametrize(
    ("honest", "copies"), [(15, 45), pytest.param(300, 700, marks=pytest.mark.full)], ids=["few", "all"]
)
def test_a_school_passes_and_a_script_is_held_with_one_notice(quiet, honest, copies):
    notices = Notice.objects.filter(kind=NoticeKind.QUARANTINE)
    before = notices.count()
    references = send_within_an_hour(quiet, many(from_template, honest))
    assert len(set(references)) == honest and dispatched(references) == 2 * honest
    references = send_all(quiet, many(scripted, copies))
    assert len(set(references)) == copies
    held = Quarantined.objects.filter(referral__reference__in=references)
    # Those that arrive before any other has been stored cannot know of each other.
    assert copies - PASS - AT_ONCE <= held.count() <= copies - PASS
    assert dispatched(references) == 2 * (copies - held.count())
    assert held.values("flood").distinct().count() == 1
    until(lambda: notices.filter(done__isnull=False).count() > before, "the desk is told", within=30)
    assert notices.count() == before + 1
    assert not Notice.objects.filter(about__in=held.values("referral_id")).exists(), "no e-mail for what is held"


def test_while_the_broker_is_dead_everything_honest_passes_and_a_flood_is_held_all_the_same(quiet):
    quiet.broker.kill()
    honest = send_all(quiet, many(from_template, 12, seed=21))
    assert dispatched(honest) == 24
    copies = send_all(quiet, many(scripted, PASS + 8, seed=21))
    assert 8 - AT_ONCE <= Quarantined.objects.filter(referral__reference__in=copies).count() <= 8
    urgent = send(quiet, {**next(many(scripted, 1, seed=22)), "danger": "yes"})
    assert dispatched([urgent]) == 2 and not Quarantined.objects.filter(referral__reference=urgent).exists()
    quiet.broker.back()
    flood = Flood.objects.filter(held__referral__reference__in=copies).distinct().get()
    until(lambda: Flood.objects.get(pk=flood.pk).alarmed, "the desk is told once the broker is back", within=40)
    assert Referral.objects.filter(reference__in=[*honest, *copies, urgent]).count() == 12 + PASS + 8 + 1

"""Send is pressed again and again, in several workers at once: one referral comes of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from agencies.models import Notice
from audit.events import Event
from audit.models import Entry, EventRecord
from people.models import Person
from referrals.models import Dispatch, Referral
from tests.fault.visitor import Visitor
from tests.making import TEACHER
from tests.processes import until

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("times", [100, pytest.param(1000, marks=pytest.mark.full)])
def test_one_draft_sent_over_and_over_in_parallel_makes_one_referral_with_one_reference(house, times):
    first = Visitor(house.url)
    check = first.write(TEACHER)
    submitted = EventRecord.objects.filter(kind=Event.REFERRAL_SUBMITTED)
    rows: tuple[Any, ...] = (Referral.objects, Person.objects, Dispatch.objects, submitted)
    before = [each.count() for each in rows]

    def press(_number: int) -> str:
        again = first.twin()
        again.get(check)
        return again.send() if again.path == check else again.reference()

    def press_the_same_page(_number: int) -> str:
        again = first.twin()
        return again.send()

    with ThreadPoolExecutor(16) as pool:
        references = [*pool.map(press_the_same_page, range(times // 2)), *pool.map(press, range(times // 2))]
    (reference,) = set(references)
    assert len(references) == times
    assert [each.count() - count for each, count in zip(rows, before, strict=True)] == [1, 1, 2, 1]
    referral = Referral.objects.get(reference=reference)
    assert Entry.objects.filter(object_id=referral.pk, kind=Entry.Kind.CREATED).count() == 1
    until(lambda: house.told(reference), "all mail is out")
    assert (
        Notice.objects.filter(about__in=[referral.pk, *referral.dispatches.values_list("pk", flat=True)]).count() == 3
    )
    assert len(house.mails(reference)) == 3

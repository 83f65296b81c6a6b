"""Contact is authorised where it is cleared, suspended when clearance ends, cancelled with a reason."""

from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from people.actions.end_clearance import end_clearance
from people.models import ContactTo, PlannedContact, Readers, Urgency
from people.planned import suspended_by_agencies_of
from people.urgent import Urgent
from referrals.actions.detach_referral import detach_referral
from tests.audit.acts import within
from tests.making import analyst_of, cleared, dispatch_to_police
from tests.people.pairs import AXEL, MISSPELT, found, officer_at
from tests.people.planning import PURPOSE, URGENT, planned
from tests.people.test_clearance import ended, same_person
from tests.people.writing import person_now, rang, struck

pytestmark = pytest.mark.usefixtures("db", "on_record")
DAY = timedelta(days=1)


def fresh(row):
    return PlannedContact.objects.get(pk=row.pk)


@pytest.mark.parametrize("with_whom", ContactTo)
@pytest.mark.parametrize("who", ["lead", "officer"])
def test_it_is_authorised_where_contact_is_cleared_and_not_before(referral, request, who, with_whom):
    by = request.getfixturevalue(who)
    with pytest.raises(NotNow, match="have not cleared"):
        planned(referral.person_id, by, with_whom=with_whom)
    cleared(referral)
    row = fresh(planned(referral.person_id, by, with_whom=with_whom))
    assert (row.purpose, row.maker, row.with_whom, row.is_suspended) == (PURPOSE, by.name, with_whom, False)
    assert not Urgency.objects.exists()


def test_clearance_that_has_lapsed_authorises_nothing(referral, lead):
    cleared(referral, review_on=timezone.localdate() - DAY)
    with pytest.raises(NotNow):
        planned(referral.person_id, lead)


def test_it_is_authorised_about_nobody_on_a_record_with_somebody_who_is_not_cleared():
    one, other = found(AXEL), found(MISSPELT)
    cleared(one)
    same_person(one, other)
    with pytest.raises(NotNow):
        planned(one.person_id, officer_at(one))


def test_who_does_not_work_the_person_authorises_nothing(referral, stranger):
    cleared(referral)
    for by in (stranger, analyst_of(dispatch_to_police(referral).agency)):
        with pytest.raises(Forbidden):
            planned(referral.person_id, by)
        with pytest.raises(Forbidden):
            planned(referral.person_id, by, urgent=URGENT)


@pytest.mark.parametrize("left_out", ["purpose", "maker"])
def test_it_says_what_for_and_who_makes_it(referral, lead, left_out):
    cleared(referral)
    with pytest.raises(NotNow):
        planned(referral.person_id, lead, **{left_out: " "})


@pytest.mark.parametrize(("days", "ahead"), [(-1, False), (0, True), (1, True), (365, True), (366, False)])
def test_it_is_still_to_come_and_within_a_year(referral, lead, days, ahead):
    cleared(referral)
    day = timezone.localdate() + timedelta(days=days)
    if ahead:
        assert planned(referral.person_id, lead, day=day).day == day
    else:
        with pytest.raises(NotNow):
            planned(referral.person_id, lead, day=day)


def test_a_time_of_today_that_has_passed_is_no_plan(referral, lead):
    cleared(referral)
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    with pytest.raises(NotNow, match="still to come"):
        planned(referral.person_id, lead, day=timezone.localdate(now), clock=time(11, 0), now=now)


def test_when_clearance_ends_what_is_to_come_is_suspended_and_nothing_else_is(referral, lead, officer):
    cleared(referral)
    ahead, cancelled = planned(referral.person_id, lead), planned(referral.person_id, officer)
    struck(cancelled, officer, reason="The mother rang us.")
    was = planned(referral.person_id, lead)
    within(do=partial(was.changed, day=timezone.localdate() - DAY), by=Agent.OPERATOR, now=timezone.now())
    ended(referral, by=officer)
    assert (fresh(ahead).suspended_by, fresh(ahead).is_struck) == (officer.pk, False)
    assert not any(fresh(row).is_suspended for row in (cancelled, was))
    assert list(suspended_by_agencies_of(lead, now=timezone.now())) == [ahead]
    assert not suspended_by_agencies_of(officer, now=timezone.now())


def test_what_is_cleared_anew_lifts_no_suspension_it_may_be_cleared_otherwise(referral, lead):
    cleared(referral)
    row = planned(referral.person_id, lead)
    cleared(referral, with_conditions=True)
    assert fresh(row).is_suspended
    at = fresh(row).suspended_at
    ended(referral)
    assert fresh(row).suspended_at == at
    cleared(referral)
    struck(row, lead, reason="Authorised anew.")
    assert not suspended_by_agencies_of(lead, now=timezone.now())
    assert not planned(referral.person_id, lead).is_suspended


def test_the_end_of_one_clearance_suspends_contact_about_everybody_on_the_record():
    one, other = found(AXEL), found(MISSPELT)
    for each in (one, other):
        cleared(each)
    same_person(one, other)
    row = planned(one.person_id, officer_at(one))
    ended(other)
    assert fresh(row).is_suspended


def test_whoever_plans_while_clearance_ends_waits_and_is_refused(referral, lead, officer):
    """By the same lock: see `people.actions.end_clearance`."""
    cleared(referral)
    end_clearance(person_id=referral.person_id, by=officer, now=timezone.now())
    with pytest.raises(NotNow):
        planned(referral.person_id, lead)
    assert rang(referral.person_id, lead).reached, "what was is recorded always"


def test_urgent_safeguarding_proceeds_says_why_and_waits_for_no_clearance(referral, lead):
    row = planned(referral.person_id, lead, urgent=URGENT)
    urgency = Urgency.objects.get()
    assert (urgency.planned, urgency.person, urgency.done_by) == (row, referral.person, lead)
    assert (urgency.need, urgency.at_risk, urgency.consulted) == (URGENT.need, URGENT.at_risk, URGENT.consulted)
    ended(referral)
    assert not fresh(row).is_suspended


@pytest.mark.parametrize("left_out", ["need", "at_risk", "consulted"])
def test_without_saying_why_who_and_whom_nothing_proceeds(referral, lead, left_out):
    with pytest.raises(NotNow, match="Say why it cannot wait"):
        planned(referral.person_id, lead, urgent=Urgent(**{**vars(URGENT), left_out: "\u200b"}))
    assert not PlannedContact.objects.exists()


def test_where_contact_is_cleared_nothing_is_urgent(referral, lead):
    cleared(referral)
    planned(referral.person_id, lead, urgent=URGENT)
    assert not Urgency.objects.exists()


def test_the_database_keeps_what_an_urgency_must_say(referral, lead):
    row = planned(referral.person_id, lead, urgent=URGENT).urgency
    for wrong in ({"need": ""}, {"consulted": ""}, {"planned": None}, {"seen_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            within(do=partial(Urgency.objects.get(pk=row.pk).changed, **wrong), by=Agent.OPERATOR, now=timezone.now())


def test_it_goes_over_with_its_urgency_to_whom_the_referral_is_about(referral, lead, officer):
    row = planned(referral.person_id, lead, urgent=URGENT, readers=Readers.RECIPIENTS)
    wrong = referral.person_id
    detach_referral(
        dispatch_id=dispatch_to_police(referral).pk, wrong_id=wrong,
        right={"given_names": "Somebody", "adult_or_child": "child"}, reason="Another pupil.", by=officer,
        now=timezone.now(),
    )  # fmt: skip
    right = person_now(referral)
    assert right != wrong
    assert (fresh(row).person_id, fresh(row).purpose) == (right, PURPOSE)
    assert (Urgency.objects.get().person_id, Urgency.objects.get().need) == (right, URGENT.need)

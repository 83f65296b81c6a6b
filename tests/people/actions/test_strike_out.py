"""What is wrong is struck out, and stays to be seen so."""

from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from agencies.models import Agency
from agencies.roles import RoleName
from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden, NotNow
from people.models import PersonName, SearchRow
from referrals.actions.accept_offer import accept_offer
from referrals.actions.make_offer import make_offer
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import dispatch_to_authority, has_too, officer_of, reread, submitted
from tests.people.writing import KINDS, NOW, WHY, named, struck

EACH = pytest.mark.parametrize("write", KINDS)


@EACH
def test_it_says_why_who_and_when_and_its_words_stay(referral, lead, write):
    row = write(referral.person_id, lead)
    struck(row, lead)
    again = type(row).objects.get(pk=row.pk)
    assert (again.struck_reason, again.struck_by, again.struck_at, again.is_struck) == (WHY, lead, NOW, True)
    for field in type(row).Privacy.personal:
        if field != "struck_reason":
            assert getattr(again, field) == getattr(row, field)


@EACH
def test_once_and_with_a_reason(referral, lead, write):
    row = write(referral.person_id, lead)
    with pytest.raises(NotNow, match="reason"):
        struck(row, lead, reason=" ")
    struck(row, lead)
    with pytest.raises(NotNow, match="Morwenna Oduya"):
        struck(row, lead)


@EACH
def test_by_an_officer_of_the_agency_that_wrote_it(referral, lead, officer, stranger, write):
    row = write(referral.person_id, lead, readers="recipients")
    both = officer_of(officer.agencies[0])
    has_too(both, RoleName.ALLEGATIONS_OFFICER, Agency.objects.get(code="restricted-authority-desk"))
    for by in (officer, stranger, reread(both)):
        with pytest.raises(Forbidden):
            struck(row, by)
    colleague = officer_of(lead.agencies[0])
    assert struck(row, colleague).struck_by == colleague


@EACH
def test_after_the_referral_was_accepted_elsewhere_by_who_has_it_since(referral, lead, stranger, write):
    row = write(referral.person_id, lead)
    dispatch = dispatch_to_authority(referral)
    offer = make_offer(dispatch_id=dispatch.pk, to_id=stranger.agencies[0].pk, reason="Moved.", by=lead, now=NOW)
    with pytest.raises(Forbidden):
        struck(row, stranger)
    accept_offer(offer_id=offer.pk, by=stranger, now=NOW)
    with pytest.raises(Forbidden):
        struck(row, lead)
    assert struck(row, stranger).is_struck


def test_nobody_is_found_by_a_name_that_is_struck_out(referral, lead):
    row = named(referral.person_id, lead, name="Zebedee")
    named(referral.person_id, lead, name="Caradog")
    struck(row, lead)
    assert SearchRow.objects.get(person=referral.person_id).other == "caradog"


def test_what_is_not_there_cannot_be_struck_out(referral, lead):
    row = named(referral.person_id, lead)
    row.pk = uuid4()
    with pytest.raises(ObjectDoesNotExist):
        struck(row, lead)


def test_the_database_holds_who_when_and_why_together(referral, lead):
    row = named(referral.person_id, lead)
    for half in ({"struck_at": NOW}, {"struck_by": lead}, {"struck_at": NOW, "struck_by": lead, "struck_reason": ""}):
        again = PersonName.objects.get(pk=row.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            within(do=partial(again.changed, **half), by=lead, now=NOW)


def test_struck_out_by_many_at_once_it_says_one_reason(own_database):
    with recording(by=Agent.OPERATOR):
        referral = submitted()
        officers = [officer_of(dispatch_to_authority(referral).agency) for _ in range(8)]
        row = named(referral.person_id, officers[0])

    def strike(by):
        with recording(by=by):
            return struck(row, by, reason=f"Because {by.pk}.")

    results = at_once(*(lambda by=by: strike(by) for by in officers))
    assert sorted(type(each).__name__ for each in results) == ["NotNow"] * 7 + ["PersonName"], results
    again = PersonName.objects.get(pk=row.pk)
    with recording(by=Agent.OPERATOR):
        assert again.struck_reason == f"Because {again.struck_by_id}."

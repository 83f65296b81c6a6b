"""Who stands near a person."""

import pytest
from django.db import IntegrityError, transaction

from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden, NotNow
from people.models import Person, Relationship
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.people.writing import NOW, related


def test_they_are_known_by_name_and_how_they_are_reached(referral, lead):
    row = Relationship.objects.get(pk=related(referral.person_id, lead).pk)
    assert (row.name, row.reach, row.other) == ("Halina Ó Briain", "01632 960001", None)


def test_they_may_be_another_person_whom_the_writer_may_read(referral, lead):
    sister = submitted({**TEACHER, "given_names": "Halina"})
    row = related(referral.person_id, lead, other_id=sister.person_id)
    assert Relationship.objects.get(pk=row.pk).other_id == sister.person_id


def test_nobody_points_at_somebody_whom_they_may_not_read(referral, lead):
    far = submitted({**TEACHER, "postcode": "BD1 1HX"})
    with pytest.raises(Forbidden):
        related(referral.person_id, lead, other_id=far.person_id)
    with pytest.raises(Person.DoesNotExist):
        related(referral.person_id, lead, other_id=lead.pk)
    assert not Relationship.objects.exists()


def test_nobody_stands_near_themselves_and_somebody_has_a_name(referral, lead):
    with pytest.raises(NotNow, match="same person"):
        related(referral.person_id, lead, other_id=referral.person_id)
    with pytest.raises(NotNow, match="Say what"):
        related(referral.person_id, lead, name="")
    row = related(referral.person_id, lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: row.changed(other_id=row.person_id), by=lead, now=NOW)


def test_only_who_works_the_person_for_the_agency_writes_one(referral, lead, officer, stranger):
    for by, agency in ((stranger, None), (lead, officer.agencies[0])):
        with pytest.raises(Forbidden):
            related(referral.person_id, by, agency=agency)


def test_two_who_point_at_each_other_at_once_do_not_wait_for_ever(own_database):
    with recording(by=Agent.OPERATOR):
        one, other = submitted(), submitted({**TEACHER, "given_names": "Halina"})
        officers = [officer_of(dispatch_to_authority(one).agency) for _ in range(8)]

    def point(by, here, there):
        with recording(by=by):
            return related(here.person_id, by, other_id=there.person_id)

    works = [
        lambda by=by, turn=turn: point(by, *((one, other) if turn % 2 else (other, one)))
        for turn, by in enumerate(officers)
    ]
    results = at_once(*works)
    assert all(isinstance(each, Relationship) for each in results), results

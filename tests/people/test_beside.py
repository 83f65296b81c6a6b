"""What is written beside persons, as each reader may see it."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AgencyKind
from agencies.permissions import Permission
from audit.context import recording
from people.beside import WRITTEN, beside_persons, row_to_strike_out, written_with_id
from people.keeping import agencies_worked, agencies_working, voices_for, voices_of
from people.models import Readers
from referrals.actions.accept_offer import accept_offer
from referrals.actions.make_offer import make_offer
from referrals.actions.release_restriction import release_restriction
from referrals.actions.restrict_record import restrict_record
from referrals.models.dispatch import STANDING
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.people.writing import KINDS, NOW, housed, rang, related, struck
from tests.referrals.at_the_desk import ABOUT_POLICE, POLICE, officer_at
from tests.referrals.opening import broken, privacy_officer, reviewer, shared, supervisor

WRITE = Permission.RECORD_WRITE
EACH = pytest.mark.parametrize("write", KINDS)


def read(reader, *referrals):
    return {row.pk for row in beside_persons(reader, [each.person_id for each in referrals]).rows()}


@EACH
def test_what_is_for_the_agency_only_its_officers_read(referral, lead, officer, stranger, write):
    own, everybodys = write(referral.person_id, lead), write(referral.person_id, lead, readers=Readers.RECIPIENTS)
    colleague = officer_of(lead.agencies[0])
    assert read(lead, referral) == read(colleague, referral) == {own.pk, everybodys.pk}
    assert read(officer, referral) == {everybodys.pk}
    assert read(stranger, referral) == set()


@EACH
def test_what_is_struck_out_is_read_by_the_same(referral, lead, officer, write):
    row = struck(write(referral.person_id, lead), lead)
    assert read(lead, referral) == {row.pk}
    assert read(officer, referral) == set()


@EACH
def test_to_whom_the_referral_is_opened_reads_what_is_for_all_who_have_it(referral, lead, officer, stranger, write):
    dispatch = dispatch_to_police(referral)
    write(referral.person_id, lead)
    everybodys = write(referral.person_id, lead, readers=Readers.RECIPIENTS)
    for reader in (stranger, reviewer()):
        assert read(reader, referral) == set()
    shared(dispatch, stranger, by=officer)
    privacy_officer(lead.agencies[0].code)
    broken(referral, by=(neighbour := officer_of(stranger.agencies[0])))
    for reader in (stranger, neighbour):
        assert read(reader, referral) == {everybodys.pk}


@EACH
def test_with_the_responsibility_for_a_referral_it_goes_over(referral, lead, officer, stranger, write):
    own = write(referral.person_id, lead)
    polices = write(referral.person_id, officer)
    dispatch = dispatch_to_authority(referral)
    offer = make_offer(dispatch_id=dispatch.pk, to_id=stranger.agencies[0].pk, reason="Moved.", by=lead, now=NOW)
    everybodys = write(referral.person_id, lead, readers=Readers.RECIPIENTS)
    assert read(stranger, referral) == set(), "whom it is only offered to reads nothing of the person"
    accept_offer(offer_id=offer.pk, by=stranger, now=NOW)
    assert read(stranger, referral) == {own.pk, everybodys.pk}
    assert read(lead, referral) == set()
    assert read(officer, referral) == {polices.pk, everybodys.pk}


@EACH
@pytest.mark.usefixtures("db", "on_record")
def test_what_a_restricted_desk_wrote_stays_with_the_restricted_desks(write):
    referral, desk = submitted(ABOUT_POLICE), officer_at(POLICE)
    rows = {write(referral.person_id, desk, readers=each).pk for each in Readers}
    release_restriction(referral_id=referral.pk, reason="Another of that name.", by=desk, now=NOW)
    officer = officer_of(referral.dispatches.filter(STANDING).get(agency__kind=AgencyKind.POLICE).agency)
    mine = write(referral.person_id, officer)
    assert read(officer, referral) == {mine.pk}
    assert read(desk, referral) <= rows


@EACH
def test_of_what_is_kept_to_named_people_nothing_is_read(referral, lead, officer, write):
    row = write(referral.person_id, lead, readers=Readers.RECIPIENTS)
    boss = supervisor(officer.agencies[0].code)
    police = dispatch_to_police(referral)
    restrict_record(dispatch_id=police.pk, named=[lead.pk, boss.pk], reason="They know each other.", by=boss, now=NOW)
    assert read(lead, referral) == {row.pk}
    assert read(officer, referral) == set()
    with pytest.raises(ObjectDoesNotExist):
        row_to_strike_out(officer, row.pk)


def test_the_other_person_is_known_only_to_who_may_read_them(referral, lead, officer):
    sister = submitted({**TEACHER, "given_names": "Halina"})
    related(referral.person_id, lead, other_id=sister.person_id, readers=Readers.RECIPIENTS)
    related(referral.person_id, lead)
    boss = supervisor(officer.agencies[0].code)
    colleague = officer_of(officer.agencies[0])

    def known(reader):
        return {row.other_id: row.other_known for row in beside_persons(reader, [referral.person_id]).relationships}

    assert known(lead) == {sister.person_id: True, None: False}
    police = dispatch_to_police(sister)
    restrict_record(
        dispatch_id=police.pk, named=[lead.pk, officer.pk], reason="They know each other.", by=boss, now=NOW
    )
    assert known(officer) == {sister.person_id: True}
    assert known(colleague) == {sister.person_id: False}


def test_addresses_stand_from_the_latest_and_contacts_too(referral, lead):
    days = [(None, None), (date(2024, 5, 1), None), (date(2022, 1, 1), date(2024, 5, 1)), (None, date(2020, 1, 1))]
    for since, until in sorted(days, key=str, reverse=True):
        housed(referral.person_id, lead, since=since, until=until)
    when = [(date(2026, 3, day), clock) for day, clock in ((3, time(9)), (3, None), (2, time(10)), (1, None))]
    for day, clock in reversed(when):
        rang(referral.person_id, lead, day=day, clock=clock)
    found = beside_persons(lead, [referral.person_id])
    assert [(row.since, row.until) for row in found.addresses] == [days[1], days[0], *days[2:]]
    assert [(row.day, row.clock) for row in found.contacts] == when


def test_the_queries_are_as_many_for_several_persons_as_for_one(referral, lead):
    others = [submitted({**TEACHER, "given_names": name}) for name in ("Halina", "Bronwen", "Aled")]
    for each in (referral, *others):
        for write in KINDS:
            write(each.person_id, lead)
        related(each.person_id, lead, other_id=(others[0] if each == referral else referral).person_id)

    def counted(*referrals):
        with (
            recording(by=lead),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            found = beside_persons(lead, [each.person_id for each in referrals])
            assert all(row.agency.name and row.written_by.name for row in found.rows())
            assert all(each.name for each in found.names)
        return len(found.rows()), len(asked)

    one, several = counted(referral), counted(referral, *others)
    assert several == (4 * one[0], one[1])
    assert one[1] <= 11


def test_of_nobody_nothing_is_asked(lead):
    with CaptureQueriesContext(connection) as asked:
        assert beside_persons(lead, []).rows() == []
        assert voices_of(lead, []) == agencies_worked(lead, [], WRITE) == {}
    assert len(asked) == 0


@EACH
def test_a_row_is_found_by_its_id_alone(referral, lead, write):
    row = write(referral.person_id, lead)
    assert written_with_id(row.pk) == (type(row), referral.person_id, lead.agencies[0].pk)
    with pytest.raises(ObjectDoesNotExist):
        written_with_id(uuid4())
    assert {*WRITTEN} == {type(each(referral.person_id, lead)) for each in KINDS}


@EACH
def test_one_that_is_absent_and_one_that_is_not_theirs_look_the_same(referral, lead, officer, stranger, write):
    row = write(referral.person_id, lead, readers=Readers.RECIPIENTS)
    assert row_to_strike_out(lead, row.pk) == row

    def asked(reader, pk):
        with CaptureQueriesContext(connection) as queries, pytest.raises(ObjectDoesNotExist):
            row_to_strike_out(reader, pk)
        return [each["sql"].replace(str(pk), "").replace(pk.hex, "") for each in queries]

    for reader in (stranger, officer):
        assert reader.agencies, "which are asked for once"
        assert len(asked(reader, row.pk)) == len(asked(reader, uuid4()))


def test_what_is_asked_of_many_persons_is_what_is_asked_of_each(referral, lead, officer, stranger):
    other = submitted({**TEACHER, "postcode": "BD1 1HX"})
    persons = [referral.person_id, other.person_id]
    for reader in (lead, officer, stranger):
        working = {pk: found for pk in persons if (found := agencies_working(reader, pk, WRITE))}
        assert agencies_worked(reader, persons, WRITE) == working
        voices = {pk: found for pk in persons if (found := voices_for(reader, pk))}
        assert voices_of(reader, persons) == voices

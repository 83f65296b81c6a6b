"""Whether somebody was told, or why not; and where somebody is who is away."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.refusals import Forbidden, NotNow
from people.beside import beside_persons
from people.models import AwayKind, NoticeFor, NoticeLanguage, NotTold, Readers, Telling, ToldWhom, Whereabouts
from people.models.telling import NOTICE_VERSION
from tests.people.writing import NOW, away, not_told, rang, struck, told


def test_that_they_were_told_is_recorded_whatever_has_been_cleared(referral, lead):
    row = told(referral.person_id, lead, notices=[NoticeFor.CARER, NoticeFor.CHILD], whom=ToldWhom.BOTH)
    stored = Telling.objects.get(pk=row.pk)
    assert (stored.told, stored.whom, stored.day, stored.teller) == (True, "both", date(2026, 3, 3), lead.name)
    assert (stored.notices, stored.language, stored.version) == (["carer", "child"], "cy", NOTICE_VERSION)
    assert stored.notices_shown == ["A parent or carer", "A child under 13"]
    assert not stored.is_due(date(2099, 1, 1))


def test_they_may_be_told_without_a_notice(referral, lead):
    row = Telling.objects.get(pk=told(referral.person_id, lead, notices=[], language=NoticeLanguage.WELSH).pk)
    assert (row.notices, row.language, row.version) == ([], "", "")
    assert told(referral.person_id, lead, language=None).language == NoticeLanguage.ENGLISH


def test_what_is_to_come_is_not_recorded_and_somebody_has_told_them(referral, lead):
    with pytest.raises(NotNow, match="not been made yet"):
        told(referral.person_id, lead, day=NOW.date() + timedelta(days=1))
    with pytest.raises(NotNow, match="Say what"):
        told(referral.person_id, lead, teller=" ")


@pytest.mark.parametrize("why_not", NotTold)
def test_why_they_were_not_told_has_a_code_words_and_a_review_date(referral, lead, why_not):
    row = Telling.objects.get(pk=not_told(referral.person_id, lead, why_not=why_not).pk)
    assert (row.told, row.why_not, row.words, row.whom) == (False, why_not, "We wait for the panel.", "")
    assert not row.is_due(date(2026, 3, 31)) and row.is_due(date(2026, 4, 1))


@pytest.mark.parametrize("missing", [{"words": "​"}, {"review_on": NOW.date()}, {"review_on": date(2027, 3, 5)}])
def test_without_words_or_a_day_within_a_year_it_is_refused(referral, lead, missing: dict[str, Any]):
    with pytest.raises(NotNow):
        not_told(referral.person_id, lead, **missing)
    assert not Telling.objects.exists()


def test_that_telling_would_harm_an_investigation_stays_with_the_agency_that_writes_it(referral, lead):
    said: dict[str, Any] = {"why_not": NotTold.PREJUDICE}
    with pytest.raises(NotNow, match="tell the other agency of an investigation"):
        not_told(referral.person_id, lead, readers=Readers.RECIPIENTS, **said)
    assert not_told(referral.person_id, lead, readers=Readers.AGENCY, **said).pk


def test_the_latest_that_stands_counts(referral, lead):
    not_told(referral.person_id, lead)
    row = told(referral.person_id, lead, now=NOW + timedelta(days=1))
    found = beside_persons(lead, [referral.person_id])
    assert found.told == row and len(found.tellings) == 2
    struck(row, lead)
    found = beside_persons(lead, [referral.person_id])
    assert found.told and not found.told.told
    assert beside_persons(lead, []).told is None


@pytest.mark.parametrize("kind", [AwayKind.CUSTODY, AwayKind.ABROAD, AwayKind.LOOKED_AFTER])
def test_somebody_is_away_until_it_is_written_that_they_are_back(referral, lead, kind):
    row = away(referral.person_id, lead, kind=kind)
    found = beside_persons(lead, [referral.person_id])
    assert found.away == row and row.is_away
    assert not row.is_due(date(2026, 3, 31)) and row.is_due(date(2026, 4, 1))
    back = away(referral.person_id, lead, kind=AwayKind.BACK, place="", now=NOW + timedelta(days=1))
    assert (back.back_on, back.review_on, back.is_away, back.is_due(date(2099, 1, 1))) == (None, None, False, False)
    assert beside_persons(lead, [referral.person_id]).away is None


def test_it_is_looked_at_again_when_they_are_expected_back_if_not_before(referral, lead):
    assert away(referral.person_id, lead, review_on=None).review_on == date(2026, 9, 1)
    for missing in ({"review_on": None, "back_on": None}, {"place": " "}, {"review_on": date(2027, 3, 5)}):
        with pytest.raises(NotNow):
            away(referral.person_id, lead, **missing)
    assert Whereabouts.objects.count() == 1


def test_only_who_works_the_person_for_the_agency_records_either(referral, lead, officer, stranger):
    for write in (told, not_told, away):
        for by, agency in ((stranger, None), (lead, officer.agencies[0])):
            with pytest.raises(Forbidden):
                write(referral.person_id, by, agency=agency)


@pytest.mark.parametrize(
    ("made", "lie"),
    [
        (told, "people_telling SET told = false"),
        (told, "people_telling SET version = ''"),
        (not_told, "people_telling SET review_on = NULL"),
        (not_told, "people_telling SET whom = 'person'"),
        (away, "people_whereabouts SET review_on = NULL"),
        (away, "people_whereabouts SET kind = 'back'"),
    ],
)
def test_the_database_refuses_a_row_that_does_not_tell_the_truth(referral, lead, made, lie):
    row = made(referral.person_id, lead)
    rang(referral.person_id, lead)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {lie} WHERE id = %s", [row.pk])

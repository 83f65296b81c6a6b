"""What the answers say of persons by which they can be found is kept with their search rows."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.keys import destroy_key
from audit.models import Entry
from audit.refusals import Forbidden
from people.actions.create_person import create_person
from people.matching.whereabouts import version
from people.models import SearchRow
from referrals.actions import build_facts as building
from referrals.actions.build_facts import build_facts
from referrals.models import Referral
from tests.audit.acts import within
from tests.making import TEACHER, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
TOLD = {**TEACHER, "person_phone": "07700 900123", "study_or_work": "Hollybrook Academy"}


def row_of(referral):
    return SearchRow.objects.get(person=referral.person_id)


def forgotten(row, **more):
    within(do=lambda: row.changed(facts="", facts_version=0, keys=[], **more), by=Agent.OPERATOR, now=NOW)


def built():
    said = StringIO()
    call_command("build_facts", "--json", stdout=said)
    return json.loads(said.getvalue())["built"]


def test_rows_of_before_get_what_a_submission_keeps_today():
    known, fresh = submitted(TOLD), submitted(TOLD)
    before = row_of(known)
    facts, keys = before.facts, before.keys
    forgotten(before, told_in=None)
    assert built() == 1
    after = row_of(known)
    assert (after.facts, after.keys, after.facts_version) == (facts, keys, version())
    assert after.pk == before.pk
    assert row_of(fresh).facts == facts
    assert built() == 0
    assert Entry.objects.filter(kind=Entry.Kind.BULK, object_type="people.searchrow", verb="keep_facts").count() == 1


def test_another_key_makes_all_of_them_anew(settings):
    known = submitted(TOLD)
    before = row_of(known).facts
    settings.CONTACT_CODE_KEY = "another"
    assert built() == 1
    assert row_of(known).facts not in ("", before)
    assert not set(before.split()) & set(row_of(known).keys)


def test_a_row_that_is_missing_is_made_with_the_year_in_which_the_age_was_told():
    earlier = NOW - timedelta(days=400)
    with time_machine.travel(earlier, tick=False):
        known = submitted(TOLD)
    within(do=row_of(known).delete, by=Agent.OPERATOR, now=NOW)
    assert built() == 1
    year = timezone.localdate(earlier).year
    assert (row_of(known).told_in, row_of(known).born_about) == (year, year - 15)


def test_batch_follows_on_batch_and_leaves_nobody_out(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 2)
    many = [submitted(TOLD) for _each in range(3)]
    without = create_person(details={"adult_or_child": "child"}, by=Agent.REFERRER, now=NOW)
    for row in SearchRow.objects.all():
        forgotten(row)
    assert built() == 4
    assert all(row_of(each).facts for each in many)
    assert without.search_row.facts == ""
    said = StringIO()
    call_command("build_facts", stdout=said)
    assert said.getvalue().strip() == "Of 0 persons the facts were kept."


def test_answers_that_nobody_can_open_any_more_stop_nothing():
    gone = submitted(TOLD)
    forgotten(row_of(gone))
    within(do=lambda: destroy_key(gone.person_id), by=Agent.OPERATOR, now=NOW)
    assert built() == 1
    assert row_of(gone).facts == ""


def test_only_who_may_load_reference_data_opens_answers_for_it():
    for nobody in (Agent.REFERRER, officer_of(Agency.objects.get(code="system"))):
        with pytest.raises(Forbidden):
            build_facts(by=nobody, now=NOW)


def test_answers_stay_as_they_were():
    known = submitted(TOLD)
    forgotten(row_of(known))
    built()
    assert Referral.objects.get(pk=known.pk).answers == known.answers

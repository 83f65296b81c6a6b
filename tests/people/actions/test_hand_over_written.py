"""A referral is about somebody else: what stands beside the person goes over to the right one."""

from datetime import date
from functools import partial

import pytest
from django.apps import apps

from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.keys import KeyDestroyed, destroy_key
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden
from people.actions.hand_over_written import hand_over_written
from people.beside import WRITTEN
from people.models import Person, Relationship, SearchRow
from referrals.actions.detach_referral import detach_referral
from tests.at_once import at_once
from tests.audit.acts import within
from tests.house.shadow import differences
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.people.writing import KINDS, NOW, housed, named, person_now, rang, related, struck

RIGHT = {"given_names": "Aled", "family_name": "Brzozowski", "adult_or_child": "child"}


def detach(referral, by, *, wrong_id=None):
    wrong = wrong_id or referral.person_id
    dispatch = dispatch_to_authority(referral)
    return detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong, right=RIGHT, reason="Mixed up.", by=by, now=NOW)


def words_of(row):
    return {name: getattr(row, name) for name in type(row).Privacy.personal if name != "other"}


def test_every_word_opens_under_the_right_persons_key_and_who_wrote_it_stays(referral, lead):
    wrong = referral.person_id
    rows = [write(wrong, lead) for write in KINDS]
    rows += [struck(write(wrong, lead), lead) for write in KINDS]
    before = {row.pk: words_of(type(row).objects.get(pk=row.pk)) for row in rows}
    detach(referral, lead)
    with recording(by=Agent.OPERATOR):
        within(do=lambda: destroy_key(wrong), by=Agent.OPERATOR, now=NOW)
        for row in rows:
            again = type(row).objects.get(pk=row.pk)
            assert again.person_id == person_now(referral)
            assert words_of(again) == before[row.pk]
            assert (again.written_by, again.written_at, again.struck_by) == (lead, NOW, row.struck_by)
        old = apps.get_model("people", "PersonNameEvent").objects.order_by("pgh_id")[0]
        with pytest.raises(KeyDestroyed):
            _ = old.name
    assert not any(model.objects.filter(person=wrong).exists() for model in WRITTEN)


def test_each_is_found_by_their_own_names(referral, lead):
    wrong = referral.person_id
    named(wrong, lead, name="Zebedee")
    struck(named(wrong, lead, name="Caradog"), lead)
    told = EventRecord.objects.filter(kind=Event.PERSON_NAMED)
    before = told.count()
    detach(referral, lead)
    rows = {row.person_id: row.other for row in SearchRow.objects.all()}
    assert rows == {wrong: "", person_now(referral): "zebedee"}
    assert {each.object_id for each in told.order_by("-pk")} >= {wrong, person_now(referral)}
    assert told.count() == before + 2


def test_without_names_nobody_looks_for_matches_again(referral, lead):
    housed(referral.person_id, lead)
    detach(referral, lead)
    assert not EventRecord.objects.filter(kind=Event.PERSON_NAMED).exists()


def test_who_stood_near_the_wrong_person_stands_near_the_right_one(referral, lead):
    sister = submitted({**TEACHER, "given_names": "Halina"})
    row = related(sister.person_id, lead, other_id=referral.person_id)
    own = related(referral.person_id, lead, other_id=sister.person_id)
    detach(referral, lead)
    again = Relationship.objects.get(pk=row.pk)
    assert (again.person_id, again.other_id, again.name) == (sister.person_id, person_now(referral), row.name)
    again = Relationship.objects.get(pk=own.pk)
    assert (again.person_id, again.other_id) == (person_now(referral), sister.person_id)


def test_the_ledger_says_how_many_rows_went_over(referral, lead):
    wrong = referral.person_id
    for write in KINDS:
        write(wrong, lead)
    detach(referral, lead)
    entry = Entry.objects.get(object_type="people.person", object_id=wrong, kind=Entry.Kind.CHANGED)
    assert read_payload(entry)["written"] == len(KINDS)
    assert list(differences()) == []


def test_only_who_detaches_referrals_hands_over(referral, lead):
    to = submitted().person
    for by in (Agent.SWEEPER, officer_of(type(lead.agencies[0]).objects.get(code="system"))):
        with pytest.raises(Forbidden):
            hand_over_written(wrong_id=referral.person_id, to=to, by=by, now=NOW)
    with pytest.raises(Person.DoesNotExist):
        hand_over_written(wrong_id=lead.pk, to=to, by=lead, now=NOW)


def test_detached_while_officers_write_nothing_is_lost_and_nobody_waits_for_ever(own_database):
    with recording(by=Agent.OPERATOR):
        referral, sister = submitted(), submitted({**TEACHER, "given_names": "Halina"})
        officers = [officer_of(dispatch_to_authority(referral).agency) for _ in range(10)]
        wrong = referral.person_id
        kept = [named(wrong, officers[0], name="Zebedee"), related(sister.person_id, officers[0], other_id=wrong)]
        kept += [related(wrong, officers[0], other_id=sister.person_id)]

    def run(by, do):
        with recording(by=by):
            return do(by)

    works = [
        *(lambda by=by: run(by, lambda by: detach(referral, by, wrong_id=wrong)) for by in officers[:2]),
        lambda: run(officers[2], lambda by: detach(sister, by)),
        *(lambda by=by: run(by, lambda by: named(wrong, by, name="Caradog")) for by in officers[3:5]),
        *(lambda by=by: run(by, lambda by: rang(wrong, by, day=date(2026, 3, 1))) for by in officers[5:7]),
        *(lambda by=by: run(by, lambda by: related(sister.person_id, by, other_id=wrong)) for by in officers[7:9]),
        lambda: run(officers[9], lambda by: struck(kept[0], by)),
    ]
    results = at_once(*works)
    assert sorted(type(each).__name__ for each in results[:2]) == ["Detachment", "NotNow"], results
    assert type(results[2]).__name__ == "Detachment", results
    for each in results[3:]:
        assert isinstance(each, (*WRITTEN, Forbidden)) or type(each).__name__ == "DoesNotExist", results
    written = [each for each in results[3:-1] if isinstance(each, WRITTEN)]
    now = {person_now(referral), person_now(sister)}
    with recording(by=Agent.OPERATOR):
        for gone in (wrong, sister.person_id):
            within(do=partial(destroy_key, gone), by=Agent.OPERATOR, now=NOW)
        rows = [row for model in WRITTEN for row in model.objects.all()]
        assert len(rows) == len(kept) + len(written)
        for row in rows:
            assert words_of(row)
            assert row.person_id in now
            assert getattr(row, "other_id", None) in {None, *now}

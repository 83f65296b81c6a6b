"""Cleared are those whom the police have cleared, with everybody on their record, until the day of review is over."""

import ast
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.roles import RoleName
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from people.actions.decide_match import decide_match
from people.actions.end_clearance import end_clearance
from people.actions.give_clearance import give_clearance
from people.clearance import cleared_among, is_cleared
from people.models import Clearance, Person
from people.policies import check_is_cleared
from people.states import MatchState
from referrals.actions.exclude_colleague import exclude_colleague
from tests.at_once import at_once
from tests.audit.acts import entries_of, within
from tests.house.rooms import sources
from tests.making import agency_for, analyst_of, cleared, dispatch_to_police, officer_of, submitted
from tests.people.pairs import AXEL, MISSPELT, found, match_of, officer_at
from tests.people.test_sights import named_only
from tests.referrals.at_the_desk import ABOUT_POLICE

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
VERBS = ("give", "end")


def ended(referral, by=Agent.SWEEPER):
    return end_clearance(person_id=referral.person_id, by=by, now=timezone.now())


def same_person(one, other):
    decide_match(
        match_id=match_of(one, other).pk, said=MatchState.CONFIRMED, reason="One boy, misspelt.", by=officer_at(one),
        now=timezone.now(),
    )  # fmt: skip


@ON_RECORD
def test_nobody_is_cleared_until_a_clearance_is_given_and_nobody_after_it_is_ended(referral):
    assert not is_cleared(referral.person_id)
    given = cleared(referral, with_conditions=True)
    assert is_cleared(referral.person_id)
    assert given.with_conditions
    assert ended(referral)
    assert not is_cleared(referral.person_id)
    assert not ended(referral), "there is none any more"
    row = Clearance.objects.get()
    assert (row.ended_by, bool(row.ended_at)) == (Agent.SWEEPER.pk, True)


@ON_RECORD
def test_nobody_is_cleared_whom_nobody_knows(referral):
    assert cleared_among([]) == cleared_among([uuid4()]) == set()


@ON_RECORD
def test_it_is_asked_in_four_queries_for_however_many(referral, django_assert_num_queries):
    other = submitted()
    cleared(other)
    with django_assert_num_queries(4):
        assert cleared_among([referral.person_id, other.person_id]) == {other.person_id}
    with django_assert_num_queries(4):
        cleared_among([])


@ON_RECORD
@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True)])
def test_it_counts_through_the_day_of_its_review_whether_or_not_anybody_noticed(referral, days, counts):
    cleared(referral, review_on=timezone.localdate() + timedelta(days=days))
    assert is_cleared(referral.person_id) is counts


@ON_RECORD
def test_a_new_one_takes_the_place_of_the_one_that_stands(referral):
    first, second = cleared(referral), cleared(referral)
    assert Clearance.objects.get(ended_at=None) == second
    assert Clearance.objects.get(pk=first.pk).ended_by == second.given_by_id
    kinds = list(EventRecord.objects.filter(subject=referral.person_id).values_list("kind", flat=True))
    assert [kinds.count(each) for each in (Event.CLEARANCE_GIVEN, Event.CLEARANCE_ENDED)] == [2, 1]


@ON_RECORD
def test_what_stands_about_one_of_a_record_holds_for_all_of_it():
    one, other = found(AXEL), found(MISSPELT)
    cleared(one)
    same_person(one, other)
    assert cleared_among([one.person_id, other.person_id]) == set(), "the other was never cleared"
    cleared(other)
    assert cleared_among([one.person_id, other.person_id]) == {one.person_id, other.person_id}
    assert cleared_among([one.person_id]) == {one.person_id}
    ended(other)
    assert not is_cleared(one.person_id)


@ON_RECORD
def test_whoever_asks_too_early_is_told_what_to_do_and_of_nobody_else():
    one, other = found(AXEL), found(MISSPELT)
    cleared(one)
    same_person(one, other)
    refusals = []
    for referral in (one, submitted()):
        with pytest.raises(NotNow) as refused:
            check_is_cleared(referral.person_id)
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]
    assert "have not cleared" in refusals[0]
    cleared(other)
    check_is_cleared(one.person_id)


@ON_RECORD
def test_who_answers_for_the_agency_gives_it_and_nobody_else(referral, officer, lead, stranger):
    police = dispatch_to_police(referral).agency
    far = analyst_of(agency_for(RoleName.FIMU_ANALYST, other_than=police))
    for by, agency in ((officer, police), (lead, lead.agencies[0]), (stranger, stranger.agencies[0]), (far, police)):
        with pytest.raises(Forbidden):
            give_clearance(
                person_id=referral.person_id, agency_id=agency.pk, with_conditions=False,
                review_on=timezone.localdate(), by=by, now=timezone.now(),
            )  # fmt: skip
    assert not Clearance.objects.exists()


@ON_RECORD
def test_what_is_kept_to_named_people_is_cleared_all_the_same(referral):
    named_only(referral)
    cleared(referral)
    assert is_cleared(referral.person_id)
    assert ended(referral, by=analyst_of(dispatch_to_police(referral).agency))


@ON_RECORD
def test_at_the_restricted_desk_its_own_analyst_answers_and_nobody_excluded_by_name():
    referral = submitted(ABOUT_POLICE)
    desk = dispatch_to_police(referral).agency
    assert desk.is_restricted
    cleared(referral)
    assert is_cleared(referral.person_id)
    analyst, officer = analyst_of(desk), officer_of(desk)
    exclude_colleague(referral_id=referral.pk, user_id=analyst.pk, why="His brother.", by=officer, now=timezone.now())
    for do in (lambda: cleared(referral, by=analyst), lambda: ended(referral, by=analyst)):
        with pytest.raises(Forbidden):
            do()


@ON_RECORD
def test_whoever_may_ask_for_a_deconfliction_ends_it_and_nobody_else(referral, officer, stranger):
    cleared(referral)
    for by in (stranger, Agent.MESSENGER):
        with pytest.raises(Forbidden):
            ended(referral, by=by)
    assert ended(referral, by=officer)


@ON_RECORD
def test_the_database_holds_one_that_stands_for_each_person(referral):
    row = cleared(referral)
    again = Clearance(
        person=referral.person, with_conditions=False, review_on=row.review_on, given_at=row.given_at,
        given_by=row.given_by,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: again.save(force_insert=True), by=Agent.OPERATOR, now=timezone.now())
    with pytest.raises(Person.DoesNotExist):
        end_clearance(person_id=uuid4(), by=Agent.SWEEPER, now=timezone.now())


@ON_RECORD
def test_the_ledger_says_who_gave_it_about_whom(referral):
    row = cleared(referral)
    (entry,) = entries_of(row.pk)
    assert (entry.subject, entry.actor, entry.verb) == (referral.person_id, row.given_by_id, "give_clearance")


def test_only_triages_actions_write_clearances():
    callers = {
        path
        for path, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module in {f"people.actions.{verb}_clearance" for verb in VERBS}
    }
    own = {path for path in callers if str(path) == "people/actions/give_clearance.py"}
    assert {path.parts[:2] for path in callers - own} <= {("triage", "actions")}


def test_eight_analysts_at_once_leave_one_that_stands(own_database):
    with recording(by=Agent.OPERATOR):
        referral = submitted()
        analysts = [analyst_of(dispatch_to_police(referral).agency) for _ in range(8)]

    def run(analyst):
        with recording(by=analyst):
            return cleared(referral, by=analyst)

    given = at_once(*(partial(run, analyst) for analyst in analysts))
    assert {type(each) for each in given} == {Clearance}
    assert Clearance.objects.filter(ended_at=None).count() == 1
    assert Clearance.objects.count() == 8

"""What of a match a reader may see: nothing of a restricted person, and no sign that there is one."""

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.models import ExclusionGround, Restriction
from agencies.roles import RoleName
from audit.agents import Agent
from people.sights import Sight, match_seen, seen_of
from people.states import MatchState
from referrals.actions.restrict_record import restrict_record
from tests.audit.acts import within
from tests.making import dispatch_to_authority, dispatch_to_police, reread
from tests.people.pairs import AXEL, IN_CARDIFF, MISSPELT, found, match_of, officer_at, pair
from tests.referrals.at_the_desk import POLICE
from tests.referrals.at_the_desk import officer_at as desk_officer
from tests.referrals.opening import in_role, shared, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
ABOUT_A_COLLEAGUE = {"work_and_family": ["police"]}


def sights(reader, referral):
    return [seen.sight for seen in seen_of(reader, referral.person_id)]


def fimu(code="ctp-north-east"):
    return in_role(RoleName.FIMU_ANALYST, code, name="Hestia Marlowe")


def named_only(referral, *others):
    """The referral, restricted to its officers of both sides and `others`."""
    dispatch = dispatch_to_police(referral)
    police, council = officer_at(referral, police=True), officer_at(referral)
    named = [police.pk, council.pk, *(each.pk for each in others)]
    by = supervisor(dispatch.agency.code)
    restrict_record(dispatch_id=dispatch.pk, named=[*named, by.pk], reason="A councillor’s child.", by=by, now=NOW)
    return police


def test_who_may_read_both_sees_all_and_decides():
    earlier, later = pair()
    for police in (True, False):
        seen = seen_of(officer_at(later, police=police), later.person_id)
        assert [(each.sight, each.mine, each.other) for each in seen] == [
            (Sight.WHOLE, later.person_id, earlier.person_id)
        ]
        assert seen[0].may_say == {MatchState.CONFIRMED, MatchState.REJECTED, MatchState.LEFT_OPEN}


def test_a_match_on_what_a_restricted_desk_has_is_for_the_desk_and_fimu_and_for_nobody_else():
    earlier, later = pair(earlier={**AXEL, **ABOUT_A_COLLEAGUE})
    assert sights(officer_at(later), later) == sights(officer_at(later, police=True), later) == []
    assert sights(desk_officer(POLICE), earlier) == [Sight.WHOLE]
    assert sights(fimu(), later) == sights(fimu("national-police-desk"), later) == [Sight.WHOLE]
    assert sights(fimu("ctp-wales"), later) == []


def test_a_match_on_what_is_restricted_to_named_people_is_for_those_and_fimu():
    earlier, later = pair()
    named = named_only(earlier)
    assert sights(officer_at(later), later) == []
    assert sights(named, earlier) == sights(fimu(), later) == [Sight.WHOLE]


def test_fimu_sees_no_match_on_which_nothing_is_restricted():
    _earlier, later = pair()
    assert sights(fimu(), later) == sights(fimu("national-police-desk"), later) == []


def test_whoever_is_excluded_by_name_sees_no_match_whatever_their_role():
    earlier, later = pair(earlier={**AXEL, **ABOUT_A_COLLEAGUE})
    analyst, officer = fimu(), desk_officer(POLICE)
    restriction = Restriction.objects.get(about=earlier.pk)
    given: dict[str, Any] = {
        "ground": ExclusionGround.COLLEAGUE,
        "why": "His cousin.",
        "by": Agent.OPERATOR,
        "now": NOW,
    }
    for user in (analyst, officer):
        within(do=partial(exclude_user, restriction=restriction, user=user, **given), by=Agent.OPERATOR, now=NOW)
        assert sights(user, later) == sights(user, earlier) == []


def test_those_who_have_the_restricted_one_are_shown_the_other_without_asking_who_has_it():
    earlier, later = pair(earlier={**AXEL, **ABOUT_A_COLLEAGUE}, later=IN_CARDIFF)
    seen = seen_of(desk_officer(POLICE), earlier.person_id)
    assert [each.sight for each in seen] == [Sight.WHOLE]
    assert sights(officer_at(later), later) == [], "nobody in Cardiff learns that there is a record"


def test_a_restriction_that_comes_later_takes_the_match_away_from_the_others():
    earlier, later = pair()
    reader = officer_at(later)
    match = match_of(earlier, later)
    assert match_seen(reader, match.pk).sight == Sight.WHOLE
    named_only(earlier)
    assert sights(reader, later) == []
    with pytest.raises(match.DoesNotExist):
        match_seen(reader, match.pk)


def statements(reader, referral):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        seen = seen_of(reread(reader), referral.person_id)
    return seen, [query["sql"].split(" WHERE ")[0] for query in captured]


def test_a_restricted_match_leaves_no_trace_in_what_others_are_shown_nor_in_the_statements_it_takes():
    alone = found(MISSPELT)
    reader = officer_at(alone)
    before, took = statements(reader, alone)
    kept = found({**AXEL, **ABOUT_A_COLLEAGUE})
    assert match_of(kept, alone)
    after, takes = statements(reader, alone)
    assert before == after == []
    assert took == takes


def test_the_order_and_the_number_of_matches_tell_nothing_of_a_restricted_one():
    shown = [found(AXEL), found({**AXEL, "family_name": "Rudderam"})]
    later = found(MISSPELT)
    reader = officer_at(later)
    before = [(seen.other, seen.sight) for seen in seen_of(reader, later.person_id)]
    assert {pk for pk, _sight in before} == {each.person_id for each in shown}
    found({**AXEL, **ABOUT_A_COLLEAGUE})
    assert [(seen.other, seen.sight) for seen in seen_of(reader, later.person_id)] == before


def test_a_referral_shared_by_name_makes_its_match_whole_for_its_reader_and_only_while_it_lasts():
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    reader = officer_at(later)
    assert sights(reader, later) == [Sight.PREVIEW]
    dispatch = dispatch_to_authority(earlier)
    shared(dispatch, reader, by=officer_at(earlier))
    seen = seen_of(reader, later.person_id)
    assert [(each.sight, each.reads_other) for each in seen] == [(Sight.WHOLE, True)]

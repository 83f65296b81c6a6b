"""Looking for who may be the same person: at each submission, when it turns out to be another, and on demand."""

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from audit.models import Handling
from audit.refusals import Forbidden
from audit.tasks import sweep_events
from people.actions.create_person import create_person
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.matching import searching
from people.models import Match, MatchBand, NameKind
from people.states import MatchState
from referrals.actions.detach_referral import detach_referral
from referrals.extracts import person_details
from tests.at_once import at_once
from tests.audit.acts import within
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.people.pairs import AXEL, MISSPELT, found, has_match, match_of, officer_at, pair, record_ids
from tests.people.writing import named

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def look(referral, *, by=Agent.SWEEPER):
    return find_matches(person_id=referral.person_id, by=by, now=NOW)


@ON_RECORD
def test_a_misspelt_surname_and_a_wrong_day_of_birth_surface_the_earlier_referral_as_it_comes_in():
    earlier, later = submitted(AXEL), submitted(MISSPELT)
    sweep_events()
    assert not Handling.objects.filter(done=None).exists()
    match = match_of(earlier, later)
    assert (match.band, match.state, match.found_by) == (MatchBand.LIKELY, MatchState.WAITING, Agent.SWEEPER.pk)


@ON_RECORD
def test_whom_nobody_has_takes_the_place_of_nobody():
    earlier = submitted(AXEL)
    for _each in range(25):  # as many as a flood that is held
        create_person(details=person_details(AXEL), by=Agent.REFERRER, now=NOW)
    later = submitted(MISSPELT)
    assert look(later) == 1
    assert has_match(earlier, later)


@ON_RECORD
@pytest.mark.parametrize("said", [None, MatchState.REJECTED])
def test_whom_a_search_does_not_bring_is_as_likely_as_before_and_what_was_said_of_them_stands(monkeypatch, said):
    earlier, later = pair()
    if said:
        decide_match(match_id=match_of(earlier, later).pk, said=said, reason="Cousins.", by=officer_at(later), now=NOW)
    monkeypatch.setattr(searching, "FOUND", 0)
    look(earlier)
    monkeypatch.undo()
    look(later)
    match = match_of(earlier, later)
    assert (match.band, match.state, match.again_at) == (MatchBand.LIKELY, said or MatchState.WAITING, None)


@ON_RECORD
def test_when_a_referral_is_detached_what_was_confirmed_of_the_wrong_person_is_undone():
    earlier, later = pair()
    third = found({**AXEL, "family_name": "Rudderam"})
    officer = officer_at(later)
    for one, other in ((earlier, later), (later, third)):
        match = match_of(one, other)
        decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason="One mother.", by=officer, now=NOW)
    right = {"given_names": "Wren", "family_name": "Garside", "adult_or_child": "child"}
    dispatch = dispatch_to_authority(later)
    who: dict[str, Any] = {"wrong_id": later.person_id, "right": right}
    detach_referral(dispatch_id=dispatch.pk, **who, reason="Mixed up.", by=officer, now=NOW)
    assert record_ids(earlier, third) == [None, None]
    assert not Match.objects.filter(state=MatchState.CONFIRMED).exists()


@ON_RECORD
def test_to_look_again_finds_nothing_twice():
    earlier, later = pair()
    assert [look(each, by=officer_at(each)) for each in (earlier, later)] == [0, 0]
    assert Match.objects.count() == 1


@ON_RECORD
def test_on_demand_an_officer_finds_what_came_in_meanwhile():
    later = submitted(MISSPELT)
    earlier = submitted(AXEL)
    assert look(later, by=officer_at(later)) == 1
    assert has_match(earlier, later)


@ON_RECORD
def test_only_whose_agency_has_the_person_looks():
    earlier, _later = pair()
    elsewhere = officer_of(Agency.objects.get(code="W06000015"))
    with pytest.raises(Forbidden):
        look(earlier, by=elsewhere)


@ON_RECORD
def test_somebody_whom_no_referral_is_about_any_more_is_no_match_and_whom_it_is_about_is_looked_for():
    wrong = submitted(AXEL)
    wrong_person = wrong.person_id
    dispatch = dispatch_to_authority(wrong)
    right = {"given_names": "Wren", "family_name": "Garside", "adult_or_child": "child"}
    reason = {"reason": "The school mixed two pupils up."}
    by = officer_of(dispatch.agency)
    detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong_person, right=right, **reason, by=by, now=NOW)
    sweep_events()
    later = found(MISSPELT)
    assert not Match.objects.filter(one=wrong_person).exists()
    assert not Match.objects.filter(other=wrong_person).exists()
    told = {"given_names": "Wren", "family_name": "Garsyde", "date_of_birth": "", "approximate_age": "15"}
    third = found({**AXEL, **told})
    assert has_match(third, wrong.__class__.objects.get(pk=wrong.pk))
    assert not has_match(third, later)


@ON_RECORD
def test_another_name_that_is_written_down_surfaces_who_bears_it():
    earlier = found({**AXEL, "given_names": "Wren", "family_name": "Garside"})
    later = found(
        {**AXEL, "given_names": "Tomos", "family_name": "Achterberg", "postcode": "", "authority": "E08000016"}
    )
    assert not has_match(earlier, later)
    named(later.person_id, officer_at(later), kind=NameKind.FORMER, name="Wren Garside", source="His aunt")
    sweep_events()
    assert has_match(earlier, later)


@ON_RECORD
@pytest.mark.parametrize("said", [MatchState.REJECTED, MatchState.LEFT_OPEN])
def test_what_was_settled_waits_again_once_it_has_become_likely(said):
    earlier, later = pair()
    match = match_of(earlier, later)
    within(do=partial(match.changed, band=MatchBand.POSSIBLE), by=Agent.OPERATOR, now=NOW)
    decide_match(match_id=match.pk, said=said, reason="Another school.", by=officer_at(later), now=NOW)
    look(later)
    assert Match.objects.values_list("band", "state").get() == (MatchBand.LIKELY, MatchState.WAITING)


@ON_RECORD
def test_what_is_confirmed_stays_and_is_only_weighed_anew():
    earlier, later = pair()
    match = match_of(earlier, later)
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason="One mother.", by=officer_at(later), now=NOW)
    within(do=partial(Match.objects.get().changed, band=MatchBand.POSSIBLE), by=Agent.OPERATOR, now=NOW)
    look(later)
    assert Match.objects.values_list("band", "state").get() == (MatchBand.LIKELY, MatchState.CONFIRMED)


def test_two_that_look_at_the_same_moment_keep_one_pair(own_database):
    with recording(by=Agent.OPERATOR):
        both = [submitted(AXEL), submitted(MISSPELT)]

    def run(referral):
        with recording(by=Agent.SWEEPER):
            return look(referral)

    results = at_once(*(partial(run, referral) for referral in both * 8))
    assert sorted(results) == [0] * 15 + [1], results
    assert Match.objects.count() == 1


@ON_RECORD
def test_a_likely_one_is_kept_and_stays_likely_however_many_others_weigh_more(monkeypatch):
    monkeypatch.setattr("people.actions.find_matches.OFFERED", 1)
    misspelt, mine = found(MISSPELT), found(AXEL)
    others = [found({**AXEL, "concern": words}) for words in ("He spoke of leaving at the club.", "A film he showed.")]
    find_matches(person_id=mine.person_id, by=Agent.SWEEPER, now=timezone.now())
    assert {match_of(each, mine).band for each in (misspelt, *others)} == {MatchBand.LIKELY}
    again = found({**MISSPELT, "concern": "His aunt rang us about letters that he had hidden."})
    for each in others:
        decide_match(
            match_id=match_of(each, mine).pk, said=MatchState.CONFIRMED, reason="One boy.", by=officer_at(mine),
            now=timezone.now(),
        )  # fmt: skip
    find_matches(person_id=mine.person_id, by=Agent.SWEEPER, now=timezone.now())
    assert match_of(again, mine).band == match_of(misspelt, mine).band == MatchBand.LIKELY

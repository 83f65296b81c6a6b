"""What becomes of information requests when a referral changes hands or person, and when several act at once."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden, NotNow
from people.actions.close_request import close_request
from people.actions.hand_over_requests import hand_over_requests
from people.actions.remind_of_request import remind_of_request
from people.actions.take_back_request import take_back_request
from people.actions.take_back_requests import take_back_requests
from people.models import InformationRequest, RequestAnswer
from people.requests import requests_by, requests_of
from referrals.actions.accept_offer import accept_offer
from referrals.actions.detach_referral import detach_referral
from referrals.actions.make_offer import make_offer
from tests.at_once import at_once
from tests.making import officer_of
from tests.people.asking import ANSWER, WHY, Scene, agency

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


@pytest.fixture
def scene():
    return Scene()


def fresh(request):
    return InformationRequest.objects.get(pk=request.pk)


def take_back(request, *, by):
    return take_back_request(request_id=request.pk, reason=WHY, by=by, now=timezone.now())


def close(request, *, by):
    return close_request(request_id=request.pk, reason=WHY, by=by, now=timezone.now())


@ON_RECORD
def test_with_the_referral_its_requests_go_over_to_the_agency_that_accepts_it(scene):
    request, done = scene.ask(to=scene.theirs.agency), scene.ask(to=scene.theirs.agency)
    scene.answer(done, by=scene.police)
    to_bradford = scene.ask()
    accept(scene)
    assert not requests_by(scene.lead).exists()
    assert {each.pk for each in requests_by(scene.bradford)} == {request.pk, done.pk, to_bradford.pk}
    assert fresh(to_bradford).is_taken_back
    assert fresh(request).is_asked
    scene.decline(request, by=scene.police)
    assert Notice.objects.get(kind=NoticeKind.REQUEST_DECLINED).address == scene.asked.email
    with pytest.raises(Forbidden):
        close(done, by=scene.lead)
    assert close(done, by=scene.bradford).asking == scene.asked


def accept(scene):
    offer = make_offer(dispatch_id=scene.ours.pk, to_id=scene.asked.pk, reason=WHY, by=scene.lead, now=NOW)
    return accept_offer(offer_id=offer.pk, by=scene.bradford, now=NOW)


@ON_RECORD
def test_what_was_asked_about_the_wrong_person_is_taken_back_and_whoever_was_asked_is_told(scene):
    asked, answered, declined = scene.ask(), scene.ask(), scene.ask()
    scene.answer(answered)
    scene.decline(declined)
    wrong = scene.person.pk
    right = {"given_names": "Aled", "family_name": "Brzozowski", "adult_or_child": "child"}
    detach_referral(dispatch_id=scene.ours.pk, wrong_id=wrong, right=right, reason=WHY, by=scene.lead, now=NOW)
    assert [fresh(each).state for each in (asked, answered, declined)] == ["taken_back", "taken_back", "declined"]
    assert Notice.objects.filter(kind=NoticeKind.REQUEST_TAKEN_BACK, agency=scene.asked).count() == 2
    assert fresh(answered).ending_reason == "It was about another person."
    assert not requests_by(scene.lead).exists()
    assert requests_of(scene.lead, [wrong, scene.person]) == []
    assert {each.person_id for each in InformationRequest.objects.all()} == {wrong}
    assert RequestAnswer.objects.get().words == ANSWER


@ON_RECORD
def test_only_those_hand_over_and_take_back_in_bulk_who_may_do_what_it_follows_from(scene):
    with pytest.raises(Forbidden):
        take_back_requests(person_id=scene.person.pk, reason=WHY, by=officer_of(agency("system")), now=NOW)
    with pytest.raises(Forbidden):
        hand_over_requests(person_id=scene.person.pk, before=scene.asking, after=scene.asked, by=scene.lead, now=NOW)
    with pytest.raises(Forbidden):
        remind_of_request(request_id=uuid4(), by=Agent.SEALER, now=NOW)


def in_a_context(do):
    with recording(by=Agent.OPERATOR):
        return do()


def test_answered_and_taken_back_at_once_one_of_them_holds(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene()
        request = scene.ask()
    works = [partial(scene.answer, request), partial(take_back, request, by=scene.lead)] * 4
    results = at_once(*(partial(in_a_context, work) for work in works))
    done = [each for each in results if not isinstance(each, Exception)]
    kept = fresh(request)
    assert all(isinstance(each, NotNow) for each in results if isinstance(each, Exception))
    if kept.is_taken_back:
        assert len(done) == 1
        assert not kept.answers.exists()
    else:
        assert kept.is_answered
        assert len(done) == kept.answers.count() == 4


def test_asked_while_the_referral_goes_over_no_request_is_left_with_whoever_gave_it(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene()
        offer = make_offer(dispatch_id=scene.ours.pk, to_id=scene.asked.pk, reason=WHY, by=scene.lead, now=NOW)
    ask = partial(scene.ask, to=scene.theirs.agency)
    give = partial(accept_offer, offer_id=offer.pk, by=scene.bradford, now=NOW)
    results = at_once(*(partial(in_a_context, work) for work in (ask, give, ask, ask, ask)))
    assert all(isinstance(each, Forbidden) for each in results if isinstance(each, Exception)), results
    assert set(InformationRequest.objects.values_list("asking__code", flat=True)) <= {scene.asked.code}


def test_asked_while_it_turns_out_to_be_somebody_else_nothing_stays_open_about_the_wrong_person(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene()
    wrong = scene.person.pk
    detach = partial(
        detach_referral,
        dispatch_id=scene.ours.pk,
        wrong_id=wrong,
        right={"given_names": "Aled", "adult_or_child": "child"},
        reason=WHY,
        by=scene.lead,
        now=NOW,
    )
    results = at_once(*(partial(in_a_context, work) for work in (scene.ask, detach, scene.ask, scene.ask)))
    assert all(isinstance(each, Forbidden) for each in results if isinstance(each, Exception)), results
    assert not InformationRequest.objects.filter(state="asked").exists()


def test_reminded_of_at_once_by_several_sweepers_each_side_hears_once(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene()
        request = scene.ask()
    late = request.due + timedelta(hours=1)
    remind = partial(remind_of_request, request_id=request.pk, by=Agent.SWEEPER, now=late)
    results = at_once(*(partial(in_a_context, remind) for _ in range(8)))
    assert sorted(results) == [False] * 7 + [True]
    assert Notice.objects.filter(kind=NoticeKind.REQUEST_OVERDUE).count() == 2

"""One agency asks another for information, which answers or declines; reminders, mistakes and changes of hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.actions.set_targets import set_targets
from agencies.models import Notice, NoticeKind
from agencies.targets import DEFAULT, Targets
from agencies.working_days import Calendar, due_after, london_date
from audit.agents import Agent
from audit.events import Event
from audit.keys import KeyDestroyed, destroy_key
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, NotNow
from people.actions.close_request import close_request
from people.actions.end_clearance import end_clearance
from people.actions.remind_of_request import remind_of_request
from people.actions.take_back_request import take_back_request
from people.models import InformationRequest, LegalBasis, Person
from people.requests import (
    answered_requests_by,
    requests_by,
    requests_to,
    settled_requests,
    to_answer,
    unanswered_requests_by,
)
from people.states import REQUEST, RequestState
from people.tasks import sweep_requests
from tests.audit.acts import entries_of, within
from tests.making import cleared, officer_of, reread
from tests.people.asking import ADDRESS, BIRTH, NAME, NEED, QUESTION, WHY, Scene, agency

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
ACTS = ("answer", "decline", "take_back", "close")


@pytest.fixture
def scene():
    return Scene()


def take_back(request, *, by, reason=WHY):
    return take_back_request(request_id=request.pk, reason=reason, by=by, now=timezone.now())


def close(request, *, by, reason=WHY):
    return close_request(request_id=request.pk, reason=reason, by=by, now=timezone.now())


def act(verb, scene, request):
    match verb:
        case "answer":
            return scene.answer(request)
        case "decline":
            return scene.decline(request)
        case "take_back":
            return take_back(request, by=scene.lead)
        case _:
            return close(request, by=scene.lead)


def reach(state, scene):
    """A request in a state."""
    request = scene.ask()
    steps = {
        RequestState.ASKED: (),
        RequestState.ANSWERED: ("answer",),
        RequestState.DECLINED: ("decline",),
        RequestState.TAKEN_BACK: ("take_back",),
        RequestState.CLOSED: ("answer", "close"),
    }
    for verb in steps[state]:
        act(verb, scene, request)
    return fresh(request)


def fresh(request):
    return InformationRequest.objects.get(pk=request.pk)


def mail(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("agency__name", flat=True))


@ON_RECORD
def test_what_is_asked_is_kept_sealed_and_told_by_a_link_alone(scene):
    request = fresh(scene.ask())
    assert (request.question, request.need, request.basis) == (QUESTION, NEED, LegalBasis.CHILDREN)
    assert (request.asking, request.asked, request.asked_by) == (scene.asking, scene.asked, scene.lead)
    notice = Notice.objects.get(kind=NoticeKind.REQUEST_MADE)
    assert notice.address == scene.asked.email
    assert set(notice.details) == {"link"}
    assert notice.details["link"].endswith(f"/casework/requests/{request.pk}/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT question, need, disclosed FROM people_informationrequest")
        assert not any(word in bytes(cell) for cell in cursor.fetchone() for word in (b"family", b"Tomasz", b"school"))
    within(do=lambda: destroy_key(scene.person.pk), by=Agent.OPERATOR, now=NOW)
    with pytest.raises(KeyDestroyed):
        assert fresh(request).question


@ON_RECORD
@pytest.mark.parametrize("far", [False, True])
def test_nobody_is_asked_about_somebody_whom_the_police_have_not_cleared(scene, far):
    """Never, ended, or past the day of its review; whoever asks."""
    by, agency_id = (scene.police, scene.theirs.agency_id) if far else (scene.lead, scene.asking.pk)
    given = {"by": by, "agency_id": agency_id}
    end_clearance(person_id=scene.person.pk, by=scene.police, now=NOW)
    with pytest.raises(NotNow, match="have not cleared"):
        scene.ask(**given)
    cleared(scene.referral, review_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotNow, match="have not cleared"):
        scene.ask(**given)
    assert not InformationRequest.objects.exists()
    assert not Notice.objects.filter(kind=NoticeKind.REQUEST_MADE).exists()
    cleared(scene.referral)
    assert scene.ask(**given).is_open


@ON_RECORD
def test_a_request_that_was_made_is_answered_declined_and_ended_whatever_is_cleared(scene):
    requests = [scene.ask() for _each in range(3)]
    end_clearance(person_id=scene.person.pk, by=scene.police, now=NOW)
    scene.answer(requests[0])
    close(fresh(requests[0]), by=scene.lead)
    scene.decline(requests[1])
    take_back(requests[2], by=scene.lead)
    assert not any(fresh(request).is_open for request in requests)


@ON_RECORD
@pytest.mark.parametrize("told", [[NAME], [BIRTH], [ADDRESS], [NAME, ADDRESS], [ADDRESS, BIRTH, NAME]])
def test_nothing_is_disclosed_but_what_the_officer_picked_and_the_ledger_says_to_whom(scene, told):
    request = fresh(scene.ask(discloses=told))
    assert set(request.disclosed) == {str(each) for each in told}
    said = str(request.told)
    for each, words in ((NAME, "Łukasik"), (BIRTH, "15"), (ADDRESS, "S70")):
        assert (words in said) is (each in told)
    entry = Entry.objects.get(object_id=request.pk, kind=Entry.Kind.DISCLOSED)
    assert entry.subject == scene.person.pk
    assert read_payload(entry)["recipient"] == str(scene.asked.pk)
    assert set(read_payload(entry)["identifiers"]) == {str(each) for each in told}


@ON_RECORD
def test_what_is_learnt_later_of_the_person_is_told_to_nobody(scene):
    request = scene.ask()
    within(do=lambda: scene.person.changed(family_name="Somebody-Else"), by=Agent.OPERATOR, now=NOW)
    assert "Somebody-Else" not in str(fresh(request).told)


@ON_RECORD
@pytest.mark.parametrize(
    "wrong",
    [
        {"question": " "},
        {"need": "\n"},
        {"discloses": []},
        {"basis": LegalBasis.OTHER, "basis_words": " "},
        {"confirmed": False},
    ],
)
def test_a_request_in_which_something_is_missing_is_refused(scene, wrong):
    with pytest.raises(NotNow):
        scene.ask(**wrong)
    assert not InformationRequest.objects.exists()


@ON_RECORD
def test_what_is_not_known_cannot_be_disclosed(scene):
    within(do=lambda: scene.person.changed(postcode=""), by=Agent.OPERATOR, now=NOW)
    with pytest.raises(NotNow):
        scene.ask(discloses=[ADDRESS])


@ON_RECORD
@pytest.mark.parametrize("days", [-1, 366])
def test_a_request_is_due_today_or_within_a_year(scene, days):
    with pytest.raises(NotNow):
        scene.ask(due_on=timezone.localdate() + timedelta(days=days))


@ON_RECORD
def test_an_agency_without_anybody_who_answers_a_desk_that_is_restricted_and_ones_own_cannot_be_asked(scene):
    for code in ("E08000033", "restricted-police-desk", "home-office", "system", scene.asking.code):
        with pytest.raises(NotNow):
            scene.ask(to=agency(code))
    for code in ("national-police-desk", "ctp-wales"):
        officer_of(agency(code))
        assert scene.ask(to=agency(code)).is_asked


@ON_RECORD
def test_only_those_ask_whose_agency_has_the_person(scene):
    with pytest.raises(Forbidden):
        scene.ask(by=scene.bradford)
    with pytest.raises(Forbidden):
        scene.ask(by=scene.police)
    with pytest.raises(Forbidden):
        scene.ask(by=scene.lead, agency_id=scene.theirs.agency_id)
    with pytest.raises(Person.DoesNotExist):
        scene.ask(person_id=uuid4())
    assert scene.ask(by=scene.police, agency_id=scene.theirs.agency_id).asking == scene.theirs.agency


@ON_RECORD
@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("state", RequestState)
def test_each_move_is_made_from_where_the_table_lets_it_and_from_nowhere_else(scene, verb, state):
    to = {
        "answer": RequestState.ANSWERED,
        "decline": RequestState.DECLINED,
        "take_back": RequestState.TAKEN_BACK,
        "close": RequestState.CLOSED,
    }[verb]
    request = reach(state, scene)
    adds = verb == "answer" and state == RequestState.ANSWERED
    late = (verb, state) == ("take_back", RequestState.ANSWERED)  # only where it was the wrong person: nobody by hand
    if adds or (to in REQUEST.stages[state].to and not late):
        act(verb, scene, request)
        assert fresh(request).state == to
    else:
        with pytest.raises(NotNow):
            act(verb, scene, request)
        assert fresh(request).state == state


@ON_RECORD
def test_each_does_on_their_own_side_only_what_is_theirs(scene):
    request = scene.ask()
    for by in (scene.lead, scene.police):
        for do in (scene.answer, scene.decline):
            with pytest.raises(Forbidden):
                do(request, by=by)
    for by in (scene.bradford, scene.police):
        with pytest.raises(Forbidden):
            take_back(request, by=by)
    scene.answer(request)
    with pytest.raises(Forbidden):
        close(request, by=scene.bradford)
    assert close(request, by=scene.colleague).ended_by == scene.colleague


@ON_RECORD
def test_nothing_is_declined_taken_back_closed_or_answered_without_words(scene):
    request = scene.ask()
    with pytest.raises(NotNow):
        scene.answer(request, words=" ")
    with pytest.raises(NotNow):
        take_back(request, by=scene.lead, reason=" ")
    scene.answer(request)
    with pytest.raises(NotNow):
        close(request, by=scene.lead, reason="")


@ON_RECORD
def test_answers_are_added_until_it_is_closed_and_each_is_told_once(scene):
    request = scene.ask()
    first, second = scene.answer(request), scene.answer(request, words="And to the youth service, until 2021.")
    assert [each.words for each in request.answers.order_by("answered_at")] == [first.words, second.words]
    assert fresh(request).answered_at == first.answered_at
    assert mail(NoticeKind.REQUEST_ANSWERED) == [scene.asking.name] * 2
    recipients = {read_payload(entry)["recipient"] for entry in entries_of(first.pk) if entry.kind == "disclosed"}
    assert recipients == {str(scene.asking.pk)}
    close(request, by=scene.lead)
    with pytest.raises(NotNow):
        scene.answer(request)


@ON_RECORD
def test_whoever_asked_is_told_unless_they_left_then_the_agency_is(scene):
    scene.answer(scene.ask())
    assert Notice.objects.get(kind=NoticeKind.REQUEST_ANSWERED).address == scene.lead.email
    second = scene.ask()
    membership = scene.lead.memberships.get()
    within(do=lambda: membership.changed(ended_at=NOW, ended_by=Agent.OPERATOR.pk), by=Agent.OPERATOR, now=NOW)
    scene.decline(second)
    assert Notice.objects.get(kind=NoticeKind.REQUEST_DECLINED).address == scene.asking.email
    assert not requests_by(reread(scene.lead)).exists()


@ON_RECORD
def test_an_agency_without_a_mailbox_hears_through_each_who_answers(scene):
    desk = agency("national-police-desk")
    there = officer_of(desk)
    scene.ask(to=desk)
    assert Notice.objects.get(kind=NoticeKind.REQUEST_MADE).address == there.email


@ON_RECORD
def test_without_a_day_it_is_due_by_the_local_target_and_the_calendar_of_whoever_is_asked(scene):
    glasgow, usual = agency("S12000049"), DEFAULT.answer_requests_days
    officer_of(glasgow)
    for to, calendar in ((scene.asked, Calendar.ENGLAND_AND_WALES), (glasgow, Calendar.SCOTLAND)):
        assert scene.ask(to=to, due_on=None, now=NOW).due == due_after(NOW, usual, calendar)
    set_targets(agency_id=glasgow.pk, targets=Targets(answer_requests_days=3), by=Agent.OPERATOR, now=NOW)
    assert scene.ask(to=glasgow, due_on=None, now=NOW).due == due_after(NOW, 3, Calendar.SCOTLAND)
    today = timezone.localdate(NOW)
    assert london_date(scene.ask(due_on=today, now=NOW).due) == today


@ON_RECORD
def test_when_the_day_is_over_each_side_hears_once_however_often_it_is_swept(scene, time_machine):
    request, answered = scene.ask(), scene.ask()
    scene.answer(answered)
    assert sweep_requests() == 0
    time_machine.move_to(request.due + timedelta(minutes=1))
    assert sweep_requests() == 1
    assert sweep_requests() == 0
    assert mail(NoticeKind.REQUEST_OVERDUE) == sorted([scene.asking.name, scene.asked.name])
    assert fresh(request).is_overdue(timezone.now())
    assert [*unanswered_requests_by(scene.lead)] == [*to_answer(scene.bradford)] == [request]
    assert [*answered_requests_by(scene.lead)] == [answered]


@ON_RECORD
def test_one_that_cannot_be_reminded_of_keeps_no_other_from_it(scene, monkeypatch, time_machine):
    first, second = scene.ask(), scene.ask()
    time_machine.move_to(first.due + timedelta(days=1))

    def failing(*, request_id, **more):
        if request_id == first.pk:
            raise OSError
        return remind_of_request(request_id=request_id, **more)

    monkeypatch.setattr("people.tasks.remind_of_request", failing)
    assert sweep_requests() == 1
    assert fresh(first).remind_due
    assert fresh(second).remind_due is None


@ON_RECORD
def test_each_step_is_an_event_about_the_person(scene):
    request = scene.ask()
    scene.answer(request)
    close(request, by=scene.lead)
    found = EventRecord.objects.filter(object_id=request.pk, subject=scene.person.pk)
    assert set(found.values_list("kind", flat=True)) == {
        Event.REQUEST_MADE,
        Event.REQUEST_ANSWERED,
        Event.REQUEST_CLOSED,
    }


@ON_RECORD
@pytest.mark.parametrize(
    "lie",
    [
        {"state": "declined"},
        {"state": "answered"},
        {"ended_at": NOW},
        {"answered_at": NOW},
        {"discloses": []},
        {"basis": "other"},
        {"state": "closed", "ended_at": NOW, "ending_reason": "x"},
        {"state": "taken_back", "remind_due": None},
    ],
)
def test_the_database_holds_no_request_that_does_not_tell_the_truth(scene, lie):
    request = fresh(scene.ask())
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: request.changed(**lie), by=Agent.OPERATOR, now=NOW)


@ON_RECORD
def test_what_is_settled_stands_on_one_list_for_each_side(scene):
    waiting, answered, declined = scene.ask(), scene.ask(), scene.ask()
    scene.answer(answered)
    scene.decline(declined)
    assert set(settled_requests(scene.bradford)) == {answered, declined}
    assert set(settled_requests(scene.lead)) == {declined}
    assert set(requests_to(scene.bradford)) == {waiting, answered, declined}

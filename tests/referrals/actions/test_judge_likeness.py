"""A flood is held, stored with its reference; what is honest passes, and so does immediate danger."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord
from referrals.actions.alarm_national_desk import alarm_national_desk
from referrals.actions.decide_flood import decide_flood
from referrals.actions.forget_likenesses import forget_likenesses
from referrals.actions.judge_likeness import PASS, WITHIN
from referrals.actions.start_draft import start_draft
from referrals.actions.submit_referral import submit_referral
from referrals.holding import Holder
from referrals.models import Dispatch, Draft, Flood, FloodOutcome, Likeness, Quarantined, Referral
from referrals.states import QuarantineState
from tests.at_once import at_once
from tests.making import TEACHER, draft_with, officer_of, submitted, with_mailboxes
from tests.referrals.writing import from_template, many, scripted

pytestmark = pytest.mark.usefixtures("on_record")
alone = pytest.mark.usefixtures("db")
EVERY = timedelta(seconds=12)  # three hundred in an hour


def desk():
    return Agency.objects.get(code="national-police-desk")


def send_all(answers, *, every=timedelta(seconds=0.8), start=None):
    start = start or timezone.now()
    return [submitted(each, now=start + number * every) for number, each in enumerate(answers)]


def held():
    return Quarantined.objects.filter(state=QuarantineState.HELD).count()


@alone
@pytest.mark.full
def test_three_hundred_honest_referrals_in_an_hour_all_go_to_their_receivers():
    send_all(many(from_template, 300), every=EVERY)
    assert Dispatch.objects.count() == 600
    assert not Flood.objects.exists() and not Quarantined.objects.exists()


@alone
def test_sixty_honest_referrals_at_once_pass_too():
    send_all(many(from_template, 60), every=timedelta(milliseconds=1))
    assert Dispatch.objects.count() == 120 and not Flood.objects.exists()


@alone
@pytest.mark.parametrize("count", [60, pytest.param(700, marks=pytest.mark.full)])
def test_of_many_copies_all_are_stored_and_all_but_the_first_few_are_held_with_one_notice(count):
    with_mailboxes(desk())
    start = timezone.now()
    sent = send_all(many(scripted, count), start=start)
    alarm_national_desk(by=Agent.SWEEPER, now=start + count * timedelta(seconds=0.8))
    assert len({referral.reference for referral in sent}) == count
    assert held() == count - PASS and Dispatch.objects.count() == 2 * PASS
    assert Flood.objects.count() == 1
    assert Notice.objects.filter(kind=NoticeKind.QUARANTINE).count() == 1


@alone
def test_a_held_referral_has_its_code_its_event_and_no_mail():
    last = send_all(many(scripted, PASS + 1))[-1]
    draft = Draft.objects.get(pk=last.draft_id)
    assert draft.outcome["reference"] == last.reference and draft.is_sent
    assert [event.kind for event in EventRecord.objects.filter(object_id=last.pk)] == [Event.REFERRAL_HELD]
    assert not last.dispatches.exists()
    assert last.quarantine.state == QuarantineState.HELD and last.quarantine.held_by == Agent.REFERRER.pk


@alone
def test_sending_a_held_draft_again_shows_the_same_reference():
    send_all(many(scripted, PASS))
    draft = draft_with(next(many(scripted, 1, seed=9)))
    holder = Holder(by=Agent.REFERRER, browser="b" * 64)
    outcomes = {
        submit_referral(draft_id=draft.pk, holder=holder, by=Agent.REFERRER, now=timezone.now()).reference
        for _time in range(2)
    }
    assert len(outcomes) == 1 and held() == 1


@alone
def test_immediate_danger_in_a_flood_is_dispatched_and_alerts_all_the_same():
    send_all(many(scripted, PASS + 2))
    urgent = submitted({**next(many(scripted, 1, seed=9)), "danger": "yes"})
    assert urgent.dispatches.filter(alert_due__isnull=False).count() == 2
    assert not Quarantined.objects.filter(referral=urgent).exists()
    assert Flood.objects.get().immediate == 1


@alone
def test_a_flood_of_immediate_danger_is_recognised_though_none_of_it_is_held():
    with_mailboxes(desk())
    send_all([{**each, "danger": "unknown"} for each in many(scripted, PASS + 3)])
    assert Flood.objects.get().immediate == 3 and held() == 0
    assert alarm_national_desk(by=Agent.SWEEPER, now=timezone.now())


@alone
def test_an_honest_referral_amid_a_flood_passes():
    send_all(many(scripted, PASS + 5))
    assert submitted(next(many(from_template, 1))).dispatches.count() == 2


@alone
def test_copies_that_come_slowly_are_not_a_flood():
    send_all(many(scripted, 3 * PASS), every=WITHIN / PASS)
    assert held() == 0


@alone
def test_a_flood_that_goes_on_is_one_flood_however_long_it_lasts():
    send_all(many(scripted, 90), every=timedelta(seconds=20))
    assert Flood.objects.count() == 1 and held() == 90 - PASS


@alone
def test_after_ten_quiet_minutes_the_first_few_pass_again():
    start = timezone.now()
    send_all(many(scripted, PASS + 1), start=start)
    later = submitted(next(many(scripted, 1)), now=start + WITHIN + timedelta(minutes=2))
    assert later.dispatches.count() == 2


@alone
def test_what_the_desk_released_goes_on_passing():
    send_all(many(scripted, PASS + 2))
    officer = officer_of(desk())
    decide_flood(
        flood_id=Flood.objects.get().pk, outcome=FloodOutcome.RELEASED, reason="", by=officer, now=timezone.now()
    )
    assert submitted(next(many(scripted, 1, seed=9))).dispatches.count() == 2


@alone
def test_what_comes_after_a_rejection_is_held_anew():
    send_all(many(scripted, PASS + 2))
    decide_flood(
        flood_id=Flood.objects.get().pk,
        outcome=FloodOutcome.REJECTED,
        reason="A script",
        by=officer_of(desk()),
        now=timezone.now(),
    )
    assert not submitted(next(many(scripted, 1, seed=10))).dispatches.exists()
    assert Flood.objects.count() == 1


@alone
def test_an_officers_own_entry_is_never_held():
    officer = officer_of(desk())
    holder = Holder(officer)
    for _number in range(PASS + 2):
        draft = start_draft(
            holder=holder, language="en", answers={**TEACHER, "entry": "telephone"}, agency=desk(),
            by=officer, now=timezone.now(),
        )  # fmt: skip
        submit_referral(draft_id=draft.pk, holder=holder, by=officer, now=timezone.now())
    assert Referral.objects.count() == PASS + 2 and held() == 0 and not Likeness.objects.exists()


@alone
def test_what_stories_looked_like_is_forgotten_within_the_hour():
    start = timezone.now()
    send_all(many(from_template, 3), start=start)
    assert forget_likenesses(by=Agent.SWEEPER, now=start + timedelta(minutes=59)) == 0
    assert forget_likenesses(by=Agent.SWEEPER, now=start + timedelta(minutes=61)) == 3
    assert not Likeness.objects.exists() and Referral.objects.count() == 3


@alone
def test_no_word_of_a_story_lies_in_the_row_that_is_compared(owner):
    submitted(next(many(scripted, 1)))
    row = Likeness.objects.values().get()
    assert "neighbour" not in str(row) and "mosque" not in str(row)


@alone
def test_a_submission_of_its_own_story_costs_two_more_queries():
    send_all(many(from_template, 30))
    with CaptureQueriesContext(connection) as seen:
        submitted(next(many(from_template, 1, seed=5)))
    about = [query["sql"] for query in seen if "likeness" in query["sql"] or "flood" in query["sql"]]
    assert len(about) == 2, about


def test_sixteen_copies_at_the_same_moment_pass_the_line_one_by_one(own_database):
    for each in many(scripted, PASS - 4):
        submitted(each)

    def send(answers):
        def run():
            with recording(by=Agent.REFERRER):
                return submitted(answers)

        return run

    results = at_once(*(send(each) for each in many(scripted, 16, seed=11)))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Flood.objects.count() == 1
    assert Dispatch.objects.count() == 2 * PASS and held() == 12

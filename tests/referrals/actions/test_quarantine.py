"""The national desk hears of a flood once, decides about it as one group, and can put a mistake right."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.delivery import message_for
from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.events import Event
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, NotNow
from desk.timeline import timeline
from referrals.actions.alarm_national_desk import APART, REMIND_AFTER, alarm_national_desk
from referrals.actions.carry_out_decision import carry_out_decision
from referrals.actions.decide_flood import decide_flood
from referrals.actions.finish_flood import finish_flood
from referrals.actions.reject_referral import reject_referral
from referrals.actions.release_referral import release_referral
from referrals.models import Dispatch, Flood, FloodOutcome, Quarantined, Referral
from referrals.selectors import dispatches
from referrals.states import QUARANTINE, QuarantineState
from referrals.tasks import sweep_likenesses, sweep_quarantine
from tests.making import PUBLIC, officer_of, submitted, with_mailboxes
from tests.referrals.writing import OPENING, many, scripted

pytestmark = pytest.mark.usefixtures("db", "on_record")
PASS, HELD = 3, 3


@pytest.fixture(autouse=True)
def few_make_a_flood(monkeypatch):
    """As many as in life would only take longer; `test_judge_likeness` counts to the real number."""
    monkeypatch.setattr("referrals.actions.judge_likeness.PASS", PASS)


@pytest.fixture
def desk():
    return with_mailboxes(Agency.objects.get(code="national-police-desk"))


@pytest.fixture
def officer(desk):
    return officer_of(desk)


@pytest.fixture
def flood(desk):
    for each in many(scripted, PASS + HELD):
        submitted(each)
    return Flood.objects.get()


def another_flood():
    for _copy in range(PASS + 1):
        submitted({**PUBLIC, "concern": OPENING})


def alarm(now=None):
    return alarm_national_desk(by=Agent.SWEEPER, now=now or timezone.now())


def notices():
    return list(Notice.objects.filter(kind=NoticeKind.QUARANTINE).order_by("due"))


def decide(flood, outcome, officer, reason="A script", now=None):
    return decide_flood(flood_id=flood.pk, outcome=outcome, reason=reason, by=officer, now=now or timezone.now())


def states():
    return sorted(Quarantined.objects.values_list("state", flat=True))


def a_held_one():
    return Quarantined.objects.earliest("held_at").referral


def test_the_desk_is_told_once_with_counts_and_a_link_and_nothing_of_any_person(flood):
    assert alarm() and not alarm() and not alarm()
    (notice,) = notices()
    message = message_for(notice)
    text = f"{message.subject}\n{message.body}"
    assert notice.address == "duty.national-police-desk@agencies.example"
    assert f"Held now: {HELD}" in text and "/casework/quarantine/" in text
    for each in Referral.objects.select_related("person"):
        assert not any(word in text for word in (each.person.family_name, each.reference, "mosque"))


def test_the_desk_is_reminded_every_hour_while_anything_is_held_and_then_no_more(flood, officer):
    now = timezone.now()
    alarm(now)
    assert not alarm(now + REMIND_AFTER - timedelta(minutes=1))
    assert alarm(now + REMIND_AFTER) and not alarm(now + REMIND_AFTER)
    assert message_for(notices()[-1]).subject.startswith("Reminder")
    decide(flood, FloodOutcome.REJECTED, officer)
    sweep_quarantine()
    assert not alarm(now + 5 * REMIND_AFTER)
    assert len(notices()) == 2


def test_a_second_flood_is_told_of_within_five_minutes_and_not_at_once(flood):
    now = timezone.now()
    alarm(now)
    another_flood()
    assert not alarm(now + timedelta(minutes=1))
    assert timedelta(minutes=5) > APART
    assert alarm(now + APART) and len(notices()) == 2
    assert "Groups: 2" in message_for(notices()[-1]).body


def test_a_desk_without_a_mailbox_is_covered_by_the_other_and_without_either_it_is_tried_again(caplog):
    for each in many(scripted, PASS + 1):
        submitted(each)
    assert not alarm() and Flood.objects.get().alarmed is None
    with_mailboxes(Agency.objects.get(code="national-authority-desk"))
    assert alarm()
    assert notices()[0].address == "duty.national-authority-desk@agencies.example"


def test_a_group_is_released_as_one_and_each_goes_to_its_receivers_with_its_real_time(flood, officer):
    late = timezone.now() + timedelta(hours=5)
    decide(flood, FloodOutcome.RELEASED, officer, reason="", now=late)
    before = Dispatch.objects.count()
    assert sweep_quarantine() == HELD
    assert states() == [QuarantineState.RELEASED] * HELD and not Flood.objects.get().carrying_out
    assert Dispatch.objects.count() == before + 2 * HELD
    for row in Quarantined.objects.select_related("referral"):
        assert row.released_by == officer
        for dispatch in row.referral.dispatches.all():
            assert dispatch.sent_at > row.referral.submitted_at, "what is due is counted from the release"
    assert sweep_quarantine() == 0


def test_a_released_referral_is_confirmed_to_its_referrer_as_any_other(flood, officer):
    referral = a_held_one()
    release_referral(referral_id=referral.pk, decided_by=officer, by=officer, now=timezone.now())
    kinds = [event.kind for event in EventRecord.objects.filter(object_id=referral.pk).order_by("happened")]
    assert kinds[0] == Event.REFERRAL_HELD
    assert set(kinds[1:]) == {Event.REFERRAL_RELEASED, Event.REFERRAL_SUBMITTED}


def test_the_timeline_tells_the_receivers_when_it_came_and_when_it_was_sent(flood, officer):
    referral = a_held_one()
    release_referral(referral_id=referral.pk, decided_by=officer, by=officer, now=timezone.now())
    moments = timeline(referral, dispatches(referral), [])
    words = [moment.what for moment in reversed(moments)]
    assert "held because" in words[0] and any("Released it" in each for each in words[1:])


def test_it_is_routed_by_its_answers_and_the_day_it_was_submitted(flood, officer):
    referral = a_held_one()
    release_referral(referral_id=referral.pk, decided_by=officer, by=officer, now=timezone.now() + timedelta(days=3))
    assert {d.agency.code for d in referral.dispatches.select_related("agency")} == {"ctp-north-east", "E08000038"}


def test_a_group_is_rejected_as_one_with_a_reason_and_everything_stays_stored(flood, officer):
    before = Dispatch.objects.count()
    decide(flood, FloodOutcome.REJECTED, officer, reason="One text from one script")
    sweep_quarantine()
    assert states() == [QuarantineState.REJECTED] * HELD
    assert {row.reason for row in Quarantined.objects.all()} == {"One text from one script"}
    assert Referral.objects.count() == PASS + HELD and Dispatch.objects.count() == before
    assert a_held_one().answers["concern"]


def test_a_rejection_by_mistake_can_still_be_released(flood, officer):
    referral = a_held_one()
    reject_referral(referral_id=referral.pk, decided_by=officer, reason="x", by=officer, now=timezone.now())
    release_referral(referral_id=referral.pk, decided_by=officer, reason="It was true", by=officer, now=timezone.now())
    row = Quarantined.objects.get(referral=referral)
    assert row.state == QuarantineState.RELEASED and row.rejected_by == officer and referral.dispatches.count() == 2


def test_a_decision_holds_for_what_was_held_when_it_was_made(flood, officer):
    decide(flood, FloodOutcome.REJECTED, officer)
    late = submitted(next(many(scripted, 1, seed=12)), now=timezone.now() + timedelta(seconds=1))
    sweep_quarantine()
    assert states() == [QuarantineState.HELD, *[QuarantineState.REJECTED] * HELD]
    assert late.quarantine.state == QuarantineState.HELD
    again = decide(Flood.objects.get(), FloodOutcome.RELEASED, officer, now=timezone.now() + timedelta(minutes=1))
    assert again.carrying_out


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_rejection_without_a_reason_is_refused(flood, officer, reason):
    with pytest.raises(NotNow, match="Say why"):
        decide(flood, FloodOutcome.REJECTED, officer, reason=reason)
    with pytest.raises(NotNow, match="Say why"):
        reject_referral(referral_id=a_held_one().pk, decided_by=officer, reason=reason, by=officer, now=timezone.now())


def test_nobody_decides_twice_or_while_a_decision_is_carried_out(flood, officer):
    decide(flood, FloodOutcome.RELEASED, officer)
    with pytest.raises(NotNow, match="still being carried out"):
        decide(flood, FloodOutcome.REJECTED, officer)
    sweep_quarantine()
    with pytest.raises(NotNow, match="Nothing of this group"):
        decide(flood, FloodOutcome.REJECTED, officer)


@pytest.mark.parametrize("state", QuarantineState)
@pytest.mark.parametrize("target", [QuarantineState.RELEASED, QuarantineState.REJECTED])
def test_only_the_moves_of_the_table_are_made(flood, officer, state, target):
    referral = a_held_one()

    def act(to):
        do = release_referral if to == QuarantineState.RELEASED else reject_referral
        do(referral_id=referral.pk, decided_by=officer, reason="Because", by=officer, now=timezone.now())

    if state != QuarantineState.HELD:
        act(state)
    if target in QUARANTINE.stages[state].to:
        act(target)
        assert Quarantined.objects.get(referral=referral).state == target
    else:
        with pytest.raises(NotNow):
            act(target)
        assert Quarantined.objects.get(referral=referral).state == state


@pytest.mark.parametrize("code", ["ctp-north-east", "E08000038", "system"])
def test_nobody_but_the_national_desk_decides(flood, code):
    other = officer_of(Agency.objects.get(code=code))
    now, referral = timezone.now(), a_held_one()
    for attempt in (
        lambda: decide(flood, FloodOutcome.RELEASED, other),
        lambda: release_referral(referral_id=referral.pk, decided_by=other, by=other, now=now),
        lambda: reject_referral(referral_id=referral.pk, decided_by=other, reason="x", by=other, now=now),
        lambda: carry_out_decision(quarantined_id=Quarantined.objects.earliest("held_at").pk, by=other, now=now),
        lambda: finish_flood(flood_id=flood.pk, by=other, now=now),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert states() == [QuarantineState.HELD] * HELD
    assert Entry.objects.filter(kind=Entry.Kind.REFUSED, actor=other.pk).count() == 5


def test_one_that_cannot_be_released_stays_held_and_keeps_no_other(flood, officer, monkeypatch):
    bad = a_held_one().pk

    def release(*, referral_id, **others):
        if referral_id == bad:
            raise OSError("the disk is full")
        return release_referral(referral_id=referral_id, **others)

    monkeypatch.setattr("referrals.actions.carry_out_decision.release_referral", release)
    decide(flood, FloodOutcome.RELEASED, officer)
    assert sweep_quarantine() == HELD - 1
    assert states() == [QuarantineState.HELD, *[QuarantineState.RELEASED] * (HELD - 1)]
    assert Flood.objects.get().carrying_out
    monkeypatch.undo()
    assert sweep_quarantine() == 1 and not Flood.objects.get().carrying_out


def test_a_decision_is_carried_out_once(flood, officer):
    pk = Quarantined.objects.earliest("held_at").pk
    assert not carry_out_decision(quarantined_id=pk, by=Agent.SWEEPER, now=timezone.now()), "nothing was decided"
    decide(flood, FloodOutcome.RELEASED, officer)
    assert not finish_flood(flood_id=flood.pk, by=Agent.SWEEPER, now=timezone.now()), "nothing was carried out"
    assert carry_out_decision(quarantined_id=pk, by=Agent.SWEEPER, now=timezone.now())
    assert not carry_out_decision(quarantined_id=pk, by=Agent.SWEEPER, now=timezone.now())


def test_the_sweep_forgets_what_stories_looked_like(flood):
    assert sweep_likenesses() == 0

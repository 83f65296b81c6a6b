"""Tasks: who may give, take, hand on, finish and take back, in every state; and whose they are when people change."""

from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.utils import timezone

from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.end_membership import end_membership
from agencies.actions.set_targets import set_targets
from agencies.models import Agency, Notice, NoticeKind
from agencies.targets import Targets
from agencies.working_days import calendar_of, end_of, london_date, working_days_between
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from referrals.actions.accept_offer import accept_offer
from referrals.actions.detach_referral import detach_referral
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.finish_task import finish_task
from referrals.actions.give_task import give_task
from referrals.actions.hand_task import hand_task
from referrals.actions.make_offer import make_offer
from referrals.actions.take_back_task import take_back_task
from referrals.due_work import able_to_do, open_tasks, tasks_beside
from referrals.models import Task, TaskKind
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes
from tests.overdue import supervisor_of
from tests.referrals.at_the_desk import ABOUT_POLICE, COUNCIL, allegations_officer, officer_at
from tests.referrals.naming import Case

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WORDS = "Ask the school who saw it."


class Scene:
    """A referral of one council, and everybody who can stand to a task of it."""

    def __init__(self):
        self.referral = submitted()
        self.dispatch = dispatch_to_authority(self.referral)
        self.agency = with_mailboxes(self.dispatch.agency)
        self.opener, self.owner, self.cover, self.colleague = (
            officer_of(self.agency, name=name) for name in ("Wren Castellane", "Idris Vane", "Una Pell", "Milo Sark")
        )
        self.boss = supervisor_of(self.agency)
        self.police = officer_of(dispatch_to_police(self.referral).agency, name="Piers Lockhart")
        self.stranger = supervisor_of(Agency.objects.get(code="E08000032"), name="Hope Ansell")
        today = timezone.localdate()
        arrange_absence(
            user_id=self.owner.pk, cover_id=self.cover.pk, agency_id=self.agency.pk, starts_on=today, ends_on=today,
            by=self.owner, now=timezone.now(),
        )  # fmt: skip

    def give(self, to="owner", *, by=None, words=WORDS, due_on=None):
        owner = getattr(self, to).pk if to else None
        given = {"words": words, "due_on": due_on, "by": by or self.opener, "now": timezone.now()}
        return give_task(dispatch_id=self.dispatch.pk, owner_id=owner, **given)


@pytest.fixture
def scene():
    return Scene()


def hand(task, to, *, by):
    return hand_task(task_id=task.pk, to_id=to.pk if to else None, by=by, now=timezone.now())


def finish(task, *, by, outcome="Rang them. Miss Odell saw it."):
    return finish_task(task_id=task.pk, outcome=outcome, by=by, now=timezone.now())


def take_back(task, *, by, reason="The police have asked already."):
    return take_back_task(task_id=task.pk, reason=reason, by=by, now=timezone.now())


def told():
    return sorted(notice.address for notice in Notice.objects.filter(kind=NoticeKind.NEW_TASK))


def events(task):
    return list(EventRecord.objects.filter(object_id=task.pk).order_by("happened", "pk").values_list("kind", flat=True))


WHO = ("opener", "owner", "cover", "colleague", "boss", "police", "stranger")
# What each may do with a task that one person has, and with one that is the whole team's.
OWNED = {
    "finish": {"owner", "cover", "boss"},
    "hand": {"opener", "owner", "cover", "boss"},
    "take_back": {"opener", "boss"},
}
TEAMS = {
    "finish": {"opener", "owner", "cover", "colleague", "boss"},
    "hand": {"opener", "owner", "cover", "colleague", "boss"},
    "take_back": {"opener", "owner", "cover", "colleague", "boss"},
}


def do(verb, scene, task, *, by):
    if verb == "hand":
        return hand(task, scene.colleague, by=by)
    return finish(task, by=by) if verb == "finish" else take_back(task, by=by)


@pytest.mark.parametrize(("verb", "who", "to"), list(product(OWNED, WHO, ("owner", None))))
def test_each_does_with_a_task_what_is_theirs_to_do_and_nothing_else(scene, verb, who, to):
    task = scene.give(to)
    if who in (OWNED if to else TEAMS)[verb]:
        after = do(verb, scene, task, by=getattr(scene, who))
        assert after.is_done is (verb != "hand")
        assert after.taken_back is (verb == "take_back")
    else:
        with pytest.raises(Forbidden):
            do(verb, scene, task, by=getattr(scene, who))


@pytest.mark.parametrize(("first", "verb"), list(product(("finish", "take_back"), OWNED)))
def test_what_is_over_stays_so(scene, first, verb):
    task = scene.give()
    do(first, scene, task, by=scene.boss)
    words = "finished" if first == "finish" else "taken this task back"
    with pytest.raises(NotNow, match=words):
        do(verb, scene, task, by=scene.boss)


def test_what_belongs_to_a_role_stays_with_it():
    task = submitted(ABOUT_POLICE).tasks.get()
    officer = officer_at(COUNCIL)
    with pytest.raises(NotNow, match="belongs to a role"):
        hand(task, officer, by=officer)
    with pytest.raises(NotNow, match="belongs to a role"):
        take_back(task, by=officer)
    after = Task.objects.get(pk=task.pk)
    assert (after.owner, after.is_done) == (None, False)


def test_it_says_what_by_when_and_whose_and_is_on_record(scene):
    task = Task.objects.get(pk=scene.give().pk)
    assert (task.words, task.owner, task.whose, task.role, task.due_chosen) == (
        WORDS,
        scene.owner,
        "Idris Vane",
        "",
        False,
    )
    calendar = calendar_of(scene.agency.code)
    assert working_days_between(london_date(task.opened_at), london_date(task.due), calendar) == 5
    assert events(task) == [Event.TASK_OPENED]
    assert told() == [scene.owner.email]
    after = finish(task, by=scene.owner)
    assert (after.done_by, after.outcome) == (scene.owner, "Rang them. Miss Odell saw it.")
    assert events(task) == [Event.TASK_OPENED, Event.TASK_FINISHED]


def test_the_day_is_the_one_that_was_chosen_or_the_agencys_own_target(scene):
    day = timezone.localdate() + timedelta(days=3)
    chosen = scene.give(due_on=day)
    assert (chosen.due, chosen.due_chosen) == (end_of(day), True)
    set_targets(agency_id=scene.agency.pk, targets=Targets(finish_days=2), by=Agent.OPERATOR, now=NOW)
    sooner = scene.give()
    calendar = calendar_of(scene.agency.code)
    assert working_days_between(london_date(sooner.opened_at), london_date(sooner.due), calendar) == 2
    assert Task.objects.get(pk=chosen.pk).due == end_of(day), "what was given keeps its day"
    with pytest.raises(NotNow, match="still to come"):
        scene.give(due_on=timezone.localdate() - timedelta(days=1))


def test_nothing_is_asked_finished_or_taken_back_without_words(scene):
    task = scene.give()
    for without in (
        partial(scene.give, words=" "),
        partial(finish, task, by=scene.owner, outcome=" \n"),
        partial(take_back, task, by=scene.opener, reason=""),
    ):
        with pytest.raises(NotNow):
            without()


def test_a_team_is_told_at_its_mailbox_and_nobody_of_what_they_took_themselves(scene):
    task = scene.give(None)
    assert told() == [scene.agency.email]
    taken = hand(task, scene.colleague, by=scene.colleague)
    assert (taken.owner, told()) == (scene.colleague, [scene.agency.email])
    assert hand(taken, scene.opener, by=scene.colleague).owner == scene.opener
    assert scene.opener.email in told()
    back = hand(taken, None, by=scene.opener)
    assert (back.owner, back.whose) == (None, "The whole team")
    assert events(task) == [Event.TASK_OPENED, *[Event.TASK_HANDED] * 3]
    with pytest.raises(NotNow, match="already"):
        hand(back, None, by=scene.opener)


@pytest.mark.parametrize("who", ["police", "stranger"])
def test_a_task_goes_to_nobody_elsewhere_and_nobody_elsewhere_gives_one(scene, who):
    with pytest.raises(Forbidden):
        scene.give(who)
    with pytest.raises(Forbidden):
        scene.give(by=getattr(scene, who))
    with pytest.raises(Forbidden):
        hand(scene.give(), getattr(scene, who), by=scene.boss)


def test_it_is_seen_by_the_agency_that_asked_and_by_no_other(scene):
    task = scene.give()
    for person in (scene.opener, scene.owner, scene.colleague, scene.boss):
        assert [each.pk for each in open_tasks(person)] == [task.pk]
        assert [each.pk for each in tasks_beside(person, [scene.referral.pk])] == [task.pk]
    for person in (scene.police, scene.stranger):
        assert not open_tasks(person).exists()
        assert tasks_beside(person, [scene.referral.pk]) == []
    take_back(task, by=scene.opener)
    assert not open_tasks(scene.owner).exists()
    assert [each.taken_back for each in tasks_beside(scene.owner, [scene.referral.pk])] == [True]


def leave(user, *, by):
    for membership in user.memberships.filter(ended_at=None):
        end_membership(membership_id=membership.pk, by=by, now=timezone.now())
    sweep_events()


def test_what_a_leaver_had_to_do_is_the_teams_and_the_supervisors_hear_of_it(scene):
    task, done = scene.give(), scene.give()
    finish(done, by=scene.owner)
    leave(scene.owner, by=scene.boss)
    assert Task.objects.get(pk=task.pk).owner is None
    assert Task.objects.get(pk=done.pk).owner == scene.owner
    assert events(task) == [Event.TASK_OPENED, Event.TASK_RELEASED]
    notice = Notice.objects.get(kind=NoticeKind.WORK_RELEASED)
    assert (notice.address, notice.details["count"]) == (scene.boss.email, 1)


def test_with_the_referral_what_is_to_be_done_goes_to_the_team_that_has_it_now(scene):
    neighbour = with_mailboxes(Agency.objects.get(code="E08000032"))
    mine, done = scene.give(), scene.give()
    finish(done, by=scene.owner)
    offer = make_offer(
        dispatch_id=scene.dispatch.pk, to_id=neighbour.pk, reason="They moved.", by=scene.opener, now=timezone.now()
    )
    theirs = give_task(
        dispatch_id=dispatch_to_police(scene.referral).pk, owner_id=None, words=WORDS, due_on=None,
        by=scene.police, now=timezone.now(),
    )  # fmt: skip
    accept_offer(offer_id=offer.pk, by=scene.stranger, now=timezone.now())
    after = Task.objects.get(pk=mine.pk)
    assert (after.agency, after.owner, after.due, after.words) == (neighbour, None, mine.due, WORDS)
    assert Task.objects.get(pk=theirs.pk).agency == dispatch_to_police(scene.referral).agency
    assert neighbour.email in told()
    beside = tasks_beside(scene.stranger, [scene.referral.pk])
    assert [each.pk for each in beside] == [mine.pk, done.pk], "with what was done before"
    assert not open_tasks(scene.opener).exists()
    assert tasks_beside(scene.opener, [scene.referral.pk]) == []
    with pytest.raises(Forbidden):
        take_back(after, by=scene.opener)  # who no longer has the referral
    finish(after, by=scene.stranger)


def test_who_is_not_named_on_a_restricted_record_has_no_task_about_it():
    case = Case()
    give = partial(give_task, dispatch_id=case.ours.pk, words=WORDS, due_on=None, by=case.boss, now=NOW)
    kept, named = give(owner_id=case.other.pk), give(owner_id=case.lead.pk)
    case.restrict()
    assert [Task.objects.get(pk=each.pk).owner for each in (kept, named)] == [None, case.lead]
    for person, sees in ((case.lead, True), (case.boss, True), (case.other, False), (case.other_boss, False)):
        assert open_tasks(person).exists() is sees
        assert bool(tasks_beside(person, [case.referral.pk])) is sees
    assert set(able_to_do(case.ours)) == {case.lead, case.boss}
    with pytest.raises(Forbidden):
        hand(named, case.other, by=case.boss)
    with pytest.raises(Forbidden):
        hand(kept, case.lead, by=case.other_boss)
    with pytest.raises(Forbidden):
        take_back(kept, by=case.other_boss)


def test_who_is_excluded_has_no_task_about_it():
    referral, officer, cousin = submitted(ABOUT_POLICE), officer_at(COUNCIL), officer_at(COUNCIL, name="Bleddyn Osei")
    task = give_task(
        dispatch_id=dispatch_to_authority(referral).pk,
        owner_id=cousin.pk,
        words=WORDS,
        due_on=None,
        by=officer,
        now=NOW,
    )
    assert task.owner == cousin
    exclude_colleague(referral_id=referral.pk, user_id=cousin.pk, why="Her cousin.", by=officer, now=timezone.now())
    assert Task.objects.get(pk=task.pk).owner is None
    assert not open_tasks(cousin).exists()
    with pytest.raises(Forbidden):
        finish(task, by=cousin)


def test_what_the_restricted_desks_take_over_they_are_left_to_do(scene):
    task = scene.give()
    officer_of(Agency.objects.get(code="ctp-north-east"), name="Corin Tattersley")
    detach_referral(
        dispatch_id=scene.dispatch.pk, wrong_id=scene.referral.person_id,
        right={"given_names": "Corin", "family_name": "Tattersley", "adult_or_child": "adult"},
        reason="The nephew.", by=scene.opener, now=timezone.now(),
    )  # fmt: skip
    after = Task.objects.get(pk=task.pk)
    assert (after.agency.code, after.owner, after.words) == ("restricted-authority-desk", None, WORDS)
    assert not open_tasks(scene.opener).exists()
    assert not open_tasks(scene.boss).exists()
    assert after in open_tasks(allegations_officer())


def test_a_task_is_sealed_again_with_its_referral(scene):
    task = scene.give()
    finish(task, by=scene.owner)
    detach_referral(
        dispatch_id=scene.dispatch.pk, wrong_id=scene.referral.person_id,
        right={"given_names": "Somebody", "adult_or_child": "child"}, reason="Another pupil.",
        by=scene.opener, now=timezone.now(),
    )  # fmt: skip
    after = Task.objects.get(pk=task.pk)
    assert (after.words, after.outcome) == (WORDS, "Rang them. Miss Odell saw it.")
    assert after.person_id != scene.referral.person_id


def test_an_allegation_is_asked_once_of_a_role_and_work_as_often_as_somebody_asks(scene):
    scene.give()
    scene.give()
    assert Task.objects.filter(kind=TaskKind.WORK).count() == 2
    referral = submitted(ABOUT_POLICE)
    allegation = referral.tasks.get()
    assert allegation.kind == TaskKind.ALLEGATION and allegation.role and allegation.owner is None

"""Every question to a referrer stands with somebody until it is answered, also when whoever asked it has left."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.models import Agency, Membership, User
from agencies.roles import RoleName
from audit.agents import Agent
from desk.my_work.questions import questions_sent, questions_to_send
from desk.my_work.shape import Section
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.restrict_record import restrict_record
from referrals.models import Question
from tests.audit.acts import within
from tests.desk.my_work.filling import question_sent, question_to_send
from tests.desk.my_work.scene import Scene, everything
from tests.making import dispatch_to_authority, has_too, make_user, reread
from tests.referrals.naming import WHY

pytestmark = pytest.mark.usefixtures("db", "on_record")
SOURCES = pytest.mark.parametrize(
    ("source", "fill"), [(questions_to_send, question_to_send), (questions_sent, question_sent)]
)


def rows(source, reader: User, *, now=None):
    return source(reread(reader), now=now or timezone.now()).rows


def leaves(user: User) -> None:
    administrator = make_user(
        agency=Agency.objects.get(code="system"), role=RoleName.SYSTEM_ADMINISTRATOR, name="Ada Penrose",
        by=Agent.OPERATOR, now=timezone.now(),
    )  # fmt: skip
    for membership in Membership.objects.filter(user=user):
        end_membership(membership_id=membership.pk, by=administrator, now=timezone.now())


def is_suspended(user: User) -> None:
    within(do=partial(reread(user).changed, is_active=False), by=Agent.OPERATOR, now=timezone.now())


def works_elsewhere(user: User) -> None:
    leaves(user)
    has_too(user, RoleName.AUTHORITY_LEAD, Agency.objects.get(code="E08000032"))


GOING = pytest.mark.parametrize("goes", [leaves, is_suspended, works_elsewhere])


@pytest.fixture
def scene() -> Scene:
    return everything()


def test_a_question_that_waits_for_the_referrer_stands_with_whoever_sent_it_until_it_is_answered(scene: Scene) -> None:
    question_sent(scene)
    (row,) = rows(questions_sent, scene.lead)
    assert row.stands_in is Section.WAITING and str(row.owner) == "The referrer"
    assert row.due.local and not row.due.over
    assert row.address.endswith("#referrer")
    assert not rows(questions_sent, scene.colleague)


def test_a_question_that_the_referrer_does_not_answer_becomes_overdue_by_itself(scene: Scene) -> None:
    question_sent(scene)
    (row,) = rows(questions_sent, scene.lead, now=timezone.now() + timedelta(days=30))
    assert row.due.over and row.stands_in is Section.WAITING


@SOURCES
def test_whoever_works_the_referral_is_shown_what_a_colleague_asked(scene: Scene, source, fill) -> None:
    fill(scene)
    dispatch = dispatch_to_authority(Question.objects.get().referral)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=scene.colleague.pk, by=scene.colleague, now=timezone.now())
    assert len(rows(source, scene.colleague)) == 1


@GOING
@SOURCES
def test_a_question_of_somebody_who_has_left_stands_with_their_colleagues(scene: Scene, source, fill, goes) -> None:
    fill(scene)
    assert not rows(source, scene.colleague)
    goes(scene.lead)
    (row,) = rows(source, scene.colleague)
    assert "no more" in str(row.why)
    assert not rows(source, scene.neighbour) and not rows(source, scene.police)


@SOURCES
def test_once_a_colleague_works_it_the_team_is_not_asked_for_what_somebody_left_behind(
    scene: Scene, source, fill
) -> None:
    fill(scene)
    third = make_user(
        agency=scene.lead.agencies[0], role=RoleName.AUTHORITY_LEAD, name="Hester Quayle", by=Agent.OPERATOR,
        now=timezone.now(),
    )  # fmt: skip
    leaves(scene.lead)
    dispatch = dispatch_to_authority(Question.objects.get().referral)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=scene.colleague.pk, by=scene.colleague, now=timezone.now())
    assert not rows(source, third)
    (row,) = rows(source, scene.colleague)
    assert "no more" not in str(row.why)
    is_suspended(scene.colleague)
    assert len(rows(source, third)) == 1


@SOURCES
def test_a_question_of_somebody_from_whom_the_referral_is_kept_stands_with_their_colleagues(
    scene: Scene, source, fill
) -> None:
    fill(scene)
    restrict_record(
        dispatch_id=dispatch_to_authority(Question.objects.get().referral).pk,
        named=[scene.colleague.pk, scene.police.pk], reason=WHY, by=scene.boss, now=timezone.now(),
    )  # fmt: skip
    assert not rows(source, scene.lead)
    assert len(rows(source, scene.colleague)) == 1

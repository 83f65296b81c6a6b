"""A partnership that somebody is asked to own is never hidden from whoever has it or supervises it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from desk.my_work.partnerships import (
    partnerships_offered,
    partnerships_to_accept,
    partnerships_to_leave,
    partnerships_unowned,
    planned_to_do,
)
from desk.my_work.shape import Section
from tests.desk.my_work.filling import unowned
from tests.desk.my_work.scene import Scene, everything
from tests.making import officer_of, reread
from tests.triage.deconflicting import answered, opened
from tests.triage.partnering import again, asked, decided, owned, planned, reopened, reviewed
from tests.triage.test_partnership_follows import left
from triage.actions.accept_ownership import accept_ownership
from triage.actions.decline_ownership import decline_ownership
from triage.models import Cause, Outcome, ReviewDecision, TriageOutcome

pytestmark = pytest.mark.usefixtures("db", "on_record")
LATER = timedelta(days=8)
WHY = "I know the family."


@pytest.fixture
def scene() -> Scene:
    return everything()


def rows(source, reader, *, later: timedelta = timedelta()):
    return source(reread(reader), now=timezone.now() + later).rows


def told() -> list[str]:
    return sorted(each.address for each in Notice.objects.filter(kind=NoticeKind.PARTNERSHIP_DECLINED))


def test_a_partnership_that_nobody_owns_waits_for_whom_is_asked_and_becomes_overdue(scene: Scene) -> None:
    row = unowned(scene)
    assert len(rows(partnerships_unowned, scene.police_boss)) == 1
    asked(row, scene.police, by=scene.police_boss)
    assert not rows(partnerships_unowned, scene.police_boss)
    (shown,) = rows(partnerships_offered, scene.police_boss)
    assert shown.stands_in is Section.WAITING
    assert shown.owner == scene.police.name and scene.police.name in str(shown.next_step)
    assert "Nobody owns" in str(shown.why)
    (late,) = rows(partnerships_offered, scene.police_boss, later=LATER)
    assert late.due.over and late.due.local


def test_whoever_is_asked_to_own_a_partnership_is_told_when_the_answer_is_overdue(scene: Scene) -> None:
    asked(unowned(scene), scene.police, by=scene.police_boss)
    assert not rows(partnerships_offered, scene.police)
    (late,) = rows(partnerships_to_accept, scene.police, later=LATER)
    assert late.stands_in is Section.OVERDUE


def test_an_owned_partnership_that_is_offered_onward_stands_with_its_owner_and_their_supervisor(scene: Scene) -> None:
    row = unowned(scene)
    owned(row, to=scene.police, by=scene.police_boss)
    other = officer_of(row.agency, name="Hester Quayle")
    asked(row, other, by=scene.police)
    for reader in (scene.police, scene.police_boss):
        (shown,) = rows(partnerships_offered, reader)
        assert shown.owner == other.name and scene.police.name in str(shown.why)
    accept_ownership(partnership_id=row.pk, by=other, now=timezone.now())
    assert not rows(partnerships_offered, scene.police) and not rows(partnerships_offered, scene.police_boss)


def test_whoever_offered_a_partnership_is_told_that_it_was_declined_and_finds_it_without_an_owner(scene: Scene) -> None:
    row = unowned(scene)
    asked(row, scene.police, by=scene.police_boss)
    decline_ownership(partnership_id=row.pk, reason=WHY, by=scene.police, now=timezone.now())
    assert told() == [scene.police_boss.email]
    (notice,) = Notice.objects.filter(kind=NoticeKind.PARTNERSHIP_DECLINED)
    assert notice.details["reference"] == row.referral.reference and WHY not in str(notice.details)
    assert len(rows(partnerships_unowned, scene.police_boss)) == 1


def test_the_supervisors_are_told_that_it_was_declined_where_whoever_offered_it_has_left(scene: Scene) -> None:
    row = unowned(scene)
    owner = owned(row, by=scene.police_boss)
    asked(row, scene.police, by=owner)
    left(owner)
    assert again(row).is_waiting
    decline_ownership(partnership_id=row.pk, reason=WHY, by=scene.police, now=timezone.now())
    assert scene.police_boss.email in told() and owner.email not in told()


def test_nobody_is_told_that_they_have_declined_what_they_offered_to_themselves(scene: Scene) -> None:
    row = unowned(scene)
    asked(row, scene.police_boss, by=scene.police_boss)
    decline_ownership(partnership_id=row.pk, reason=WHY, by=scene.police_boss, now=timezone.now())
    assert told() == []


def test_what_a_review_asks_for_stands_with_owner_and_supervisor_until_the_outcome_is_reopened(scene: Scene) -> None:
    row = unowned(scene)
    owned(row, to=scene.police, by=scene.police_boss)
    reviewed(row, scene.police, decision=ReviewDecision.END)
    for reader in (scene.police, scene.police_boss):
        (shown,) = rows(partnerships_to_leave, reader)
        assert shown.owner == scene.police.name
    assert not rows(partnerships_to_leave, officer_of(row.agency, name="Hester Quayle"))
    reviewed(row, scene.police)
    assert not rows(partnerships_to_leave, scene.police)
    reviewed(row, scene.police, decision=ReviewDecision.CHANNEL)
    assert rows(partnerships_to_leave, scene.police)
    reopened(row.referral, scene.police)
    assert not rows(partnerships_to_leave, scene.police)


def test_a_review_that_supervisors_did_not_follow_asks_for_nothing_any_more(scene: Scene) -> None:
    row = unowned(scene)
    owned(row, to=scene.police, by=scene.police_boss)
    reviewed(row, scene.police, decision=ReviewDecision.END)
    decided(row.referral, TriageOutcome.POLICE_LED, by=scene.police)
    assert not again(row).is_ended
    assert not rows(partnerships_to_leave, scene.police)


def test_what_is_planned_and_means_contact_waits_while_that_is_held(scene: Scene) -> None:
    row = unowned(scene)
    owned(row, to=scene.police, by=scene.police_boss)
    planned(row, scene.police, contacts=True)
    (shown,) = rows(planned_to_do, scene.police)
    assert "Do what is planned" in str(shown.next_step)
    answered(opened(row.referral, cause=Cause.NEW_INFORMATION), Outcome.HOLD, by=scene.analyst)
    (shown,) = rows(planned_to_do, scene.police)
    assert "Wait: contact is not cleared" in str(shown.next_step)

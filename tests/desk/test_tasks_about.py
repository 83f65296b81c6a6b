"""The tasks about persons, as each of their readers may see them."""

import pytest
from django.utils import timezone

from agencies.models import Agency
from desk.tasks_about import May, tasks_about_persons
from referrals.actions.finish_task import finish_task
from referrals.actions.give_task import give_task
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.overdue import supervisor_of
from tests.referrals.at_the_desk import ABOUT_POLICE, allegations_officer

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def asked(dispatch, *, by, to=None):
    return give_task(
        dispatch_id=dispatch.pk, owner_id=to.pk if to else None, words="Ring the school.", due_on=None, by=by, now=NOW
    )


def test_each_sees_those_of_their_agency_with_what_they_may_do():
    one, two = submitted(), submitted()
    council = dispatch_to_authority(one).agency
    lead, colleague, boss = officer_of(council, name="Wren"), officer_of(council, name="Idris"), supervisor_of(council)
    police = officer_of(dispatch_to_police(one).agency, name="Piers")
    open_one = asked(dispatch_to_authority(one), by=lead, to=colleague)
    done = asked(dispatch_to_authority(two), by=lead)
    finish_task(task_id=done.pk, outcome="They rang back.", by=lead, now=NOW)
    theirs = asked(dispatch_to_police(one), by=police)
    persons = [one.person, two.person]
    for reader, may in (
        (lead, May(finish=False, hand=True, take_back=True)),
        (colleague, May(finish=True, hand=True, take_back=False)),
        (boss, May(finish=True, hand=True, take_back=True)),
    ):
        assert tasks_about_persons(reader, persons) == {
            one.person_id: [(open_one, may)],
            two.person_id: [(done, None)],
        }
    assert tasks_about_persons(police, persons) == {
        one.person_id: [(theirs, May(finish=True, hand=True, take_back=True))],
        two.person_id: [],
    }
    stranger = officer_of(Agency.objects.get(code="E08000032"), name="Hope")
    assert tasks_about_persons(stranger, persons) == {one.person_id: [], two.person_id: []}
    assert tasks_about_persons(lead, []) == {}


def test_an_allegation_is_one_of_them_and_is_neither_handed_on_nor_taken_back():
    referral = submitted(ABOUT_POLICE)
    ((task, may),) = tasks_about_persons(allegations_officer(), [referral.person])[referral.person_id]
    assert task.role and may == May(finish=True, hand=False, take_back=False)

"""A task that is the whole team's is taken by one of them."""

from functools import partial

from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden
from referrals.actions.give_task import give_task
from referrals.actions.hand_task import hand_task
from referrals.models import Task
from tests.at_once import at_once
from tests.making import dispatch_to_authority, officer_of, submitted


def test_sixteen_colleagues_at_once_leave_it_with_one_of_them(own_database):
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        takers = [officer_of(dispatch.agency, name=f"Officer {number}") for number in range(16)]
    with recording(by=takers[0]):
        task = give_task(
            dispatch_id=dispatch.pk, owner_id=None, words="Ring the school.", due_on=None,
            by=takers[0], now=timezone.now(),
        )  # fmt: skip

    def take(taker):
        with recording(by=taker):
            return hand_task(task_id=task.pk, to_id=taker.pk, by=taker, now=timezone.now())

    results = at_once(*(partial(take, taker) for taker in takers[1:]))
    taken = [result for result in results if isinstance(result, Task)]
    refused = [result for result in results if isinstance(result, Forbidden)]
    assert (len(taken), len(refused)) == (1, 14), results
    assert Task.objects.get(pk=task.pk).owner_id == taken[0].owner_id

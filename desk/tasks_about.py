"""Tasks beside referrals and persons, with what the reader may do about each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, can
from people.models import Person
from referrals.due_work import tasks_beside
from referrals.models import Dispatch, Referral, Task, TaskKind
from referrals.permissions import can_finish, can_hand, can_take_back
from referrals.selectors import readable_referrals


@dataclass(frozen=True)
class May:
    """What the reader may do about one open task."""

    finish: bool
    hand: bool
    take_back: bool


Tasks = list[tuple[Task, May | None]]


def shown_tasks(reader: User, referral: Referral, mine: Iterable[Dispatch]) -> dict[str, Any]:
    """What was asked of the reader's agencies about a referral, and in which of them they can ask for more.

    `work_rows` are the ids of which the timeline may tell.
    """
    found = tasks_beside(reader, [referral.pk])
    for task in found:
        task.referral = referral
    return {
        "work_beside": [(task, _may(reader, task)) for task in found if task.kind == TaskKind.WORK],
        "work_rows": [task.pk for task in found],
        "to_ask": [each for each in mine if can(reader, Permission.TASK_OPEN, agency=each.agency)],
    }


def tasks_about_persons(reader: User, persons: Iterable[Person]) -> dict[UUID, Tasks]:
    """By person: the tasks about their referrals that the reader may see, with what they may do about each.

    For `templates/desk/parts/person_tasks.html`, which takes one such list, or several put together, as `tasks`. Three
    queries, and for open tasks of colleagues one each.
    """
    asked = {person.pk for person in persons}
    referrals = readable_referrals(reader, Referral.objects.filter(person__in=asked).values("pk"))
    found: dict[UUID, Tasks] = {pk: [] for pk in asked}
    for task in tasks_beside(reader, referrals.values_list("pk", flat=True)):
        found[task.referral.person_id].append((task, _may(reader, task)))
    return found


def _may(reader: User, task: Task) -> May | None:
    if task.is_done:
        return None
    take_back = task.kind == TaskKind.WORK and can_take_back(reader, task)
    return May(can_finish(reader, task), can_hand(reader, task), take_back)

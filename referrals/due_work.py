"""Reads of tasks, scoped to their reader: what is to be done in their agencies, and what stands beside referrals."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from agencies.models import RESTRICTED_KINDS, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import hidden_from, may_know, works_at_restricted_desk
from agencies.selectors import covered_by, holding
from referrals.models import Dispatch, Task, TaskKind


def open_tasks(reader: User) -> QuerySet[Task]:
    """What is to be done in the reader's agencies by those who finish tasks there, the earliest first.

    With referral, person, agency and owner at hand, and the name of the `opener` who asked for it; of an allegation,
    nobody's: it came of the referral, and whoever wrote that is not for this list to name.
    """
    theirs = Task.objects.filter(done_at=None, agency__in=agencies_where(reader, Permission.TASK_FINISH))
    found: QuerySet[Task] = theirs.exclude(referral__in=hidden_from(reader)).select_related(
        "referral__person", "agency", "owner"
    )
    opener = User.objects.filter(pk=OuterRef("opened_by")).values("name")
    asked_by = Case(When(kind=TaskKind.WORK, then=Subquery(opener[:1])))
    return found.annotate(opener=asked_by).order_by("due", "id")


def owned_by(reader: User) -> Q:
    """Of tasks: the reader's own."""
    return Q(owner=reader)


def nobodys() -> Q:
    """Of tasks: the whole team's."""
    return Q(owner=None, kind=TaskKind.WORK)


def given_by(reader: User) -> Q:
    """Of tasks: those that the reader has asked of a colleague."""
    return Q(opened_by=reader.pk, owner__isnull=False) & ~Q(owner=reader)


def of_covered(reader: User) -> Q:
    """Of tasks: those of colleagues for whom the reader stands in today. One query."""
    found = Q(pk__in=[])
    for absence in covered_by(reader, on=timezone.localdate()):
        found |= Q(owner=absence.user_id, agency=absence.agency_id)
    return found


def of_colleagues(reader: User) -> Q:
    """Of tasks: those that others have in the agencies that the reader supervises."""
    supervised = agencies_where(reader, Permission.DISPATCH_SUPERVISE)
    return Q(agency__in=supervised, owner__isnull=False) & ~Q(owner=reader)


def able_to_do(dispatch: Dispatch) -> list[User]:
    """Who can be given a task about a dispatch's referral: who finishes tasks there and may know of it, by name."""
    people = holding(dispatch.agency, Permission.TASK_FINISH, on=timezone.localdate())
    return may_know(dispatch.referral_id, [user for user in people if not user.is_system])


def tasks_beside(reader: User, referrals: Iterable[UUID]) -> list[Task]:
    """The tasks about these referrals that the reader may see, those to be done first, then the latest. Two queries.

    An agency's tasks are its own; with the responsibility for a referral they go over, as notes do. What a restricted
    desk had to do stays with the restricted desks.
    """
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    everybodys = Dispatch.objects.filter(referral__in=list(referrals)).exclude(referral__in=hidden_from(reader))
    rows = list(everybodys.select_related("agency"))
    mine = {(row.referral_id, row.agency.is_police) for row in rows if row.stands and row.agency in theirs}
    at_desk = works_at_restricted_desk(reader)
    shown = {
        (row.referral_id, row.agency_id)
        for row in rows
        if (row.referral_id, row.agency.is_police) in mine and (at_desk or row.agency.kind not in RESTRICTED_KINDS)
        if row.agency in theirs or not row.stands
    }
    if not shown:
        return []
    found = Task.objects.filter(referral__in={referral for referral, _agency in shown})
    found = found.select_related("referral__person", "agency", "owner", "done_by")
    tasks = found.order_by(F("done_at").desc(nulls_first=True), "due", "id")
    return [task for task in tasks if (task.referral_id, task.agency_id) in shown]

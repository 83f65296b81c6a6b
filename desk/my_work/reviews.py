"""What has a day on which it is looked at again: why somebody was not told, and where somebody is who is away."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import RESTRICTED_KINDS, Agency, User
from agencies.models.agency import POLICE_KINDS
from agencies.permissions import Permission, agencies_where
from agencies.restricted import works_at_restricted_desk
from agencies.working_days import end_of, london_date
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, due_at, pile_of
from people.models import Readers, Telling, Whereabouts, Written
from referrals.models import Dispatch
from referrals.models.dispatch import STANDING
from referrals.selectors import dispatches_of
from referrals.states import DispatchState


def tellings_to_review(reader: User, *, now: datetime) -> Pile | None:
    """People who were not told of the referral about them, whose review date has come."""
    mine = Q(assigned_to=reader) | Q(assigned_to=None)
    step = _("Decide whether they are told, and record it")
    return _pile(reader, Telling, mine, _("Not told of the referral"), step, now=now)


def tellings_of_colleagues(reader: User, *, now: datetime) -> Pile | None:
    """The same for those who supervise: what is overdue with somebody else."""
    supervised = agencies_where(reader, Permission.DISPATCH_SUPERVISE)
    if not supervised:
        return None
    others = Q(agency__in=supervised, assigned_to__isnull=False) & ~Q(assigned_to=reader)
    step = _("Ask whoever works it why nobody has told them")
    return _pile(reader, Telling, others, _("Not told, overdue with colleagues"), step, now=now, late=True)


def whereabouts_to_review(reader: User, *, now: datetime) -> Pile | None:
    """People in custody, abroad or looked after elsewhere, whose review date has come."""
    mine = Q(assigned_to=reader) | Q(assigned_to=None)
    step = _("Find out where they are now, and record it")
    return _pile(reader, Whereabouts, mine, _("In custody, abroad or looked after elsewhere"), step, now=now)


def _pile(
    reader: User,
    model: type[Written],
    whose: Q,
    title: Promise,
    step: Promise,
    *,
    now: datetime,
    late: bool = False,
) -> Pile | None:
    theirs = agencies_where(reader, Permission.RECORD_WRITE)
    if not theirs:
        return None
    day = london_date(now)
    due = Q(review_on__lt=day) if late else Q(review_on__lte=day)
    found = _latest_readable(reader, model, theirs).filter(due)
    mine = dispatches_of(reader, needed=Permission.RECORD_WRITE).filter(whose, referral__person=OuterRef("person"))
    first = mine.order_by("sent_at", "pk")
    found = found.filter(Exists(mine)).annotate(
        about_referral=Subquery(first.values("referral_id")[:1]),
        reference=Subquery(first.values("referral__reference")[:1]),
        worked_by=Subquery(first.values("assigned_to__name")[:1]),
    )
    shown = found.select_related("person", "agency").order_by("review_on", "id")
    return pile_of(title, shown, lambda row: _row(row, step, now=now), more=reverse("referrals:inbox"))


def _latest_readable(reader: User, model: type[Written], theirs: list[Agency]) -> QuerySet[Written]:
    """Of what stands, the latest that the reader may read beside each person (`people.beside`)."""
    readable = _readable(reader, theirs)
    stands = model.objects.filter(struck_at=None)
    later = stands.filter(_readable(reader, theirs), person=OuterRef("person"), written_at__gt=OuterRef("written_at"))
    found: QuerySet[Written] = stands.filter(readable).exclude(Exists(later))
    return found


def _readable(reader: User, theirs: list[Agency]) -> Q:
    """For all, or for an agency of theirs only, or for one of that side which had it before theirs."""
    condition = Q(readers=Readers.RECIPIENTS) | Q(agency__in=theirs)
    for police in (True, False):
        heirs = [agency for agency in theirs if agency.is_police == police]
        if heirs:
            condition |= _inherited(heirs, police=police)
    return condition if works_at_restricted_desk(reader) else condition & ~Q(agency__kind__in=RESTRICTED_KINDS)


def _inherited(heirs: list[Agency], *, police: bool) -> Q:
    """Written for an agency of one side that had the referral before one of these, which has it now."""
    side = Q(agency__kind__in=POLICE_KINDS) if police else ~Q(agency__kind__in=POLICE_KINDS)
    about = Dispatch.objects.filter(side, referral__person=OuterRef("person"))
    gone = about.filter(state=DispatchState.TRANSFERRED, agency=OuterRef("agency"))
    return Q(Exists(gone)) & Q(Exists(about.filter(STANDING, agency__in=heirs)))


def _row(row: Any, step: Promise, *, now: datetime) -> Row:
    if isinstance(row, Telling):
        page, why = "desk:person-telling", row.get_why_not_display()
    else:
        page, why = "desk:person-whereabouts", row.get_kind_display()
    return Row(
        Section.DUE,
        row.reference,
        reverse(page, args=[row.person_id]),
        next_step=step,
        why=why,
        owner=row.worked_by or _("Your team"),
        since=row.written_at,
        listed=(row.about_referral,),
        about=row.person.name,
        agency=row.agency.name,
        due=due_at(end_of(row.review_on), row.agency, now=now, local=False),
        tags=(NOT_CLEARED,),
    )

"""What the police desk must look at: what went ahead before contact was cleared; and contact that is suspended."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, pile_of
from people.models import PlannedContact, Urgency
from people.planned import suspended_by_agencies_of
from triage.urgent import urgencies_to_see


def urgencies_not_seen(reader: User, *, now: datetime) -> Pile | None:
    """What went ahead in a referral of the reader's police agencies, until somebody there says they have seen it."""
    if not any(agency.is_police for agency in agencies_where(reader, Permission.URGENCY_SEE)):
        return None
    found = urgencies_to_see(reader).prefetch_related("person__referrals")
    return pile_of(_("Went ahead before contact was cleared"), found, _not_seen, more=reverse("triage:police-desk"))


def _not_seen(urgency: Urgency) -> Row:
    referral = urgency.person.referrals.all()[0]
    return Row(
        Section.NEW,
        referral.reference,
        reverse("triage:urgency", args=[urgency.pk]),
        next_step=_("Read what went ahead and why, and say that you have seen it"),
        why=_("Somebody was at risk, and contact was not cleared."),
        owner=_("Your police desk"),
        since=urgency.done_at,
        listed=(referral.pk,),
        about=urgency.person.name,
        agency=urgency.agency.name,
        tags=(NOT_CLEARED,),
        immediate=True,
    )


def suspended_contacts(reader: User, *, now: datetime) -> Pile | None:
    """Contact that the reader's agencies have authorised, and that must not be made."""
    if not agencies_where(reader, Permission.RECORD_WRITE):
        return None
    found = suspended_by_agencies_of(reader, now=now).prefetch_related("person__referrals")
    return pile_of(_("Suspended contact"), found, _suspended, more=reverse("referrals:inbox"))


def _suspended(row: PlannedContact) -> Row:
    referral = row.person.referrals.all()[0]
    return Row(
        Section.DUE,
        referral.reference,
        reverse("desk:person", args=[row.person_id]) + "#planned",
        next_step=_("Do not make this contact. Cancel it, or authorise it anew once contact is cleared"),
        why=_("Clearance ended before the contact that was planned."),
        owner=_("Your team"),
        since=row.suspended_at or row.written_at,
        listed=(referral.pk,),
        about=row.person.name,
        tags=(NOT_CLEARED,),
    )

"""What the police have to do until it stands what a referral becomes, and afterwards where a service has to answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, due_at, pile_of
from triage.models import GatewayAssessment, Signposting
from triage.selectors import assessments_of, signpostings_of, to_sign
from triage.states import GatewayState, SignpostingState


def outcomes_to_sign(reader: User, *, now: datetime) -> Pile | None:
    """Proposed by colleagues: whoever wrote it does not sign."""
    if not _police(reader, Permission.GATEWAY_SIGN):
        return None
    return pile_of(_("Outcomes to sign"), to_sign(reader), _to_sign, more=reverse("referrals:inbox"))


def assessments_to_finish(reader: User, *, now: datetime) -> Pile | None:
    """What the reader wrote last, and did not propose; what was given back first of all says why."""
    if not _police(reader, Permission.GATEWAY_WRITE):
        return None
    found = assessments_of(reader).filter(state=GatewayState.DRAFT, written_by=reader).order_by("written_at", "id")
    return pile_of(_("Gateway assessments to finish"), found, _to_finish, more=reverse("referrals:inbox"))


def signpostings_open(reader: User, *, now: datetime) -> Pile | None:
    """Services that have not said whether they take somebody, or have declined: the need is met by nobody."""
    police = _police(reader, Permission.GATEWAY_WRITE)
    if not police:
        return None
    found = signpostings_of(reader).exclude(state=SignpostingState.ACCEPTED).order_by("due", "id")
    return pile_of(
        _("Signposted, and not accepted"), found, lambda row: _open(row, police[0], now=now),
        more=reverse("referrals:inbox"),
    )  # fmt: skip


def _police(reader: User, needed: Permission) -> list[Agency]:
    return [agency for agency in agencies_where(reader, needed) if agency.is_police]


def _to_sign(row: GatewayAssessment) -> Row:
    return Row(
        Section.NEW,
        row.referral.reference,
        reverse("triage:gateway", args=[row.pk]),
        next_step=_("Read the gateway assessment, and sign or give it back"),
        why=row.get_outcome_display(),
        owner=_("Supervisors of your agency"),
        since=row.proposed_at or row.written_at,
        listed=(row.referral_id,),
        about=row.referral.person.name,
        tags=(NOT_CLEARED,),
        immediate=row.referral.immediate,
    )


def _to_finish(row: GatewayAssessment) -> Row:
    return Row(
        Section.DUE,
        row.referral.reference,
        reverse("triage:gateway", args=[row.pk]),
        next_step=_("Write the gateway assessment further"),
        why=_("A supervisor gave it back.") if row.returned_at else _("You began it."),
        owner=row.written_by.name,
        since=row.written_at,
        listed=(row.referral_id,),
        about=row.referral.person.name,
        tags=(NOT_CLEARED,),
        immediate=row.referral.immediate,
    )


def _open(row: Signposting, agency: Agency, *, now: datetime) -> Row:
    referral = row.assessment.referral
    return Row(
        Section.DUE,
        referral.reference,
        reverse("triage:service-answer", args=[row.pk]),
        next_step=_("Decide again: the service declines") if row.is_declined else _("Ask whether the service accepts"),
        why=_("The person was signposted to it."),
        owner=_("Officers of your agency"),
        since=row.assessment.signed_at or row.due,
        listed=(referral.pk,),
        about=referral.person.name,
        due=due_at(row.due, agency, now=now),
        tags=(NOT_CLEARED,),
    )

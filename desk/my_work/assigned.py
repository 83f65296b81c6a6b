"""The reader's own referrals: each leads to what is to be done with it next."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from agencies.models.agency import POLICE_KINDS
from agencies.permissions import Permission, agencies_where
from desk.my_work.referrals import row_of
from desk.my_work.shape import SHOWN, Pile, Row, Section
from people.clearance import cleared_among
from referrals.models import Dispatch
from referrals.policies import awaits_acknowledgement
from referrals.selectors import InboxFilters, inbox
from triage.models import GatewayAssessment, TriageOutcome
from triage.states import GatewayState

_ABOUT = GatewayAssessment.objects.filter(referral=OuterRef("referral"), person=OuterRef("referral__person"))
_STANDS = _ABOUT.filter(state=GatewayState.SIGNED)


def assigned(reader: User, *, now: datetime) -> Pile | None:
    """No target says how long they are worked. Of the police's own those are left out whose outcome is signed.

    Three queries however many there are.
    """
    if not agencies_where(reader, Permission.DISPATCH_READ):
        return None
    first = list(_worked(reader)[: SHOWN + 1])
    cleared = cleared_among(dispatch.referral.person_id for dispatch in first)
    writing = [agency.pk for agency in agencies_where(reader, Permission.GATEWAY_WRITE) if agency.is_police]
    rows = [_row(each, cleared, writes=each.agency_id in writing) for each in first[:SHOWN]]
    more = f"{reverse('referrals:inbox')}?assigned=me"
    return Pile(gettext_lazy("Assigned to me"), rows, more if len(first) > SHOWN else "")


def _worked(reader: User) -> QuerySet[Any]:
    found = inbox(reader, filters=InboxFilters(assigned="me"))
    found = found.exclude(Exists(_STANDS) & Q(agency__kind__in=POLICE_KINDS))
    under_way = _ABOUT.filter(state__in=(GatewayState.DRAFT, GatewayState.PROPOSED))
    found = found.annotate(
        signed_as=Subquery(_STANDS.values("outcome")[:1]),
        assessment=Subquery(under_way.values("pk")[:1]),
        assessed=Subquery(under_way.values("state")[:1]),
    )
    return found.order_by("-immediate", "sent_at", "id")


def _row(dispatch: Dispatch, cleared: set[UUID], *, writes: bool) -> Row:
    section, step, address = Section.DUE, _("Work it"), ""
    why = _("A colleague or you made you responsible for it.")
    given: Any = dispatch
    if given.signed_as:
        why = _("What the police made of it: {outcome}.").format(outcome=TriageOutcome(given.signed_as).label)
    elif writes and given.assessment:
        address = reverse("triage:gateway", args=[given.assessment])
        step = _("Write the gateway assessment further")
        if given.assessed == GatewayState.PROPOSED:
            section, step = Section.WAITING, _("A supervisor signs the outcome")
    elif writes and dispatch.referral.person_id in cleared and not awaits_acknowledgement(dispatch):
        address, step = reverse("triage:begin-gateway", args=[dispatch.referral_id]), _("Begin the gateway assessment")
    return row_of(dispatch, section=section, step=step, why=why, owner=_("You"), address=address)

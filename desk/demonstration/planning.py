"""Contact that officers in Leeds have planned: one that stands, one suspended, one that could not wait."""

from datetime import datetime, timedelta

from django.utils import timezone

from agencies.models import User
from people.actions.authorise_contact import authorise_contact
from people.clearance import cleared_among
from people.models import ContactHow, ContactTo, InformationRequest, PersonName, PlannedContact, Readers
from people.urgent import Urgent
from referrals.models import Dispatch
from referrals.states import DispatchState
from triage.actions.ask_for_deconfliction import ask_for_deconfliction

_PURPOSE = "Hear how things are at home, and say who will ring them when the panel has met."
_URGENT = Urgent(
    need="She wrote to a friend at noon that nobody will see her again after today.",
    at_risk="The person herself",
    consulted="Marged Holloway, supervisor; the duty social worker has been rung",
)
_ASKED = "Her brother has come back to live there, of whom we know nothing."


def plan(*, now: datetime) -> None:
    """Two are about people who are cleared, FIMU is asked again about one; the third is about one who is not."""
    lead = User.objects.get(email="lead@leeds.example")
    had = Dispatch.objects.filter(agency=lead.agencies[0], state=DispatchState.ACKNOWLEDGED)
    # Of whom nothing new is known: FIMU would be asked again, and suspend what is to stand.
    new = [pk for model in (PersonName, InformationRequest) for pk in model.objects.values_list("person", flat=True)]
    found = list(had.exclude(referral__person__in=new).select_related("referral").order_by("assigned_at", "id"))
    cleared = cleared_among(dispatch.referral.person_id for dispatch in found)
    may, may_not = ([each for each in found if (each.referral.person_id in cleared) is yes] for yes in (True, False))
    for dispatch in may[:2]:
        _authorise(dispatch, lead, now=now - timedelta(days=1))
    for dispatch in may[1:2]:
        ask_for_deconfliction(referral_id=dispatch.referral_id, reason=_ASKED, by=lead, now=now - timedelta(hours=3))
    for dispatch in may_not[:1]:
        _authorise(dispatch, lead, now=now - timedelta(minutes=30), urgent=_URGENT)


def _authorise(dispatch: Dispatch, lead: User, *, now: datetime, urgent: Urgent | None = None) -> PlannedContact:
    row: PlannedContact = authorise_contact(
        person_id=dispatch.referral.person_id, agency_id=dispatch.agency_id, with_whom=ContactTo.CARER,
        whom="The mother", day=timezone.localdate(now) + timedelta(days=4), clock=None, how=ContactHow.VISIT,
        purpose=_PURPOSE, maker=lead.name, readers=Readers.RECIPIENTS, urgent=urgent, by=lead, now=now,
    )  # fmt: skip
    return row

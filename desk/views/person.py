"""A person: everything known across the referrals on one record, as far as the reader may read them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.permissions import Permission, can
from audit.access import looked
from audit.models import Entry
from desk.record import record_shown
from desk.requests import requests_about
from people.clearance import how_cleared
from people.models import Person
from people.permissions import check_can_read
from referrals.purposes import check_said_why


@permission(Permission.REFERRAL_READ)
@require_safe
def person_page(request: Request, person_id: UUID) -> HttpResponse:
    """Names and spellings, referrals, who else it may be, and one chronology."""
    check_can_read(request.user, person_id)
    person = Person.objects.get(pk=person_id)
    now = timezone.now()
    record = record_shown(request.user, person, now=now)
    check_said_why(request, [referral.pk for referral in record.referrals])
    for referral in record.referrals:
        looked(kind=Entry.Kind.VIEWED, at_object=referral, by=request.user, now=now, person=str(person_id))
    context = {
        "now": now,
        "person": person,
        "cleared": how_cleared(person_id),
        "reads_matches": can(request.user, Permission.MATCH_READ),
        "requests": requests_about(request.user, [each.pk for each in record.persons]),
        **vars(record),
    }
    return render(request, "desk/person.html", context)

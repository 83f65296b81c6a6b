"""What the police desk has to see: contact before it was cleared, and answers that are due or held."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, record_refused, require_safe, require_safe_or_post
from agencies.permissions import Permission
from audit.access import looked
from audit.models import Entry
from audit.refusals import NotNow
from people.clearance import how_cleared
from referrals.models import Referral
from referrals.purposes import check_said_why
from referrals.views.acting import saw
from triage.actions.see_urgency import see_urgency
from triage.urgent import held_near, unanswered, urgencies_of, urgencies_to_see, without_analysts

# Of each, the page shows so many.
SHOWN = 100


@permission(Permission.URGENCY_SEE)
@require_safe
def police_desk(request: Request) -> HttpResponse:
    """What went ahead before contact was cleared, what FIMU has not answered, and holds whose review date is near."""
    now = timezone.now()
    urgencies = list(urgencies_to_see(request.user).prefetch_related("person__referrals")[:SHOWN])
    held = list(held_near(request.user, now=now)[:SHOWN])
    late = list(unanswered(request.user, now=now)[:SHOWN])
    rows = [(urgency, urgency.person.referrals.all()[0]) for urgency in urgencies]
    listed = {*(referral.pk for _urgency, referral in rows), *(row.referral_id for row in (*held, *late))}
    looked(kind=Entry.Kind.LISTED, by=request.user, now=now, referrals=sorted(map(str, listed)))
    nobody = without_analysts(request.user, now=now)
    return render(request, "triage/police_desk.html", {"rows": rows, "held": held, "late": late, "nobody": nobody})


@permission(Permission.URGENCY_SEE)
@require_safe_or_post
def urgency(request: Request, urgency_id: UUID) -> HttpResponse:
    """What was done, by whom and why; and the button by which somebody there says that it was seen."""
    row = urgencies_of(request.user).get(pk=urgency_id)
    referral = Referral.objects.select_related("person").get(person=row.person_id)
    check_said_why(request, [referral.pk])
    saw(request, referral)
    if request.method == "POST":
        try:
            see_urgency(urgency_id=row.pk, by=request.user, now=timezone.now())
        except NotNow as refusal:
            record_refused(request, refusal)
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("It is on record that you have seen it."))
        return redirect("triage:urgency", row.pk)
    context = {"row": row, "referral": referral, "cleared": how_cleared(row.person_id)}
    return render(request, "triage/urgency.html", context)

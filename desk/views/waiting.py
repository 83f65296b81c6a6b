"""What waits for receipt, by age and agency: for supervisors their own, for a national desk every agency's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.checks import AHEAD
from agencies.permissions import Permission, can
from agencies.working_days import Calendar, known_until
from audit.access import looked
from audit.models import Entry
from referrals.waiting import AGES, waiting


@permission(Permission.WAITING_READ)
@require_safe
def waiting_page(request: Request) -> HttpResponse:
    """Counts with links to the inbox, where the reader may open what is counted."""
    now = timezone.now()
    rows = waiting(request.user, now=now)
    looked(kind=Entry.Kind.LISTED, by=request.user, now=now, agencies=[str(row.agency.pk) for row in rows])
    end = min(map(known_until, Calendar))
    context = {
        "rows": rows,
        "ages": AGES,
        "total": sum(row.total for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "immediate": sum(row.immediate for row in rows),
        "all_agencies": can(request.user, Permission.DISPATCH_OVERSEE),
        "holidays_end": end if timezone.localdate(now) + AHEAD > end else None,
    }
    return render(request, "desk/waiting.html", context)

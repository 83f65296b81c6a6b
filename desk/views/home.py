"""My work: what to do next, and why it is mine."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.administration import waiting_proposals, waiting_resumptions
from agencies.models import User
from agencies.permissions import Permission, agencies_where, can
from agencies.selectors import undelivered_events, undelivered_notices, unfinished_handlings
from audit.access import looked
from audit.models import Entry
from desk.selectors import SHOWN, my_work
from referrals.opened import accesses_of, to_review
from referrals.quarantine import held_count
from referrals.restricted import open_tasks
from referrals.selectors import lately_left, offers_to


@permission(Permission.HOME_READ)
@require_safe
def home(request: Request) -> HttpResponse:
    """The reader's piles of work; for those who read no referral, what they can do instead."""
    agencies = agencies_where(request.user, Permission.DISPATCH_READ)
    reviews = can(request.user, Permission.GLASS_REVIEW)
    by_name = can(request.user, Permission.REFERRAL_READ)
    opened = list(accesses_of(request.user)[:SHOWN]) if by_name else []
    piles = my_work(request.user) if agencies else []
    offers = list(offers_to(request.user)[:SHOWN]) if agencies else []
    rows = [row for pile in piles for row in pile.rows] + [offer.dispatch for offer in offers]
    shown = sorted({str(row.referral_id) for row in rows} | {str(access.content_object_id) for access in opened})
    if shown:
        looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), referrals=shown)
    tasks = list(open_tasks(request.user)[:SHOWN])
    decides = can(request.user, Permission.QUARANTINE_DECIDE)
    approves = can(request.user, Permission.MEMBERSHIP_APPROVE)
    context = {
        "approves": approves,
        "audits": can(request.user, Permission.AUDIT_READ),
        **_given_up(request.user),
        "to_approve": waiting_proposals().exclude(proposed_by=request.user).count() if approves else 0,
        "to_open": waiting_resumptions().exclude(resume_asked_by=request.user).count() if approves else 0,
        "tasks": tasks,
        "now": timezone.now(),
        "piles": piles,
        "offers": offers,
        "left": list(lately_left(request.user, now=timezone.now())[:SHOWN]) if agencies else [],
        "reads": bool(agencies),
        "reads_by_name": by_name,
        "several_agencies": len(agencies) > 1,
        "decides": decides,
        "opened": opened,
        "reviews": reviews,
        "to_review": len(to_review(request.user)) if reviews else 0,
        "held": held_count() if decides else 0,
    }
    return render(request, "desk/home.html", context)


def _given_up(reader: User) -> dict[str, int]:
    """How much the service should have sent or done and has given up: whoever can mend it must not have to look."""
    return {
        "undelivered": undelivered_notices(reader).count(),
        "unfinished": unfinished_handlings(reader).count(),
        "unheard": undelivered_events().count() if can(reader, Permission.ENDPOINT_EDIT) else 0,
    }

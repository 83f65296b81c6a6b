"""My work: what is new, due, overdue and waiting for others; what to do next, and why it is mine."""

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
from desk.my_work.clearance import with_clearance
from desk.my_work.shape import SHOWN
from desk.my_work.sources import my_work
from referrals.opened import accesses_of, to_review
from referrals.quarantine import held_count
from referrals.repeats import repeated
from referrals.selectors import lately_left


@permission(Permission.HOME_READ)
@require_safe
def home(request: Request) -> HttpResponse:
    """The sections of the reader's work; for those who read no referral, what they can do instead."""
    now, agencies = timezone.now(), agencies_where(request.user, Permission.DISPATCH_READ)
    reviews = can(request.user, Permission.GLASS_REVIEW)
    by_name = can(request.user, Permission.REFERRAL_READ)
    opened = list(accesses_of(request.user)[:SHOWN]) if by_name else []
    work = with_clearance(my_work(request.user, now=now))
    listed = {str(referral) for section in work for row in section.rows for referral in row.listed}
    listed |= {str(access.content_object_id) for access in opened}
    asked = {str(each) for section in work for row in section.rows for each in row.requests}
    if listed:
        looked(kind=Entry.Kind.LISTED, by=request.user, now=now, referrals=sorted(listed))
    if asked:
        looked(kind=Entry.Kind.LISTED, by=request.user, now=now, requests=sorted(asked))
    decides = can(request.user, Permission.QUARANTINE_DECIDE)
    approves = can(request.user, Permission.MEMBERSHIP_APPROVE)
    context = {
        "approves": approves,
        "audits": can(request.user, Permission.AUDIT_READ),
        **_given_up(request.user),
        "to_approve": waiting_proposals().exclude(proposed_by=request.user).count() if approves else 0,
        "to_open": waiting_resumptions().exclude(resume_asked_by=request.user).count() if approves else 0,
        "deconflicts": can(request.user, Permission.DECONFLICTION_ANSWER),
        "now": now,
        "work": work,
        "repeated": repeated(request.user, listed),
        "has_tasks": can(request.user, Permission.TASK_FINISH),
        "left": list(lately_left(request.user, now=now)[:SHOWN]) if agencies else [],
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

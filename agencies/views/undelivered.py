"""E-mails that could not be delivered, and trying again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.replay_handling import replay_handling
from agencies.actions.replay_notice import replay_notice
from agencies.permissions import Permission
from agencies.selectors import notices_of, undelivered_notices, unfinished_handlings
from audit.access import looked
from audit.keys import HOUSE, load_keys
from audit.models import Entry

SHOWN = 50


@permission(Permission.NOTICE_READ)
@require_safe
def undelivered(request: Request) -> HttpResponse:
    """The dead notices: kind, reference, how often and why it failed."""
    notices = list(undelivered_notices(request.user)[: SHOWN + 1])
    load_keys({notice.key_of or HOUSE for notice in notices})
    looked(
        kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), notices=[str(row.pk) for row in notices[:SHOWN]]
    )
    handlings = list(unfinished_handlings(request.user)[: SHOWN + 1])
    context = {
        "notices": notices[:SHOWN],
        "handlings": handlings[:SHOWN],
        "more": max(len(notices), len(handlings)) > SHOWN,
    }
    return render(request, "agencies/undelivered.html", context)


@permission(Permission.NOTICE_REPLAY)
@require_safe_or_post
def replay(request: Request, notice_id: UUID) -> HttpResponse:
    """Put one back in the queue. Who had to sign in again first comes back by GET, to the list."""
    if request.method != "POST":
        return redirect("agencies:undelivered")
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    replay_notice(notice_id=notice.pk, by=request.user, now=timezone.now())
    messages.success(request, _("The e-mail will be tried again now."))
    return redirect("agencies:undelivered")


@permission(Permission.NOTICE_OVERSEE)
@require_safe_or_post
def replay_reaction(request: Request, handling_id: UUID) -> HttpResponse:
    """Put a reaction to an event back in the queue; a GET leads to the list."""
    if request.method != "POST":
        return redirect("agencies:undelivered")
    replay_handling(handling_id=handling_id, by=request.user, now=timezone.now())
    messages.success(request, _("It will be tried again now."))
    return redirect("agencies:undelivered")

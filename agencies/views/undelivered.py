"""E-mails that could not be delivered, and trying again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import Request, permission
from agencies.actions.replay_notice import replay_notice
from agencies.permissions import Permission
from agencies.selectors import undelivered_notices
from audit.keys import HOUSE, load_keys

SHOWN = 50


@permission(Permission.NOTICE_READ)
@require_safe
def undelivered(request: Request) -> HttpResponse:
    """The dead notices: kind, reference, how often and why it failed."""
    notices = list(undelivered_notices()[: SHOWN + 1])
    load_keys({notice.key_of or HOUSE for notice in notices})
    return render(
        request, "agencies/undelivered.html", {"notices": notices[:SHOWN], "more": len(notices) > SHOWN}
    )


@permission(Permission.NOTICE_REPLAY)
@require_POST
def replay(request: Request, notice_id: UUID) -> HttpResponse:
    """Put one back in the queue."""
    replay_notice(notice_id=notice_id, by=request.user, now=timezone.now())
    messages.success(request, _("The e-mail will be tried again now."))
    return redirect("agencies:undelivered")

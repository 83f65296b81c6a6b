"""One's own sessions: where somebody is signed in, and ending that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_post
from agencies.actions.end_session import end_session
from agencies.actions.end_sessions import end_sessions
from agencies.permissions import Permission

WHY = "by its owner"


@permission(Permission.HOME_READ)
@require_post
def end(request: Request, number: UUID) -> HttpResponse:
    """End one session."""
    end_session(user_id=request.user.pk, number=number, why=WHY, by=request.user, now=timezone.now())
    messages.success(request, _("The session is ended."))
    return redirect("agencies:account")


@permission(Permission.HOME_READ)
@require_post
def end_others(request: Request) -> HttpResponse:
    """End every session but this one."""
    here = request.session["number"]
    end_sessions(user_id=request.user.pk, why=WHY, but=here, by=request.user, now=timezone.now())
    messages.success(request, _("All other sessions are ended."))
    return redirect("agencies:account")

"""The pages of the demonstration. The settings route to them only with DEMO=1."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access import public, require_safe
from config.demo.mail import caught, folder, read
from config.environment import LOOPBACK


@public
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """All that was sent, newest first."""
    only_here(request)
    return render(request, "demo/mail_list.html", {"mails": caught()})


@public
@require_safe
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One message."""
    only_here(request)
    path = folder() / f"{mail_id}.eml"
    if not path.exists():
        raise Http404
    return render(request, "demo/mail.html", {"mail": read(path)})


def only_here(request: HttpRequest) -> None:
    """Raise Http404 unless this is a demonstration asked from this machine."""
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404

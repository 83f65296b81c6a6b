"""The systems that use the API and their keys: for administrators."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.approve_api_key import approve_api_key
from agencies.actions.connect_partner import connect_partner
from agencies.actions.connect_system import connect_system
from agencies.actions.make_api_key import NewKey
from agencies.actions.revoke_api_key import revoke_api_key
from agencies.actions.rotate_api_key import rotate_api_key
from agencies.forms.key import OverlapForm, RevokeForm, SystemForm
from agencies.models import ApiKey, User
from agencies.permissions import Permission, check_can_approve_key
from agencies.scopes import Scope
from agencies.selectors import api_keys
from audit.refusals import NotNow

SHOWN = 200


@permission(Permission.API_KEY_MANAGE)
@require_safe
def keys(request: Request) -> HttpResponse:
    """Every key: whose it is, what it may be used for, when it was used last; those that work come first."""
    now = timezone.now()
    found = api_keys(now=now)[: SHOWN + 1]
    return render(request, "agencies/keys.html", {"keys": found[:SHOWN], "more": len(found) > SHOWN, "now": now})


@permission(Permission.API_KEY_MANAGE, step_up=True)
@require_safe_or_post
def connect(request: Request) -> HttpResponse:
    """Connect a system. Its key is on the page that answers, and nowhere after."""
    form = SystemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _shown_once(request, _connected(request, form))
        except NotNow as refused:
            form.add_error("organisation" if form.is_new else "agency", str(refused))
    return render(request, "agencies/connect_system.html", {"form": form})


def _connected(request: Request, form: SystemForm) -> NewKey:
    given = form.cleaned_data
    asked = {"name": given["name"], "scopes": [Scope(scope) for scope in given["scopes"]]}
    made: NewKey
    if form.is_new:
        organisation = given["organisation"]
        made = connect_partner(organisation=organisation, **asked, by=request.user, now=timezone.now())
    else:
        made = connect_system(agency_id=UUID(given["agency"]), **asked, by=request.user, now=timezone.now())
    return made


@permission(Permission.API_KEY_MANAGE, step_up=True)
@require_safe_or_post
def rotate_key(request: Request, key_id: UUID) -> HttpResponse:
    """Give a system a new key while the old one goes on for a while."""
    key = get_object_or_404(ApiKey.objects.select_related("system"), pk=key_id)
    form = OverlapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = rotate_api_key(key_id=key.pk, overlap=form.overlap, by=request.user, now=timezone.now())
        return _shown_once(request, made)
    return render(request, "agencies/rotate_key.html", {"form": form, "key": key})


@permission(Permission.API_KEY_MANAGE)
@require_safe_or_post
def revoke_key(request: Request, key_id: UUID) -> HttpResponse:
    """End a key now, and say why."""
    key = get_object_or_404(ApiKey.objects.select_related("system"), pk=key_id)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_api_key(key_id=key.pk, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, _("The key {front} opens nothing any more.").format(front=key.front))
        return redirect("agencies:keys")
    return render(request, "agencies/revoke_key.html", {"form": form, "key": key})


@permission(Permission.API_KEY_APPROVE, step_up=True)
@require_safe_or_post
def approve_key(request: Request, key_id: UUID) -> HttpResponse:
    """Let a key that fetches referrals open them: asked of another administrator than who made it."""
    key = get_object_or_404(ApiKey.objects.select_related("system"), pk=key_id)
    check_can_approve_key(request.user, key)
    if request.method == "POST":
        approve_api_key(key_id=key.pk, by=request.user, now=timezone.now())
        messages.success(request, _("The key {front} works from now on.").format(front=key.front))
        return redirect("agencies:keys")
    return render(request, "agencies/approve_key.html", {"key": key, "made_by": User.objects.get(pk=key.made_by)})


def _shown_once(request: Request, made: NewKey) -> HttpResponse:
    return render(request, "agencies/new_key.html", {"key": made.key, "text": str(made.text)})

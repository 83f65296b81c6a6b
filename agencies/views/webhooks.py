"""The systems of agencies that are told of events: for administrators."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.create_endpoint import create_endpoint
from agencies.actions.disable_endpoint import disable_endpoint
from agencies.actions.enable_endpoint import enable_endpoint
from agencies.actions.replay_delivery import replay_delivery
from agencies.actions.rotate_secret import rotate_secret
from agencies.actions.send_test_event import send_test_event
from agencies.forms.endpoint import AgencyForm, EndpointForm, RotateForm
from agencies.models import Agency, Endpoint
from agencies.permissions import Permission
from agencies.selectors import endpoints, events_of, undelivered_events
from audit.refusals import NotNow

SHOWN, LATEST = 50, 20


@permission(Permission.ENDPOINT_EDIT)
@require_safe_or_post
def webhooks(request: Request) -> HttpResponse:
    """Every endpoint and how it does, the events that no receiver took, and the way to another agency."""
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("agencies:agency-webhooks", form.cleaned_data["agency"])
    dead = list(undelivered_events()[: SHOWN + 1])
    context = {
        "form": form,
        "endpoints": list(endpoints()),
        "deliveries": dead[:SHOWN],
        "more": len(dead) > SHOWN,
        "now": timezone.now(),
    }
    return render(request, "agencies/webhooks.html", context)


@permission(Permission.ENDPOINT_EDIT, step_up=True)
@require_safe_or_post
def agency_webhooks(request: Request, agency_id: UUID) -> HttpResponse:
    """The endpoints of one agency, and adding one; its secret is on the page that answers, and nowhere after."""
    agency = get_object_or_404(Agency, pk=agency_id)
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint, secret = create_endpoint(
                agency_id=agency.pk, url=form.cleaned_data["url"], by=request.user, now=timezone.now()
            )
        except NotNow as refused:
            form.add_error("url", str(refused))
        else:
            return render(request, "agencies/endpoint_secret.html", {"endpoint": endpoint, "secret": secret})
    context = {"agency": agency, "form": form, "endpoints": list(endpoints(agency)), "now": timezone.now()}
    return render(request, "agencies/agency_webhooks.html", context)


@permission(Permission.ENDPOINT_EDIT)
@require_safe
def endpoint(request: Request, endpoint_id: UUID) -> HttpResponse:
    """One endpoint: what it was told last, and what can be done with it."""
    found = get_object_or_404(endpoints(), pk=endpoint_id)
    context = {
        "endpoint": found,
        "deliveries": list(events_of(found)[:LATEST]),
        "ending": found.secrets.filter(valid_until__gt=timezone.now()).first(),
        "form": RotateForm(),
        "now": timezone.now(),
    }
    return render(request, "agencies/endpoint.html", context)


@permission(Permission.ENDPOINT_EDIT)
@require_safe_or_post
def test_endpoint(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Send a test event. Here and below, who had to sign in again first comes back by GET, to the endpoint."""
    if request.method == "POST":
        send_test_event(endpoint_id=endpoint_id, by=request.user, now=timezone.now())
        messages.success(request, _("A test event is on its way. Reload the page to see what came of it."))
    return redirect("agencies:endpoint", endpoint_id)


@permission(Permission.ENDPOINT_EDIT, step_up=True)
@require_safe_or_post
def rotate_endpoint(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Make a new secret, which is on the page that answers, and nowhere after."""
    if request.method != "POST":
        return redirect("agencies:endpoint", endpoint_id)
    form = RotateForm(request.POST)
    at_once = form.is_valid() and form.cleaned_data["at_once"]
    secret = rotate_secret(endpoint_id=endpoint_id, at_once=at_once, by=request.user, now=timezone.now())
    found = Endpoint.objects.select_related("agency").get(pk=endpoint_id)
    ending = found.secrets.filter(valid_until__gt=timezone.now()).first()
    return render(request, "agencies/endpoint_secret.html", {"endpoint": found, "secret": secret, "ending": ending})


@permission(Permission.ENDPOINT_EDIT)
@require_safe_or_post
def disable(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Stop calling it."""
    if request.method == "POST":
        disable_endpoint(endpoint_id=endpoint_id, by=request.user, now=timezone.now())
        messages.success(request, _("The endpoint is disabled. Nothing is sent to it."))
    return redirect("agencies:endpoint", endpoint_id)


@permission(Permission.ENDPOINT_EDIT, step_up=True)
@require_safe_or_post
def enable(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Call it again."""
    if request.method == "POST":
        enable_endpoint(endpoint_id=endpoint_id, by=request.user, now=timezone.now())
        messages.success(request, _("The endpoint is enabled. What waits for it is being sent."))
    return redirect("agencies:endpoint", endpoint_id)


@permission(Permission.ENDPOINT_EDIT)
@require_safe_or_post
def replay_event(request: Request, delivery_id: UUID) -> HttpResponse:
    """Send an event again that was given up; a GET leads to the list."""
    if request.method == "POST":
        replay_delivery(delivery_id=delivery_id, by=request.user, now=timezone.now())
        messages.success(request, _("The event will be sent again now."))
    return redirect("agencies:webhooks")

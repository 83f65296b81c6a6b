"""Who hears of an information request: a mailbox, unless some read it who may not know; then each who may."""

from django.utils import timezone

from agencies.models import Agency, User
from agencies.permissions import Permission
from agencies.selectors import colleagues, holding
from people.keeping import barred_from, restricted_persons
from people.models import InformationRequest
from people.records import record_of
from people.requests import requests_by, requests_to


def addresses_of_asked(request: InformationRequest) -> list[str]:
    """Of the agency that is asked. That something is restricted is told to nobody by how they hear."""
    if request.asked.email and not (_is_restricted(request) and _some_barred(request)):
        return [request.asked.email]
    able = _holding(request.asked, Permission.REQUEST_ANSWER)
    return [user.email for user in able if requests_to(user).filter(pk=request.pk).exists()]


def addresses_of_asking(request: InformationRequest) -> list[str]:
    """Whoever asked, as long as they do so for the agency; else its mailbox, or of what is restricted each who may."""
    able = [
        user
        for user in _holding(request.asking, Permission.REQUEST_SEND)
        if requests_by(user).filter(pk=request.pk).exists()
    ]
    if request.asked_by in able:
        return [request.asked_by.email]
    if request.asking.email and not _is_restricted(request):
        return [request.asking.email]
    return [user.email for user in able]


def _holding(agency: Agency, permission: Permission) -> list[User]:
    found = holding(agency, permission, on=timezone.localdate())
    return [user for user in found if not user.is_system]


def _is_restricted(request: InformationRequest) -> bool:
    joined = record_of(request.person).values_list("pk", flat=True)
    return bool(restricted_persons(joined))


def _some_barred(request: InformationRequest) -> bool:
    this = InformationRequest.objects.filter(pk=request.pk)
    everybody = colleagues(request.asked, on=timezone.localdate())
    return any(this.filter(barred_from(user)).exists() for user in everybody)

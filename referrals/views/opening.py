"""A referral is opened to somebody by name, and closed to them again."""

from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from referrals.actions.end_access import end_access
from referrals.actions.share_referral import share_referral
from referrals.forms.opening import ShareForm
from referrals.models import AccessKind, NamedAccess
from referrals.permissions import check_can_end_access, check_can_open
from referrals.selectors import accesses_known_to
from referrals.views.acting import act, dispatch_of, saw


@permission(Permission.REFERRAL_SHARE, step_up=True)
@require_safe_or_post
def share(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Share the referral with a colleague of another agency."""
    return _open(request, dispatch_id, AccessKind.SHARE, page="share", said=_("They can read it now, and are told."))


@permission(Permission.REVIEW_OPEN, step_up=True)
@require_safe_or_post
def open_review(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Open the referral to a reviewer."""
    return _open(
        request, dispatch_id, AccessKind.REVIEW, page="open_review", said=_("They can review it now, and are told.")
    )


def _open(request: Request, dispatch_id: UUID, kind: AccessKind, *, page: str, said: str | Promise) -> HttpResponse:
    dispatch = dispatch_of(request, dispatch_id)
    check_can_open(request.user, kind, dispatch)
    form = ShareForm(request.POST or None, kind=kind)
    return act(
        request,
        form,
        lambda: share_referral(
            dispatch_id=dispatch.pk,
            email=form.cleaned_data["email"],
            kind=kind,
            days=form.cleaned_data["days"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page=page,
        referral=dispatch.referral,
        dispatch=dispatch,
        said=said,
        refused_at="email",
    )


@permission(Permission.REFERRAL_SHARE)
@require_safe_or_post
def close(request: Request, access_id: UUID) -> HttpResponse:
    """End what is opened to somebody, after asking once."""
    return _end(request, access_id, accesses_known_to(request.user).exclude(kind=AccessKind.NAMED))


@permission(Permission.REFERRAL_RESTRICT, step_up=True)
@require_safe_or_post
def strike_off(request: Request, access_id: UUID) -> HttpResponse:
    """Keep a restricted referral from somebody who was named on it, after asking once."""
    return _end(request, access_id, accesses_known_to(request.user).filter(kind=AccessKind.NAMED))


def _end(request: Request, access_id: UUID, known: QuerySet[NamedAccess]) -> HttpResponse:
    access = get_object_or_404(known, pk=access_id)
    referral = access.content_object
    check_can_end_access(request.user, access, referral.dispatches.select_related("agency"))
    saw(request, referral)
    return act(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: end_access(access_id=access.pk, by=request.user, now=timezone.now()),
        page="close_access",
        referral=referral,
        access=access,
        said=_("It is closed to them."),
        refused_at=NON_FIELD_ERRORS,
    )

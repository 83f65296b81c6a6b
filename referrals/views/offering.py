"""Wrong area: a referral is offered to another agency, which accepts or declines it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.permissions import Permission, can
from referrals.actions.accept_offer import accept_offer
from referrals.actions.decline_offer import decline_offer
from referrals.actions.make_offer import make_offer
from referrals.actions.take_back_offer import take_back_offer
from referrals.forms.putting_right import OfferForm, ReasonForm
from referrals.models import Offer, OfferCause
from referrals.preview import preview_of
from referrals.selectors import every_offer_to, offerable, offers_of, offers_to
from referrals.views.acting import act, dispatch_of, saw


@permission(Permission.OFFER_MAKE)
@require_safe_or_post
def offer(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Offer a referral of one's agency to another of the same side."""
    dispatch = dispatch_of(request, dispatch_id)
    form = OfferForm(request.POST or None, agencies=offerable(dispatch, on=timezone.localdate()))
    return act(
        request,
        form,
        lambda: make_offer(
            dispatch_id=dispatch.pk,
            to_id=UUID(form.cleaned_data["to"]),
            reason=form.cleaned_data["reason"],
            cause=OfferCause(form.cleaned_data["cause"]),
            by=request.user,
            now=timezone.now(),
        ),
        page="offer",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("The referral is offered. Your agency stays responsible until the other accepts."),
        refused_at="to",
    )


@permission(Permission.DISPATCH_READ)
@require_safe
def offered(request: Request, offer_id: UUID) -> HttpResponse:
    """What the reader's agency is shown of a referral that it is offered, before it accepts."""
    found: Offer = get_object_or_404(offers_to(request.user), pk=offer_id)
    saw(request, found.dispatch.referral)
    context = {
        "preview": preview_of(found),
        "answers": can(request.user, Permission.OFFER_ANSWER, agency=found.agency),
    }
    return render(request, "referrals/offered.html", context)


@permission(Permission.OFFER_ANSWER)
@require_safe_or_post
def accept_offered(request: Request, offer_id: UUID) -> HttpResponse:
    """Accept for one's agency. Who had to sign in again first comes back by GET, to the preview."""
    if request.method != "POST":
        get_object_or_404(offers_to(request.user), pk=offer_id)
        return redirect("referrals:offered", offer_id)
    known: Offer = get_object_or_404(every_offer_to(request.user), pk=offer_id)
    dispatch = accept_offer(offer_id=known.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Your agency has accepted the referral and is responsible for it now."))
    return redirect(dispatch)


@permission(Permission.OFFER_ANSWER)
@require_safe_or_post
def decline_offered(request: Request, offer_id: UUID) -> HttpResponse:
    """Decline for one's agency, with the reason."""
    found: Offer = get_object_or_404(offers_to(request.user), pk=offer_id)
    saw(request, found.dispatch.referral)
    form = ReasonForm(request.POST or None, label=_("Why does it not belong to your agency?"))
    return act(
        request,
        form,
        lambda: decline_offer(
            offer_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="decline_offered",
        referral=found.dispatch.referral,
        offer=found,
        back=reverse("referrals:offered", args=[found.pk]),
        said=_("You have declined. The other agency stays responsible and is told why."),
    )


@permission(Permission.OFFER_MAKE)
@require_safe_or_post
def take_back_offered(request: Request, offer_id: UUID) -> HttpResponse:
    """Take an offer of one's agency back, with the reason."""
    found: Offer = get_object_or_404(offers_of(request.user), pk=offer_id)
    saw(request, found.dispatch.referral)
    form = ReasonForm(request.POST or None, label=_("Why do you take it back?"))
    return act(
        request,
        form,
        lambda: take_back_offer(
            offer_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="take_back_offered",
        referral=found.dispatch.referral,
        offer=found,
        said=_("The offer is taken back."),
    )

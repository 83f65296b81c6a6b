"""Asking FIMU again about the person of a referral."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from agencies.views.trying import done
from people.clearance import is_cleared
from people.keeping import agencies_working
from referrals.forms.putting_right import ReasonForm
from referrals.models import Referral
from referrals.purposes import check_said_why
from referrals.selectors import readable_referral
from referrals.views.acting import saw
from triage.actions.ask_for_deconfliction import ask_for_deconfliction as ask
from triage.selectors import deconflictions_of


@permission(Permission.DECONFLICTION_ASK)
@require_safe_or_post
def ask_for_deconfliction(request: Request, referral_id: UUID) -> HttpResponse:
    """Why FIMU is to look again, by an officer of an agency that has the referral, or by who answers about it."""
    answers = deconflictions_of(request.user).filter(referral=referral_id).exists()
    referral = Referral.objects.get(pk=referral_id) if answers else _worked(request, referral_id)
    check_said_why(request, [referral_id])
    saw(request, referral)
    back = reverse("triage:deconflictions") if answers else reverse("desk:referral", args=[referral_id])
    form = ReasonForm(request.POST or None, label=_("Why is FIMU to look again?"))

    def do() -> None:
        ask(referral_id=referral_id, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())

    if done(request, form, do, said=_("FIMU is asked. Contact is not cleared until it has answered.")):
        return redirect(back)
    cleared = is_cleared(referral.person_id)
    context = {"form": form, "referral": referral, "cleared": cleared, "back": back}
    return render(request, "triage/ask_for_deconfliction.html", context)


def _worked(request: Request, referral_id: UUID) -> Referral:
    referral = readable_referral(request.user, referral_id)
    if not agencies_working(request.user, referral.person_id, Permission.DECONFLICTION_ASK):
        raise Referral.DoesNotExist
    return referral

"""Showing who made a referral to somebody who must know."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from referrals.actions.show_referrer import show_referrer
from referrals.forms.putting_right import ReasonForm
from referrals.policies import check_is_masked
from referrals.views.acting import act, dispatch_of


@permission(Permission.REFERRER_SHOW, step_up=True)
@require_safe_or_post
def referrer(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Show who made the referral until the end of the day, for a reason."""
    dispatch = dispatch_of(request, dispatch_id)
    check_is_masked(dispatch.referral)
    form = ReasonForm(request.POST or None, label=_("Why must you know who made it?"))
    return act(
        request,
        form,
        lambda: show_referrer(
            dispatch_id=dispatch.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="show_referrer",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("You see who made it until midnight. Tell nobody who need not know."),
    )

"""One concern sent twice: two referrals are joined, and the join can be undone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from audit.refusals import NotNow
from referrals.actions.join_referrals import join_referrals
from referrals.actions.undo_join import undo_join
from referrals.forms.putting_right import JoinForm, ReasonForm
from referrals.models import Dispatch, Join, JoinKind
from referrals.selectors import dispatches_of, joins_of
from referrals.views.acting import act, dispatch_of, saw


@permission(Permission.REFERRAL_JOIN)
@require_safe_or_post
def join(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Join the referral with another one that the reader has."""
    dispatch = dispatch_of(request, dispatch_id)
    form = JoinForm(request.POST or None)
    return act(
        request,
        form,
        lambda: _join(request, dispatch, form),
        page="join",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("The two referrals are joined and count as one concern."),
        refused_at="reference",
    )


def _join(request: Request, dispatch: Dispatch, form: JoinForm) -> Join:
    theirs = dispatches_of(request.user).filter(referral__reference=form.cleaned_data["reference"])
    other_id = theirs.values_list("pk", flat=True).first()
    if other_id is None:
        raise NotNow(_("None of your agencies has a referral with this reference."))
    return join_referrals(
        dispatch_id=dispatch.pk,
        other_id=other_id,
        kind=JoinKind(form.cleaned_data["kind"]),
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=timezone.now(),
    )


@permission(Permission.REFERRAL_JOIN)
@require_safe_or_post
def separate(request: Request, join_id: UUID) -> HttpResponse:
    """Undo a join of two referrals that the reader has."""
    found: Join = get_object_or_404(joins_of(request.user), pk=join_id)
    saw(request, found.later)
    form = ReasonForm(request.POST or None, label=_("Why do they not belong together?"))
    return act(
        request,
        form,
        lambda: undo_join(join_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()),
        page="separate",
        referral=found.later,
        join=found,
        said=_("The join is undone. Each referral counts by itself again."),
    )

"""Who succeeds a referrer: recorded, invited to the page, or struck as recorded in error."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from people.clearance import is_cleared
from referrals.actions.invite_successor import Invited, invite_successor
from referrals.actions.record_succession import record_succession
from referrals.actions.strike_succession import strike_succession
from referrals.forms.putting_right import ReasonForm
from referrals.forms.succeeding import SuccessionForm
from referrals.masking import is_named_to
from referrals.models import Succession
from referrals.models.referrer import ReferrerKind
from referrals.succeeding import lead_named, standing, successions_settled_by
from referrals.views.acting import act, dispatch_of, saw


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def succeed(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Record it; where contact is cleared, the code is shown on the page that answers, and nowhere else."""
    dispatch, now = dispatch_of(request, dispatch_id), timezone.now()
    referral = dispatch.referral
    named = is_named_to(request.user, referral, now=now)
    form = SuccessionForm(request.POST or None, initial=lead_named(referral.answers) if named else {})
    made: list[Invited] = []
    answer = act(
        request,
        form,
        lambda: made.append(
            record_succession(dispatch_id=dispatch.pk, **form.cleaned_data, by=request.user, now=timezone.now())
        ),
        page="succeed_referrer",
        referral=referral,
        refused_at=None,
        said=_("It is recorded who succeeds the referrer."),
        cleared=is_cleared(referral.person_id),
        at_work=referral.referrer.kind == ReferrerKind.WORK,
        named=named,
    )
    return _with_code(request, made[0], named=named) if made and made[0].code else answer


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def invite(request: Request, succession_id: UUID) -> HttpResponse:
    """A button that makes a code and sends a link. Sent again, as when the page is reloaded, it makes another code."""
    row = _succession(request, succession_id)
    named = is_named_to(request.user, row.referral, now=timezone.now())
    made: list[Invited] = []
    answer = act(
        request,
        Form(request.POST if request.method == "POST" else None),
        lambda: made.append(invite_successor(succession_id=row.pk, by=request.user, now=timezone.now())),
        page="invite_successor",
        referral=row.referral,
        refused_at=None,
        said=_("The link is on its way."),
        succession=row,
        stands=standing(row.referral_id) == row,
        cleared=is_cleared(row.referral.person_id),
        named=named,
    )
    return _with_code(request, made[0], named=named) if made else answer


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def strike(request: Request, succession_id: UUID) -> HttpResponse:
    """It was recorded in error: whoever answered before answers again."""
    row = _succession(request, succession_id)
    form = ReasonForm(request.POST or None, label=_("Why was it wrong?"))
    return act(
        request,
        form,
        lambda: strike_succession(
            succession_id=row.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="strike_succession",
        referral=row.referral,
        said=_("It is struck. Whoever answered before answers again, with their own code."),
        succession=row,
        named=is_named_to(request.user, row.referral, now=timezone.now()),
    )


def _succession(request: Request, succession_id: UUID) -> Succession:
    """A succession that the reader may settle; otherwise the page of an absent one. A look is on the record."""
    row: Succession = get_object_or_404(successions_settled_by(request.user), pk=succession_id)
    saw(request, row.referral)
    return row


def _with_code(request: Request, made: Invited, *, named: bool) -> HttpResponse:
    context = {"succession": made.succession, "code": made.code, "referral": made.succession.referral, "named": named}
    return render(request, "referrals/successor_code.html", context)

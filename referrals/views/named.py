"""A record that only named people may know of: restricting it, naming one more, lifting it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.name_person import name_person
from referrals.actions.restrict_record import restrict_record
from referrals.forms.opening import NameForm, RestrictForm
from referrals.forms.putting_right import ReasonForm
from referrals.policies import check_is_restricted
from referrals.restricted import people_of_agencies
from referrals.views.acting import act, dispatch_of


@permission(Permission.REFERRAL_RESTRICT, step_up=True)
@require_safe_or_post
def restrict(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Keep the referral to named people."""
    dispatch = dispatch_of(request, dispatch_id)
    people = people_of_agencies(dispatch.referral, now=timezone.now())
    form = RestrictForm(request.POST or None, people=people, me=request.user)
    return act(
        request,
        form,
        lambda: restrict_record(
            dispatch_id=dispatch.pk,
            named=[UUID(pk) for pk in form.cleaned_data["named"]],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="restrict",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("Only the named people know of it now."),
        refused_at="named",
    )


@permission(Permission.REFERRAL_RESTRICT, step_up=True)
@require_safe_or_post
def name(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Let one more person know of a restricted referral."""
    dispatch = dispatch_of(request, dispatch_id)
    check_is_restricted(dispatch.referral)
    form = NameForm(request.POST or None, people=people_of_agencies(dispatch.referral, now=timezone.now()))
    return act(
        request,
        form,
        lambda: name_person(
            dispatch_id=dispatch.pk,
            user_id=UUID(form.cleaned_data["user"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="name",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("They are named, and can read it now."),
        refused_at="user",
    )


@permission(Permission.REFERRAL_RESTRICT, step_up=True)
@require_safe_or_post
def lift(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Let everybody of the agencies that have the referral know of it again."""
    dispatch = dispatch_of(request, dispatch_id)
    check_is_restricted(dispatch.referral)
    form = ReasonForm(request.POST or None, label=_("Why may others know of it again?"))
    return act(
        request,
        form,
        lambda: lift_restriction(
            dispatch_id=dispatch.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="lift",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("The restriction is lifted."),
    )

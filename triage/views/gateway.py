"""Pages of the police: the gateway assessment is begun, written, proposed, signed, given back and reopened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, record_refused, require_safe_or_post
from agencies.permissions import Permission
from audit.refusals import NotNow
from referrals.forms.putting_right import ReasonForm
from referrals.purposes import check_said_why
from referrals.repeats import repeats_of
from referrals.selectors import is_stopped, readable_referral
from referrals.views.acting import act, saw
from triage.actions.begin_assessment import begin_assessment
from triage.actions.deconflict_before_exit import deconflict_before_exit
from triage.actions.propose_outcome import propose_outcome
from triage.actions.record_service_answer import record_service_answer
from triage.actions.reopen_outcome import reopen_outcome
from triage.actions.return_assessment import return_assessment
from triage.actions.sign_outcome import sign_outcome
from triage.actions.write_assessment import write_assessment
from triage.checklist import steps_for, with_practice
from triage.forms.gateway import GatewayForm, ReadAtField, ServiceAnswerForm
from triage.gateway_page import gateway_page
from triage.models import GatewayAssessment, Moment, Signposting
from triage.models.signposting import ServiceSaid
from triage.permissions import check_can_assess
from triage.selectors import assessments_of, latest_of, signpostings_of


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def begin(request: Request, referral_id: UUID) -> HttpResponse:
    """Begin the assessment of a referral."""
    referral = readable_referral(request.user, referral_id)
    check_can_assess(request.user, Permission.GATEWAY_WRITE, referral)
    saw(request, referral)
    form = _button(request)
    if form.is_valid():
        try:
            row = begin_assessment(referral_id=referral.pk, by=request.user, now=timezone.now())
        except NotNow as refusal:
            _refused(request, form, refusal)
        else:
            return redirect("triage:write-gateway", row.pk)
    context = {"referral": referral, "form": form, "stopped": is_stopped(referral)}
    return render(request, "triage/begin_gateway.html", context)


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def gateway(request: Request, assessment_id: UUID) -> HttpResponse:
    """The assessment as it was written, what still stands in its way, and the button that proposes its outcome."""
    row = _assessment(request, assessment_id)
    form = _ProposeForm(request.POST if request.method == "POST" else None, row=row)
    return act(
        request,
        form,
        lambda: propose_outcome(assessment_id=row.pk, read_at=form.read, by=request.user, now=timezone.now()),
        page="triage/gateway",
        referral=row.referral,
        row=row,
        refused_at=None,
        said=_("The outcome is proposed. A supervisor who did not write it signs."),
        **gateway_page(request.user, row, now=timezone.now()),
    )


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def write(request: Request, assessment_id: UUID) -> HttpResponse:
    """Write in the assessment; what is not complete is kept as well."""
    row = _assessment(request, assessment_id)
    latest = latest_of(row.referral)
    asked = with_practice(steps_for(Moment.GATEWAY, row.opened_at))
    form = GatewayForm(request.POST or None, assessment=row, reader=request.user, latest=latest, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            write_assessment(
                assessment_id=row.pk,
                assessed=form.assessed(),
                read_at=form.read,
                checks=form.checks,
                by=request.user,
                now=timezone.now(),
            )
        except NotNow as refusal:
            _refused(request, form, refusal)
        else:
            return redirect("triage:gateway", row.pk)
    repeat = repeats_of(request.user, [row.referral])[row.referral_id]
    context = {"row": row, "referral": row.referral, "form": form, "latest": latest, "repeat": repeat}
    return render(request, "triage/write_gateway.html", context)


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def ask_before_exit(request: Request, assessment_id: UUID) -> HttpResponse:
    """Ask FIMU once more before the referral ends. Who had to sign in again first comes back by GET."""
    row = _assessment(request, assessment_id)
    if request.method == "POST":
        deconflict_before_exit(assessment_id=row.pk, by=request.user, now=timezone.now())
        messages.success(request, _("FIMU is asked again. What you wrote is kept until it has answered."))
    return redirect("triage:gateway", row.pk)


@permission(Permission.GATEWAY_SIGN)
@require_safe_or_post
def sign(request: Request, assessment_id: UUID) -> HttpResponse:
    """Read it and sign."""
    row = _assessment(request, assessment_id, needed=Permission.GATEWAY_SIGN)
    form = _ReadForm(request.POST or None, row=row, label=_("Why do you agree?"))
    return act(
        request,
        form,
        lambda: sign_outcome(
            assessment_id=row.pk,
            at_round=form.read_round,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="triage/sign_gateway",
        referral=row.referral,
        back=reverse("triage:gateway", args=[row.pk]),
        row=row,
        said=_("You have signed."),
        **gateway_page(request.user, row, now=timezone.now()),
    )


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def give_back(request: Request, assessment_id: UUID) -> HttpResponse:
    """Give it back to whoever wrote it, or take one's own back."""
    row = _assessment(request, assessment_id)
    form = _ReadForm(request.POST or None, row=row, label=_("What is missing?"))
    return act(
        request,
        form,
        lambda: return_assessment(
            assessment_id=row.pk,
            at_round=form.read_round,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="triage/return_gateway",
        referral=row.referral,
        back=reverse("triage:gateway", args=[row.pk]),
        row=row,
        said=_("It is given back to be written further."),
    )


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def reopen(request: Request, assessment_id: UUID) -> HttpResponse:
    """Reopen what was signed."""
    row = _assessment(request, assessment_id)
    form = ReasonForm(request.POST or None, label=_("Why is it open again?"))
    return act(
        request,
        form,
        lambda: reopen_outcome(
            assessment_id=row.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="triage/reopen_gateway",
        referral=row.referral,
        back=reverse("triage:gateway", args=[row.pk]),
        row=row,
        said=_("The referral is open again, and FIMU is asked again. Begin a new assessment."),
    )


@permission(Permission.GATEWAY_WRITE)
@require_safe_or_post
def service_answer(request: Request, signposting_id: UUID) -> HttpResponse:
    """Record what the service said to which the person was signposted."""
    signposting: Signposting = get_object_or_404(signpostings_of(request.user), pk=signposting_id)
    row = signposting.assessment
    check_said_why(request, [row.referral_id])
    saw(request, row.referral)
    form = ServiceAnswerForm(request.POST or None)
    return act(
        request,
        form,
        lambda: record_service_answer(
            signposting_id=signposting.pk,
            said=ServiceSaid(form.cleaned_data["said"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="triage/service_answer",
        referral=row.referral,
        row=row,
        said=_("What the service said is recorded."),
        signposting=signposting,
    )


def _button(request: Request) -> forms.Form:
    """A form without questions: bound when its button was pressed."""
    return forms.Form(request.POST if request.method == "POST" else None)


class _ProposeForm(forms.Form):
    """A button, and as of when the assessment was read."""

    read_at = ReadAtField()

    def __init__(self, data: Any, *, row: GatewayAssessment) -> None:
        super().__init__(data, initial={"read_at": row.written_at.isoformat()})

    @property
    def read(self) -> datetime:
        """When what was shown had been written."""
        read: datetime = self.cleaned_data["read_at"]
        return read


class _ReadForm(ReasonForm):
    """A reason, and which round of the assessment was read."""

    at_round = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: GatewayAssessment, **kwargs: Any) -> None:
        super().__init__(*args, initial={"at_round": row.round}, **kwargs)

    @property
    def read_round(self) -> int:
        """The round; what is none counts as one that is over."""
        return int(self.cleaned_data["at_round"]) if self.cleaned_data["at_round"].isdecimal() else 0


def _assessment(
    request: Request, assessment_id: UUID, *, needed: Permission = Permission.GATEWAY_WRITE
) -> GatewayAssessment:
    """The assessment, if the reader may do what is needed; otherwise the page of an absent one. A look is on record."""
    row: GatewayAssessment = get_object_or_404(assessments_of(request.user, needed=needed), pk=assessment_id)
    check_said_why(request, [row.referral_id])
    saw(request, row.referral)
    return row


def _refused(request: Request, form: forms.Form, refusal: NotNow) -> None:
    record_refused(request, refusal)
    form.add_error(None, str(refusal))

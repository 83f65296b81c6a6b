"""What officers ask the referrer and release to them, and what they answer where something worries the referrer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from people.clearance import is_cleared
from referrals.actions.answer_worry import answer_worry
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.release_question import release_question
from referrals.actions.tell_referrer import tell_referrer
from referrals.actions.withdraw_question import withdraw_question
from referrals.asked import questions_settled_by
from referrals.forms.asking import MessageForm, QuestionForm, WorryAnswerForm
from referrals.forms.putting_right import ReasonForm
from referrals.models import Question, Worry
from referrals.models.referrer import ReferrerKind
from referrals.reached import is_verified
from referrals.released import Released
from referrals.views.acting import act, dispatch_of, saw
from referrals.worries import worries_of, worries_to_answer


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def ask(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Write a question: it is sent at once where contact is cleared, and held where it is not."""
    dispatch = dispatch_of(request, dispatch_id)
    form = QuestionForm(request.POST or None)
    return act(
        request,
        form,
        lambda: ask_referrer(
            dispatch_id=dispatch.pk, words=form.cleaned_data["words"], by=request.user, now=timezone.now()
        ),
        page="ask_referrer",
        referral=dispatch.referral,
        refused_at="words",
        said=_("Your question is written. This page says below whether it was sent, or is held."),
        cleared=is_cleared(dispatch.referral.person_id),
    )


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def release(request: Request, question_id: UUID) -> HttpResponse:
    """Send a question that was held. Who had to sign in again first comes back by GET, to the referral."""
    question = _question(request, question_id)
    if request.method == "POST":
        release_question(question_id=question.pk, by=request.user, now=timezone.now())
        messages.success(request, _("The question is on the referrer’s page."))
    return redirect("desk:referral", question.referral_id)


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def withdraw(request: Request, question_id: UUID) -> HttpResponse:
    """Ask no more what the referrer has not been shown."""
    question = _question(request, question_id)
    form = ReasonForm(request.POST or None, label=_("Why is it not asked any more?"))
    return act(
        request,
        form,
        lambda: withdraw_question(
            question_id=question.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="withdraw_question",
        referral=question.referral,
        question=question,
        said=_("The question is withdrawn. The referrer has not seen it."),
    )


@permission(Permission.REFERRER_ASK)
@require_safe_or_post
def tell(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Release words from templates to a professional referrer."""
    dispatch = dispatch_of(request, dispatch_id)
    form, referral = MessageForm(request.POST or None), dispatch.referral
    return act(
        request,
        form,
        lambda: tell_referrer(
            dispatch_id=dispatch.pk,
            words=Released(form.cleaned_data["words"]),
            by=request.user,
            now=timezone.now(),
        ),
        page="tell_referrer",
        referral=referral,
        refused_at="words",
        said=_("The words are on the referrer’s page."),
        cleared=is_cleared(referral.person_id),
        verified=is_verified(referral) and referral.referrer.kind == ReferrerKind.WORK,
    )


@permission(Permission.WORRY_ANSWER)
@require_safe_or_post
def answer_one(request: Request, worry_id: UUID) -> HttpResponse:
    """What was found and done about it, for the record; for somebody who does not work the referral."""
    found: Worry = get_object_or_404(worries_of(request.user).filter(answered_at=None), pk=worry_id)
    saw(request, found.referral)
    form = WorryAnswerForm(request.POST or None)
    return act(
        request,
        form,
        lambda: answer_worry(
            worry_id=found.pk, answer=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="answer_worry",
        referral=found.referral,
        worry=found,
        answers=worries_to_answer(request.user).filter(pk=found.pk).exists(),
        said=_("Your answer is on record. The referrer is not shown it; words can be released to them."),
    )


def _question(request: Request, question_id: UUID) -> Question:
    """A question that the reader may send or withdraw; otherwise the page of an absent one. A look is on the record."""
    question: Question = get_object_or_404(questions_settled_by(request.user), pk=question_id)
    saw(request, question.referral)
    return question

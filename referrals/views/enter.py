"""Staff entry: a referral taken by telephone, on paper or from an officer's own work, on the same form."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where
from documents.receiving import receives_files
from referrals.actions.start_draft import start_draft
from referrals.forms.entering import LanguageForm
from referrals.forms.page_form import PageForm
from referrals.holding import Holder
from referrals.models import Draft, Referral
from referrals.questions.opening import HOW_IT_CAME, OWN_WORK
from referrals.questions.shapes import WORK
from referrals.views import flow
from referrals.views.acting import saw
from referrals.views.entrance import Entrance
from referrals.views.outside import outside_context


def _holder(request: HttpRequest) -> Holder:
    return Holder(cast(User, request.user))


STAFF = Entrance(
    start="referrals:enter",
    pages="referrals:enter-",
    layout="layouts/casework.html",
    sent="front_door/entered.html",
    holder=_holder,
    language=lambda: "",  # the officer reads English; what the referrer wants was said on the first page
)

View = Callable[..., HttpResponse]


def with_draft(view: View) -> View:
    """Give the view a draft that this officer has begun; any other is answered as absent."""

    @wraps(view)
    def find(request: Request, draft_id: UUID, **arguments: str) -> HttpResponse:
        drafts = _holder(request).drafts(now=timezone.now())
        return view(request, get_object_or_404(drafts, pk=draft_id), **arguments)

    return find


@permission(Permission.REFERRAL_ENTER)
@require_safe_or_post
def start(request: Request) -> HttpResponse:
    """How did it come? The answer starts a draft for the officer's agency."""
    data = request.POST if request.method == "POST" else None
    form, language = PageForm(HOW_IT_CAME, {}, data), LanguageForm(data)
    if request.method != "POST" or not form.is_valid():
        return render(request, "front_door/enter.html", {"layout": STAFF.layout, "form": form, "language": language})
    agency = agencies_where(request.user, Permission.REFERRAL_ENTER)[0]
    draft = start_draft(
        holder=_holder(request),
        agency=agency,
        answers=form.cleaned_data | _own_details(request.user, agency, form.cleaned_data["entry"]),
        language=language.picked,
        by=request.user,
        now=timezone.now(),
    )
    return redirect(STAFF.question_url(draft.pk, "danger"))


def _own_details(user: User, agency: Agency, how_it_came: str) -> dict[str, str]:
    """From their own work officers are the referrers themselves; nobody types what the house knows."""
    if how_it_came != OWN_WORK:
        return {}
    return {
        "referrer_kind": WORK,
        "referrer_name": user.name,
        "referrer_email": user.email,
        "referrer_organisation": agency.name,
    }


@permission(Permission.REFERRAL_ENTER)
@require_safe_or_post
@with_draft
@receives_files
def question(request: Request, draft: Draft, slug: str) -> HttpResponse:
    """One page of questions."""
    return flow.question(request, STAFF, draft, slug)


@permission(Permission.REFERRAL_ENTER)
@require_safe_or_post
@with_draft
def check(request: Request, draft: Draft) -> HttpResponse:
    """Check the answers, and send."""
    return flow.check(request, STAFF, draft)


@permission(Permission.REFERRAL_ENTER)
@require_safe
@with_draft
def sent(request: Request, draft: Draft) -> HttpResponse:
    """The reference and the code for whoever told the officer. A look is on the record."""
    if draft.is_sent:
        saw(request, Referral.objects.get(draft_id=draft.pk))
    return flow.sent(request, STAFF, draft)


@permission(Permission.REFERRAL_ENTER)
@require_safe
@with_draft
def outside(request: Request, draft: Draft) -> HttpResponse:
    """The person lives in Northern Ireland."""
    return render(request, "front_door/northern_ireland.html", outside_context(STAFF, draft))

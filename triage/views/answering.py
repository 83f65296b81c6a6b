"""Pages of FIMU: what waits for an answer, and one deconfliction with what the analyst must know to answer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.permissions import Permission
from agencies.views.trying import done
from audit.access import looked
from audit.models import Entry
from referrals.purposes import check_said_why
from referrals.views.acting import saw
from triage.actions.answer_deconfliction import answer_deconfliction
from triage.checklist import steps_for, with_practice
from triage.described import sections_for_fimu
from triage.forms.answer import AnswerForm
from triage.models import Deconfliction, Moment, Outcome
from triage.news import news_about
from triage.selectors import asks_for_two, before, deconfliction_seen, disputed, to_answer

# Of what waits, the page shows so many; the rest comes after it.
SHOWN = 100


@permission(Permission.DECONFLICTION_ANSWER)
@require_safe
def deconflictions(request: Request) -> HttpResponse:
    """What waits for the reader's answer."""
    found = list(to_answer(request.user)[: SHOWN + 1])
    rows, now = found[:SHOWN], timezone.now()
    looked(kind=Entry.Kind.LISTED, by=request.user, now=now, referrals=[str(row.referral_id) for row in rows])
    context = {"rows": [(row, row.is_overdue(now)) for row in rows], "more": len(found) > SHOWN}
    return render(request, "triage/deconflictions.html", context)


@permission(Permission.DECONFLICTION_ANSWER)
@require_safe_or_post
def deconfliction(request: Request, deconfliction_id: UUID) -> HttpResponse:
    """Who the person is, what the referral says, what was answered before; and the form, while it waits."""
    row = deconfliction_seen(request.user, deconfliction_id)
    check_said_why(request, [row.referral_id])
    saw(request, row.referral)
    asked = with_practice(steps_for(Moment.DECONFLICTION, row.opened_at)) if row.is_open else []
    # What was asked for is let go by those alone who mean to.
    form = AnswerForm(request.POST or None, asked=asked, initial={"two_sign": asks_for_two(row.person)})
    said = _("You have answered about {ref}.").format(ref=row.referral.reference)
    if done(request, form, lambda: _answer(request, row, form), said=said, refused_at=None):
        return redirect("triage:deconflictions")
    about = row.person_id == row.referral.person_id
    context = {
        "row": row,
        "referral": row.referral,
        "form": form,
        "before": before(row),
        "disputed": row.is_answered and disputed(request.user).filter(weighed=row).exists(),
        "news": news_about(row) if row.is_open else [],
        "sections": sections_for_fimu(row.referral) if about else [],
    }
    return render(request, "triage/deconfliction.html", context)


def _answer(request: Request, row: Deconfliction, form: AnswerForm) -> None:
    given = form.cleaned_data
    answer_deconfliction(
        deconfliction_id=row.pk,
        outcome=Outcome(given["outcome"]),
        instruction=given["instruction"],
        review_on=given["review_on"],
        two_sign=given["two_sign"],
        checks=form.checks,
        by=request.user,
        now=timezone.now(),
    )

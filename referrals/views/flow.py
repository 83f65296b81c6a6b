"""Walking through the form: a question, check-your-answers, sent. The same for both entrances."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.languages import asked_for
from agencies.limits import Doing
from documents.selectors import uploads_of
from referrals.actions.save_answers import save_answers
from referrals.actions.submit_referral import submit_referral
from referrals.copies import copy_is_offered
from referrals.form import Incomplete, Page, answered, check_complete, form_of, lives_in_northern_ireland
from referrals.forms.page_form import PageForm
from referrals.models import Draft, Referrer
from referrals.policies import may_be_saved
from referrals.questions.shapes import say
from referrals.questions.versions import PLACE_PAGES
from referrals.views import uploading
from referrals.views.entrance import Entrance
from referrals.views.waiting import asked_to_wait, wait_for_draft


def question(request: HttpRequest, entrance: Entrance, draft: Draft, slug: str) -> HttpResponse:
    """Show one page of questions, or keep what was answered on it and go on."""
    page = _page(draft, slug)
    if draft.is_sent:
        return redirect(entrance.url("sent", draft.pk))
    if page is None:
        return redirect(entrance.question_url(draft.pk, first_open(draft).slug))
    if page.documents and uploading.is_from_script(request):
        return uploading.fragment(request, entrance, draft)
    form = _form(request, draft, page)
    again = page.documents and uploading.receive_beside(form, request, entrance, draft)
    if request.method != "POST" or asked_for(request) or not form.is_valid():
        return render(request, _templates(slug), _context(request, entrance, draft, page, form))
    if seconds := wait_for_draft(request, Doing.SAVE, draft):
        context = _context(request, entrance, draft, page, form)
        return asked_to_wait(request, _templates(slug), context, seconds=seconds)
    holder = entrance.holder(request)
    draft = save_answers(
        draft_id=draft.pk,
        page_slug=slug,
        given=form.cleaned_data,
        language=entrance.language(),
        holder=holder,
        by=holder.by,
        now=timezone.now(),
    )
    if again:
        return redirect(entrance.question_url(draft.pk, slug, changing=_changing(request)) + "#documents")
    return redirect(_after(request, entrance, draft, page))


def check(request: HttpRequest, entrance: Entrance, draft: Draft) -> HttpResponse:
    """Show all answers with links to change them, or send them."""
    if draft.is_sent:
        return redirect(entrance.url("sent", draft.pk))
    seconds = wait_for_draft(request, Doing.SEND, draft) if request.method == "POST" else 0
    try:
        if request.method == "POST" and not seconds:
            holder = entrance.holder(request)
            submit_referral(
                draft_id=draft.pk,
                language=entrance.language(),
                holder=holder,
                by=holder.by,
                now=timezone.now(),
            )
            return redirect(entrance.url("sent", draft.pk))
        check_complete(draft.answers, draft.form_version)
    except Incomplete as gap:
        return redirect(_to_put_right(entrance, draft, gap))
    path = form_of(draft.form_version).path(draft.answers)
    context = {
        "entrance": entrance,
        "layout": entrance.layout,
        "draft": draft,
        "sections": answered(draft.answers, draft.form_version),
        "documents_page": next((page.slug for page in path if page.documents), ""),
        "uploads": uploads_of(draft.pk),
        "back_url": entrance.question_url(draft.pk, path[-1].slug),
        "may_save": may_be_saved(draft),
    }
    if seconds:
        return asked_to_wait(request, "front_door/check.html", context, seconds=seconds)
    return render(request, "front_door/check.html", context)


def sent(request: HttpRequest, entrance: Entrance, draft: Draft) -> HttpResponse:
    """Show the reference and what happens next, for as long as the draft is kept."""
    if not draft.is_sent:
        return redirect(entrance.url("check", draft.pk))
    referrer = Referrer.objects.select_related("referral").get(referral__draft_id=draft.pk)
    context = {
        "entrance": entrance,
        "layout": entrance.layout,
        "draft": draft,
        "outcome": draft.outcome,
        "kind": referrer.kind,
        "received_by": referrer.referral.received_by,
        "copy_offered": copy_is_offered(referrer.referral, now=timezone.now()),
    }
    return render(request, entrance.sent, context)


def first_open(draft: Draft) -> Page:
    """The first page on which something is missing; the last one when nothing is."""
    form = form_of(draft.form_version)
    try:
        check_complete(draft.answers, draft.form_version)
    except Incomplete as gap:
        return form.page(gap.page_slug)
    return form.path(draft.answers)[-1]


def _page(draft: Draft, slug: str) -> Page | None:
    path = form_of(draft.form_version).path(draft.answers)
    return next((page for page in path if page.slug == slug), None)


def _templates(slug: str) -> list[str]:
    """A page may have a template of its own for its guidance."""
    return [f"front_door/{slug}.html", "front_door/question.html"]


def _context(request: HttpRequest, entrance: Entrance, draft: Draft, page: Page, form: PageForm) -> dict[str, object]:
    path = form_of(draft.form_version).path(draft.answers)
    place = path.index(page)
    if _changing(request):
        back = entrance.url("check", draft.pk)
    else:
        back = entrance.question_url(draft.pk, path[place - 1].slug) if place else entrance.start_url
    return {
        "entrance": entrance,
        "layout": entrance.layout,
        "draft": draft,
        "page": page,
        "title": say(page.title, draft.answers),
        "intro": [say(words, draft.answers) for words in page.intro],
        "form": form,
        "kind": draft.answers.get("referrer_kind", ""),
        "back_url": back,
        "may_save": may_be_saved(draft),
        "switch_form": "question",
        "uploads": uploads_of(draft.pk) if page.documents else [],
    }


def _after(request: HttpRequest, entrance: Entrance, draft: Draft, page: Page) -> str:
    """Where an answered page leads: to whom to call in Northern Ireland, back to checking, or to the next page."""
    if page.slug in PLACE_PAGES and lives_in_northern_ireland(draft.answers):
        return entrance.url("outside", draft.pk)
    path = form_of(draft.form_version).path(draft.answers)
    if _changing(request) and page.slug != "danger":
        try:
            check_complete(draft.answers, draft.form_version)
        except Incomplete as gap:
            return entrance.question_url(draft.pk, gap.page_slug, changing=True)
        return entrance.url("check", draft.pk)
    following = path[path.index(page) + 1 :]
    if not following:
        return entrance.url("check", draft.pk)
    return entrance.question_url(draft.pk, following[0].slug, changing=_changing(request))


def _to_put_right(entrance: Entrance, draft: Draft, gap: Incomplete) -> str:
    if gap.page_slug in PLACE_PAGES and lives_in_northern_ireland(draft.answers):
        return entrance.url("outside", draft.pk)
    return entrance.question_url(draft.pk, gap.page_slug, changing=True) + "&missing=1"


def _form(request: HttpRequest, draft: Draft, page: Page) -> PageForm:
    """What was sent, or what is stored; with what is missing where checking has sent the reader back."""
    if request.method == "POST":
        typed = PageForm(page, draft.answers, request.POST)
        # A form that was sent to change the language is shown as it was typed: neither judged nor kept.
        return PageForm(page, draft.answers | typed.as_typed()) if asked_for(request) else typed
    if "missing" in request.GET:
        return PageForm.as_answered(page, draft.answers)
    return PageForm(page, draft.answers)


def _changing(request: HttpRequest) -> bool:
    return "change" in request.GET

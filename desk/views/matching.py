"""Who may be the same person: the two side by side, what is said of them, and what one area asks another."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import Request, permission, require_post, require_safe, require_safe_or_post
from agencies.permissions import Permission, agencies_where
from agencies.views.trying import done
from audit.access import looked
from audit.models import Entry
from desk.comparing import Side, side_by_side
from desk.forms.matching import AskingForm, MatchForm
from desk.matches import ShownMatch, asked_by, askings_for, decisions_on, shown, waiting_for
from people.actions.answer_match_asking import answer_match_asking
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.actions.undo_match import undo_match
from people.actions.withdraw_match_asking import withdraw_match_asking
from people.permissions import allowed_answers, check_can_look
from people.sights import Seen, asking_seen, match_seen, seen_of
from people.states import AskingState, MatchState
from referrals.forms.putting_right import ReasonForm
from referrals.purposes import check_said_why


@permission(Permission.MATCH_READ)
@require_safe
def matches_page(request: Request) -> HttpResponse:
    """What waits for the reader: matches to decide about, and what other areas ask."""
    rows = shown(waiting_for(request.user))
    askings = askings_for(request.user)
    seen = {str(pk) for row in rows for pk in (row.seen.mine, row.seen.other) if row.seen.compares or pk == row.mine.pk}
    looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), matches=sorted(seen))
    context = {
        "rows": rows,
        "askings": askings,
        "asked": asked_by(request.user),
        "checks": bool(agencies_where(request.user, Permission.MATCH_CHECK)),
    }
    return render(request, "desk/matches.html", context)


@permission(Permission.MATCH_READ)
@require_safe_or_post
def match_page(request: Request, match_id: UUID) -> HttpResponse:
    """The two side by side, or that a record exists elsewhere; what has been said, and what the reader can say."""
    row = _match_of(request, match_id)
    form = MatchForm(request.POST or None, allowed=row.seen.may_say, initial={"seen_as": row.match.state})

    def say() -> str:
        said = MatchState(form.cleaned_data["said"])
        given = {name: form.cleaned_data[name] for name in ("reason", "seen_as")}
        decide_match(match_id=match_id, said=said, **given, by=request.user, now=_now())
        return str(said.label)

    return _act(
        request, row, form, say, "desk/match.html", comparison=_compared(row), decisions=_decisions(request, row)
    )


@permission(Permission.MATCH_DECIDE)
@require_post
def ask(request: Request, match_id: UUID) -> HttpResponse:
    """Ask whoever has the other person to show more."""
    match_seen(request.user, match_id)
    ask_about_match(match_id=match_id, by=request.user, now=_now())
    messages.success(request, _("You have asked. You are told by e-mail when they answer."))
    return redirect("desk:match", match_id)


@permission(Permission.MATCH_READ)
@require_safe_or_post
def undo(request: Request, match_id: UUID) -> HttpResponse:
    """Undo that the two are the same person."""
    row = _match_of(request, match_id)
    form = ReasonForm(request.POST or None, label=_("Why are they not the same person?"))

    def undone() -> str:
        undo_match(match_id=match_id, reason=form.cleaned_data["reason"], by=request.user, now=_now())
        return _("It is undone. Each has a record of their own again, and the match waits for a decision.")

    return _act(request, row, form, undone, "desk/undo_match.html")


@permission(Permission.MATCH_DECIDE)
@require_safe_or_post
def asking(request: Request, asking_id: UUID) -> HttpResponse:
    """What one area asks another: accept, decline or withdraw it."""
    found, seen = asking_seen(request.user, asking_id)
    row = _row(request, seen)
    allowed = allowed_answers(request.user, found)
    form = AskingForm(request.POST or None, allowed=allowed)

    def answered() -> str:
        answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
        if answer == AskingState.WITHDRAWN:
            withdraw_match_asking(asking_id=asking_id, reason=reason, by=request.user, now=_now())
            return _("It is withdrawn.")
        accept = answer == AskingState.ACCEPTED
        answer_match_asking(asking_id=asking_id, accept=accept, reason=reason, by=request.user, now=_now())
        return _("Accepted: they see what is compared.") if accept else _("Declined. They are told, with your reason.")

    return _act(request, row, form, answered, "desk/match_asking.html", asking=found, allowed=allowed)


@permission(Permission.MATCH_DECIDE)
@require_post
def look_for_matches(request: Request, person_id: UUID) -> HttpResponse:
    """Look again for who a person may be."""
    check_can_look(request.user, person_id)
    before = {seen.match.pk for seen in seen_of(request.user, person_id)}
    find_matches(person_id=person_id, by=request.user, now=_now())
    # Only what the reader may know of is counted: whom nothing else tells of, a number would.
    count = len({seen.match.pk for seen in seen_of(request.user, person_id)} - before)
    said = ngettext("Looked again: %(count)s new match.", "Looked again: %(count)s new matches.", count)
    messages.success(request, said % {"count": count} if count else _("Looked again: nobody new was found."))
    return redirect("desk:person", person_id)


def _now() -> Any:
    return timezone.now()


def _match_of(request: Request, match_id: UUID) -> ShownMatch:
    return _row(request, match_seen(request.user, match_id))


def _row(request: Request, seen: Seen) -> ShownMatch:
    """The match as the reader sees it; on record with both whom it shows."""
    row = shown([seen])[0]
    check_said_why(request, [each.pk for each in (row.referral, row.other_referral) if each])
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=row.match, by=request.user, now=_now())
        for person in filter(None, (row.mine, row.other)):
            looked(kind=Entry.Kind.VIEWED, at_object=person, by=request.user, now=_now(), match=str(row.match.pk))
    return row


def _compared(row: ShownMatch) -> Any:
    if row.other is None:
        return None
    ours = row.referral.answers if row.referral and row.seen.reads_mine else None
    theirs = row.other_referral.answers if row.other_referral and row.seen.reads_other else None
    return side_by_side(Side(row.mine, ours), Side(row.other, theirs))


def _decisions(request: Request, row: ShownMatch) -> Any:
    return decisions_on(request.user, row.match) if row.seen.compares else []


def _act(
    request: Request, row: ShownMatch, form: forms.Form, do: Callable[[], str], page: str, **context: Any
) -> HttpResponse:
    """Show the page, or do what its form says and go back to the match; a refusal stands beside the reason."""
    if done(request, form, do):
        return redirect("desk:match", row.match.pk)
    return render(request, page, {"row": row, "form": form, **context})

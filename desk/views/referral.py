"""One referral, as those who received it may see it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.permissions import Permission, agencies_where, can
from audit.access import looked
from audit.models import Entry
from desk.documents import shown_documents
from desk.openings import shown_openings
from desk.paper import paper_of
from desk.timeline import timeline
from desk.what_next import what_next
from documents.responses import pdf_response
from referrals.beside import beside
from referrals.for_systems import system_links
from referrals.masking import asked_not_to_be_named, hides_account, is_named_to, not_named, sections_shown
from referrals.models import Referral
from referrals.permissions import (
    can_acknowledge,
    can_decide_withdrawal,
    can_detach,
    can_exclude,
    can_finish,
    can_release,
    can_show_referrer,
)
from referrals.policies import awaits_acknowledgement
from referrals.restricted import restriction_on, tasks_about, works_at_restricted_desk
from referrals.restricting import Ground
from referrals.selectors import dispatches, readable_notes, readable_referral, reasons_of

# What the PDF shows of the page.
PRINTED = ("named", "dispatches", "sections", "documents", "notes", "moments", "beside", "offered")


@permission(Permission.REFERRAL_READ)
@require_safe
def referral_page(request: Request, referral_id: UUID) -> HttpResponse:
    """Summary, what to do next, receipts, answers, notes, timeline."""
    referral = readable_referral(request.user, referral_id)
    looked(kind=Entry.Kind.VIEWED, at_object=referral, by=request.user, now=timezone.now())
    return render(request, "desk/referral.html", _shown(request, referral))


@permission(Permission.REFERRAL_READ)
@require_safe
def referral_print(request: Request, referral_id: UUID) -> HttpResponse:
    """The same on one plain page for printing."""
    referral = readable_referral(request.user, referral_id)
    looked(kind=Entry.Kind.PRINTED, at_object=referral, by=request.user, now=timezone.now())
    return render(request, "desk/referral_print.html", _shown(request, referral))


@permission(Permission.REFERRAL_READ, step_up=True, gives_file=True)
@require_safe
def referral_pdf(request: Request, referral_id: UUID) -> HttpResponse:
    """The same as a PDF, to be kept elsewhere: whoever has it answers for it."""
    referral, now = readable_referral(request.user, referral_id), timezone.now()
    looked(kind=Entry.Kind.DISCLOSED, at_object=referral, by=request.user, now=now, form="pdf")
    shown = _shown(request, referral)
    paper = paper_of(
        referral,
        **{part: shown[part] for part in PRINTED},
        reader=request.user,
        now=now,
    )
    return pdf_response(paper, name=referral.reference)


def _shown(request: Request, referral: Referral) -> dict[str, Any]:
    sent_to = dispatches(referral, reader=request.user)
    theirs = agencies_where(request.user, Permission.DISPATCH_READ)
    mine = [dispatch for dispatch in sent_to if dispatch.agency in theirs]
    notes = readable_notes(request.user, referral)
    named = is_named_to(request.user, referral, now=timezone.now())
    documents = shown_documents(referral, now=timezone.now(), named=named)
    links = system_links(mine)
    kept = _restriction(request, referral) if works_at_restricted_desk(request.user) else {}
    opened = shown_openings(request.user, referral, mine)
    righted = beside(request.user, referral)
    steps = what_next(request.user, mine)
    own = [step.dispatch.agency for step in steps if step.detaches_notes]
    offered = [offer for offer in righted.open_offers if offer.agency in theirs]
    return {
        "back": reverse("referrals:inbox" if theirs else "desk:home"),
        "referral": referral,
        "person": referral.person,
        "named": named,
        "masked": asked_not_to_be_named(referral),
        "not_named": not_named(referral),
        "to_show": [] if named else [dispatch for dispatch in mine if can_show_referrer(request.user, dispatch)],
        "entered_by": None if hides_account(referral, named=named) else referral.entered_by,
        "dispatches": sent_to,
        "mine": mine,
        "steps": steps,
        "joining": any(step.joins for step in steps),
        "to_acknowledge": [d for d in mine if awaits_acknowledgement(d) and can_acknowledge(request.user, d)],
        "sections": sections_shown(referral, named=named),
        "notes": notes,
        "documents": documents,
        "own_documents": can_detach(
            request.user,
            [row.document for row in documents.rows],
            referral.dispatches.select_related("agency") if documents.rows else (),
        ),
        "links": links,
        "own_notes": {note.pk for note in notes if note.agency in own},
        "beside": righted,
        "on_offer": {offer.dispatch_id for offer in righted.open_offers},
        "flagged": any(dispatch.flagged for dispatch in sent_to),
        "offered": offered,
        "answering": [each for each in offered if can(request.user, Permission.OFFER_ANSWER, agency=each.agency)],
        "deciding": any(can_decide_withdrawal(request.user, dispatch) for dispatch in mine),
        "received": any(d.agency.is_police and not awaits_acknowledgement(d) for d in mine),
        "moments": timeline(
            referral,
            sent_to,
            notes,
            reasons_of(request.user, referral),
            beside=righted,
            links=links,
            kept=[*kept.get("rows", ()), *opened.pop("rows")],
            named=named,
        ),
        "now": timezone.now(),
        **opened,
        **kept,
    }


def _restriction(request: Request, referral: Referral) -> dict[str, Any]:
    """For the restricted desks: why the referral is theirs, who is kept from it, and what may be done about it."""
    restriction, exclusions = restriction_on(referral)
    if restriction is None:
        return {}
    stands, tasks = not restriction.is_released, tasks_about(referral)
    return {
        "restriction": restriction,
        "grounds": [Ground(ground).label for ground in restriction.grounds],
        "exclusions": exclusions,
        "rows": [row.pk for row in (*exclusions, *tasks)],
        "tasks": tasks,
        "to_finish": [task for task in tasks if not task.is_done and can_finish(request.user, task)],
        "may_release": stands and can_release(request.user, referral),
        "may_exclude": stands and can_exclude(request.user, referral),
    }

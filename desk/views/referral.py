"""One referral, as those who received it may see it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.models import User
from agencies.permissions import Permission, agencies_where, can
from audit.access import looked
from audit.models import Entry
from desk.audit.selectors import auditable_referrals
from desk.beside_person import written_beside
from desk.dialogue import dialogue_with
from desk.paper import paper_of
from desk.requests import requests_about
from desk.shown import Shown, shown_to
from desk.what_next import what_next
from documents.responses import pdf_response
from people.keeping import agencies_working
from referrals.masking import asked_not_to_be_named, hides_account, not_named
from referrals.models import Referral
from referrals.permissions import can_acknowledge, can_decide_withdrawal, can_detach, can_show_referrer
from referrals.policies import awaits_acknowledgement
from referrals.selectors import readable_referral
from triage.urgent import urgencies_about


@permission(Permission.REFERRAL_READ)
@require_safe
def referral_page(request: Request, referral_id: UUID) -> HttpResponse:
    """Summary, what to do next, receipts, answers, notes, timeline."""
    referral = readable_referral(request.user, referral_id)
    looked(kind=Entry.Kind.VIEWED, at_object=referral, by=request.user, now=timezone.now())
    return render(request, "desk/referral.html", _context(request, referral))


@permission(Permission.REFERRAL_READ)
@require_safe
def referral_print(request: Request, referral_id: UUID) -> HttpResponse:
    """The same on one plain page for printing."""
    referral = readable_referral(request.user, referral_id)
    looked(kind=Entry.Kind.PRINTED, at_object=referral, by=request.user, now=timezone.now())
    return render(request, "desk/referral_print.html", _context(request, referral))


@permission(Permission.REFERRAL_READ, step_up=True, gives_file=True)
@require_safe
def referral_pdf(request: Request, referral_id: UUID) -> HttpResponse:
    """The same as a PDF, to be kept elsewhere: whoever has it answers for it."""
    referral, now = readable_referral(request.user, referral_id), timezone.now()
    reader = request.user
    looked(kind=Entry.Kind.DISCLOSED, at_object=referral, by=reader, now=now, form="pdf", recipient=reader.pk)
    paper = paper_of(shown_to(request.user, referral, now=now), reader=request.user, now=now)
    return pdf_response(paper, name=referral.reference)


def _context(request: Request, referral: Referral) -> dict[str, Any]:
    """What is on record, and what the reader may do about it."""
    reader, now = request.user, timezone.now()
    shown = shown_to(reader, referral, now=now)
    written = written_beside(reader, [referral.person_id])
    reads_inbox = agencies_where(reader, Permission.DISPATCH_READ)
    return {
        "back": reverse("referrals:inbox" if reads_inbox else "desk:home"),
        "now": now,
        "person": referral.person,
        "cleared": shown.deconfliction.cleared,
        "audits": can(reader, Permission.AUDIT_READ) and auditable_referrals(reader, [referral.pk]).exists(),
        "requests": requests_about(reader, [referral.person_id]),
        "flagged": any(dispatch.flagged for dispatch in shown.dispatches),
        **vars(shown),
        "written": written,
        "dialogue": dialogue_with(reader, shown, written),
        "moments": sorted([*shown.moments, *written.moments], key=lambda moment: moment.at, reverse=True),
        **shown.opened,
        **shown.restricted,
        **shown.tasks,
        **_about_referrer(reader, shown),
        **_to_do(reader, shown),
        **_to_put_right(reader, shown),
        "looks": bool(agencies_working(reader, referral.person_id, Permission.MATCH_DECIDE)),
        "reads_matches": can(reader, Permission.MATCH_READ),
        "urgencies": urgencies_about(reader, referral.person_id),
    }


def _about_referrer(reader: User, shown: Shown) -> dict[str, Any]:
    """Whether the referrer asked not to be named, and who of the reader's agencies may have them shown."""
    referral, named = shown.referral, shown.named
    return {
        "masked": asked_not_to_be_named(referral),
        "not_named": not_named(referral),
        "to_show": [] if named else [dispatch for dispatch in shown.mine if can_show_referrer(reader, dispatch)],
        "entered_by": None if hides_account(referral, named=named) else referral.entered_by,
    }


def _to_do(reader: User, shown: Shown) -> dict[str, Any]:
    """What the reader's role allows: receipt, work, and what of notes and documents they may take away."""
    steps = what_next(reader, shown.mine)
    own = [step.dispatch.agency for step in steps if step.detaches_notes]
    files = [row.document for row in shown.documents.rows]
    where = shown.referral.dispatches.select_related("agency") if files else ()
    return {
        "steps": steps,
        "joining": any(step.joins for step in steps),
        "to_acknowledge": [d for d in shown.mine if awaits_acknowledgement(d) and can_acknowledge(reader, d)],
        "own_documents": can_detach(reader, files, where),
        "own_notes": {note.pk for note in shown.notes if note.agency in own},
    }


def _to_put_right(reader: User, shown: Shown) -> dict[str, Any]:
    """What stands open about mistakes, and what the reader may answer or decide of it."""
    return {
        "on_offer": {offer.dispatch_id for offer in shown.beside.open_offers},
        "answering": [each for each in shown.offered if can(reader, Permission.OFFER_ANSWER, agency=each.agency)],
        "deciding": any(can_decide_withdrawal(reader, dispatch) for dispatch in shown.mine),
        "received": any(d.agency.is_police and not awaits_acknowledgement(d) for d in shown.mine),
    }

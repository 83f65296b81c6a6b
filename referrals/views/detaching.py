"""Wrong person: a referral, one note or one document is detached from somebody whom it is not about."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from audit.refusals import NotNow
from referrals.actions.detach_document import detach_document
from referrals.actions.detach_note import detach_note
from referrals.actions.detach_referral import detach_referral
from referrals.forms.putting_right import DetachForm, DetachNoteForm, ReasonForm
from referrals.models import Note, NoteDetachment, Referral
from referrals.permissions import check_can_detach_document
from referrals.selectors import dispatches_of, own_notes, readable_document
from referrals.views.acting import act, dispatch_of, saw


@permission(Permission.REFERRAL_DETACH)
@require_safe_or_post
def detach(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Say who the referral is about instead; `wrong` is the person whom the officer was shown."""
    dispatch = dispatch_of(request, dispatch_id)
    form = DetachForm(request.POST or None)
    return act(
        request,
        form,
        lambda: detach_referral(
            dispatch_id=dispatch.pk,
            wrong_id=_uuid(request.POST.get("wrong", "")),
            right=form.right(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="detach",
        referral=dispatch.referral,
        dispatch=dispatch,
        wrong=request.POST.get("wrong", dispatch.referral.person_id),
        said=_("The referral is detached from the wrong person. Everybody who has it is told."),
    )


@permission(Permission.NOTE_DETACH)
@require_safe_or_post
def detach_written(request: Request, note_id: UUID) -> HttpResponse:
    """Take a note of one's agency away from a referral it is not about."""
    note: Note = get_object_or_404(own_notes(request.user), pk=note_id)
    saw(request, note.referral)
    form = DetachNoteForm(request.POST or None)
    return act(
        request,
        form,
        lambda: _detach(request, note, form),
        page="detach_written",
        referral=note.referral,
        note=note,
        said=_("The note is taken away. Whoever could read it is told."),
        refused_at="reference",
    )


@permission(Permission.DOCUMENT_DETACH)
@require_safe_or_post
def take_away(request: Request, document_id: UUID) -> HttpResponse:
    """Take a document away from a referral it is not about."""
    document = readable_document(request.user, document_id)
    referral = Referral.objects.select_related("person").get(pk=cast(UUID, document.referral))
    check_can_detach_document(request.user, document, referral.dispatches.select_related("agency"))
    saw(request, referral)
    form = ReasonForm(request.POST or None, label=_("Why does the document not belong here?"))
    return act(
        request,
        form,
        lambda: detach_document(
            document_id=document.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="take_away",
        referral=referral,
        document=document,
        said=_("The document is taken away and destroyed. Everybody who has the referral is told."),
    )


def _detach(request: Request, note: Note, form: DetachNoteForm) -> NoteDetachment:
    reference, to_id = form.cleaned_data["reference"], None
    if reference:
        theirs = dispatches_of(request.user).filter(agency=note.agency, referral__reference=reference)
        to_id = theirs.values_list("pk", flat=True).first()
        if to_id is None:
            raise NotNow(_("Your agency has no referral with this reference."))
    return detach_note(
        note_id=note.pk,
        to_dispatch_id=to_id,
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=timezone.now(),
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotNow(_("Read the referral again, and start from its page.")) from None

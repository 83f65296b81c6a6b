"""What an officer does with a referral: take receipt, assign, note."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from agencies.selectors import away_now
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.write_note import write_note
from referrals.forms.work import AssignForm, NoteForm
from referrals.models import NoteReaders
from referrals.selectors import able_to_work
from referrals.views.acting import dispatch_of


@permission(Permission.DISPATCH_ACKNOWLEDGE)
@require_safe_or_post
def acknowledge(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Take receipt for one's agency. Who had to sign in again first comes back by GET, to the referral."""
    dispatch = dispatch_of(request, dispatch_id)
    if request.method != "POST":
        return redirect(dispatch)
    dispatch = acknowledge_dispatch(dispatch_id=dispatch.pk, by=request.user, now=timezone.now())
    messages.success(request, _("You have taken receipt of {ref}.").format(ref=dispatch.referral.reference))
    return redirect(dispatch)


@permission(Permission.DISPATCH_ASSIGN)
@require_safe_or_post
def assign(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Pick the colleague who will work the referral."""
    dispatch = dispatch_of(request, dispatch_id)
    form = AssignForm(
        request.POST or None,
        colleagues=able_to_work(dispatch),
        me=request.user,
        away={absence.user_id: absence for absence in away_now(dispatch.agency)},
        initial={"to": str(dispatch.assigned_to_id or "")},
    )
    if request.method == "POST" and form.is_valid():
        to_id = UUID(form.cleaned_data["to"])
        assign_dispatch(dispatch_id=dispatch.pk, to_id=to_id, by=request.user, now=timezone.now())
        messages.success(request, _("Assigned to {name}.").format(name=form.name_of(to_id)))
        return redirect(dispatch)
    return render(request, "referrals/assign.html", {"form": form, "dispatch": dispatch})


@permission(Permission.NOTE_WRITE)
@require_safe_or_post
def note(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Write a note beside the referral."""
    dispatch = dispatch_of(request, dispatch_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_note(
            dispatch_id=dispatch.pk,
            text=form.cleaned_data["text"],
            readers=NoteReaders(form.cleaned_data["readers"]),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Your note is saved."))
        return redirect(dispatch)
    return render(request, "referrals/note.html", {"form": form, "dispatch": dispatch})

"""Pages of the standards for everybody who works by them: what holds, what changed, what was before."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.permissions import Permission, agencies_where, can
from triage.models import Moment, PracticeNote, Standard, StandardStep
from triage.practice import notes_by, notes_offered, practice_by_step
from triage.standards import before, changes, published, standard_on, steps_of
from triage.states import StandardState

# Of what an agency has offered, the page shows so many.
SHOWN = 20


@permission(Permission.STANDARD_READ)
@require_safe
def standards(request: Request) -> HttpResponse:
    """What holds today with good practice beside each step, what is to come, and for headquarters what waits."""
    writes = can(request.user, Permission.STANDARD_WRITE)
    today = timezone.localdate()
    current = standard_on(today)
    versions = published().order_by("-number")
    context = {
        "writes": writes,
        "current": current,
        "coming": versions.filter(in_force_from__gt=today),
        "versions": versions,
        "draft": Standard.objects.filter(state=StandardState.DRAFT).first() if writes else None,
        "groups": grouped(current) if current else [],
        "offered": notes_offered() if writes else [],
        "ours": notes_by(agencies_where(request.user, Permission.STANDARD_READ))[:SHOWN],
    }
    return render(request, "triage/standards.html", context)


@permission(Permission.STANDARD_READ)
@require_safe
def standard(request: Request, standard_id: UUID) -> HttpResponse:
    """One version, and how it differs from the one before; a draft for headquarters only."""
    writes = can(request.user, Permission.STANDARD_WRITE)
    known = Standard.objects.select_related("published_by") if writes else published()
    row = get_object_or_404(known, pk=standard_id)
    earlier = before(row)
    context = {
        "row": row,
        "writes": writes,
        "groups": grouped(row),
        "before": earlier,
        "changes": changes(steps_of(earlier), steps_of(row)) if earlier else [],
    }
    return render(request, "triage/standard.html", context)


def grouped(row: Standard) -> list[tuple[str, list[tuple[StandardStep, list[PracticeNote]]]]]:
    """The steps of a version, by moment, each with the good practice beside it. Two queries."""
    practice, steps = practice_by_step(), list(row.steps.all())
    groups = []
    for moment in Moment:
        those = [(step, [*practice.get(step.code, ())]) for step in steps if step.moment == moment]
        if those:
            groups.append((str(moment.label), those))
    return groups

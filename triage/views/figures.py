"""How far the standards are met: a table of regions for each moment, for everybody who works by them."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.permissions import Permission
from triage.figures import answers_between, figures_of, steps_by_day
from triage.models import Moment

# How many days back a reader may look; what else the address asks for shows the first.
PERIODS = (30, 90, 365)


@permission(Permission.STANDARD_READ)
@require_safe
def figures(request: Request) -> HttpResponse:
    """Completeness and time of each region's answers in the last so many days."""
    asked = request.GET.get("days", "")
    days = next((each for each in PERIODS if str(each) == asked), PERIODS[0])
    last = timezone.localdate()
    first = last - timedelta(days=days - 1)
    tables = [(moment, figures_of(answers_between(moment, first, last), steps_by_day(moment))) for moment in Moment]
    context = {"tables": tables, "days": days, "periods": PERIODS, "first": first, "last": last}
    return render(request, "triage/figures.html", context)

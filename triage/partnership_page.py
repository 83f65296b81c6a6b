"""What the page of a police-led partnership says, and what its reader may do there, or why not."""

from datetime import datetime
from typing import Any

from agencies.models import User
from agencies.permissions import Permission
from agencies.selectors import targets_of
from agencies.working_days import calendar_of, london_date
from audit.refusals import Forbidden
from people.clearance import how_cleared
from referrals.selectors import can_read
from triage.gate import Facts, Refusal, leaves_in_order
from triage.models import Partnership, PlannedAction, TriageOutcome
from triage.partnerships import beside, offered_of
from triage.permissions import check_can_assess
from triage.selectors import latest_assessment


def partnership_page(reader: User, row: Partnership, *, now: datetime) -> dict[str, Any]:
    """The context of the page."""
    today = london_date(now)
    planned = list(row.planned.select_related("owner", "planned_by", "closed_by").order_by("due_on", "pk"))
    reviews = list(row.reviews.select_related("held_by").order_by("-held_at", "-pk"))
    works, offered = _may(reader, Permission.PARTNERSHIP_WORK, row), None if row.is_ended else offered_of(row)
    owns = works and row.owner_id == reader.pk and not row.is_ended
    latest = latest_assessment(row.referral)
    return {
        "cleared": how_cleared(row.person_id),
        "overdue": row.is_overdue(today),
        "offered": offered,
        "is_asked": works and offered is not None and offered.to_id == reader.pk,
        "owns": owns,
        "names": not row.is_ended and (owns or _may(reader, Permission.PARTNERSHIP_SUPERVISE, row)),
        "plans": list(row.plans.select_related("written_by").order_by("-written_at", "-pk")),
        "to_do": [(each, _closes(reader, each, owns=owns, works=works), each.is_overdue(today))
                  for each in planned if each.is_open],
        "closed": [each for each in planned if not each.is_open],
        "reviews": reviews,
        "asks_to_leave": bool(reviews) and reviews[0].asks_to_leave,
        "handovers": list(row.handovers.select_related("to", "offered_by").order_by("-offered_at", "-pk")),
        "beside": beside(reader, row),
        "in_the_way": [] if row.is_ended else in_the_way(planned, reviewed=bool(reviews), now=now),
        "assessment": latest if works else None,
        "reads_referral": can_read(reader, row.referral_id),
        "review_days": targets_of(row.agency).review_days,
    }  # fmt: skip


def in_the_way(planned: list[PlannedAction], *, reviewed: bool, now: datetime) -> list[Refusal]:
    """What the gate would say of the partnership if another outcome were proposed now (`triage.gate`)."""
    left = any(each.is_open for each in planned)
    return list(
        leaves_in_order(Facts(now=now, outcome=TriageOutcome.CHANNEL, planned_open=left, not_reviewed=not reviewed))
    )


def next_review(row: Partnership, *, now: datetime) -> Any:
    """The day that the local target of its agency proposes for the review after one that is held now."""
    agency = row.agency
    return targets_of(agency).review_on(london_date(now), calendar=calendar_of(agency.code))


def _may(reader: User, needed: Permission, row: Partnership) -> bool:
    try:
        check_can_assess(reader, needed, row.referral)
    except Forbidden:
        return False
    return True


def _closes(reader: User, each: PlannedAction, *, owns: bool, works: bool) -> bool:
    return owns or (works and each.owner_id == reader.pk and not each.partnership.is_ended)

"""What the pages of a gateway assessment say: what was written, by whom it was signed, and what stands in its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from agencies.models import User
from agencies.permissions import Permission
from audit.refusals import Forbidden
from referrals.repeats import repeats_of
from referrals.selectors import is_stopped
from triage.assessing import facts_of, signatures_for
from triage.gate import refusals
from triage.gateway_form import FORMS
from triage.models import ClosingReason, GatewayAssessment, TriageOutcome
from triage.permissions import check_can_assess, check_signs_for_others
from triage.selectors import checks_of, latest_of


@dataclass(frozen=True)
class Said:
    """One question, and what was answered."""

    label: str | Promise
    words: str


def gateway_page(reader: User, row: GatewayAssessment, *, now: datetime) -> dict[str, Any]:
    """The context of the page. `missing` is empty once it was signed: what stood in its way then did not."""
    dispatch = check_can_assess(reader, Permission.GATEWAY_WRITE, row.referral)
    under_way = row.is_draft or row.is_proposed
    return {
        "told": words_of(row),
        "considered": [TriageOutcome(each).label for each in row.considered],
        "checks": checks_of(row),
        "reasons": [ClosingReason(each).label for each in row.reasons],
        "signatures": list(row.signatures.filter(round=row.round).select_related("signed_by").order_by("signed_at")),
        "needed": signatures_for(row, by=reader) if under_way else 0,
        "missing": refusals(facts_of(row, dispatch, by=reader, now=now)) if under_way else [],
        "signs": row.is_proposed and _may_sign(reader, row),
        "latest": latest_of(row.referral),
        "repeat": repeats_of(reader, [row.referral])[row.referral_id],
        "stopped": under_way and is_stopped(row.referral),
    }


def words_of(row: GatewayAssessment) -> list[Said]:
    """What was answered, by the questions of the form it was begun on: not what is empty, or of another outcome."""
    return [
        Said(each.label, row.answers[each.code])
        for each in FORMS[row.form]
        if row.answers.get(each.code, "").strip() and (each.is_due(row.outcome) or not each.always)
    ]


def _may_sign(reader: User, row: GatewayAssessment) -> bool:
    try:
        check_can_assess(reader, Permission.GATEWAY_SIGN, row.referral)
        check_signs_for_others(reader, row)
    except Forbidden:
        return False
    return True

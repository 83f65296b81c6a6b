"""A referral and a link in the words of the API."""

from collections.abc import Iterable
from typing import Any

from documents.models import Document
from people.clearance import Cleared
from referrals.api.answers import write_answers
from referrals.beside import Beside
from referrals.masking import answers_shown, asked_not_to_be_named, sections_shown
from referrals.models import Dispatch, Referral, SystemLink
from referrals.states import DispatchState

DECONFLICTION = {
    Cleared.NO: "not_cleared",
    Cleared.YES: "cleared",
    Cleared.WITH_CONDITIONS: "cleared_with_conditions",
}


def disclosed(
    referral: Referral,
    dispatches: Iterable[Dispatch],
    righted: Beside,
    documents: list[Document],
    *,
    cleared: Cleared,
    repeated: bool,
) -> dict[str, Any]:
    """The referral as a receiving system gets it, with what was put `righted` beside it."""
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received_at": referral.submitted_at,
        "received_by": referral.received_by,
        "form_version": referral.form_version,
        "language": referral.language,
        "immediate": referral.immediate,
        "area_known": not referral.flagged,
        "deconfliction": DECONFLICTION[cleared],
        "repeated": repeated,
        "referrer_masked": asked_not_to_be_named(referral),
        "dispatches": [
            {
                "id": dispatch.pk,
                "agency": dispatch.agency.code,
                "sent_at": dispatch.sent_at,
                "receipt": "taken" if dispatch.state == DispatchState.ACKNOWLEDGED else "waiting",
            }
            for dispatch in dispatches
        ],
        "person": referral.person,
        "detached": [detachment.detached_at for detachment in righted.detachments],
        "withdrawal": righted.withdrawal,
        "joined_with": [each.other.pk for each in righted.joined],
        "documents": documents,
        "answers": write_answers(answers_shown(referral), referral.form_version),
        "sections": [
            {
                "title": str(section.title),
                "rows": [
                    {"question": row.name, "label": str(row.label), "values": [str(value) for value in row.values]}
                    for row in section.rows
                ],
                "blank": [str(name) for name in section.blank],
            }
            for section in sections_shown(referral)
        ],
    }


def linked(link: SystemLink) -> dict[str, Any]:
    """A link as it stands."""
    return {
        "dispatch": link.dispatch_id,
        "case_number": link.case_number,
        "status": link.status,
        "version": link.version,
        "written_at": link.written_at,
    }

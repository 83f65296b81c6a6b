"""What the pages of a referral say of its deconfliction: to each reader as much as `triage.seeing` allows."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from agencies.models import User
from people.clearance import Cleared, how_cleared
from referrals.models import Dispatch, Referral
from triage.models import Deconfliction
from triage.seeing import Part, Phase, Viewer, parts_seen
from triage.states import DeconflictionState


@dataclass(frozen=True)
class Seen:
    """One deconfliction as its reader may see it: what they may not is empty."""

    waits: bool = False
    cause: str | Promise = ""
    instruction: str = ""
    review_on: date | None = None
    answered: Deconfliction | None = None  # for who answered, and when
    outcome: str | Promise = ""


@dataclass(frozen=True)
class Summary:
    """Whether contact is cleared about a referral's person, and the deconflictions, the latest first.

    `cleared` is of the whole record: a hold on somebody on it is one on all, and nothing says on whom.
    """

    cleared: Cleared
    rows: tuple[Seen, ...]


def summary_of(reader: User, referral: Referral, mine: list[Dispatch]) -> Summary:
    """What the reader of a referral's page is told; `mine` are its dispatches to agencies of theirs. Two queries."""
    viewer = viewer_of(mine)
    found = Deconfliction.objects.filter(referral=referral, person=referral.person_id)
    rows = found.select_related("answered_by", "agency").order_by("-opened_at", "-id")
    seen = (_seen(row, viewer, phase_of(row, latest=not number)) for number, row in enumerate(rows))
    return Summary(how_cleared(referral.person_id), tuple(each for each in seen if each is not None))


def viewer_of(mine: list[Dispatch]) -> Viewer:
    """How somebody stands to a referral whose dispatches to agencies of theirs these are. No query."""
    if any(dispatch.agency.is_police for dispatch in mine):
        return Viewer.POLICE
    return Viewer.AUTHORITY if mine else Viewer.OTHERS


def phase_of(row: Deconfliction, *, latest: bool) -> Phase:
    """Where it stands; `latest`: nothing was asked about the referral since."""
    if row.state == DeconflictionState.REPLACED:
        return Phase.OVERTAKEN
    if row.is_open:
        return Phase.WAITING
    if not latest:
        return Phase.PAST
    return Phase.CLEARED if row.clears else Phase.HELD


def _seen(row: Deconfliction, viewer: Viewer, phase: Phase) -> Seen | None:
    parts = parts_seen(viewer, phase)
    if not parts:
        return None
    return Seen(
        waits=row.is_open,
        cause=row.get_cause_display() if Part.CAUSE in parts else "",
        instruction=row.instruction or "" if Part.INSTRUCTION in parts else "",
        review_on=row.review_on if Part.REVIEW in parts else None,
        answered=row if Part.ANSWERED_BY in parts and row.is_answered else None,
        outcome=row.get_outcome_display() if Part.OUTCOME in parts else "",
    )

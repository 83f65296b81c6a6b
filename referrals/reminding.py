"""Who hears that nobody took receipt in time, in which order, and when. Pure."""

from datetime import datetime

from agencies.models import Agency
from agencies.targets import Targets
from agencies.working_days import calendar_of
from referrals.models import Dispatch, Step
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK


def desk_code(agency: Agency) -> str:
    """The code of the national desk that answers for an agency; its own for a desk."""
    return NATIONAL_POLICE_DESK if agency.is_police else NATIONAL_AUTHORITY_DESK


def steps_of(dispatch: Dispatch) -> tuple[Step, ...]:
    """The steps in order. In immediate danger the duty contact is alerted all along, so that the first is left out;
    above a national desk there is none, and of a restricted one no national desk is told."""
    first = () if dispatch.immediate else (Step.AGENCY,)
    ends_here = dispatch.agency.is_restricted or dispatch.agency.code == desk_code(dispatch.agency)
    last = () if ends_here else (Step.DESK,)
    return (*first, Step.SUPERVISOR, *last)


def next_due(dispatch: Dispatch, targets: Targets) -> datetime | None:
    """When the step after those taken is due; None when all were, or when the dispatch has no target."""
    remaining = steps_of(dispatch)[dispatch.reminded :]
    by = dispatch.acknowledge_by
    if not remaining or by is None:
        return None
    calendar = calendar_of(dispatch.agency.code)
    match remaining[0]:
        case Step.AGENCY:
            return by
        case Step.SUPERVISOR:
            return targets.supervisor_due(by, immediate=dispatch.immediate, calendar=calendar)
        case _:
            return targets.desk_due(by, immediate=dispatch.immediate, calendar=calendar)

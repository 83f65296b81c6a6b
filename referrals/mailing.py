"""Where mail about a dispatch goes: to the agency's mailbox, unless somebody excluded would read it there."""

from django.utils import timezone

from agencies.kept_mail import only_told
from agencies.models import Agency, User
from agencies.restricted import is_named_only, may_know
from agencies.selectors import colleagues
from referrals.models import Dispatch
from referrals.reminding import desk_code
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK


def addresses_of(dispatch: Dispatch) -> list[str]:
    """The agency's mailbox; empty where it has none. Of what is kept from some who read it, each of the others."""
    few = only_told(dispatch.agency, [dispatch.referral_id])
    if few is not None:
        return [user.email for user in few]
    return [dispatch.agency.email] if dispatch.agency.email else []


def duty_addresses_of(dispatch: Dispatch) -> list[str]:
    """The agency's duty contact; where it has none, that of its national desk; empty where nobody is set up.

    A restricted desk is never covered by another one: its officers are written to instead.
    """
    agency = dispatch.agency
    own = agency.duty_email or agency.email
    few = only_told(agency, [dispatch.referral_id])
    if few is not None:
        return [user.email for user in few]
    if agency.is_restricted:
        return [own] if own else [user.email for user in officers_not_excluded(dispatch)]
    desk = desk_code(agency)
    if not own and agency.code != desk:
        national = Agency.objects.get(code=desk)
        own = national.duty_email or national.email
    return [own] if own else []


def desk_to_alarm() -> Agency | None:
    """The national desk that hears of what no agency can mend: the police side’s, where every referral goes first; the
    authorities’ where that has no mailbox; None where neither has one."""
    desks = Agency.objects.filter(code__in=(NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK))
    able = [desk for desk in desks if desk.duty_email or desk.email]
    return min(able, key=lambda desk: not desk.is_police, default=None)


def officers_not_excluded(dispatch: Dispatch) -> list[User]:
    """The agency's own officers who may know of the referral."""
    return may_know(dispatch.referral_id, _officers(dispatch))


def is_kept(dispatch: Dispatch) -> bool:
    """Whether some who read the agency's mailbox may not know of the referral."""
    return dispatch.agency.is_restricted or is_named_only(dispatch.referral_id)


def _officers(dispatch: Dispatch) -> list[User]:
    return list(colleagues(dispatch.agency, on=timezone.localdate()))

"""Where mail about a dispatch goes: to the agency's mailbox, unless somebody excluded would read it there."""

from django.utils import timezone

from agencies.models import Agency, User
from agencies.restricted import excluded_from, is_named_only, may_know
from agencies.selectors import colleagues
from referrals.models import Dispatch
from referrals.reminding import desk_code


def addresses_of(dispatch: Dispatch) -> list[str]:
    """The agency's mailbox; empty where it has none. Of what is kept from some who read it, see below."""
    if is_named_only(dispatch.referral_id):
        return [user.email for user in officers_not_excluded(dispatch)]
    if dispatch.agency.is_restricted:
        return _restricted(dispatch, dispatch.agency.email)
    return [dispatch.agency.email] if dispatch.agency.email else []


def duty_addresses_of(dispatch: Dispatch) -> list[str]:
    """The agency's duty contact; where it has none, that of its national desk; empty where nobody is set up.

    A restricted desk is never covered by another one: its officers are written to instead.
    """
    agency = dispatch.agency
    own = agency.duty_email or agency.email
    if is_named_only(dispatch.referral_id):
        return [user.email for user in officers_not_excluded(dispatch)]
    if agency.is_restricted:
        return _restricted(dispatch, own) or [user.email for user in officers_not_excluded(dispatch)]
    desk = desk_code(agency)
    if not own and agency.code != desk:
        national = Agency.objects.get(code=desk)
        own = national.duty_email or national.email
    return [own] if own else []


def officers_not_excluded(dispatch: Dispatch) -> list[User]:
    """The agency's own officers who may know of the referral."""
    return may_know(dispatch.referral_id, _officers(dispatch))


def is_kept(dispatch: Dispatch) -> bool:
    """Whether some who read the agency's mailbox may not know of the referral."""
    return dispatch.agency.is_restricted or is_named_only(dispatch.referral_id)


def _restricted(dispatch: Dispatch, mailbox: str) -> list[str]:
    """The desk's mailbox, which all its officers read; where one of them is excluded, each of the others."""
    excluded = _excluded(dispatch)
    if any(user.pk in excluded for user in _officers(dispatch)):
        return [user.email for user in officers_not_excluded(dispatch)]
    return [mailbox] if mailbox else []


def _officers(dispatch: Dispatch) -> list[User]:
    return list(colleagues(dispatch.agency, on=timezone.localdate()))


def _excluded(dispatch: Dispatch) -> set[object]:
    return set(excluded_from(dispatch.referral_id).values_list("user_id", flat=True))

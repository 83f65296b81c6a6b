"""Which agencies receive a referral: one on the police side, one on the authority's."""

from django.core.exceptions import ImproperlyConfigured

from agencies.models import Agency
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK, Route

RESTRICTED_POLICE_DESK = "restricted-police-desk"
RESTRICTED_AUTHORITY_DESK = "restricted-authority-desk"
DESKS = frozenset({NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK, RESTRICTED_POLICE_DESK, RESTRICTED_AUTHORITY_DESK})


def receivers(decided: Route, *, restricted: bool) -> list[Agency]:
    """The police agency and the authority, ids ascending; the national desk for one that is not set up yet.

    A `restricted` referral goes to the restricted desks and to nobody else. The statement is the same for both.
    Raises ImproperlyConfigured when any of the four desks is missing: nothing is stored that would not be
    delivered, and nobody learns from a fault which referral is restricted.
    """
    wanted = {decided.police, decided.authority, *DESKS}
    known = {agency.code: agency for agency in Agency.objects.filter(code__in=wanted)}
    if not known.keys() >= DESKS:
        raise ImproperlyConfigured("Run `manage.py load_places`: national or restricted desks are missing.")
    if restricted:
        found = [known[RESTRICTED_POLICE_DESK], known[RESTRICTED_AUTHORITY_DESK]]
    else:
        found = [
            known.get(decided.police) or known[NATIONAL_POLICE_DESK],
            known.get(decided.authority) or known[NATIONAL_AUTHORITY_DESK],
        ]
    return sorted(found, key=lambda agency: agency.pk)

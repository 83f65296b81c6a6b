"""Which agencies receive a referral: one on the police side, one on the authority's."""

from django.core.exceptions import ImproperlyConfigured

from agencies.models import Agency
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK, Route


def receivers(decided: Route) -> list[Agency]:
    """The police agency and the authority, ids ascending; the national desk for one that is not set up yet.

    Raises ImproperlyConfigured when a national desk is missing: nothing is stored that would not be delivered.
    """
    pairs = {decided.police: NATIONAL_POLICE_DESK, decided.authority: NATIONAL_AUTHORITY_DESK}
    known = {agency.code: agency for agency in Agency.objects.filter(code__in={*pairs, *pairs.values()})}
    found = [known.get(code) or known.get(desk) for code, desk in pairs.items()]
    if None in found:
        raise ImproperlyConfigured("Run `manage.py load_places`: the national desks are missing.")
    return sorted((agency for agency in found if agency), key=lambda agency: agency.pk)

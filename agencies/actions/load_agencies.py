"""An agency for every responsible authority and CTP region in force or to come, and the national desks."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from agencies.areas import POLICE_SCOTLAND, Area, PlaceKind
from agencies.models import Agency, AgencyKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor

# Of no place: where a referral goes whose area nobody knows, where one goes that may concern a user, who keeps the
# service running, the approved intervention providers, and who counts and reviews for the whole country.
OF_NO_PLACE: dict[str, tuple[AgencyKind, str]] = {
    "national-police-desk": (AgencyKind.NATIONAL_POLICE_DESK, "National police desk"),
    "national-authority-desk": (AgencyKind.NATIONAL_AUTHORITY_DESK, "National authority desk"),
    "restricted-police-desk": (AgencyKind.RESTRICTED_POLICE_DESK, "Restricted police desk"),
    "restricted-authority-desk": (AgencyKind.RESTRICTED_AUTHORITY_DESK, "Restricted authority desk"),
    "system": (AgencyKind.SYSTEM, "System administration"),
    "intervention-providers": (AgencyKind.PROVIDER, "Intervention providers"),
    "home-office": (AgencyKind.HOME_OFFICE, "Home Office"),
}


@action
def load_agencies(*, areas: Sequence[Area], by: Actor, now: datetime) -> int:
    """Make the agencies that are missing; those that exist keep their names and addresses.

    Returns how many were made. Raises Forbidden when `by` may not load reference data.
    """
    require(by, Permission.REFERENCE_DATA_LOAD)
    wanted = OF_NO_PLACE | _of_places(areas, now=now)
    standing = set(Agency.objects.values_list("code", flat=True))
    missing = sorted(wanted.keys() - standing)
    for code in missing:
        kind, name = wanted[code]
        Agency(code=code, kind=kind, name=name).save(force_insert=True)
    return len(missing)


def _of_places(areas: Sequence[Area], *, now: datetime) -> dict[str, tuple[AgencyKind, str]]:
    today = timezone.localdate(now)
    responsible = [area for area in areas if not area.ended(today) and area.kind != PlaceKind.DISTRICT]
    police = {
        area.police_code: "Police Scotland" if area.police_code == POLICE_SCOTLAND else area.ctp_region
        for area in responsible
    }
    authorities = {area.gss_code: (AgencyKind.AUTHORITY, area.official_name) for area in responsible}
    return authorities | {code: (AgencyKind.POLICE, name) for code, name in police.items()}

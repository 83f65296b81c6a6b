"""What must be in place before referrals can be made up."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.models import Agency
from agencies.postcodes import PostcodesUnavailable
from desk.demonstration.localities import Localities


class NotReady(Exception):
    """Something is missing; the message names the command to run first."""


def places_and_agencies(now: datetime) -> tuple[Gazetteer, Mapping[str, UUID]]:
    """The places of today and the agencies by code.

    Raises:
        NotReady: no places or agencies are loaded.
    """
    places = Gazetteer.at(timezone.localdate(now))
    agencies = dict(Agency.objects.order_by().values_list("code", "pk"))
    wanted = {area.gss_code for area in places.authorities()} | {area.police_code for area in places.authorities()}
    if not wanted or not wanted <= agencies.keys():
        raise NotReady("Places and agencies are not loaded. Run first: manage.py load_places")
    return places, agencies


def localities(
    places: Gazetteer, *, favoured: Mapping[str, float] | None = None, favoured_part: float = 0.0
) -> Localities:
    """Where made-up people live.

    Raises:
        NotReady: the postcodes are not packed.
    """
    try:
        return Localities(places, favoured=favoured, favoured_part=favoured_part)
    except PostcodesUnavailable as problem:
        raise NotReady(str(problem)) from None

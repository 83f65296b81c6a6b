"""Where a referral goes: one police agency and one authority, whatever the answers say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from agencies.areas import Area, Nation
from agencies.postcodes import in_northern_ireland

NATIONAL_POLICE_DESK = "national-police-desk"
NATIONAL_AUTHORITY_DESK = "national-authority-desk"
# The select's word for it; a GSS code that begins with N says the same.
CHOSEN_NORTHERN_IRELAND = "northern_ireland"


class How(StrEnum):
    """What decided the route, the surest first."""

    POSTCODE = "postcode"
    CHOSEN = "chosen"
    REFERRER_AREA = "referrer_area"
    NATIONAL = "national"


class Places(Protocol):
    """What routing asks of geography; `agencies.geography.Gazetteer` answers it."""

    def of_postcode(self, postcode: str) -> Area | None:
        """The responsible authority where a postcode lies, or None."""

    def responsible_for(self, gss_code: str) -> Area | None:
        """The responsible authority for a code, or None."""


@dataclass(frozen=True)
class Route:
    """The agency codes of the two receivers; `flagged` when somebody must find out where the person belongs.

    `nation` is the value of a `Nation`, or empty where nothing is known.
    """

    police: str
    authority: str
    nation: str
    how: How
    flagged: bool


@dataclass(frozen=True)
class OutsideTheDuty(Route):
    """Northern Ireland: the form shows whom to call; what is submitted goes to the national desks."""


def route(answers: Mapping[str, Any], places: Places) -> Route:
    """Decide from stored answers who receives a referral.

    The person's postcode decides; else the authority picked for them; else the referrer's own area, flagged;
    else the two national desks, flagged. Answers that make no sense count as not given. Never raises, never
    leaves either receiver empty.
    """
    postcode, chosen = _text(answers, "postcode"), _text(answers, "authority")
    if area := _of_postcode(postcode, places):
        return _to(area, How.POSTCODE)
    if in_northern_ireland(postcode):
        return _outside_the_duty()
    if area := _of_code(chosen, places):
        return _to(area, How.CHOSEN)
    if chosen == CHOSEN_NORTHERN_IRELAND or chosen.startswith("N"):
        return _outside_the_duty()
    if area := _referrers_area(answers, places):
        return _to(area, How.REFERRER_AREA)
    return Route(NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK, nation="", how=How.NATIONAL, flagged=True)


def _referrers_area(answers: Mapping[str, Any], places: Places) -> Area | None:
    return _of_postcode(_text(answers, "referrer_postcode"), places) or _of_code(
        _text(answers, "referrer_authority"), places
    )


def _to(area: Area, how: How) -> Route:
    return Route(area.police_code, area.gss_code, area.nation, how=how, flagged=how is How.REFERRER_AREA)


def _outside_the_duty() -> OutsideTheDuty:
    return OutsideTheDuty(
        NATIONAL_POLICE_DESK,
        NATIONAL_AUTHORITY_DESK,
        nation=Nation.NORTHERN_IRELAND.value,
        how=How.NATIONAL,
        flagged=True,
    )


def _of_postcode(postcode: str, places: Places) -> Area | None:
    return places.of_postcode(postcode) if postcode else None


def _of_code(gss_code: str, places: Places) -> Area | None:
    return places.responsible_for(gss_code) if gss_code else None


def _text(answers: Mapping[str, Any], name: str) -> str:
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""

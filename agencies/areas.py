"""What is known about one area of Great Britain while one arrangement of its boundaries lasts."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FIXTURE = Path(__file__).parent / "data" / "places.csv"
POLICE_SCOTLAND = "police-scotland"


class Nation(TextChoices):
    """The duty holds in Great Britain only; Northern Ireland is named so that it can be answered."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class PlaceKind(TextChoices):
    """Every kind but the district is a responsible authority; a district's county is responsible for it."""

    UNITARY = "unitary", _("Unitary authority")
    METROPOLITAN = "metropolitan", _("Metropolitan district")
    LONDON_BOROUGH = "london_borough", _("London borough")
    CITY_CORPORATION = "city_corporation", _("City corporation")
    COUNTY = "county", _("County")
    SCOTTISH = "scottish", _("Scottish unitary authority")
    WELSH = "welsh", _("Welsh unitary authority")
    DISTRICT = "district", _("District")


class Area(NamedTuple):
    """One row of the reference data: half-open in time, `valid_to` being the first day it no longer holds.

    `police_force`, `ctp_region` are empty for districts, which name their county in `parent_code`.
    `successor_code` names the one area that took over everything; a county that was split up has none.
    """

    gss_code: str
    name: str
    official_name: str
    nation: str
    region: str
    kind: str
    police_force: str
    ctp_region: str
    parent_code: str
    successor_code: str
    valid_from: date
    valid_to: date | None

    @property
    def police_code(self) -> str:
        """The code of the police agency that receives referrals from here; empty for a district."""
        return police_code(self.ctp_region)

    def ended(self, on: date) -> bool:
        """Whether this row no longer holds on that day."""
        return self.valid_to is not None and self.valid_to <= on

    def in_force(self, on: date) -> bool:
        """Whether this row holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def police_code(ctp_region: str) -> str:
    """The agency code of a CTP region: "CTP North East" gives "ctp-north-east"; Scotland has one force."""
    if ctp_region == "CTP Scotland":
        return POLICE_SCOTLAND
    return ctp_region.lower().replace(" ", "-")


def read_areas(path: Path = FIXTURE) -> list[Area]:
    """Read areas from a CSV file whose columns are the fields of `Area`.

    Raises:
        ValueError: a column or a code of nation or kind is unknown, or a date is none.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != Area._fields:
            raise ValueError(f"{path.name}: the columns must be {', '.join(Area._fields)}")
        return [_area(row) for row in reader]


def _area(row: dict[str, str]) -> Area:
    dates = {
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    }
    area = Area(**{**row, **dates})  # type: ignore[arg-type]  # the dates replace their texts
    Nation(area.nation)
    PlaceKind(area.kind)
    return area

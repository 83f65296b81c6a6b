"""Where a referral goes: 300 postcodes over all forces, and answers of every kind."""

import csv
from collections import defaultdict
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from agencies.areas import FIXTURE, Nation, read_areas
from agencies.geography import Gazetteer
from agencies.postcode_source import british_postcodes
from referrals.routing import NATIONAL_AUTHORITY_DESK, NATIONAL_POLICE_DESK, How, OutsideTheDuty, Route, route

AREAS = read_areas()
PLACES = Gazetteer(AREAS, on=date(2026, 6, 1))
LEEDS, MANCHESTER, CARDIFF = "LS1 3AB", "M2 5DB", "CF10 4UW"
AGENCIES = {
    "CTP North East": "ctp-north-east",
    "CTP North West": "ctp-north-west",
    "CTP West Midlands": "ctp-west-midlands",
    "CTP East Midlands": "ctp-east-midlands",
    "CTP Eastern": "ctp-eastern",
    "CTP South East": "ctp-south-east",
    "CTP South West": "ctp-south-west",
    "CTP Wales": "ctp-wales",
    "CTP London": "ctp-london",
    "CTP Scotland": "police-scotland",
}
# Four of each beside six of every force: split counties, a London borough, the City, councils of Wales
# and Scotland, and the two that were re-coded in 2025.
NAMED = {
    "E07000106": "Canterbury, in Kent",
    "E06000035": "Medway, beside Kent",
    "E06000015": "Derby, beside Derbyshire",
    "E09000033": "Westminster",
    "E09000001": "City of London",
    "W06000015": "Cardiff",
    "S12000036": "Edinburgh",
    "E08000038": "Barnsley",
    "E08000039": "Sheffield",
}


@pytest.fixture(scope="module", autouse=True)
def packed() -> None:
    call_command("pack_postcodes", stdout=StringIO())


@pytest.fixture(scope="module")
def csv_says() -> dict[str, dict[str, str]]:
    """What the file of places says of every code in force, read without the code under test."""
    with FIXTURE.open() as file:
        rows = {row["gss_code"]: row for row in csv.DictReader(file) if not row["valid_to"]}
    return {code: rows[row["parent_code"] or code] for code, row in rows.items()}


@pytest.fixture(scope="module")
def drawn(csv_says: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """300 pairs of postcode and district: six of each of 44 forces, four of each named council."""
    chance = Random(2)  # the same draw every time
    wanted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for postcode, district in british_postcodes():
        wanted[csv_says[district]["police_force"]].append((postcode, district))
        if district in NAMED:
            wanted[district].append((postcode, district))
    return [pair for key in sorted(wanted) for pair in chance.sample(wanted[key], 4 if key in NAMED else 6)]


def test_300_postcodes_over_all_forces_go_where_the_file_of_places_says(
    drawn: list[tuple[str, str]], csv_says: dict[str, dict[str, str]]
) -> None:
    assert len(drawn) == 300
    assert len({csv_says[district]["police_force"] for _postcode, district in drawn}) == 44
    assert set(NAMED) <= {district for _postcode, district in drawn}
    for postcode, district in drawn:
        says = csv_says[district]
        assert route({"postcode": postcode.lower()}, PLACES) == Route(
            police=AGENCIES[says["ctp_region"]],
            authority=says["gss_code"],
            nation=says["nation"],
            how=How.POSTCODE,
            flagged=False,
        )


@pytest.mark.parametrize(
    ("postcode", "police", "authority"),
    [
        ("S1 2HH", "ctp-north-east", "E08000039"),
        ("S70 2TA", "ctp-north-east", "E08000038"),
        ("EC2V 7HH", "ctp-london", "E09000001"),
        ("CT1 2YW", "ctp-south-east", "E10000016"),
        ("ME4 4TR", "ctp-south-east", "E06000035"),
        ("CF10 4UW", "ctp-wales", "W06000015"),
        ("EH1 1YJ", "police-scotland", "S12000036"),
    ],
)
def test_known_town_halls_go_to_their_own_council_and_region(postcode: str, police: str, authority: str) -> None:
    decided = route({"postcode": postcode}, PLACES)
    assert (decided.police, decided.authority) == (police, authority)


def test_the_persons_postcode_decides_before_everything_else() -> None:
    answers = {
        "postcode": LEEDS,
        "authority": "W06000015",
        "referrer_postcode": MANCHESTER,
        "northern_ireland": "yes",
    }
    assert route(answers, PLACES).authority == "E08000035"


@pytest.mark.parametrize("postcode", ["", "unknown", "JE2 3AB", "IM1 3LY", "LS1", "GIR 0AA", "ZZ1 1ZZ"])
def test_without_a_district_the_authority_picked_by_hand_decides(postcode: str) -> None:
    decided = route({"postcode": postcode, "authority": "W06000015", "referrer_postcode": LEEDS}, PLACES)
    assert decided == Route("ctp-wales", "W06000015", "wales", How.CHOSEN, flagged=False)


def test_a_district_picked_by_hand_means_its_county() -> None:
    assert route({"authority": "E07000008"}, PLACES).authority == "E10000003"


@pytest.mark.parametrize("answers", [{"referrer_postcode": MANCHESTER}, {"referrer_authority": "E08000003"}])
def test_an_unknown_address_goes_to_the_referrers_own_area_flagged(answers: dict[str, Any]) -> None:
    decided = route({**answers, "authority": "unknown"}, PLACES)
    assert decided == Route("ctp-north-west", "E08000003", "england", How.REFERRER_AREA, flagged=True)


def test_where_nothing_is_known_both_national_desks_get_it_flagged() -> None:
    decided = route({"authority": "unknown", "referrer_postcode": "BT1 5GS"}, PLACES)
    assert decided == Route(NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK, "", How.NATIONAL, flagged=True)


@pytest.mark.parametrize(
    "answers", [{"postcode": "bt15gs"}, {"authority": "N09000003"}, {"authority": "northern_ireland"}]
)
def test_northern_ireland_is_outside_the_duty_and_still_not_dropped(answers: dict[str, Any]) -> None:
    decided = route({**answers, "referrer_postcode": LEEDS}, PLACES)
    assert isinstance(decided, OutsideTheDuty)
    assert (decided.police, decided.authority) == (NATIONAL_POLICE_DESK, NATIONAL_AUTHORITY_DESK)
    assert (decided.nation, decided.flagged) == (Nation.NORTHERN_IRELAND, True)


def test_without_packed_postcodes_a_referral_still_goes_somewhere(settings: Settings, tmp_path: Path) -> None:
    settings.POSTCODES_FILE = tmp_path / "none.bin"
    assert route({"postcode": LEEDS, "authority": "E08000035"}, PLACES).how is How.CHOSEN
    assert route({"postcode": LEEDS}, PLACES).how is How.NATIONAL


values = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from([LEEDS, MANCHESTER, CARDIFF, "BT1 5GS", "JE2 3AB", "unknown", "yes", "no"]),
    st.sampled_from([area.gss_code for area in AREAS]),
    st.lists(st.text(max_size=4), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    st.integers(),
)
names = st.sampled_from(
    ["postcode", "authority", "northern_ireland", "referrer_postcode", "referrer_authority", "concern"]
)


@given(st.dictionaries(names, values), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_whatever_the_answers_there_are_always_two_receivers(answers: dict[str, Any], on: date) -> None:
    decided = route(answers, Gazetteer(AREAS, on=on))
    assert decided.police in {*AGENCIES.values(), NATIONAL_POLICE_DESK}
    assert decided.authority == NATIONAL_AUTHORITY_DESK or decided.authority[0] in "EWS"
    assert (decided.police == NATIONAL_POLICE_DESK) == (decided.authority == NATIONAL_AUTHORITY_DESK)
    assert decided.flagged == (decided.how in {How.REFERRER_AREA, How.NATIONAL})
    assert route(answers, Gazetteer(AREAS, on=on)) == decided

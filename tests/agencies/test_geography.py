"""Who is responsible for a place: the reference data itself, and lookups at a date."""

import hashlib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.areas import FIXTURE, Area, PlaceKind, police_code, read_areas
from agencies.geography import Gazetteer

AREAS = read_areas()
TODAY = date(2026, 6, 1)
NOW = Gazetteer(AREAS, on=TODAY)
RESPONSIBLE = [area for area in AREAS if area.in_force(TODAY) and area.kind != PlaceKind.DISTRICT]
DISTRICTS = [area for area in AREAS if area.in_force(TODAY) and area.kind == PlaceKind.DISTRICT]

# Of the lists against which the fixture was checked; docs/geography.md says how.
CHECKED_FACTS = "db566b7d12c9d100009137ca15b4fa4308c5fd875dfc9444ef27882c6485f38e"


def test_the_fixture_still_says_what_was_checked_against_the_published_lists() -> None:
    facts = [
        "|".join(
            (
                area.gss_code,
                area.name,
                area.official_name,
                area.nation.title(),
                area.region,
                str(PlaceKind(area.kind).label),
                area.police_force,
                area.ctp_region,
            )
        )
        for area in RESPONSIBLE
    ] + [f"{area.gss_code}|{area.name}|{area.parent_code}" for area in DISTRICTS]
    assert hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest() == CHECKED_FACTS


def test_great_britain_has_207_responsible_authorities_and_164_districts() -> None:
    assert Counter(area.nation for area in RESPONSIBLE) == {"england": 153, "scotland": 32, "wales": 22}
    assert len(DISTRICTS) == 164


def test_the_43_forces_of_england_and_wales_and_police_scotland_each_lie_in_one_region() -> None:
    regions = {(area.police_force, area.ctp_region) for area in RESPONSIBLE}
    assert len(regions) == len({force for force, _region in regions}) == 44


def test_every_district_has_a_county_in_force_that_has_a_police_force() -> None:
    for area in DISTRICTS:
        county = NOW.responsible_for(area.gss_code)
        assert county is not None
        assert (county.gss_code, county.kind) == (area.parent_code, PlaceKind.COUNTY)


def test_no_code_has_two_rows_for_the_same_day() -> None:
    by_code: dict[str, list[Area]] = {}
    for area in sorted(AREAS, key=lambda area: area.valid_from):
        by_code.setdefault(area.gss_code, []).append(area)
    for rows in by_code.values():
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None
            assert earlier.valid_to <= later.valid_from


def test_every_successor_is_in_force_on_the_day_its_predecessor_ends() -> None:
    for area in AREAS:
        if area.successor_code:
            assert area.valid_to is not None
            assert any(row.gss_code == area.successor_code and row.in_force(area.valid_to) for row in AREAS)


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("CTP North East", "ctp-north-east"),
        ("CTP North West", "ctp-north-west"),
        ("CTP West Midlands", "ctp-west-midlands"),
        ("CTP East Midlands", "ctp-east-midlands"),
        ("CTP Eastern", "ctp-eastern"),
        ("CTP South East", "ctp-south-east"),
        ("CTP South West", "ctp-south-west"),
        ("CTP Wales", "ctp-wales"),
        ("CTP London", "ctp-london"),
        ("CTP Scotland", "police-scotland"),
    ],
)
def test_each_region_has_one_police_agency(region: str, code: str) -> None:
    assert police_code(region) == code
    assert {area.police_code for area in RESPONSIBLE if area.ctp_region == region} == {code}


def test_both_forces_of_london_belong_to_one_region() -> None:
    london = {area.police_force for area in RESPONSIBLE if area.police_code == "ctp-london"}
    assert london == {"Metropolitan", "City of London"}


@pytest.mark.parametrize(
    ("old", "new", "name"), [("E08000016", "E08000038", "Barnsley"), ("E08000019", "E08000039", "Sheffield")]
)
def test_a_council_recoded_in_2025_is_found_under_both_codes_before_and_after(old: str, new: str, name: str) -> None:
    for on, code in ((date(2025, 3, 31), old), (date(2025, 4, 1), new)):
        gazetteer = Gazetteer(AREAS, on=on)
        for asked in (old, new):
            found = gazetteer.responsible_for(asked)
            assert found is not None
            assert (found.gss_code, found.name, found.police_force) == (code, name, "South Yorkshire")


def test_a_county_that_became_one_council_leads_to_it_and_one_that_was_split_leads_nowhere() -> None:
    somerset = NOW.responsible_for("E10000027")
    assert somerset is not None
    assert somerset.gss_code == "E06000066"
    assert NOW.responsible_for("E10000006") is None


def test_a_council_made_of_several_is_not_guessed_back_into_one_of_them() -> None:
    assert Gazetteer(AREAS, on=date(2019, 3, 31)).responsible_for("E06000058") is None


def test_codes_that_replace_each_other_in_a_circle_lead_nowhere() -> None:
    row = AREAS[0]._replace(valid_to=TODAY)
    circle = [row._replace(gss_code="A", successor_code="B"), row._replace(gss_code="B", successor_code="A")]
    assert Gazetteer(circle, on=TODAY).responsible_for("A") is None


def test_a_district_whose_county_is_missing_or_a_district_has_nobody_responsible() -> None:
    lost = DISTRICTS[0]._replace(parent_code="E10999999")
    looped = DISTRICTS[0]._replace(parent_code=lost.gss_code)
    for area in (lost, looped):
        assert Gazetteer([area], on=TODAY).responsible_for(area.gss_code) is None


def test_of_two_rows_that_overlap_the_later_one_holds() -> None:
    earlier = RESPONSIBLE[0]
    later = earlier._replace(valid_from=TODAY - timedelta(days=1), name="Renamed")
    for rows in ([earlier, later], [later, earlier]):
        assert Gazetteer(rows, on=TODAY).responsible_for(earlier.gss_code) == later


def test_authorities_to_pick_from_are_sorted_and_hold_no_district() -> None:
    picked = NOW.authorities()
    assert len(picked) == 207
    assert [area.name for area in picked] == sorted(area.name for area in picked)
    assert PlaceKind.DISTRICT not in {area.kind for area in picked}


@given(code=st.one_of(st.text(max_size=12), st.sampled_from([area.gss_code for area in AREAS])), on=st.dates())
def test_any_code_on_any_day_gives_an_authority_in_force_or_nothing(code: str, on: date) -> None:
    found = Gazetteer(AREAS, on=on).responsible_for(code)
    assert found is None or (found.in_force(on) and found.kind != PlaceKind.DISTRICT and found.police_code)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("official_name", "title"), ("england", "gaul"), ("unitary", "shire"), ("2009-04-01", "April")],
    ids=["column", "nation", "kind", "date"],
)
def test_a_file_of_places_that_makes_no_sense_is_refused(tmp_path: Path, right: str, wrong: str) -> None:
    path = tmp_path / "places.csv"
    head, first = FIXTURE.read_text().splitlines()[:2]
    path.write_text(f"{head}\n{first}\n")
    assert len(read_areas(path)) == 1
    path.write_text(f"{head}\n{first}\n".replace(right, wrong))
    with pytest.raises(ValueError, match=wrong if right != "official_name" else "columns"):
        read_areas(path)

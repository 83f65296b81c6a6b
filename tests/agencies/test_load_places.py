"""The table of places follows the file, and forgets nothing."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from agencies.actions.load_places import Loaded, load_places
from agencies.areas import FIXTURE, Area, PlaceKind, read_areas
from agencies.geography import Gazetteer
from agencies.models import Place
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from audit.refusals import Forbidden, OffTheRecord, Refused

pytestmark = pytest.mark.django_db

AREAS = read_areas()
TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def loaded() -> None:
    """The places as the fixture has them, whatever the template of the database holds."""
    load(AREAS)


def load(areas: Sequence[Area], *, by: Agent = Agent.OPERATOR, now: datetime = NOW) -> Loaded:
    with recording(by=by):
        return load_places(areas=areas, by=by, now=now)


def replaced(code: str, **changes: object) -> list[Area]:
    return [area._replace(**changes) if area.gss_code == code else area for area in AREAS]  # type: ignore[arg-type]  # any


def test_the_table_holds_exactly_the_file() -> None:
    assert sorted(Place.objects.values_list(*Area._fields)) == sorted(AREAS)


def test_loading_again_changes_nothing_and_writes_no_entry(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    entries = Entry.objects.count()
    ids = set(Place.objects.values_list("pk", flat=True))
    assert load(AREAS) == Loaded(created=0, changed=0, closed=0)
    assert set(Place.objects.values_list("pk", flat=True)) == ids
    assert Entry.objects.count() == entries


def test_a_correction_keeps_the_row_and_leaves_one_entry() -> None:
    before = Place.objects.get(gss_code="E08000035")
    entries = Entry.objects.filter(kind=Entry.Kind.BULK).count()
    assert load(replaced("E08000035", official_name="Leeds Council")) == Loaded(0, 1, 0)
    assert Place.objects.get(pk=before.pk).official_name == "Leeds Council"
    assert Entry.objects.filter(kind=Entry.Kind.BULK).count() == entries + 1


def test_a_place_that_vanished_is_closed_and_still_answers_for_the_past() -> None:
    assert load([area for area in AREAS if area.gss_code != "E08000035"]) == Loaded(0, 0, 1)
    assert Place.objects.get(gss_code="E08000035").valid_to == TODAY
    assert getattr(Gazetteer.at(date(2026, 5, 31)).responsible_for("E08000035"), "name", None) == "Leeds"
    assert Gazetteer.at(TODAY).responsible_for("E08000035") is None
    assert load([area for area in AREAS if area.gss_code != "E08000035"]) == Loaded(0, 0, 0)


def test_a_day_ends_at_midnight_in_london() -> None:
    load([area for area in AREAS if area.gss_code != "E08000035"], now=datetime(2026, 6, 1, 23, 30, tzinfo=UTC))
    assert Place.objects.get(gss_code="E08000035").valid_to == date(2026, 6, 2)


def test_a_place_that_vanished_before_it_began_never_holds_for_more_than_a_day() -> None:
    future = AREAS[0]._replace(gss_code="E06000099", valid_from=date(2027, 4, 1))
    load([*AREAS, future])
    assert load(AREAS).closed == 1
    assert Place.objects.get(gss_code="E06000099").valid_to == date(2027, 4, 2)


def test_a_new_force_for_a_council_is_a_new_row_from_its_first_day() -> None:
    first = date(2027, 4, 1)
    closing = replaced("E08000035", valid_to=first)
    opening = next(area for area in AREAS if area.gss_code == "E08000035")._replace(
        valid_from=first, police_force="North Yorkshire"
    )
    assert load([*closing, opening]) == Loaded(created=1, changed=1, closed=0)
    assert getattr(Gazetteer.at(TODAY).responsible_for("E08000035"), "police_force", None) == "West Yorkshire"
    assert getattr(Gazetteer.at(first).responsible_for("E08000035"), "police_force", None) == "North Yorkshire"


@pytest.mark.parametrize("areas", [[], [AREAS[0], AREAS[0]]], ids=["empty", "twice"])
def test_an_empty_or_doubled_file_is_refused_and_changes_nothing(areas: list[Area]) -> None:
    with pytest.raises(Refused):
        load(areas)
    assert Place.objects.filter(valid_to=None).count() == sum(area.valid_to is None for area in AREAS)


def test_only_operators_load_places() -> None:
    with pytest.raises(Forbidden):
        load(AREAS, by=Agent.REFERRER)


def test_places_are_written_on_the_record_only() -> None:
    place = Place.objects.get(gss_code="E08000035")
    with pytest.raises(OffTheRecord):
        place.save()
    with pytest.raises(OffTheRecord):
        Place.objects.all().delete()


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": PlaceKind.DISTRICT},
        {"police_force": ""},
        {"ctp_region": ""},
        {"parent_code": "E10000003"},
        {"valid_to": AREAS[0].valid_from},
    ],
)
def test_the_database_refuses_a_place_without_county_or_police_or_that_ends_before_it_starts(
    broken: dict[str, object],
) -> None:
    bad = AREAS[0]._replace(gss_code="E06000099", **broken)  # type: ignore[arg-type]  # one field at a time
    with pytest.raises(IntegrityError), transaction.atomic():
        load([*AREAS, bad])


def test_the_database_refuses_two_rows_of_one_code_in_force_at_once() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        load([*AREAS, AREAS[0]._replace(valid_from=date(2025, 4, 1))])


def test_places_are_read_once_and_again_after_every_change(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Gazetteer.at(TODAY)
    with django_assert_num_queries(1):
        assert len(Gazetteer.at(TODAY).authorities()) == 207
    for name in ("Leeds of old", "Leeds of late"):
        load([area._replace(name=name) if area.gss_code == "E08000035" else area for area in AREAS])
        assert getattr(Gazetteer.at(TODAY).responsible_for("E08000035"), "name", None) == name


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places")
    assert "0 new, 0 changed, 0 closed" in capsys.readouterr().out
    shorter = tmp_path / "places.csv"
    shorter.write_text("".join(FIXTURE.read_text().splitlines(keepends=True)[:-1]))
    call_command("load_places", "--json", "--file", str(shorter))
    assert json.loads(capsys.readouterr().out)["closed"] == 1


def test_a_full_load_takes_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    changed = [area._replace(region="Elsewhere") for area in AREAS]
    with django_assert_max_num_queries(12):
        assert load(changed).changed == len(AREAS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_place WHERE region = 'Elsewhere'")
        assert cursor.fetchone() == (len(AREAS),)

"""Made-up referrals: as many as asked for, in the published shape, complete, routed, readable, and making no work."""

import json
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from io import StringIO
from itertools import islice
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from agencies.areas import read_areas
from agencies.geography import Gazetteer
from agencies.models import Agency, Notice, Place
from agencies.selectors import targets_of
from agencies.working_days import calendar_of
from audit.agents import Agent
from audit.context import recording
from audit.ledger import read_payload
from audit.models import DataKey, Entry, EventRecord, Handling
from desk.demonstration.imagining import Imagination, Imagined
from desk.demonstration.localities import Localities
from desk.demonstration.misspelling import without_accents
from desk.demonstration.parts import BATCH, PARTS, Part, source_of
from desk.demonstration.rhythm import Rhythm
from desk.demonstration.shapes import AgeBand, Concern, Sector
from desk.demonstration.wording import filled
from people.models import Person
from referrals.form import check_complete, clean, is_immediate
from referrals.models import Dispatch, Referral, Referrer
from referrals.reference import normalise_reference
from referrals.routing import route
from tests.making import submitted

NOW = datetime(2026, 6, 17, 15, 0, tzinfo=UTC)
MANY = 6000


@pytest.fixture(scope="module", autouse=True)
def packed() -> None:
    call_command("pack_postcodes", stdout=StringIO())


@pytest.fixture(scope="module")
def localities() -> Localities:
    return Localities(Gazetteer(read_areas(), on=NOW.date()))


def imagined(localities: Localities, count: int, *, seed: int = 1) -> list[Imagined]:
    source = Imagination(seed, localities=localities, rhythm=Rhythm(NOW.date()), until=NOW)
    return list(source.referrals(count))


@pytest.fixture(scope="module")
def many(localities: Localities) -> list[Imagined]:
    return imagined(localities, MANY)


def share(many: list[Imagined], true_of) -> float:
    return sum(map(true_of, many)) / len(many)


def test_sector_sex_age_concern_and_conditions_have_the_published_shape(many):
    def near(expected: float, true_of) -> None:
        assert share(many, true_of) == pytest.approx(expected, abs=0.025)

    near(0.36, lambda each: each.facts.sector is Sector.EDUCATION)
    near(0.30, lambda each: each.facts.sector is Sector.POLICE)
    near(0.10, lambda each: each.facts.sector is Sector.AUTHORITY)
    near(0.89, lambda each: each.answers["gender"] == "male")
    near(0.34, lambda each: each.facts.condition)
    for concern, part in zip(Concern, (34, 22, 21, 10, 5, 9), strict=True):
        near(part / 101, lambda each, concern=concern: each.facts.concern is concern)
    ages = Counter(band(each.facts.human.age(each.facts.submitted_at.date())) for each in many)
    for name, of_all in zip(AgeBand, (0.04, 0.36, 0.13, 0.47), strict=True):
        assert ages[name] / len(many) == pytest.approx(of_all, abs=0.025)


def band(age: int) -> AgeBand:
    if age <= 10:
        return AgeBand.TEN_OR_YOUNGER
    if age <= 15:
        return AgeBand.ELEVEN_TO_FIFTEEN
    return AgeBand.SIXTEEN_SEVENTEEN if age < 18 else AgeBand.ADULT


def test_a_few_are_immediate_welsh_taken_by_staff_or_without_a_place(many):
    assert 0.005 < share(many, lambda each: is_immediate(each.answers)) < 0.03
    assert 0.002 < share(many, lambda each: each.facts.welsh) < 0.03
    assert 0.03 < share(many, lambda each: "entry" in each.answers) < 0.07
    assert 0.01 < share(many, lambda each: each.answers.get("authority") == "unknown") < 0.035


def test_they_come_on_working_days_of_the_last_eighteen_months(many):
    moments = [each.facts.submitted_at for each in many]
    assert share(many, lambda each: each.facts.submitted_at.weekday() < 5) > 0.93
    assert min(moments) < NOW - timedelta(days=520)
    assert NOW - timedelta(days=4) < max(moments) < NOW
    months = Counter(moment.month for moment in moments if moment > NOW - timedelta(days=365))
    assert months[8] < months[3] / 2


def test_every_one_is_complete_and_already_clean(many):
    for each in many[:1500]:
        check_complete(each.answers)
        assert clean(each.answers) == each.answers


def test_the_same_seed_imagines_the_same_and_another_does_not(localities):
    first, second, other = (imagined(localities, 120, seed=seed) for seed in (7, 7, 8))
    assert [each.answers for each in first] == [each.answers for each in second]
    assert [each.receipts for each in first] == [each.receipts for each in second]
    assert [each.answers for each in first] != [each.answers for each in other]


def test_the_first_thousand_reach_every_authority(many):
    assert len({each.facts.human.home.code for each in many[:1000]}) == 207


def test_a_repeat_is_the_same_human_misspelt_and_later(many):
    originals = {each.facts.human.number: each for each in many if not each.facts.repeated}
    repeats = [each for each in many if each.facts.repeated]
    assert len(repeats) / len(many) == pytest.approx(0.06, abs=0.01)
    renamed = 0
    for repeat in repeats:
        original = originals[repeat.facts.human.number]
        before, after = original.facts.human.typed, repeat.facts.human.typed
        assert before != after
        assert repeat.facts.submitted_at > original.facts.submitted_at - timedelta(days=1)
        renamed += (before.given, before.family) != (after.given, after.family)
        assert before.born == after.born or abs((before.born - after.born).days) <= 366
    assert renamed > 0.85 * len(repeats)


def test_misspelt_names_look_like_the_right_ones_unless_they_changed_script(many):
    originals = {each.facts.human.number: each.facts.human.typed for each in many if not each.facts.repeated}
    for repeat in (each for each in many if each.facts.repeated):
        before, after = originals[repeat.facts.human.number], repeat.facts.human.typed
        one, two = (letters(f"{typed.given}{typed.family}") for typed in (before, after))
        if one.isascii() and two.isascii():
            assert SequenceMatcher(None, one, two).ratio() > 0.5


def letters(name: str) -> str:
    """In one order, so that names that changed places are alike."""
    return "".join(sorted(without_accents(name).lower()))


def test_names_come_in_other_scripts_with_accents_with_apostrophes_and_alone(many):
    names = {(each.facts.human.typed.given, each.facts.human.typed.family) for each in many}
    joined = ["".join(name) for name in names]
    assert any("\u0600" <= letter <= "\u06ff" for name in joined for letter in name)
    assert any("ŷ" in name for name in joined)
    assert any("Ł" in name for name in joined)
    assert any("'" in name or "’" in name for name in joined)
    assert any(not family for _given, family in names)


def test_every_text_suits_they(many):
    said = filled("{He} has left and {was} seen. {He} lives alone, {he} only wants peace.", "other", {})
    assert said == "They have left and were seen. They live alone, they only want peace."
    assert not any("{" in each.answers["concern"] for each in many)
    assert not any(each.answers["concern"].startswith(("child:", "adult:")) for each in many)


@pytest.fixture
def seeded(db: None) -> dict[str, float]:
    out = StringIO()
    call_command("seed", "--referrals=400", "--seed=5", "--json", stdout=out)
    result: dict[str, float] = json.loads(out.getvalue())
    return result


def test_the_command_stores_as_many_as_asked_for(seeded):
    assert seeded["referrals"] == 400
    assert Referral.objects.count() == Person.objects.count() == Referrer.objects.count() == 400
    assert DataKey.objects.filter(subject__in=Person.objects.values("pk")).count() == 400
    assert Dispatch.objects.count() == 800


def test_every_stored_row_opens_and_went_where_routing_says(seeded):
    places = Gazetteer.at(timezone.localdate())
    referrals = Referral.objects.select_related("person", "referrer").prefetch_related("dispatches__agency")
    with recording(by=Agent.OPERATOR):
        for referral in referrals:
            decided = route(referral.answers, places)
            codes = {dispatch.agency.code for dispatch in referral.dispatches.all()}
            assert codes == {decided.police, decided.authority}
            assert (referral.flagged, referral.nation, referral.routed_how) == (
                decided.flagged,
                decided.nation,
                decided.how,
            )
            assert referral.person.given_names == referral.answers.get("given_names", "")
            assert referral.referrer.name == referral.answers.get("referrer_name", "")
            assert normalise_reference(referral.reference) == referral.reference


def test_received_and_assigned_rows_name_an_officer_of_the_agency(seeded):
    received = Dispatch.objects.exclude(acknowledged_by=None).select_related("agency")
    assert received.exclude(assigned_to=None).exists()
    for dispatch in received:
        members = set(dispatch.agency.memberships.values_list("user_id", flat=True))
        assert {dispatch.acknowledged_by_id, dispatch.assigned_to_id} - {None} <= members
        assert dispatch.acknowledged_at is not None
        assert dispatch.acknowledged_at > dispatch.sent_at


def test_seeding_makes_no_work(seeded):
    assert not Notice.objects.exists()
    assert not Handling.objects.exists()
    assert not EventRecord.objects.exists()
    assert not Dispatch.objects.exclude(alert_due=None).exists()
    assert not Dispatch.objects.exclude(remind_due=None).exists()


def test_every_dispatch_has_the_target_of_its_agency(seeded):
    for dispatch in Dispatch.objects.select_related("agency"):
        calendar = calendar_of(dispatch.agency.code)
        due = targets_of(dispatch.agency).acknowledge_by(
            dispatch.sent_at, immediate=dispatch.immediate, calendar=calendar
        )
        assert dispatch.acknowledge_by == due


def test_the_ledger_has_one_entry_for_each_set(seeded):
    entries = Entry.objects.filter(kind=Entry.Kind.BULK, verb="seed_referrals")
    assert sorted(entries.values_list("object_type", flat=True)) == [
        "people.person",
        "people.searchrow",
        "referrals.dispatch",
        "referrals.referral",
        "referrals.referrer",
    ]
    with recording(by=Agent.OPERATOR):
        assert read_payload(entries.get(object_type="referrals.dispatch"))["count"] == 800


def test_history_has_every_row(seeded):
    from django.apps import apps

    for model, count in (("PersonEvent", 400), ("ReferralEvent", 400), ("DispatchEvent", 800)):
        app = "people" if model == "PersonEvent" else "referrals"
        assert apps.get_model(app, model)._default_manager.count() == count


def test_seeding_twice_adds(seeded):
    call_command("seed", "--referrals=10", "--seed=5", stdout=StringIO())
    assert Referral.objects.count() == 410


def test_a_great_number_is_stored_by_several_processes_on_one_record(own_database):
    with recording(by=Agent.REFERRER):
        submitted()
    out = StringIO()
    call_command("seed", f"--referrals={PARTS * BATCH + 1}", "--seed=5", "--json", stdout=out)
    assert json.loads(out.getvalue())["referrals"] == PARTS * BATCH + 1 == Referral.objects.count() - 1
    entries = Entry.objects.filter(kind=Entry.Kind.BULK, verb="seed_referrals")
    assert entries.values("correlation").distinct().count() == 1
    assert entries.filter(object_type="people.person").count() == PARTS + 1


def test_the_parts_of_a_great_number_imagine_different_people():
    parts = [Part(number, 50, 5, NOW, uuid4(), {}) for number in range(PARTS)]
    places = Gazetteer(read_areas(), on=NOW.date())
    said = [json.dumps(each.answers) for part in parts for each in source_of(part, places)]
    assert len(set(said)) == len(said) == 50 * PARTS


@pytest.mark.django_db
def test_a_reference_that_another_part_took_in_the_same_moment_is_drawn_anew(seeded, monkeypatch):
    from desk.actions import seed_referrals

    draw, taken = seed_referrals.free_references, Referral.objects.values_list("reference", flat=True)[:10]
    draws = [lambda count: iter(list(taken)), draw]
    monkeypatch.setattr(seed_referrals, "free_references", lambda count: draws.pop(0)(count))
    call_command("seed", "--referrals=10", "--seed=6", stdout=StringIO())
    assert not draws
    assert Referral.objects.count() == 410


@pytest.mark.django_db
def test_bulk_is_at_least_eight_times_as_fast_as_the_form_in_the_same_run():
    with recording(by=Agent.REFERRER):
        submitted()
        began = time.perf_counter()
        for _time in range(10):
            submitted()
        one = (time.perf_counter() - began) / 10
    out = StringIO()
    call_command("seed", "--referrals=2000", "--seed=3", "--json", stdout=out)
    assert json.loads(out.getvalue())["seconds"] / 2000 < one / 8


@pytest.mark.django_db
def test_without_places_it_says_which_command_to_run(monkeypatch):
    monkeypatch.setattr(Gazetteer, "at", classmethod(lambda cls, on: cls([], on=on)))
    with pytest.raises(CommandError, match="load_places"):
        call_command("seed", "--referrals=1")
    assert Place.objects.exists()
    assert Agency.objects.exists()


@pytest.mark.django_db
def test_without_postcodes_it_says_which_command_to_run(settings: Settings, tmp_path):
    settings.POSTCODES_FILE = tmp_path / "none.bin"
    with pytest.raises(CommandError, match="pack_postcodes"):
        call_command("seed", "--referrals=1")


def test_memory_holds_no_more_than_is_asked_for(localities):
    source = Imagination(1, localities=localities, rhythm=Rhythm(date(2026, 6, 17)), until=NOW).referrals(10**9)
    assert len(list(islice(source, 5))) == 5


@pytest.mark.django_db
def test_a_database_of_production_is_not_seeded(settings: Settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="PRODUCTION=1"):
        call_command("seed", "--referrals=1")
    assert not Referral.objects.exists()

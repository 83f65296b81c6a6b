"""Completeness and time per region: what is counted, how, and who reads it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.making import TEACHER, analyst_of, dispatch_to_police, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.triage.deconflicting import answered, opened
from tests.triage.standardising import headquarters, published, step
from triage.checklist import Checked
from triage.figures import Answer, answers_between, figures_of, in_words, steps_by_day
from triage.models import Moment, Result

OPENED = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEPS = [(date(2026, 3, 1), 2), (date(2026, 3, 10), 3)]
TODAY = timezone.localdate
PAGE = reverse("triage:figures")


def answer(hours, done=0, not_applicable=0, not_done=0, region="North East", at=OPENED):
    return Answer(region, at, at + timedelta(hours=hours), done, not_applicable, not_done)


def test_half_of_a_regions_answers_took_no_longer_than_the_median_and_its_middle_half_lies_within_two_times():
    (found,) = figures_of([answer(hours) for hours in (1, 2, 3, 4, 100)], [])
    hour = timedelta(hours=1)
    assert (found.quick, found.median, found.slow) == (2 * hour, 3 * hour, 4 * hour)
    assert found.times == {"quick": "2 hours", "median": "3 hours", "slow": "4 hours"}
    (one,) = figures_of([answer(7)], [])
    assert (one.quick, one.median, one.slow) == (7 * hour, 7 * hour, 7 * hour)


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "0 hours"), (1, "1 hour"), (47, "47 hours"), (48, "2 days"), (100, "4 days")]
)
def test_times_are_said_in_hours_below_two_days(hours, words):
    assert in_words(timedelta(hours=hours)) == words


def test_shares_are_of_the_steps_of_each_answers_own_version():
    later = OPENED + timedelta(days=8)
    (found,) = figures_of(
        [answer(1, done=2), answer(1, done=1, not_done=1), answer(1, done=1, not_applicable=1, at=later)], STEPS
    )
    assert (found.asked, found.done, found.not_applicable, found.not_done, found.unsaid) == (7, 4, 1, 1, 1)
    assert found.shares == {"done": 57, "not_applicable": 14, "not_done": 14, "unsaid": 14}
    assert found.incomplete == 2, "a step not done, and one of which nothing was said"


def test_where_no_version_held_nothing_was_asked_and_nothing_is_incomplete():
    (found,) = figures_of([answer(1, at=OPENED - timedelta(days=30))], STEPS)
    assert (found.asked, found.incomplete, found.shares["done"]) == (0, 0, None)


def test_regions_stand_by_name():
    assert [each.region for each in figures_of([answer(1, region="Wales"), answer(1)], [])] == ["North East", "Wales"]


@pytest.mark.usefixtures("db", "on_record")
def test_what_is_answered_is_counted_with_its_checks_on_its_day(referral, analyst):
    published(step("pnc"), step("pnd"))
    now = timezone.now()
    row = opened(referral, now=now - timedelta(hours=5))
    done = Checked("pnc", Result.DONE, on=TODAY())
    answered(row, by=analyst, checks=[done, Checked("pnd", Result.NOT_DONE, why="The system was down.")], now=now)
    opened(submitted())
    (found,) = answers_between(Moment.DECONFLICTION, TODAY(), TODAY())
    region = dispatch_to_police(referral).agency.name
    assert found[0] == region and found[3:] == (1, 0, 1)
    assert answers_between(Moment.DECONFLICTION, TODAY() - timedelta(days=9), TODAY() - timedelta(days=1)) == []
    assert steps_by_day(Moment.DECONFLICTION)[0][1] == 2 and steps_by_day(Moment.GATEWAY)[0][1] == 0


@pytest.mark.usefixtures("db", "on_record")
def test_two_answers_of_the_same_minute_are_two(referral, analyst):
    published(step("pnc"))
    now = timezone.now()
    for each in (referral, submitted({**TEACHER, "given_names": "Halina", "family_name": "Vane"})):
        row = opened(each, now=now - timedelta(hours=5))
        answered(row, by=analyst, checks=[Checked("pnc", Result.DONE, on=TODAY())], now=now)
    assert [found[3:] for found in answers_between(Moment.DECONFLICTION, TODAY(), TODAY())] == [(1, 0, 0)] * 2


@pytest.mark.usefixtures("db", "on_record")
def test_what_a_restricted_desk_answers_is_in_no_figure():
    referral = submitted(ABOUT_POLICE)
    answered(opened(referral), by=analyst_of(dispatch_to_police(referral).agency))
    assert answers_between(Moment.DECONFLICTION, TODAY(), TODAY()) == []


@pytest.mark.usefixtures("db", "on_record")
def test_every_police_desk_reads_the_figures_of_all_regions_and_nobody_else_does(
    client, referral, analyst, officer, lead
):
    published(step("pnc"))
    answered(opened(referral), by=analyst, checks=[Checked("pnc", Result.DONE, on=TODAY())])
    for reader in (analyst, officer, headquarters("Wilf Oduya")):
        client.force_login(reader)
        found = client.get(PAGE).content.decode()
        assert dispatch_to_police(referral).agency.name in found and "100%" in found
    client.force_login(lead)
    assert client.get(PAGE).status_code == 404


@pytest.mark.usefixtures("db", "on_record")
def test_the_period_is_one_of_three_and_an_empty_one_says_so(client, analyst):
    client.force_login(analyst)
    assert "Nothing was answered in this time." in client.get(PAGE).content.decode()
    for asked, days in (("90", 90), ("365", 365), ("9000", 30), ("x", 30)):
        found = client.get(PAGE, {"days": asked})
        assert found.context["days"] == days
        assert found.context["first"] == TODAY() - timedelta(days=days - 1)


@pytest.mark.usefixtures("db", "on_record")
def test_answers_from_before_the_first_version_are_shown_without_shares(client, referral, analyst):
    answered(opened(referral), by=analyst)
    client.force_login(analyst)
    assert "Nothing was asked: no version held then." in client.get(PAGE).content.decode()

"""Each step of the standards is ticked off beside the answer, by the version that held when the question was opened."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.refusals import NotNow
from tests.audit.acts import entries_of, within
from tests.triage.deconflicting import answered, opened
from tests.triage.standardising import drafted, headquarters, published, shown, step
from triage.checklist import Checked, steps_for
from triage.models import Moment, Result, StepCheck

pytestmark = pytest.mark.usefixtures("db", "on_record")
TODAY = timezone.localdate
WHY = "The system was down all day."


def done(code, on=None):
    return Checked(code, Result.DONE, on=on or TODAY())


def test_an_answer_is_given_with_what_became_of_each_step_by_whom_and_when(referral, analyst):
    published(step("pnc"), step("pnd"), step("ncia"), step("open", required=False))
    row = opened(referral)
    yesterday = TODAY() - timedelta(days=1)
    checks = [
        done("pnc", yesterday),
        Checked("pnd", Result.NOT_APPLICABLE, why=f" {WHY} "),
        Checked("ncia", Result.NOT_DONE, on=yesterday, why=WHY),
    ]
    answered(row, by=analyst, checks=checks)
    rows = {each.step.code: each for each in StepCheck.objects.select_related("step")}
    assert {code: (each.result, each.done_on, each.why) for code, each in rows.items()} == {
        "pnc": (Result.DONE, yesterday, None),
        "pnd": (Result.NOT_APPLICABLE, None, WHY),
        "ncia": (Result.NOT_DONE, None, WHY),
    }
    assert {each.recorded_by for each in rows.values()} == {analyst}
    assert {each.deconfliction_id for each in rows.values()} == {row.pk}
    (entry,) = entries_of(rows["pnd"].pk)
    assert (entry.subject, entry.verb) == (referral.person_id, "record_checks")


@pytest.mark.parametrize(
    ("checks", "why"),
    [
        ([], "Say what became of “PNC searched”: it is required."),
        ([done("pnd")], "Say what became of “PNC searched”"),
        ([done("pnc"), done("pnc")], "not those of the version"),
        ([done("pnc"), done("none")], "not those of the version"),
        ([done("pnc", TODAY() + timedelta(days=1))], "today at the latest"),
        ([Checked("pnc", Result.DONE)], "on which day “PNC searched” was done"),
        ([Checked("pnc", Result.NOT_DONE, why="…")], "why “PNC searched” was not done"),
        ([Checked("pnc", Result.NOT_APPLICABLE)], "why “PNC searched” was not done"),
    ],
)
def test_an_answer_without_a_required_step_or_with_half_a_check_is_refused_in_words(referral, analyst, checks, why):
    published(step("pnc"), step("pnd", required=False))
    row = opened(referral)
    with pytest.raises(NotNow, match=why):
        answered(row, by=analyst, checks=checks)
    row.refresh_from_db()
    assert row.is_open and not StepCheck.objects.exists()


def test_what_was_opened_before_a_version_holds_is_answered_by_the_one_before(referral, analyst):
    by = headquarters()
    drafted_only = opened(referral)
    assert steps_for(Moment.DECONFLICTION, drafted_only.opened_at) == []
    published(step("pnc"), by=by)
    published(step("pnd"), by=by, now=timezone.now(), day=TODAY() + timedelta(days=1))
    assert [each.code for each in steps_for(Moment.DECONFLICTION, drafted_only.opened_at)] == ["pnc"]
    later = drafted_only.opened_at + timedelta(days=1)
    assert [each.code for each in steps_for(Moment.DECONFLICTION, later)] == ["pnd"]
    answered(drafted_only, by=analyst, checks=[done("pnc")])


def test_before_anything_is_published_an_answer_needs_no_check_and_takes_none(referral, analyst):
    drafted(step("pnc"))
    row = opened(referral)
    with pytest.raises(NotNow, match="not those of the version"):
        answered(row, by=analyst, checks=[done("pnc")])
    answered(row, by=analyst)
    assert not StepCheck.objects.exists()


def test_steps_of_another_moment_are_not_asked(referral, analyst):
    published(step("read", moment=Moment.GATEWAY))
    answered(opened(referral), by=analyst)


@pytest.mark.parametrize(
    "wrong", [{"why": "Words"}, {"done_on": None}, {"result": "not_done"}, {"deconfliction": None}]
)
def test_the_database_refuses_a_check_without_its_day_or_beside_nothing(referral, analyst, wrong):
    published(step("pnc"))
    answered(opened(referral), by=analyst, checks=[done("pnc")])
    check = StepCheck.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=partial(check.changed, **wrong), by=Agent.OPERATOR, now=timezone.now())


def filled_in(**more):
    soon = TODAY() + timedelta(days=30)
    review = {f"review_on-{part}": str(getattr(soon, part)) for part in ("day", "month", "year")}
    return {"outcome": "clear", "instruction": "", **review, **more}


def on(code, day):
    return {f"check-{code}": "done"} | {
        f"check-{code}-done-{part}": str(getattr(day, part)) for part in ("day", "month", "year")
    }


@pytest.fixture
def fimu(client, analyst):
    client.force_login(analyst)
    return client


def page(row):
    return reverse("triage:deconfliction", args=[row.pk])


def test_the_page_asks_each_step_with_its_guidance_and_good_practice_beside_it(fimu, referral, analyst):
    published(step("pnc"), step("pnd", required=False))
    shown(analyst, "We ask the school for spellings.")
    row = opened(referral)
    found = fimu.get(page(row)).content.decode()
    assert "PNC searched" in found and "Under every spelling." in found and "PND searched (not required)" in found
    assert found.index("PNC searched") < found.index("We ask the school") < found.index("PND searched")
    given = filled_in(**on("pnc", TODAY()), **{"check-pnd": "not_applicable", "check-pnd-not_applicable": WHY})
    assert fimu.post(page(row), given).status_code == 302
    found = fimu.get(page(row)).content.decode()
    assert "PNC searched: Done" in found and WHY in found


def test_officers_who_work_the_referral_do_not_read_what_fimu_says_of_a_step(client, referral, analyst, officer):
    published(step("pnc"))
    answered(opened(referral), by=analyst, checks=[Checked("pnc", Result.NOT_DONE, why=WHY)])
    client.force_login(officer)
    for name in ("referral", "referral-print"):
        found = client.get(reverse(f"desk:{name}", args=[referral.pk])).content.decode()
        assert referral.reference in found and WHY not in found


def test_what_is_missing_is_said_beside_the_step_and_what_was_typed_stays(fimu, referral):
    published(step("pnc"), step("pnd"), step("ncia"), step("open", required=False))
    row = opened(referral)
    tomorrow = TODAY() + timedelta(days=1)
    given = filled_in(
        instruction="Words typed", **on("pnc", tomorrow), **{"check-pnd": "not_done", "check-pnd-not_done": "…"}
    )
    found = fimu.post(page(row), given).content.decode()
    for words in (
        "The day on which it was done must be today or in the past",
        "Say why it was not done, without intelligence",
        "Say what became of “NCIA searched”",
        "Words typed",
    ):
        assert words in found
    given = filled_in(**{"check-pnc": "done", **{f"check-pnc-done-{part}": "" for part in ("day", "month", "year")}})
    assert "Say on which day it was done" in fimu.post(page(row), given).content.decode()
    row.refresh_from_db()
    assert row.is_open

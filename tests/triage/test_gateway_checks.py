"""Each step of the standards is ticked off while a gateway assessment is written, and before its outcome is signed."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.refusals import NotNow
from tests.audit.acts import entries_of, within
from tests.making import dispatch_to_police, officer_of
from tests.triage.assessing import (
    deconflicted,
    propose,
    proposed,
    received,
    rewritten,
    signed,
    supervisor_at,
    whole,
    written,
)
from tests.triage.deconflicting import answered, opened
from tests.triage.standardising import published, shown, step
from tests.triage.views.test_gateway import filled, page, text
from triage.actions.write_assessment import write_assessment
from triage.checklist import Checked
from triage.figures import answers_between
from triage.models import GatewayAssessment, Moment, Result, StepCheck

pytestmark = pytest.mark.usefixtures("db", "on_record")
TODAY = timezone.localdate
WHY = "The school is closed until Monday."


def asked(code="read", *, required=True):
    return step(code, required=required, moment=Moment.GATEWAY)


def done(code, on=None):
    return Checked(code, Result.DONE, on=on or TODAY())


def ticked(row, *checks, by, assessed=None):
    """The same, written anew with these steps ticked off."""
    row = GatewayAssessment.objects.select_related("referral").get(pk=row.pk)
    told = assessed or whole(weighed=row.weighed_id)
    return write_assessment(
        assessment_id=row.pk, assessed=told, read_at=row.written_at, checks=checks, by=by, now=timezone.now()
    )


@pytest.fixture
def officer(referral):
    return received(referral)


@pytest.fixture
def row(referral, officer):
    """An assessment that is whole but for one required step of two, and one that is not required."""
    published(asked("read"), asked("heard", required=False), step("pnc", required=False))
    deconflicted(referral)
    return written(referral, by=officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def test_no_outcome_is_proposed_while_a_required_step_is_neither_done_nor_explained(row, officer):
    with pytest.raises(NotNow, match="Say what became of “READ searched”"):
        propose(row, by=officer)
    ticked(row, Checked("read", Result.NOT_DONE, why=WHY), by=officer)
    assert propose(row, by=officer).is_proposed


def test_each_step_stands_with_who_ticked_it_off_and_when_and_the_later_word_counts(row, officer, referral):
    ticked(row, Checked("read", Result.NOT_DONE, why=WHY), by=officer)
    first = StepCheck.objects.get()
    colleague = officer_of(dispatch_to_police(referral).agency, name="Anwen Sutcliffe")
    ticked(row, Checked("read", Result.NOT_DONE, why=f" {WHY} "), done("heard"), by=colleague)
    rows = {each.step.code: each for each in StepCheck.objects.select_related("step")}
    assert rows["read"].recorded_by == officer, "nothing else was said of it"
    assert (rows["heard"].recorded_by, rows["heard"].gateway_id) == (colleague, row.pk)
    ticked(row, done("read"), by=colleague)
    again = StepCheck.objects.get(pk=first.pk)
    assert (again.result, again.done_on, again.why, again.recorded_by) == (Result.DONE, TODAY(), None, colleague)
    assert {(each.subject, each.verb) for each in entries_of(first.pk)} == {(referral.person_id, "record_checks")}
    assert StepCheck.objects.count() == 2


@pytest.mark.parametrize(
    ("check", "why"),
    [
        (Checked("read", Result.NOT_DONE, why="…"), "why “READ searched” was not done"),
        (done("read", TODAY() + timedelta(days=1)), "today at the latest"),
        (done("pnc"), "not those of the version"),
    ],
)
def test_half_a_check_and_a_step_of_another_moment_are_refused_in_words(row, officer, check, why):
    with pytest.raises(NotNow, match=why):
        ticked(row, check, by=officer)
    assert not StepCheck.objects.exists()


def test_an_assessment_that_was_begun_before_a_version_holds_is_not_asked_by_it(referral, officer):
    deconflicted(referral)
    row = written(referral, by=officer)
    published(asked("read"), now=timezone.now(), day=TODAY() + timedelta(days=1))
    assert propose(row, by=officer).is_proposed


def test_the_database_keeps_a_check_beside_one_thing_alone(row, officer, referral):
    ticked(row, done("read"), by=officer)
    check = StepCheck.objects.get()
    for wrong in ({"gateway": None}, {"deconfliction": referral.deconflictions.get()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            within(do=partial(check.changed, **wrong), by=Agent.OPERATOR, now=timezone.now())
        check.refresh_from_db()


def test_the_form_asks_each_step_with_good_practice_beside_it_and_keeps_what_was_ticked(desk, row, analyst):
    shown(analyst, "We write them down by date.", code="read")
    write = page("write-gateway", row)
    found = text(desk.get(write))
    assert "READ searched" in found and "HEARD searched (not required)" in found and "PNC searched" not in found
    assert found.index("READ searched") < found.index("We write them down by date.") < found.index("HEARD searched")
    given = filled(row, whole(), **{"check-read": "not_done", "check-read-not_done": "…"})
    found = text(desk.post(write, given))
    assert "Say why it was not done, without intelligence" in found and "Words about concern." in found
    given = filled(row, whole(), **{"check-read": "not_applicable", "check-read-not_applicable": WHY})
    assert desk.post(write, given).url == page("gateway", row)
    assert WHY in text(desk.get(write)) and WHY in text(desk.get(page("gateway", row)))


def test_a_step_that_is_left_open_is_kept_half_written_and_the_page_leads_to_it(desk, row):
    assert desk.post(page("write-gateway", row), filled(row, whole())).status_code == 302
    found = text(desk.get(page("gateway", row)))
    assert f"{page('write-gateway', row)}#id_check-read" in found and "Propose it" not in found
    assert 'id="id_check-read"' in text(desk.get(page("write-gateway", row)))
    refused = text(desk.post(page("gateway", row)))
    assert "Say what became of “READ searched”" in refused and "There is a problem" in refused


def test_whoever_signs_reads_what_was_checked_and_paper_of_the_police_has_it(client, row, officer, referral, lead):
    ticked(row, Checked("read", Result.NOT_APPLICABLE, why=WHY), by=officer)
    propose(row, by=officer)
    client.force_login(supervisor_at(dispatch_to_police(referral).agency))
    found = text(client.get(page("sign-gateway", row)))
    assert "READ searched: Not applicable" in found and WHY in found and officer.name in found
    signed(row)
    paper = reverse("desk:referral-print", args=[referral.pk])
    assert WHY in text(client.get(paper))
    client.force_login(lead)
    assert "Passed to Channel" in text(client.get(paper)) and WHY not in text(client.get(paper))


def test_what_fimu_says_of_its_own_steps_is_not_for_whoever_assesses(desk, referral, officer, analyst):
    published(step("pnc"))
    words = "The analyst of the night had no access."
    answered(opened(referral), by=analyst, checks=[Checked("pnc", Result.NOT_DONE, why=words)])
    row = written(referral, by=officer)
    for name in ("write-gateway", "gateway"):
        found = text(desk.get(page(name, row)))
        assert "Clear to proceed" in found and words not in found and "PNC searched" not in found


def test_what_is_signed_is_counted_by_region_with_its_checks_and_a_draft_is_not(client, row, officer, analyst):
    assert answers_between(Moment.GATEWAY, TODAY(), TODAY()) == []
    ticked(row, Checked("read", Result.NOT_DONE, why=WHY), by=officer)
    propose(row, by=officer)
    signed(row)
    (found,) = answers_between(Moment.GATEWAY, TODAY(), TODAY())
    assert found[3:] == (0, 0, 1)
    client.force_login(analyst)
    found = text(client.get(reverse("triage:figures")))
    assert "Outcomes signed from" in found and "Nothing was signed" not in found


def test_without_a_version_nothing_is_asked_and_it_is_proposed_as_before(desk, referral, officer):
    row = proposed(referral, by=officer)
    assert row.is_proposed and not StepCheck.objects.exists()
    rewritten_by = officer_of(dispatch_to_police(referral).agency, name="Anwen Sutcliffe")
    with pytest.raises(NotNow, match="not being written"):
        rewritten(row, whole(), by=rewritten_by)

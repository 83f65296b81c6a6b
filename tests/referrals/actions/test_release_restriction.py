"""A restricted desk releases what does not concern a user, excludes a colleague, and finishes the task."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency, Exclusion, Restriction
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from desk.timeline import timeline
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.finish_task import finish_task
from referrals.actions.release_restriction import release_restriction
from referrals.actions.write_note import write_note
from referrals.due_work import open_tasks
from referrals.models import NoteReaders, Task
from referrals.selectors import dispatches, dispatches_of, readable_notes
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, reread, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE, COUNCIL, POLICE, about, allegations_officer, officer_at

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


@pytest.fixture
def referral():
    return submitted(ABOUT_POLICE, now=NOW)


def release(referral, *, by, reason="Another man of the same name."):
    return release_restriction(referral_id=referral.pk, reason=reason, by=by, now=timezone.now())


def codes(referral):
    return {dispatch.agency.code for dispatch in referral.dispatches.select_related("agency")}


@pytest.mark.parametrize("code", [POLICE, COUNCIL])
def test_an_officer_of_either_desk_releases_it_to_those_who_would_have_had_it(referral, code):
    officer = officer_at(code)
    sent = release(referral, by=officer)
    assert {dispatch.agency.code for dispatch in sent} == {"ctp-north-east", "E08000038"}
    assert codes(referral) == {POLICE, COUNCIL, "ctp-north-east", "E08000038"}
    restriction = Restriction.objects.get()
    assert (restriction.released_by, restriction.release_reason) == (officer, "Another man of the same name.")
    assert EventRecord.objects.filter(kind=Event.RESTRICTION_RELEASED, object_id=referral.pk).count() == 1


def test_immediate_danger_alerts_anew_when_it_is_released():
    referral = submitted({**ABOUT_POLICE, "danger": "yes"})
    assert all(dispatch.alert_due for dispatch in release(referral, by=officer_at(POLICE)))


def test_who_was_excluded_by_name_is_so_no_more(referral):
    user = officer_of(Agency.objects.get(code="ctp-north-east"), name="Corin Tattersley")
    held = submitted(about("Corin Tattersley"))
    release(held, by=officer_at(POLICE))
    assert dispatches_of(user).filter(referral=held).exists()


def test_releasing_needs_a_reason_and_happens_once(referral):
    officer = officer_at(POLICE)
    with pytest.raises(NotNow, match="Give the reason"):
        release(referral, by=officer, reason=" \n")
    release(referral, by=officer)
    with pytest.raises(NotNow, match="already released"):
        release(referral, by=officer)
    assert referral.dispatches.count() == 4


def test_nobody_else_releases_it(referral):
    excluded = officer_at(COUNCIL, name="Dominik Adeyemi")
    about_them = submitted(about("Dominik Adeyemi"))
    with pytest.raises(Forbidden):
        release(about_them, by=excluded)
    for stranger in (officer_of(Agency.objects.get(code="ctp-north-east")), allegations_officer()):
        with pytest.raises(Forbidden):
            release(referral, by=stranger)
    assert codes(referral) == {POLICE, COUNCIL}


@pytest.mark.parametrize(("code", "open_after"), [(COUNCIL, False), (POLICE, True)])
def test_releasing_finishes_the_tasks_that_one_may_finish(referral, code, open_after):
    release(referral, by=officer_at(code))
    task = Task.objects.get()
    assert task.is_done is not open_after
    if task.is_done:
        assert task.outcome == "Another man of the same name."


def test_the_task_is_finished_with_what_came_of_it(referral):
    officer = allegations_officer()
    task = open_tasks(officer).get()
    with pytest.raises(NotNow, match="Give the reason"):
        finish_task(task_id=task.pk, outcome="", by=officer, now=NOW)
    finish_task(task_id=task.pk, outcome="Meeting held.", by=officer, now=NOW)
    assert not open_tasks(officer).exists()
    with pytest.raises(NotNow, match="already finished"):
        finish_task(task_id=task.pk, outcome="Again.", by=officer, now=NOW)
    assert Task.objects.get().outcome == "Meeting held."


def test_only_the_desk_that_has_the_task_finishes_it_and_nobody_excluded(referral):
    task = Task.objects.get()
    for stranger in (officer_at(POLICE), officer_of(Agency.objects.get(code="E08000038"))):
        with pytest.raises(Forbidden):
            finish_task(task_id=task.pk, outcome="x", by=stranger, now=NOW)
    excluded = allegations_officer(name="Seonaid Whitcombe")
    theirs = Task.objects.get(referral=submitted(about("Seonaid Whitcombe")))
    with pytest.raises(Forbidden):
        finish_task(task_id=theirs.pk, outcome="x", by=excluded, now=NOW)


def test_an_officer_excludes_a_colleague_who_then_has_it_no_more(referral):
    officer, colleague = officer_at(COUNCIL, name="Rhian Oyelaran"), officer_at(COUNCIL, name="Dominik Adeyemi")
    dispatch = dispatch_to_authority(referral)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=colleague.pk, by=officer, now=NOW)
    exclude_colleague(referral_id=referral.pk, user_id=colleague.pk, why="His cousin.", by=officer, now=NOW)
    assert not dispatches_of(reread(colleague)).exists() and dispatches_of(officer).exists()
    dispatch.refresh_from_db()
    assert dispatch.assigned_to is None and dispatch.assigned_at is None
    assert Exclusion.objects.get().why == "His cousin."


def test_excluding_twice_is_once_and_excluding_oneself_is_possible(referral):
    officer = officer_at(POLICE)
    exclude_colleague(referral_id=referral.pk, user_id=officer.pk, why="I know him.", by=officer, now=NOW)
    with pytest.raises(Forbidden):
        exclude_colleague(referral_id=referral.pk, user_id=officer.pk, why="Again.", by=officer, now=NOW)
    assert Exclusion.objects.count() == 1


def test_only_colleagues_of_the_desks_are_excluded_by_their_own_with_a_reason(referral):
    officer, stranger = officer_at(POLICE), officer_of(Agency.objects.get(code="E08000038"))
    with pytest.raises(Forbidden):
        exclude_colleague(referral_id=referral.pk, user_id=stranger.pk, why="x", by=officer, now=NOW)
    with pytest.raises(Forbidden):
        exclude_colleague(referral_id=referral.pk, user_id=officer.pk, why="x", by=stranger, now=NOW)
    with pytest.raises(NotNow, match="Give the reason"):
        exclude_colleague(referral_id=referral.pk, user_id=officer.pk, why=" ", by=officer, now=NOW)
    release(referral, by=officer)
    with pytest.raises(NotNow, match="already released"):
        exclude_colleague(referral_id=referral.pk, user_id=officer.pk, why="x", by=officer, now=NOW)


@pytest.mark.parametrize("verb", ["assign", "release", "exclude", "finish"])
def test_whoever_detaches_the_referral_meanwhile_is_waited_for_before_anything_else_is_locked(referral, verb):
    """Else two would each wait for what the other holds, words be sealed for whom the referral is about no more, or
    somebody be assigned who is excluded at the same moment."""
    officer, colleague = officer_at(COUNCIL), officer_at(COUNCIL, name="Dominik Adeyemi")
    task = Task.objects.get()
    assign_dispatch(dispatch_id=dispatch_to_authority(referral).pk, to_id=colleague.pk, by=officer, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        if verb == "assign":
            assign_dispatch(dispatch_id=dispatch_to_authority(referral).pk, to_id=officer.pk, by=officer, now=NOW)
        elif verb == "release":
            release(referral, by=officer)
        elif verb == "exclude":
            exclude_colleague(referral_id=referral.pk, user_id=colleague.pk, why="A cousin.", by=officer, now=NOW)
        else:
            finish_task(task_id=task.pk, outcome="Meeting held.", by=officer, now=NOW)
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    tables = [table for sql in locks for table in re.findall(r'FROM "(\w+)"', sql)]
    assert tables[0] == "referrals_referral" and len(tables) > 1


def test_ordinary_agencies_read_neither_the_desks_notes_nor_its_name_after_release(referral):
    officer, colleague = officer_at(POLICE), officer_at(COUNCIL, name="Dominik Adeyemi")
    write_note(
        dispatch_id=dispatch_to_police(referral).pk,
        text="Looked at by us.",
        readers=NoteReaders.RECIPIENTS,
        by=officer,
        now=NOW,
    )
    exclude_colleague(referral_id=referral.pk, user_id=colleague.pk, why="His cousin.", by=officer, now=NOW)
    release(referral, by=officer)
    reader = officer_of(Agency.objects.get(code="E08000038"))
    shown = dispatches(referral, reader=reader)
    assert {dispatch.agency.code for dispatch in shown} == {"ctp-north-east", "E08000038"}
    assert readable_notes(reader, referral) == []
    assert len(readable_notes(officer_at(COUNCIL), referral)) == 1
    said = [moment.what for moment in timeline(referral, shown, [])]
    assert said[-1] == "Referral received (online form)."
    sent_on = "Sent on to CTP North East and Barnsley Metropolitan Borough Council by the restricted desk."
    assert sent_on in said
    assert not any("Restricted police" in words or "Excluded" in words or "cousin" in words for words in said)
    desks = [moment.what for moment in timeline(referral, dispatches(referral, reader=officer), [])]
    assert "Referral received (online form) and sent to Restricted police desk and Restricted authority desk." in desks

"""Headquarters write, publish and follow versions of the standards; nobody else does, and nothing published changes."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.refusals import Forbidden, NotNow
from tests.at_once import at_once
from tests.audit.acts import within
from tests.triage.standardising import NOTE, drafted, headquarters, published, step
from triage.actions.add_step import add_step
from triage.actions.change_step import change_step
from triage.actions.draft_standard import draft_standard
from triage.actions.move_step import move_step
from triage.actions.publish_standard import publish_standard
from triage.actions.retire_step import retire_step
from triage.models import Moment, Standard, StandardStep
from triage.standards import steps_of
from triage.states import StandardState

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now
SAID: dict[str, Any] = {
    "moment": Moment.DECONFLICTION,
    "words": "Spellings searched",
    "guidance": "",
    "required": False,
}


def tomorrow(days=1):
    return timezone.localdate() + timedelta(days=days)


def codes(standard):
    return [each.code for each in steps_of(standard)]


@ON_RECORD
def test_a_draft_begins_with_the_steps_of_the_version_that_is_published_and_their_codes():
    by = headquarters()
    first = published(step("pnc"), step("pnd"), by=by)
    draft = draft_standard(by=by, now=NOW())
    assert (draft.number, draft.state, draft.drafted_by) == (2, StandardState.DRAFT, by.pk)
    assert steps_of(draft) == steps_of(first) and draft.origin == first.origin


@ON_RECORD
def test_the_first_draft_is_empty_and_there_is_one_at_a_time():
    by = headquarters()
    assert codes(draft_standard(by=by, now=NOW())) == []
    with pytest.raises(NotNow, match="There is a draft already"):
        draft_standard(by=by, now=NOW())


@ON_RECORD
def test_steps_are_added_changed_moved_and_taken_out_of_a_draft():
    by = headquarters()
    draft = drafted(step("pnc"), step("pnd"), step("read", moment=Moment.GATEWAY), by=by)
    added = add_step(standard_id=draft.pk, **SAID, by=by, now=NOW())
    assert added.code == "spellings-searched" and codes(draft) == ["pnc", "pnd", "spellings-searched", "read"]
    for _each in range(3):  # past the step of another moment, and no further than to the top
        move_step(step_id=added.pk, up=True, by=by, now=NOW())
    assert codes(draft) == ["spellings-searched", "pnc", "pnd", "read"]
    move_step(step_id=added.pk, up=False, by=by, now=NOW())
    assert codes(draft) == ["pnc", "spellings-searched", "pnd", "read"]
    changed = change_step(step_id=added.pk, **{**SAID, "words": "Each spelling searched"}, by=by, now=NOW())
    assert (changed.code, changed.words) == ("spellings-searched", "Each spelling searched")
    retire_step(step_id=draft.steps.get(code="pnc").pk, by=by, now=NOW())
    assert codes(draft) == ["spellings-searched", "pnd", "read"]


@ON_RECORD
def test_a_code_says_for_ever_which_step_it_is():
    by = headquarters()
    draft = drafted(step("pnc"), by=by)
    first, second = (add_step(standard_id=draft.pk, **SAID, by=by, now=NOW()) for _each in range(2))
    retire_step(step_id=second.pk, by=by, now=NOW())
    wordless = add_step(standard_id=draft.pk, **{**SAID, "words": "身元"}, by=by, now=NOW())
    long = add_step(standard_id=draft.pk, **{**SAID, "words": "searched " * 9}, by=by, now=NOW())
    assert (first.code, second.code, wordless.code) == ("spellings-searched", "spellings-searched-2", "step")
    assert len(long.code) <= 40


@ON_RECORD
def test_publishing_says_what_changed_from_when_and_by_whom_and_the_version_before_is_followed():
    by, colleague = headquarters(), headquarters("Wilf Oduya")
    first = published(by=by)
    draft = draft_standard(by=by, now=NOW())
    publish_standard(standard_id=draft.pk, note=f" {NOTE} ", in_force_from=tomorrow(), by=colleague, now=NOW())
    first, second = Standard.objects.order_by("number")
    assert (second.state, second.note, second.in_force_from) == (StandardState.PUBLISHED, NOTE, tomorrow())
    assert (second.published_by, first.state, first.superseded_by) == (
        colleague, StandardState.SUPERSEDED, colleague
    )  # fmt: skip


@ON_RECORD
@pytest.mark.parametrize(
    ("note", "days", "why"),
    [
        (" … ", 1, "Say what changed"),
        (NOTE, 0, "must be after today"),
        (NOTE, 366, "within a year"),
        (NOTE, 2, "must not be before that of the version"),
    ],
)
def test_what_leaves_open_what_changed_or_holds_too_soon_is_not_published(note, days, why):
    by = headquarters()
    published(step("pnc"), by=by, now=NOW(), day=tomorrow(3))
    draft = draft_standard(by=by, now=NOW())
    with pytest.raises(NotNow, match=why):
        publish_standard(standard_id=draft.pk, note=note, in_force_from=tomorrow(days), by=by, now=NOW())


@ON_RECORD
def test_a_version_without_steps_is_not_published():
    by = headquarters()
    draft = draft_standard(by=by, now=NOW())
    with pytest.raises(NotNow, match="no steps yet"):
        publish_standard(standard_id=draft.pk, note=NOTE, in_force_from=tomorrow(), by=by, now=NOW())


@ON_RECORD
def test_what_is_published_stays_as_it_is():
    by = headquarters()
    version = published(by=by)
    its = version.steps.all()[0].pk
    before = steps_of(version)
    for change in (
        partial(add_step, standard_id=version.pk, **SAID),
        partial(change_step, step_id=its, **SAID),
        partial(move_step, step_id=its, up=False),
        partial(retire_step, step_id=its),
        partial(publish_standard, standard_id=version.pk, note=NOTE, in_force_from=tomorrow()),
    ):
        with pytest.raises(NotNow, match="stays as it is"):
            change(by=by, now=NOW())
    assert steps_of(version) == before


@ON_RECORD
def test_who_answers_or_works_referrals_writes_no_standards(referral, officer, analyst):
    draft = drafted()
    its = draft.steps.all()[0].pk
    for by in (officer, analyst):
        for change in (
            draft_standard,
            partial(add_step, standard_id=draft.pk, **SAID),
            partial(change_step, step_id=its, **SAID),
            partial(move_step, step_id=its, up=False),
            partial(retire_step, step_id=its),
            partial(publish_standard, standard_id=draft.pk, note=NOTE, in_force_from=tomorrow()),
        ):
            with pytest.raises(Forbidden):
                change(by=by, now=NOW())


@ON_RECORD
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": StandardState.PUBLISHED},
        {"note": "Words"},
        {"in_force_from": tomorrow()},
        {"state": StandardState.SUPERSEDED},
    ],
)
def test_the_database_refuses_a_draft_that_pretends(wrong):
    draft = drafted()
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=partial(draft.changed, **wrong), by=Agent.OPERATOR, now=NOW())


def test_four_who_begin_at_once_leave_one_draft(own_database):
    with recording(by=Agent.OPERATOR):
        by = headquarters()

    def run():
        with recording(by=by):
            return draft_standard(by=by, now=NOW())

    assert sorted(type(each).__name__ for each in at_once(*[run] * 4)) == ["NotNow"] * 3 + ["Standard"]
    assert Standard.objects.count() == 1 and not StandardStep.objects.exists()

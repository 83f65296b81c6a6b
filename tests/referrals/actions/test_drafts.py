"""Drafts: one per tab, held by one browser, gone when their time is up."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import Agency, Notice
from audit.agents import Agent
from audit.context import recording
from audit.keys import KeyDestroyed
from audit.models import DataKey, Entry
from audit.refusals import NotNow
from referrals.actions.leave_draft import leave_draft
from referrals.actions.resume_draft import resume_draft
from referrals.actions.save_draft_for_later import Saved, save_draft_for_later
from referrals.actions.submit_referral import submit_referral
from referrals.actions.sweep_drafts import sweep_drafts
from referrals.holding import Holder, keyed_hash
from referrals.models import Draft
from referrals.models.draft import IDLE, SAVED, WRONG_CODES
from referrals.questions.shapes import FAMILY, PUBLIC, WORK
from referrals.tasks import sweep_drafts as sweep_task
from tests.making import officer_of
from tests.referrals.answering import SHORTEST
from tests.referrals.drafting import at_browser, begun, saved_page

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MINE, THEIRS = at_browser("mine"), at_browser("theirs")


@pytest.fixture(autouse=True)
def on_the_record() -> Iterator[None]:
    with recording(by=Agent.REFERRER):
        yield


def save(draft: Draft, **options: Any) -> Saved:
    return save_draft_for_later(draft_id=draft.pk, holder=MINE, by=Agent.REFERRER, now=NOW, **options)


def resume(saved: Saved, code: str, holder: Holder = THEIRS, *, after: timedelta = timedelta(0)) -> Draft | None:
    token = saved.link.rstrip("/").rpartition("/")[2]
    return resume_draft(token=token, code=code, holder=holder, by=Agent.REFERRER, now=NOW + after)


def sweep(after: timedelta, **options: Any) -> int:
    return sweep_drafts(by=Agent.SWEEPER, now=NOW + after, **options)


def exists(draft: Draft) -> bool:
    return Draft.objects.filter(pk=draft.pk).exists()


def reread(draft: Draft) -> Draft:
    return Draft.objects.get(pk=draft.pk)


def test_two_tabs_write_about_two_children_and_neither_knows_of_the_other() -> None:
    first, second = begun(MINE), begun(MINE)
    saved_page(first, "concern", MINE, concern="about Anwen")
    saved_page(second, "concern", MINE, concern="about Bartosz")
    assert reread(first).answers == {"concern": "about Anwen"}
    assert reread(second).answers == {"concern": "about Bartosz"}


def test_another_browser_can_neither_read_nor_write() -> None:
    draft = begun(MINE)
    assert not THEIRS.drafts(now=NOW).filter(pk=draft.pk).exists()
    with pytest.raises(Draft.DoesNotExist):
        saved_page(draft, "danger", THEIRS, danger="no")


def test_nobody_without_a_cookie_holds_a_draft() -> None:
    begun(MINE)
    assert not Holder(Agent.REFERRER).drafts(now=NOW).exists()
    assert not Holder(Agent.SWEEPER, MINE.browser).drafts(now=NOW).exists()


def test_an_officer_holds_what_they_enter_and_no_browser_does() -> None:
    officer = officer_of(Agency.objects.get(code="ctp-north-east"))
    colleague = officer_of(Agency.objects.get(code="ctp-north-east"))
    draft = begun(Holder(officer), {"entry": "telephone"})
    assert (draft.entered_by, draft.browser) == (officer, "")
    assert Holder(officer).drafts(now=NOW).filter(pk=draft.pk).exists()
    assert not Holder(colleague).drafts(now=NOW).exists()
    assert not MINE.drafts(now=NOW).exists()


def test_answers_are_ciphertext_in_the_database() -> None:
    draft = begun(MINE, {"concern": "a secret of Anwen’s"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM referrals_draft WHERE id = %s", [draft.pk])
        assert b"Anwen" not in bytes(cursor.fetchone()[0])


def test_a_draft_leaves_nothing_on_the_ledger() -> None:
    draft = begun(MINE, {"concern": "never sent"})
    saved_page(draft, "danger", MINE, danger="no")
    assert not Entry.objects.filter(object_id=draft.pk).exists()


def test_an_emptied_answer_is_gone_and_the_other_pages_stay() -> None:
    draft = begun(MINE, SHORTEST[WORK] | {"languages": "Polish"})
    saved_page(draft, "anything-else", MINE, languages="")
    assert reread(draft).answers == SHORTEST[WORK]


def test_a_page_can_answer_its_own_questions_only() -> None:
    draft = begun(MINE)
    saved_page(draft, "danger", MINE, danger="no", concern="smuggled", entry="paper")
    assert reread(draft).answers == {"danger": "no"}


def test_a_sent_draft_takes_no_more_answers() -> None:
    draft = begun(MINE, SHORTEST[PUBLIC])
    submit_referral(draft_id=draft.pk, holder=MINE, by=Agent.REFERRER, now=NOW)
    with pytest.raises(NotNow):
        saved_page(draft, "danger", MINE, danger="yes")


@pytest.mark.parametrize(("idle", "gone"), [(IDLE - timedelta(seconds=1), 0), (IDLE, 1)])
def test_a_draft_goes_after_a_day_untouched_and_its_key_with_it(idle: timedelta, gone: int) -> None:
    draft = begun(MINE, now=NOW)
    assert sweep(idle) == gone
    assert exists(draft) is not bool(gone)
    assert DataKey.objects.filter(subject=draft.pk).exists() is not bool(gone)


def test_a_touch_gives_another_day() -> None:
    draft = begun(MINE, now=NOW)
    saved_page(draft, "danger", MINE, now=NOW + timedelta(hours=20), danger="no")
    assert sweep(timedelta(hours=30)) == 0


def test_an_expired_draft_is_closed_even_before_it_is_swept() -> None:
    draft = begun(MINE, now=NOW)
    assert not MINE.drafts(now=NOW + IDLE).filter(pk=draft.pk).exists()


def test_a_sweep_says_how_many_went_and_takes_no_more_than_it_should() -> None:
    for _each in range(3):
        begun(MINE, now=NOW)
    assert [sweep(IDLE, at_most=2), sweep(IDLE, at_most=2), sweep(IDLE, at_most=2)] == [2, 1, 0]
    assert Entry.objects.filter(kind=Entry.Kind.BULK, verb="sweep_drafts").count() == 2


def test_what_a_destroyed_draft_held_cannot_be_opened_again() -> None:
    draft = begun(MINE, {"concern": "gone"})
    again = reread(draft)
    leave_draft(holder=MINE, by=Agent.REFERRER, now=NOW)
    with pytest.raises(KeyDestroyed):
        assert again.answers


def test_leaving_destroys_every_unsaved_draft_of_this_browser_alone() -> None:
    first, second, others = begun(MINE), begun(MINE), begun(THEIRS)
    assert leave_draft(holder=MINE, by=Agent.REFERRER, now=NOW) == 2
    assert [exists(each) for each in (first, second, others)] == [False, False, True]


def test_leaving_lets_go_of_what_is_saved_or_sent() -> None:
    saved, sent = begun(MINE, SHORTEST[WORK]), begun(MINE, SHORTEST[PUBLIC])
    link = save(saved)
    submit_referral(draft_id=sent.pk, holder=MINE, by=Agent.REFERRER, now=NOW)
    assert leave_draft(holder=MINE, by=Agent.REFERRER, now=NOW) == 0
    assert not MINE.drafts(now=NOW).exists()
    assert resume(link, link.code) == saved


def test_a_saved_draft_is_opened_elsewhere_by_link_and_code_and_closes_here() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    saved = save(draft)
    opened = resume(saved, saved.code.lower().replace("-", " "))
    assert opened is not None
    assert reread(draft).answers == SHORTEST[WORK]
    assert not MINE.drafts(now=NOW).filter(pk=draft.pk).exists()
    assert THEIRS.drafts(now=NOW).filter(pk=draft.pk).exists()


def test_a_link_works_once() -> None:
    saved = save(begun(MINE, SHORTEST[WORK]))
    assert resume(saved, saved.code)
    assert resume(saved, saved.code, at_browser("third")) is None


def test_saving_again_closes_the_earlier_link() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    first, second = save(draft), save(draft)
    assert resume(first, first.code) is None
    assert resume(second, second.code) == draft


def test_five_wrong_codes_close_the_link_but_not_the_form_that_is_open() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    saved = save(draft)
    for _attempt in range(WRONG_CODES):
        assert resume(saved, "2222-2222-2222") is None
    assert resume(saved, saved.code) is None
    assert MINE.drafts(now=NOW).filter(pk=draft.pk).exists()


def test_four_wrong_codes_do_not() -> None:
    saved = save(begun(MINE, SHORTEST[WORK]))
    for _attempt in range(WRONG_CODES - 1):
        resume(saved, "2222-2222-2222")
    assert resume(saved, saved.code)


def test_a_link_that_never_was_opens_nothing() -> None:
    assert resume_draft(token="made-up", code="2222-2222-2222", holder=THEIRS, by=Agent.REFERRER, now=NOW) is None


def test_a_browser_without_a_secret_cannot_hold_what_it_opens() -> None:
    saved = save(begun(MINE, SHORTEST[WORK]))
    assert resume(saved, saved.code, Holder(Agent.REFERRER)) is None


@pytest.mark.parametrize(("after", "opens"), [(SAVED - timedelta(seconds=1), True), (SAVED, False)])
def test_a_saved_draft_is_kept_for_seven_days(after: timedelta, opens: bool) -> None:
    saved = save(begun(MINE, SHORTEST[WORK]))
    assert sweep(after) == (0 if opens else 1)
    assert bool(resume(saved, saved.code, after=after)) is opens


def test_neither_link_nor_code_is_kept_as_it_was_given() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    saved = save(draft)
    row = reread(draft)
    token = saved.link.rstrip("/").rpartition("/")[2]
    assert row.saved_link == keyed_hash(token, of="link") != token
    assert saved.code not in (row.saved_code, row.saved_link)


@pytest.mark.parametrize("kind", [FAMILY, PUBLIC])
def test_only_people_at_work_can_save(kind: str) -> None:
    with pytest.raises(NotNow):
        save(begun(MINE, SHORTEST[kind]))


def test_a_sent_form_cannot_be_saved() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    submit_referral(draft_id=draft.pk, holder=MINE, by=Agent.REFERRER, now=NOW)
    with pytest.raises(NotNow):
        save(draft)


def test_the_link_can_go_by_e_mail_and_the_code_never_does() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    saved = save(draft, e_mail=True)
    notice = Notice.objects.get(about=draft.pk)
    assert (notice.address, notice.details) == ("ffion@hollybrook.example", {"link": saved.link})
    assert saved.code not in str(notice.details)


def test_a_saved_draft_that_is_sent_can_no_longer_be_opened_by_link() -> None:
    draft = begun(MINE, SHORTEST[WORK])
    saved = save(draft)
    submit_referral(draft_id=draft.pk, holder=MINE, by=Agent.REFERRER, now=NOW)
    assert resume(saved, saved.code) is None


def test_the_beat_sweeps_until_nothing_is_left() -> None:
    begun(MINE, now=NOW - IDLE)
    begun(MINE, now=NOW)
    assert sweep_task() == 1
    assert Draft.objects.count() == 1

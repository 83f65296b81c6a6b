"""Files wait for the scanner for as long as it takes; orphans go after a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.core.cache import cache
from django.utils import timezone

from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import DataKey, Entry
from audit.refusals import Forbidden
from documents import storage
from documents.actions.conclude_scan import conclude_scan
from documents.actions.sweep_orphans import sweep_orphans
from documents.clamd import Verdict
from documents.models import Document, Scan, Upload
from documents.selectors import opened
from documents.states import FileState
from documents.tasks import sweep_orphans as sweep_orphans_task
from documents.tasks import sweep_scans
from referrals.actions.submit_referral import submit_referral
from referrals.models import Referral
from tests.documents.making import TEXT, added, stored_bytes, uploaded
from tests.making import BROWSER, TEACHER, dispatch_to_authority, draft_with, officer_of, submitted
from tests.scanner import INFECTED

pytestmark = pytest.mark.usefixtures("db", "on_record")


def sent(draft):
    submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=timezone.now())
    return Referral.objects.get(draft_id=draft.pk)


def test_while_the_scanner_is_away_a_file_waits_and_then_is_scanned(settings, clamd):
    upload = uploaded(draft_with(TEACHER))
    assert sweep_scans() == 0
    scan = Scan.objects.get(file=upload.pk)
    assert (scan.attempts, scan.done, Upload.objects.get().state) == (0, None, FileState.CHECKING)
    settings.CLAMD = clamd
    assert sweep_scans() == 1
    upload = Upload.objects.get()
    assert (upload.state, upload.checked_by) == (FileState.CLEAN, Agent.SWEEPER.pk)
    assert b"".join(opened(upload)) == TEXT
    assert sweep_scans() == 0


def test_a_scanner_that_is_away_is_warned_of_once_in_a_while_and_not_where_nothing_waits(caplog):
    cache.clear()
    assert sweep_scans() == 0
    assert "scanner_does_not_answer" not in caplog.text
    uploaded(draft_with(TEACHER))
    assert sweep_scans() == sweep_scans() == 0
    assert caplog.text.count("scanner_does_not_answer") == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_infected_file_is_refused_whether_it_is_sent_or_not(scanner, when, django_capture_on_commit_callbacks):
    draft = draft_with(TEACHER)
    upload = uploaded(draft, b"Look: " + INFECTED)
    if when == "after":
        sent(draft)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_scans() == 1
    file = (Document if when == "after" else Upload).objects.get(pk=upload.pk)
    assert (file.state, file.key) == (FileState.REFUSED, None)
    with pytest.raises(FileNotFoundError):
        storage.read(upload.pk)
    if when == "before":
        sent(draft)
        assert Document.objects.get(pk=upload.pk).is_refused


def test_a_file_that_went_meanwhile_is_nobody_s_turn(scanner):
    upload = uploaded(draft_with(TEACHER))
    conclude_scan(file_id=uuid4(), verdict=Verdict.CLEAN, by=Agent.SWEEPER, now=timezone.now())
    assert Upload.objects.get(pk=upload.pk).state == FileState.CHECKING


def test_a_verdict_is_given_once():
    upload = uploaded(draft_with(TEACHER))
    for verdict in (Verdict.CLEAN, Verdict.INFECTED):
        conclude_scan(file_id=upload.pk, verdict=verdict, by=Agent.SWEEPER, now=timezone.now())
    assert Upload.objects.get().state == FileState.CLEAN


def test_only_the_sweeper_says_what_the_scanner_said(scanner):
    upload = uploaded(draft_with(TEACHER))
    with pytest.raises(Forbidden):
        conclude_scan(file_id=upload.pk, verdict=Verdict.CLEAN, by=Agent.REFERRER, now=timezone.now())
    with pytest.raises(Forbidden):
        sweep_orphans(by=Agent.REFERRER, now=timezone.now())


def test_a_file_that_the_store_has_lost_is_tried_again_later(scanner):
    upload = uploaded(draft_with(TEACHER))
    storage.remove(upload.pk)
    assert sweep_scans() == 0
    scan = Scan.objects.get(file=upload.pk)
    assert (scan.attempts, scan.last_error, scan.dead) == (1, "FileNotFoundError", None)
    assert scan.due > timezone.now()


def test_the_bytes_stay_and_their_key_is_wrapped_by_the_persons(django_capture_on_commit_callbacks):
    draft = draft_with(TEACHER)
    upload = uploaded(draft)
    before = stored_bytes(upload.pk)
    referral = sent(draft)
    document = Document.objects.get(pk=upload.pk)
    assert stored_bytes(document.pk) == before
    assert TEXT not in before
    assert (document.person_id, document.referral, document.name) == (referral.person_id, referral.pk, "notes.txt")
    assert b"".join(opened(document)) == TEXT
    assert not Upload.objects.exists()
    DataKey.objects.filter(subject=draft.pk).delete()
    assert b"".join(opened(Document.objects.get(pk=upload.pk))) == TEXT


def test_sending_twice_moves_the_files_once():
    draft = draft_with(TEACHER)
    uploaded(draft)
    sent(draft)
    sent(draft)
    assert Document.objects.count() == 1


def test_without_files_sending_costs_one_statement_more(django_assert_max_num_queries):
    draft = draft_with(TEACHER)
    with django_assert_max_num_queries(60) as made:
        sent(draft)
    assert len([each for each in made if "documents_" in each["sql"]]) == 1


def test_two_files_have_two_keys_and_none_is_in_the_ledger():
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    officer = officer_of(dispatch.agency)
    first, second = added(dispatch, officer), added(dispatch, officer)
    assert first.key != second.key
    told = [read_payload(entry) for entry in Entry.objects.filter(object_id__in=[first.pk, second.pk])]
    assert len(told) >= 2
    for secret in (first.key, second.key):
        assert secret not in str(told)


def test_another_files_bytes_do_not_open_in_its_place(scanner):
    draft = draft_with(TEACHER)
    first, second = uploaded(draft), uploaded(draft)
    other = stored_bytes(second.pk)
    storage.remove(first.pk)
    storage.write(first.pk, other)
    with pytest.raises(InvalidTag):
        list(opened(Upload.objects.get(pk=first.pk)))


def test_orphans_go_after_a_day_and_what_is_known_stays(django_capture_on_commit_callbacks):
    kept, orphan = uploaded(draft_with(TEACHER)).pk, uuid4()
    document = added(dispatch := dispatch_to_authority(submitted()), officer_of(dispatch.agency)).pk
    storage.write(orphan, b"nobody's")
    now = timezone.now()
    for moment, gone in ((now, 0), (now + timedelta(hours=25), 1), (now + timedelta(hours=26), 0)):
        with django_capture_on_commit_callbacks(execute=True):
            assert sweep_orphans(by=Agent.SWEEPER, now=moment) == gone
    with pytest.raises(FileNotFoundError):
        storage.read(orphan)
    for known in (kept, document):
        storage.read(known).close()
    assert Entry.objects.filter(kind=Entry.Kind.BULK, verb="sweep_orphans").count() == 1


def test_the_scanner_s_queue_of_yesterday_is_emptied(scanner):
    upload = uploaded(draft_with(TEACHER))
    sweep_scans()
    sweep_orphans_task()
    assert Scan.objects.filter(file=upload.pk).exists()
    sweep_orphans(by=Agent.SWEEPER, now=timezone.now() + timedelta(days=2))
    assert not Scan.objects.exists()

"""The road of a file on S3-compatible storage: what tests of folders promise holds on a bucket too."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from config.settings.documents import in_bucket
from documents import storage
from documents.actions.sweep_orphans import sweep_orphans
from documents.models import Document, Upload
from documents.states import FileState
from documents.storing import NotStored, keep
from documents.tasks import sweep_scans
from referrals.models import Referral
from referrals.questions.shapes import WORK
from tests.bucket import NAME, Bucket, bucket
from tests.documents.making import TEXT, stored_bytes, uploaded
from tests.documents.test_tasks import sent
from tests.making import TEACHER, dispatch_to_authority, draft_with, officer_of
from tests.referrals.answering import shortest
from tests.referrals.views.conftest import Visitor, visitor
from tests.scanner import INFECTED

pytestmark = pytest.mark.django_db
__all__ = ["bucket", "visitor"]

LARGE = b"A line of an honest file.\n" * 120_000  # three chunks


@pytest.fixture(autouse=True)
def named(bucket: Bucket, folder: Path, settings: Any) -> None:
    """The house as a deployment sets it up that names a bucket."""
    settings.STORAGES = {**settings.STORAGES, "documents": in_bucket(NAME)}


def test_from_the_form_to_the_officers_download_a_file_lies_sealed_in_the_bucket(
    bucket: Bucket, folder: Path, visitor: Visitor, scanner: str, client: Client
) -> None:
    writer = visitor.has_answered(shortest(WORK))
    writer.post(writer.url("anything-else"), {"documents": [SimpleUploadedFile("notes.txt", LARGE)]})
    upload = Upload.objects.get()
    assert bucket.objects() == {storage.path_of(upload.pk)}
    assert LARGE[:26] not in stored_bytes(upload.pk)
    assert not folder.exists(), "and nowhere else"
    assert sweep_scans() == 1
    writer.post(writer.url("check"))
    dispatch = dispatch_to_authority(Referral.objects.get())
    client.force_login(officer_of(dispatch.agency))
    response = client.get(reverse("referrals:document", args=[upload.pk]))
    assert b"".join(response) == LARGE
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("on_record")
def test_an_infected_file_is_deleted_from_the_bucket(
    bucket: Bucket, scanner: str, django_capture_on_commit_callbacks: Any
) -> None:
    upload = uploaded(draft_with(TEACHER), b"Look: " + INFECTED)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_scans() == 1
    assert Upload.objects.get(pk=upload.pk).state == FileState.REFUSED
    assert bucket.objects() == set()
    with pytest.raises(FileNotFoundError):
        storage.read(upload.pk)


@pytest.mark.usefixtures("on_record")
def test_the_sweep_of_orphans_leaves_what_a_row_knows_and_what_is_young(
    bucket: Bucket, django_capture_on_commit_callbacks: Any
) -> None:
    known, orphan = uploaded(draft_with(TEACHER)).pk, uuid4()
    document = uploaded(draft := draft_with(TEACHER)).pk
    sent(draft)
    assert Document.objects.filter(pk=document).exists()
    storage.write(orphan, b"nobody's")
    now = timezone.now()
    for moment, gone in ((now, 0), (now + timedelta(hours=25), 1), (now + timedelta(hours=26), 0)):
        with django_capture_on_commit_callbacks(execute=True):
            assert sweep_orphans(by=Agent.SWEEPER, now=moment) == gone
    assert bucket.objects() == {storage.path_of(known), storage.path_of(document)}


def test_a_place_is_never_written_twice_and_when_it_was_written_is_known() -> None:
    file_id = UUID("0417" + "0" * 28)
    storage.write(file_id, b"sealed")
    assert timezone.now() - storage.written(file_id) < timedelta(minutes=1)
    with pytest.raises(FileExistsError):
        storage.write(file_id, b"other")
    assert stored_bytes(file_id) == b"sealed"
    assert [file_id] in list(storage.stored())


def test_more_files_than_one_answer_of_the_storage_lists_are_all_found(bucket: Bucket) -> None:
    ids = {UUID(int=(4 << 120) + number) for number in range(1_100)}
    for file_id in ids:
        path = bucket.folder / storage.path_of(file_id)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert {found for some in storage.stored() for found in some} == ids


def test_while_the_storage_is_silent_the_form_says_in_seconds_that_a_file_was_not_taken(
    bucket: Bucket, visitor: Visitor
) -> None:
    writer = visitor.has_answered(shortest(WORK))
    with bucket.silent():
        started = time.monotonic()
        sent_files = {"documents": [SimpleUploadedFile("notes.txt", TEXT)], "languages": "Polish"}
        shown = writer.post(writer.url("anything-else"), sent_files)
    assert time.monotonic() - started < 30
    said = shown.content.decode()
    assert shown.status_code == 200 and "notes.txt: " in said and "Polish" in said
    assert not Upload.objects.exists()


def test_without_the_right_secret_the_bucket_answers_nothing_and_the_file_is_not_taken(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.write(file_id := uuid4(), b"sealed")
    monkeypatch.setenv("DOCUMENTS_SECRET_KEY", os.environ["DOCUMENTS_SECRET_KEY"][::-1])
    settings.STORAGES = {**settings.STORAGES, "documents": in_bucket(NAME)}
    with pytest.raises(Exception, match="403"):
        storage.read(file_id)
    with pytest.raises(NotStored):
        keep("notes.txt", TEXT)

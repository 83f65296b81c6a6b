"""Uploading beside the questions: with and without a script, and whatever is sent."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agencies import limiting
from agencies.limits import Doing
from audit.agents import Agent
from audit.models import Entry
from documents import storage
from documents.kinds import LARGEST, MOST
from documents.models import Document, Upload
from documents.receiving import LARGEST_REQUEST
from referrals.actions.sweep_drafts import sweep_drafts
from referrals.models import Draft, Referral
from referrals.models.draft import IDLE
from referrals.questions.shapes import SELF, WORK
from tests.documents import hostile
from tests.documents.files import HONEST
from tests.documents.making import TEXT
from tests.making import dispatch_to_authority, officer_of
from tests.referrals.answering import shortest
from tests.referrals.views.conftest import Visitor, another, visitor
from tests.scanner import INFECTED

pytestmark = pytest.mark.django_db
__all__ = ["another", "visitor"]

PAGE = {WORK: "anything-else", SELF: "more"}
PROMISES = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def file(name: str = "notes.txt", data: bytes = TEXT, kind: str = "text/html") -> SimpleUploadedFile:
    """As a browser sends it: name and type are what the sender says."""
    made = SimpleUploadedFile("x", data, content_type=kind)
    made._name = name  # type: ignore[attr-defined]  # past Django's own cleaning, which the sender does not do
    return made


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    return visitor.has_answered(shortest(WORK))


def send(writer: Visitor, *files: SimpleUploadedFile, **given: Any) -> Any:
    return writer.post(writer.url("anything-else"), {"documents": list(files), **given})


@pytest.mark.parametrize("kind", [WORK, SELF])
def test_every_kind_of_referrer_is_asked_for_documents_on_the_page_for_the_rest(visitor: Visitor, kind: str) -> None:
    shown = text_of(visitor.has_answered(shortest(kind)).see(PAGE[kind]))
    assert 'enctype="multipart/form-data"' in shown
    assert 'type="file"' in shown
    assert " multiple" in shown
    assert shown.index("govuk-visually-hidden") < shown.index('name="upload"'), "Enter must not press Upload"


def test_without_a_script_continue_keeps_the_files_and_goes_on(writer: Visitor) -> None:
    response = send(writer, file("a.txt"), file("b.txt"), languages="Polish")
    assert response.headers["Location"].endswith("/check/")
    assert writer.draft.answers["languages"] == "Polish"
    assert [upload.name for upload in Upload.objects.order_by("added_at")] == ["a.txt", "b.txt"]
    shown = text_of(writer.see("check"))
    assert "a.txt" in shown
    assert "#documents" in shown


def test_the_button_keeps_files_and_answers_and_comes_back_to_the_list(writer: Visitor) -> None:
    response = send(writer, file("a.txt"), languages="Polish", upload="1")
    assert response.headers["Location"].endswith("/anything-else/#documents")
    assert writer.draft.answers["languages"] == "Polish"
    shown = text_of(writer.see("anything-else"))
    assert re.search(r"Remove<span[^>]*> a\.txt", shown)
    assert "download" not in shown.lower()


def test_the_button_without_a_file_says_so(writer: Visitor) -> None:
    shown = text_of(send(writer, languages="Polish", upload="1"))
    assert "Choose a file" in shown
    assert "Error: " in shown
    assert "Polish" in shown


def test_what_is_not_taken_is_said_beside_the_field_and_nothing_else_is_lost(writer: Visitor) -> None:
    response = send(
        writer, file("good.txt"), file("bad.exe", hostile.MZ), file("worse.svg", hostile.SVG), languages="Polish"
    )
    assert response.status_code == 200
    shown = text_of(response)
    assert 'href="#id_documents"' in shown
    assert "bad.exe: this kind of file cannot be taken" in shown
    assert "worse.svg: this kind of file cannot be taken" in shown
    assert "Polish" in shown
    assert [upload.name for upload in Upload.objects.all()] == ["good.txt"], "what is good is kept"


def test_an_error_elsewhere_on_the_page_loses_no_file(writer: Visitor) -> None:
    shown = text_of(send(writer, file("good.txt"), person_phone="x"))
    assert "Enter a phone number" in shown
    assert "good.txt" in shown
    assert Upload.objects.count() == 1


def test_a_file_is_removed_with_its_bytes_and_nothing_typed_is_lost(
    writer: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    send(writer, file("a.txt"), file("b.txt"), upload="1")
    gone = Upload.objects.order_by("added_at")[0].pk
    with django_capture_on_commit_callbacks(execute=True):
        response = send(writer, remove=str(gone), languages="Polish")
    assert response.headers["Location"].endswith("#documents")
    assert writer.draft.answers["languages"] == "Polish"
    assert [upload.name for upload in Upload.objects.all()] == ["b.txt"]
    with pytest.raises(FileNotFoundError):
        storage.read(gone)
    for nothing in (str(gone), str(uuid4()), "nonsense"):
        assert send(writer, remove=nothing).status_code == 302


def test_nobody_removes_a_file_of_another_draft(writer: Visitor, another: Visitor) -> None:
    send(writer, file(), upload="1")
    theirs = Upload.objects.get().pk
    another.begin()
    another.answer("danger", danger="no")
    another.answer("you", referrer_kind="self")
    another.post(another.url("more"), {"remove": str(theirs)})
    assert Upload.objects.filter(pk=theirs).exists()


@pytest.mark.parametrize("count", [MOST, MOST + 1, 21])
def test_ten_files_are_taken_and_one_more_is_answered_with_a_sentence(writer: Visitor, count: int) -> None:
    shown = send(writer, *(file(f"{number}.txt") for number in range(count)), languages="Polish")
    assert Upload.objects.count() == MOST
    assert (shown.status_code == 302) is (count == MOST)
    if count > MOST:
        assert text_of(shown).count("there are 10 files already") >= count - MOST
        assert "Polish" in text_of(shown)
    assert "there are 10 files already" in text_of(send(writer, file("late.txt")))


@pytest.mark.parametrize(("size", "taken"), [(LARGEST, True), (LARGEST + 1, False)])
def test_twenty_megabytes_are_taken_and_one_byte_more_is_not(writer: Visitor, size: int, taken: bool) -> None:
    response = send(writer, file("large.txt", b"x" * size), languages="Polish")
    assert (response.status_code == 302) is taken
    assert Upload.objects.count() == taken
    if not taken:
        assert "large.txt: the file is larger than 20 MB" in text_of(response)
        assert "Polish" in text_of(response)


def test_a_request_larger_than_all_files_is_refused_before_it_is_read(writer: Visitor) -> None:
    response = writer.generic(
        "POST",
        writer.url("anything-else"),
        b"--x--",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(LARGEST_REQUEST + 1),
    )
    assert response.status_code == 400


@pytest.mark.parametrize("page", ["you", "check"])
def test_other_pages_throw_files_away_as_they_arrive(writer: Visitor, page: str) -> None:
    response = writer.post(writer.url(page), {"documents": [file()], **shortest(WORK)})
    assert response.status_code == 302
    assert not Upload.objects.exists()


def test_a_script_gets_the_list_and_nothing_else_is_touched(writer: Visitor) -> None:
    before = writer.draft.answers
    response = send(writer, file("a.txt"), upload="1", fragment="1", languages="Polish")
    assert response.status_code == 200
    shown = text_of(response)
    assert "a.txt" in shown
    assert "<html" not in shown
    assert writer.draft.answers == before
    shown = text_of(send(writer, file("bad.exe", hostile.MZ), upload="1", fragment="1"))
    assert 'role="alert"' in shown
    assert "bad.exe: this kind of file" in shown
    upload = Upload.objects.get()
    assert "a.txt" not in text_of(send(writer, remove=str(upload.pk), fragment="1"))


@pytest.mark.parametrize("name", hostile.NAMES)
def test_whatever_a_file_is_called_it_is_kept_under_an_id_and_shown_in_one_line(
    writer: Visitor, folder: Any, name: str
) -> None:
    response = send(writer, file(name.replace("\ud800", "")), upload="1")
    assert response.status_code == 302
    for upload in Upload.objects.all():
        assert upload.name.endswith(".txt")
        assert not set(upload.name) & set("/\\\r\n\0")
    assert all(re.fullmatch(r"[0-9a-f]{2}|[0-9a-f]{32}", path.name) for path in folder.rglob("*"))
    assert "<script>alert" not in writer.see("anything-else").content.decode()


def test_drafts_that_are_swept_or_left_lose_their_files(
    writer: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    send(writer, file(), upload="1")
    upload = Upload.objects.get()
    entries = Entry.objects.filter(object_id=upload.pk).count()
    with django_capture_on_commit_callbacks(execute=True):
        sweep_drafts(by=Agent.SWEEPER, now=timezone.now() + IDLE * 2)
    assert not Draft.objects.exists()
    assert not Upload.objects.exists()
    with pytest.raises(FileNotFoundError):
        storage.read(upload.pk)
    assert entries == Entry.objects.filter(object_id=upload.pk).count() == 0, "of what was never sent nothing is told"


def test_exit_this_page_deletes_the_files(writer: Visitor, django_capture_on_commit_callbacks: Any) -> None:
    send(writer, file(), upload="1")
    upload = Upload.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        writer.get("/leave/")
    assert not Upload.objects.exists()
    with pytest.raises(FileNotFoundError):
        storage.read(upload.pk)


def test_nothing_can_be_added_or_removed_once_it_is_sent(writer: Visitor) -> None:
    send(writer, file(), upload="1")
    upload = Upload.objects.get()
    writer.answer("check")
    for given in ({"upload": "1"}, {"remove": str(upload.pk)}, {"upload": "1", "fragment": "1"}):
        assert send(writer, file(), **given).headers["Location"].endswith("/sent/")
    assert Document.objects.count() == 1


def test_a_store_that_is_away_is_answered_with_a_sentence(writer: Visitor, settings: Any) -> None:
    documents = settings.STORAGES["documents"]
    options = {**documents["OPTIONS"], "location": "/proc/nowhere"}
    settings.STORAGES = {**settings.STORAGES, "documents": {**documents, "OPTIONS": options}}
    shown = text_of(send(writer, file("a.txt"), languages="Polish"))
    assert "a.txt: we could not keep it just now" in shown
    assert "Polish" in shown


def test_the_referrer_is_told_of_an_infected_file_by_name(writer: Visitor, scanner: str) -> None:
    from documents.tasks import sweep_scans

    send(writer, file("letter.txt", b"Look: " + INFECTED), upload="1")
    sweep_scans()
    assert "found something harmful" in text_of(writer.see("anything-else"))
    assert "not accepted: harmful" in text_of(writer.see("check"))


EVERYTHING = [*hostile.refused(), *hostile.cleaned(), *HONEST.items()]


def test_nothing_of_the_hostile_corpus_is_shown_run_or_a_fault(
    writer: Visitor, scanner: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it through the front door, by each of its names, and what is taken out again as a download."""
    from documents.tasks import sweep_scans

    monkeypatch.setattr(limiting, "LIMITS", {doing: {} for doing in Doing})  # nobody sends so much of one draft in life
    taken: dict[str, bytes] = {}
    for name, data in EVERYTHING:
        response = send(writer, file(name, data, "image/svg+xml"), upload="1", fragment="1")
        assert response.status_code == 200, name
        upload = Upload.objects.first()
        if upload:
            taken[name] = data
            Upload.objects.none()
            send(writer, remove=str(upload.pk), fragment="1")
        else:
            assert 'role="alert"' in text_of(response), name
    assert set(taken) == {name for name, _ in hostile.cleaned()} | set(HONEST)
    for name, data in HONEST.items():
        send(writer, file(name, data, "text/html"), upload="1")
    sweep_scans()
    writer.answer("check")
    officer = officer_of(dispatch_to_authority(Referral.objects.get()).agency)
    client.force_login(officer)
    for document in Document.objects.all():
        answer: Any = client.get(f"/casework/documents/{document.pk}/")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert {name: answer[name] for name in PROMISES} == PROMISES
        assert "html" not in answer["Content-Type"]
        data = b"".join(answer.streaming_content)
        if document.name in HONEST and document.kind not in {"png", "jpeg"}:
            assert data == HONEST[document.name]
        assert len(data) == int(answer["Content-Length"]) == document.size

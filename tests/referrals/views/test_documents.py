"""Officers add documents beside a referral, and download those that the scanner has let through."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.events import Event
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from desk.documents import shown_documents
from desk.paper import paper_of
from desk.shown import shown_to
from documents import storage
from documents.models import Document
from documents.selectors import SLOW
from documents.tasks import sweep_scans
from referrals.actions.detach_document import detach_document
from tests.components.axe import faults
from tests.documents import hostile
from tests.documents.files import HONEST
from tests.documents.making import TEXT, added, judged_clean
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.scanner import INFECTED

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def lead(client, dispatch):
    user = officer_of(dispatch.agency)
    client.force_login(user)
    return user


def address(document: Document) -> str:
    return reverse("referrals:document", args=[document.pk])


def send(client: Any, dispatch: Any, *files: tuple[str, bytes], **given: str) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    said = {"source": "The school’s lead", "caveat": "Not for the family", **given}
    return client.post(reverse("referrals:add-document", args=[dispatch.pk]), {"documents": sent, **said})


def test_an_officer_adds_documents_with_source_and_caveat(client, dispatch, lead):
    response = send(client, dispatch, ("notes.txt", TEXT), ("letter.pdf", HONEST["letter.pdf"]))
    assert response.headers["Location"].endswith(f"{dispatch.referral_id}/#documents")
    for document in Document.objects.all():
        assert (document.source, document.caveat) == ("The school’s lead", "Not for the family")
        assert (document.added_by, document.referral) == (lead.pk, dispatch.referral_id)
    shown = client.get(dispatch.get_absolute_url()).content.decode()
    for words in ("notes.txt", "letter.pdf", "The school’s lead", "Not for the family", lead.name, "Being checked"):
        assert words in shown
    assert "2 documents are added." in shown
    events = EventRecord.objects.filter(kind=Event.DOCUMENT_ADDED)
    assert {event.object_id for event in events} == {dispatch.referral_id}


def test_the_page_for_a_document_opens_without_an_error(client, dispatch, lead):
    shown = client.get(reverse("referrals:add-document", args=[dispatch.pk])).content.decode()
    assert "Add a document" in shown and "There is a problem" not in shown


def test_without_file_or_source_nothing_is_added_and_it_is_said(client, dispatch, lead):
    shown = send(client, dispatch, source="").content.decode()
    assert "Choose a file" in shown
    assert "Say where the files are from" in shown
    assert not Document.objects.exists()


def test_what_is_not_taken_is_said_and_what_is_stays(client, dispatch, lead):
    shown = send(client, dispatch, ("notes.txt", TEXT), ("macro.docx", dict(hostile.refused())["macro.docx"]))
    assert "macro.docx: the document has macros" in shown.content.decode()
    assert "The school’s lead" in shown.content.decode()
    assert [document.name for document in Document.objects.all()] == ["notes.txt"]


@pytest.mark.parametrize("side", [dispatch_to_police, dispatch_to_authority])
def test_whoever_may_read_the_referral_downloads_and_is_on_the_record(client, dispatch, lead, side):
    document = judged_clean(added(dispatch, lead, name="Siân’s notes.txt").pk)
    reader = officer_of(side(dispatch.referral).agency)
    client.force_login(reader)
    answer: Any = client.get(address(document))
    assert b"".join(answer.streaming_content) == TEXT
    named = answer["Content-Disposition"]
    assert named.startswith("attachment; filename=\"document.txt\"; filename*=UTF-8''")
    assert unquote(named.partition("UTF-8''")[2]) == "Siân’s notes.txt"
    assert named.isascii()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private"
    entry = Entry.objects.get(kind=Entry.Kind.DOWNLOADED)
    assert (entry.actor, entry.object_id, entry.subject) == (reader.pk, document.pk, document.person_id)
    assert read_payload(entry) == {"recipient": str(reader.pk)}


def test_a_strangers_document_is_answered_as_an_absent_one(client, dispatch, lead):
    document = judged_clean(added(dispatch, lead).pk)
    elsewhere = dispatch_to_authority(submitted({**TEACHER, "postcode": "BD1 1HX"}))
    client.force_login(officer_of(elsewhere.agency))
    absent = client.get(reverse("referrals:document", args=["00000000-0000-4000-8000-000000000000"]))
    theirs = client.get(address(document))
    assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content) == (404, absent.content)
    assert send(client, dispatch, ("notes.txt", TEXT)).status_code == 404
    assert Document.objects.count() == 1
    assert not Entry.objects.filter(kind=Entry.Kind.DOWNLOADED).exists()


def test_a_referrer_downloads_nothing(client, dispatch, lead):
    document = judged_clean(added(dispatch, lead).pk)
    client.logout()
    assert "sign-in" in client.get(address(document)).headers["Location"]


def test_nothing_is_opened_before_it_is_checked(client, dispatch, lead):
    document = added(dispatch, lead)
    answer = client.get(address(document))
    assert answer.status_code == 409
    assert "still being checked" in answer.content.decode()
    assert f'href="{address(document)}"' not in client.get(dispatch.get_absolute_url()).content.decode()


def test_an_infected_file_is_never_opened_and_its_readers_see_that_it_was_refused(
    client, dispatch, lead, scanner, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        document = added(dispatch, lead, b"Look: " + INFECTED)
        assert sweep_scans() == 1
    assert client.get(address(document)).status_code == 409
    assert "Refused: infected" in client.get(dispatch.get_absolute_url()).content.decode()
    with pytest.raises(FileNotFoundError):
        storage.read(document.pk)


def test_while_the_scanner_is_away_the_page_says_so(client, dispatch, lead):
    added(dispatch, lead)
    assert "has not answered" not in client.get(dispatch.get_absolute_url()).content.decode()
    added(dispatch, lead, now=timezone.now() - SLOW - timedelta(seconds=1))
    assert "has not answered for some time" in client.get(dispatch.get_absolute_url()).content.decode()


def test_what_the_store_has_lost_or_changed_is_not_handed_out(client, dispatch, lead):
    document = judged_clean(added(dispatch, lead).pk)
    storage.remove(document.pk)
    client.raise_request_exception = False
    assert client.get(address(document)).status_code == 500
    storage.write(document.pk, b"PCF1" + b"x" * 100)
    assert client.get(address(document)).status_code == 500
    assert not Entry.objects.filter(kind=Entry.Kind.DOWNLOADED).exists()


def test_a_list_of_documents_takes_the_same_queries_for_one_and_for_twenty(client, dispatch, lead):
    added(dispatch, lead)
    client.get(dispatch.get_absolute_url())  # the session notes once that it is in use
    with CaptureQueriesContext(connection) as first:
        client.get(dispatch.get_absolute_url())
    for number in range(19):
        added(dispatch, lead, name=f"{number}.txt")
    with CaptureQueriesContext(connection) as second:
        client.get(dispatch.get_absolute_url())
    assert len(first) == len(second)


def test_the_pdf_names_the_documents_and_how_to_handle_them(dispatch, lead):
    document = added(dispatch, lead, name="letter.txt")
    now = timezone.now()
    paper = paper_of(shown_to(lead, dispatch.referral, now=now), reader=lead, now=now)
    rows = next(part.rows for part in paper.parts if part.title == "Documents")
    assert rows[0][0] == document.name == "letter.txt"
    assert "Handling: Not for the family" in rows[0][1]


def take_away_address(document: Document) -> str:
    return reverse("referrals:take-away", args=[document.pk])


def test_a_document_about_somebody_else_is_taken_away_from_page_to_page(client, dispatch, lead):
    document = judged_clean(added(dispatch, lead, name="Siân’s report.txt").pk)
    assert take_away_address(document) in client.get(dispatch.get_absolute_url()).content.decode()
    asked = client.get(take_away_address(document)).content.decode()
    assert "Siân’s report.txt" in asked and "destroyed at once" in asked
    assert "Siân" not in asked.partition("</title>")[0]
    refused = client.post(take_away_address(document), {"reason": ""}).content.decode()
    assert "Give the reason" in refused and "<title>Error: " in refused
    done = client.post(take_away_address(document), {"reason": "Another pupil."}, follow=True).content.decode()
    assert "The document is taken away and destroyed." in done
    assert "Took a document away that was about somebody else." in done and "Another pupil." in done
    for page in (done, client.get(reverse("desk:referral-print", args=[dispatch.referral_id])).content.decode()):
        assert "Siân" not in page and "No documents." in page
    for gone in (address(document), take_away_address(document)):
        assert client.get(gone).status_code == 404
    assert shown_documents(dispatch.referral, now=timezone.now()).rows == []
    client.force_login(officer_of(dispatch_to_police(dispatch.referral).agency))
    theirs = client.get(dispatch.get_absolute_url()).content.decode()
    assert "Took a document away" in theirs and "Another pupil." in theirs


def test_a_colleague_of_another_agency_reads_a_document_and_does_not_take_it_away(client, dispatch, lead):
    document = added(dispatch, lead)
    client.force_login(officer_of(dispatch_to_police(dispatch.referral).agency))
    shown = client.get(dispatch.get_absolute_url()).content.decode()
    assert document.name in shown and take_away_address(document) not in shown
    for answer in (client.get(take_away_address(document)), client.post(take_away_address(document), {"reason": "x"})):
        assert answer.status_code == 404
    client.force_login(officer_of(dispatch_to_authority(submitted({**TEACHER, "postcode": "BD1 1HX"})).agency))
    assert client.get(take_away_address(document)).status_code == 404


def test_what_a_colleague_took_away_meanwhile_is_answered_as_an_absent_one(client, dispatch, lead):
    document = added(dispatch, lead)
    detach_document(document_id=document.pk, reason="Another pupil.", by=lead, now=timezone.now())
    assert client.post(take_away_address(document), {"reason": "Another pupil."}).status_code == 404


def test_a_timeline_takes_the_same_queries_for_one_document_taken_away_and_for_five(client, dispatch, lead):
    def taken_away() -> None:
        detach_document(document_id=added(dispatch, lead).pk, reason="No.", by=lead, now=timezone.now())

    taken_away()
    client.get(dispatch.get_absolute_url())
    with CaptureQueriesContext(connection) as first:
        client.get(dispatch.get_absolute_url())
    for _ in range(4):
        taken_away()
    with CaptureQueriesContext(connection) as second:
        client.get(dispatch.get_absolute_url())
    assert len(first) == len(second)


def test_axe_finds_nothing_on_the_page_that_takes_a_document_away(client, dispatch, lead, page):
    document = added(dispatch, lead)
    found = faults(page, client.get(take_away_address(document)), "take away")
    found += faults(page, client.post(take_away_address(document), {"reason": ""}), "take away, without a reason")
    found += faults(page, client.get(dispatch.get_absolute_url()), "a document that may be taken away")
    assert found == []

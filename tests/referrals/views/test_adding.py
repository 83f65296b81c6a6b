"""What the referrer adds later stands beside the referral, and those who have it are asked to read it."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.tasks import sweep_events
from documents.models import Document
from documents.storing import keep
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.add_document import add_document
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import Addition, Task
from tests.documents.conftest import folder
from tests.documents.making import TEXT
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, reread
from tests.referrals.views.test_referrers_page import DOOR, Sent, uncounted, words

__all__ = ["folder", "uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
ADD = "/your-referral/add/"
SAID = "He came back on Monday and said it again."


@pytest.fixture
def sent() -> Sent:
    return Sent()


def adds(sent: Sent, **given: Any) -> tuple[Client, Any]:
    client, _entered = sent.enter()
    return client, client.post(ADD, {"form_id": str(uuid4()), "text": SAID, **given})


def lead_of(sent: Sent) -> Any:
    dispatch = dispatch_to_authority(sent.referral)
    lead = officer_of(dispatch.agency)
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=lead, now=timezone.now())
    return lead


def test_words_stand_beside_the_referral_and_an_officer_reads_them_on_its_page(sent: Sent) -> None:
    answers = sent.referral.answers
    client, answer = adds(sent)
    assert words(client.get(answer.headers["Location"])).count("Thank you for telling us") >= 1
    (addition,) = Addition.objects.all()
    assert (addition.text, addition.added_by) == (SAID, Agent.REFERRER.pk)
    sent.referral.refresh_from_db()
    assert sent.referral.answers == answers
    officer = Client()
    officer.force_login(lead_of(sent))
    shown = words(officer.get(f"/casework/referrals/{sent.referral.pk}/"))
    assert SAID in shown
    assert "Added to what they told us." in shown


def test_it_is_an_event_that_rooms_above_react_to(sent: Sent) -> None:
    adds(sent)
    (event,) = EventRecord.objects.filter(kind=Event.REFERRER_ADDED)
    assert (event.object_id, event.actor) == (sent.referral.pk, Agent.REFERRER.pk)


def test_whoever_works_it_is_asked_once_to_read_it_and_the_whole_team_where_nobody_does(sent: Sent) -> None:
    lead = lead_of(sent)
    police = dispatch_to_police(sent.referral)
    officer = officer_of(police.agency)
    acknowledge_dispatch(dispatch_id=police.pk, by=officer, now=timezone.now())
    assign_dispatch(dispatch_id=police.pk, to_id=officer.pk, by=officer, now=timezone.now())
    for _time in range(2):
        adds(sent)
        sweep_events()
    tasks = Task.objects.all()
    assert {(task.agency_id, task.owner) for task in tasks} == {
        (police.agency_id, officer),
        (lead.agencies[0].pk, None),
    }
    assert len(tasks) == 2, "one that waits is enough"
    home = Client()
    home.force_login(reread(officer))
    assert sent.outcome.reference in words(home.get("/casework/", follow=True))


def test_who_has_still_to_take_receipt_is_asked_for_nothing_more(sent: Sent) -> None:
    adds(sent)
    sweep_events()
    assert not Task.objects.exists()


def test_a_form_that_is_sent_twice_adds_once(sent: Sent) -> None:
    once = str(uuid4())
    for _time in range(2):
        adds(sent, form_id=once)
    assert Addition.objects.count() == 1
    assert EventRecord.objects.filter(kind=Event.REFERRER_ADDED).count() == 1


def test_a_verified_address_is_thanked_and_no_other(sent: Sent) -> None:
    adds(sent)
    thanks = partial(Notice.objects.filter, kind=NoticeKind.REFERRER_THANKED)
    assert not thanks().exists()
    Client().post(sent.links[0], {"code": sent.outcome.code})
    adds(sent)
    (notice,) = thanks()
    assert (notice.address, notice.details) == (TEACHER["referrer_email"], {"reference": sent.outcome.reference})


def test_a_file_becomes_a_document_and_what_is_no_document_is_said_and_nothing_typed_is_lost(
    sent: Sent, folder: Any
) -> None:
    files = [SimpleUploadedFile("a.txt", b"What he wrote"), SimpleUploadedFile("b.exe", b"MZ\x90\x00")]
    client, answer = adds(sent, documents=files)
    assert answer.status_code == 200
    assert SAID in words(answer)
    assert "Files that we have kept:" in words(answer)
    assert not Addition.objects.exists()
    (document,) = Document.objects.all()
    assert (document.referral, document.agency, document.added_by) == (sent.referral.pk, None, Agent.REFERRER.pk)
    assert client.post(ADD, {"form_id": str(uuid4()), "text": SAID}).status_code == 302


def test_a_file_that_was_kept_is_somebodys_to_read_also_where_the_referrer_leaves_before_the_words_are_sent(
    sent: Sent, folder: Any
) -> None:
    lead = lead_of(sent)
    files = [SimpleUploadedFile("a.txt", b"What he wrote"), SimpleUploadedFile("b.exe", b"MZ\x90\x00")]
    adds(sent, documents=files)
    assert Document.objects.count() == 1 and not Addition.objects.exists()
    sweep_events()
    (task,) = Task.objects.all()
    assert task.agency == lead.agencies[0] and "added to what they told us" in task.words
    adds(sent, documents=[SimpleUploadedFile("c.txt", b"What he drew")])
    sweep_events()
    assert Addition.objects.count() == 1
    assert Task.objects.count() == 1, "one that waits is enough"
    home = Client()
    home.force_login(reread(lead))
    assert sent.outcome.reference in words(home.get("/casework/", follow=True))


def test_a_file_that_an_officer_adds_is_no_task_of_what_the_referrer_added(sent: Sent, folder: Any) -> None:
    lead, dispatch = lead_of(sent), dispatch_to_authority(sent.referral)
    add_document(
        dispatch_id=dispatch.pk, kept=keep("letter.txt", TEXT), source="", caveat="", by=lead, now=timezone.now()
    )
    sweep_events()
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "given", [{"text": ""}, {"text": "\u200b\u3164"}, {"text": "  "}, {"text": "x" * 20_001}, {"text": "x\0y"}]
)
def test_what_cannot_be_taken_is_said(sent: Sent, given: dict[str, str]) -> None:
    _client, answer = adds(sent, **given)
    assert answer.status_code == 200
    assert "Error: " in words(answer)
    assert not Addition.objects.exists()


def test_a_page_without_an_id_adds_each_time(sent: Sent) -> None:
    for _time in range(2):
        adds(sent, form_id="")
    assert Addition.objects.count() == 2


def test_nobody_adds_who_has_not_shown_who_they_are(sent: Sent) -> None:
    answer = Client().post(ADD, {"form_id": str(uuid4()), "text": SAID})
    assert answer.headers["Location"] == DOOR

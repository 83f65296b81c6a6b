"""Every page of information requests in every state, in a real browser."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from people.actions.close_request import close_request
from people.actions.take_back_request import take_back_request
from people.models import LegalBasis
from tests.components.axe import faults
from tests.documents.making import judged_clean
from tests.people.asking import ADDRESS, BIRTH, NAME, WHY, Scene

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def look(client, page):
    """Ask for an address as somebody and say what is the matter with the page it gives."""

    def at(user, name, address, data=None):
        client.force_login(user)
        answer = client.get(address) if data is None else client.post(address, data)
        return faults(page, answer, name)

    return at


def of(page, row):
    return reverse(f"desk:{page}", args=[row.pk])


def test_asking_and_what_is_missing_have_nothing_the_matter(look, scene):
    address = of("ask", scene.person)
    assert look(scene.lead, "ask", address) + look(scene.lead, "ask-wrong", address, {}) == []


def test_empty_lists_have_nothing_the_matter(look, scene):
    for which in ("", "?list=sent", "?list=settled"):
        assert look(scene.lead, f"requests-empty{which[6:]}", reverse("desk:requests") + which) == []


def test_a_request_on_both_sides_and_what_is_done_with_it_has_nothing_the_matter(look, client, scene, time_machine):
    asked = scene.ask(discloses=[NAME, BIRTH, ADDRESS], basis=LegalBasis.OTHER, basis_words="A court order of May 2026")
    found = look(scene.bradford, "request-asked", of("request", asked))
    found += look(scene.lead, "request-asking", of("request", asked))
    for page, by in (("answer", scene.bradford), ("decline", scene.bradford), ("take-back", scene.lead)):
        address = of(f"{page}-request", asked)
        found += look(by, f"{page}-request", address) + look(by, f"{page}-request-wrong", address, {})
    file = SimpleUploadedFile("chronology of the family.txt", b"Closed in March 2024.")
    client.force_login(scene.bradford)
    client.post(of("answer-request", asked), {"words": "Closed in March 2024.\n\nNo more since.", "documents": file})
    found += look(scene.bradford, "request-answered-checking", of("request", asked))
    judged_clean(Document.objects.get(request=asked).pk)
    found += look(scene.lead, "request-answered", of("request", asked))
    found += look(scene.bradford, "answer-more", of("answer-request", asked))
    found += look(scene.lead, "close-request", of("close-request", asked))
    found += look(scene.lead, "referral-asked", reverse("desk:referral", args=[scene.referral.pk]))
    close_request(request_id=asked.pk, reason=WHY, by=scene.lead, now=timezone.now())
    found += look(scene.bradford, "request-closed", of("request", asked))
    assert found == []


def test_what_was_taken_back_and_full_lists_with_what_is_overdue_have_nothing_the_matter(look, scene, time_machine):
    gone, late = scene.ask(), scene.ask()
    scene.answer(scene.ask())
    take_back_request(request_id=gone.pk, reason=WHY, by=scene.lead, now=timezone.now())
    found = look(scene.bradford, "request-taken-back", of("request", gone))
    time_machine.move_to(late.due + timedelta(days=1))
    found += look(scene.bradford, "requests", reverse("desk:requests"))
    found += look(scene.lead, "requests-sent", reverse("desk:requests") + "?list=sent")
    found += look(scene.lead, "requests-settled", reverse("desk:requests") + "?list=settled")
    assert found == []

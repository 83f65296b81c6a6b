"""A referral as a PDF: for those who may see it, all that they may see, and on the record."""

import pytest
from django.urls import reverse

from audit.ledger import read_payload
from audit.models import Entry
from tests.making import dispatch_to_authority, officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


def test_an_officer_downloads_a_marked_pdf_that_is_never_shown_inside_a_page(client, referral):
    client.force_login(officer_of(dispatch_to_authority(referral).agency))
    answer = client.get(reverse("desk:referral-pdf", args=[referral.pk]))
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="referral-{referral.reference}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_whoever_downloads_a_pdf_is_on_the_record(client, referral):
    officer = officer_of(dispatch_to_authority(referral).agency)
    client.force_login(officer)
    client.get(reverse("desk:referral-pdf", args=[referral.pk]))
    entry = Entry.objects.get(kind=Entry.Kind.DISCLOSED, object_id=referral.pk)
    assert (entry.actor, entry.object_id, entry.subject) == (officer.pk, referral.pk, referral.person_id)
    assert read_payload(entry) == {"form": "pdf", "recipient": str(officer.pk)}

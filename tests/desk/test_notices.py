"""The page of notices: whoever works a person reads, prints and saves them; they are about nobody."""

import pytest
from django.urls import reverse

from agencies.models import Agency
from tests.making import officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def reader(client):
    client.force_login(officer_of(Agency.objects.get(code="E08000038")))
    return client


def test_an_adults_in_english_is_shown_first_and_what_makes_no_sense_asks_for_that(reader):
    for asked in ({}, {"for": "nobody", "language": "fr"}):
        text = reader.get(reverse("desk:notices"), asked).content.decode()
        assert "You were referred to Prevent</h2>" in text
        assert '<div lang="en">' in text


def test_a_childs_in_welsh_is_marked_as_welsh(reader):
    text = reader.get(reverse("desk:notices"), {"for": "child", "language": "cy"}).content.decode()
    assert '<div lang="cy">' in text and "I ti: roedd rhywun yn poeni amdanat" in text
    assert "no official policy" in text


def test_it_is_saved_as_a_pdf(reader):
    answer = reader.get(reverse("desk:notice-pdf"), {"for": "carer", "language": "en"})
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert "notice-carer-en" in answer["Content-Disposition"]

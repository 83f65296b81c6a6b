"""A redaction says on the pages what it took away, and each entry that holds nothing any more says since when."""

from functools import partial

import pytest
from django.utils import timezone

from audit.agents import Agent
from audit.models import Entry, Payload
from audit.redaction import redact_entry, redact_person
from tests.audit.acts import within
from tests.desk.audit.reading import opened, sentences
from tests.desk.audit.test_scope import restricted
from tests.making import BARNSLEY, submitted
from tests.referrals.opening import supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
GONE = "What else this entry held was taken away on"


def redact(what, number):
    within(do=partial(what, number), by=Agent.OPERATOR, now=timezone.now())
    return Entry.objects.filter(kind=Entry.Kind.REDACTED).latest("pk")


@pytest.fixture
def look(officer, referral):
    opened(referral, by=officer)
    return Entry.objects.filter(actor=officer.pk, kind=Entry.Kind.VIEWED).latest("pk")


def test_a_redaction_of_one_entry_names_it_and_the_referral(auditor, national, look, referral):
    (before,) = sentences(auditor, pk=look.pk)
    redaction = redact(redact_entry, look.pk)
    (said,) = sentences(national, pk=redaction.pk)
    at = timezone.localtime(look.at)
    assert f"took away what entry {look.pk} of {at:%-d %B %Y, %H:%M:%S} held (referral {referral.reference})" in said
    (after,) = sentences(auditor, pk=look.pk)
    assert after == f"{before} {GONE} {timezone.localtime(redaction.at):%-d %B %Y}."


def test_a_redaction_of_a_person_names_the_referral_and_how_many_entries(auditor, national, look, referral):
    many = Payload.objects.filter(key_of=referral.person_id).count()
    redaction = redact(redact_person, referral.person_id)
    expected = (
        f"took away what entries about one person held (referral {referral.reference}): "
        f"{many} entries here hold nothing any more."
    )
    assert many > 1 and sentences(national, pk=redaction.pk)[0].endswith(expected)
    assert sentences(auditor, pk=redaction.pk)[0].endswith(expected)
    for reader in (auditor, national):
        about = Entry.objects.filter(subject=referral.person_id, pk__lt=redaction.pk)
        assert all(GONE in each for each in sentences(reader, pk__in=about.values("pk")))


def test_what_is_said_later_is_not_taken_away(auditor, officer, look, referral):
    redact(redact_person, referral.person_id)
    opened(referral, by=officer)
    opened(submitted(), by=officer)
    latest, other, earlier = sentences(auditor, actor=officer.pk, kind=Entry.Kind.VIEWED)
    assert GONE in earlier and GONE not in latest + other
    redact(redact_person, referral.person_id)
    assert all("was changed" not in each for each in sentences(auditor, subject=referral.person_id))


def test_a_redaction_of_what_is_kept_names_only_a_number(national, look, referral):
    restricted(referral, supervisor(BARNSLEY))
    (said,) = sentences(national, pk=redact(redact_entry, look.pk).pk)
    assert said.endswith(f"took away what entry {look.pk} held; the entry itself stays.")

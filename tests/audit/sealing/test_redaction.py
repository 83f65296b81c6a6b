"""What was said can be taken away; that it was is on the ledger, and no proof breaks."""

from functools import partial

import pytest

from audit.agents import Agent
from audit.models import Entry, Payload
from audit.redaction import redact_entry, redact_person
from audit.sealing.proving import prove
from audit.sealing.verifying import verify
from tests.audit.acts import within
from tests.audit.sealing.checking import holds
from tests.audit.sealing.sealed import NOW, seal, sealed
from tests.making import submitted

pytestmark = pytest.mark.usefixtures("db", "on_record", "sealer")


def redacted(what, *args) -> int:
    return within(do=partial(what, *args), by=Agent.OPERATOR, now=NOW)


def test_an_entry_that_was_redacted_is_still_proved_and_no_fault(agency):
    sealed(agency, 5)
    entry = Entry.objects.filter(object_id=agency.pk).order_by("-id")[0]
    before = prove(entry.pk)
    assert redacted(redact_entry, entry.pk) == 1
    assert not Payload.objects.filter(entry=entry).exists()
    seal()
    assert (verify().ok, verify().redacted) == (True, 1)
    assert prove(entry.pk)["entry"] == before["entry"]
    assert holds(prove(entry.pk))
    said = Entry.objects.get(kind=Entry.Kind.REDACTED)
    assert (said.redacts, said.actor, said.verb) == (entry.pk, Agent.OPERATOR.pk, "within")


def test_all_that_is_said_of_a_person_goes_at_once_with_one_entry_that_says_so():
    person = submitted().person_id
    seal()
    many = Payload.objects.filter(key_of=person).count()
    assert many > 1
    assert redacted(redact_person, person) == many
    assert (verify().ok, verify().redacted) == (True, many)
    assert Entry.objects.get(kind=Entry.Kind.REDACTED).subject == person
    assert redacted(redact_person, person) == 0
    assert Entry.objects.filter(kind=Entry.Kind.REDACTED).count() == 1


def test_what_is_said_of_others_stays_when_somebody_is_redacted(agency):
    sealed(agency, 3)
    one, other = submitted().person_id, submitted().person_id
    seal()
    redacted(redact_person, one)
    assert Payload.objects.filter(key_of=other).exists()
    assert verify().ok

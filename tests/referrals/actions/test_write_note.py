"""A note stands beside a referral: sealed, signed, for one agency or for both."""

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from referrals.actions.write_note import write_note
from referrals.models import Dispatch, Note, NoteReaders
from referrals.selectors import readable_notes
from tests.audit.acts import entries_of
from tests.making import dispatch_to_police, officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WORDS = "Spoke to the school nurse: أخاه 🙂"


def write(dispatch, *, by, text=WORDS, readers=NoteReaders.AGENCY):
    return write_note(dispatch_id=dispatch.pk, text=text, readers=readers, by=by, now=NOW)


def test_a_note_is_kept_exactly_with_who_and_when(dispatch, lead):
    note = Note.objects.get(pk=write(dispatch, by=lead).pk)
    assert (note.text, note.written_by, note.written_at, note.agency) == (WORDS, lead, NOW, dispatch.agency)
    assert EventRecord.objects.get(object_id=note.pk).subject == dispatch.referral.person_id
    (entry,) = entries_of(note.pk)
    assert entry.subject == dispatch.referral.person_id
    assert "nurse" in str(read_payload(entry))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM referrals_note")
        assert b"nurse" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("readers", NoteReaders)
def test_the_other_agency_reads_what_is_for_both_only(dispatch, lead, readers):
    note = write(dispatch, by=lead, readers=readers)
    police = officer_of(dispatch_to_police(dispatch.referral).agency)
    assert readable_notes(lead, dispatch.referral) == [note]
    assert readable_notes(police, dispatch.referral) == ([note] if readers == NoteReaders.RECIPIENTS else [])


@pytest.mark.parametrize("text", ["", "  ", "\n\t\u2003"])
def test_an_empty_note_is_not_written(dispatch, lead, text):
    with pytest.raises(NotNow, match="Write the note"):
        write(dispatch, by=lead, text=text)
    assert not Note.objects.exists()


def test_nobody_outside_the_agency_writes_for_it_and_no_words_of_theirs_are_kept(dispatch):
    for stranger in (
        officer_of(dispatch_to_police(dispatch.referral).agency),
        officer_of(Agency.objects.get(code="system")),
        Agent.REFERRER,
    ):
        with pytest.raises(Forbidden):
            write(dispatch, by=stranger)
        assert "nurse" not in str(read_payload(entries_of(dispatch.pk)[-1]))
    assert not Note.objects.exists()


def test_a_note_beside_an_absent_dispatch_is_not_written(lead):
    with pytest.raises(Dispatch.DoesNotExist):
        write_note(dispatch_id=uuid4(), text=WORDS, readers=NoteReaders.AGENCY, by=lead, now=NOW)

"""What is sealed comes back exactly, to its own row, column and subject, until its key is destroyed."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agencies.models import User
from audit.agents import Agent
from audit.context import current
from audit.fields import Ciphertext, SealedField
from audit.keys import KeyDestroyed, destroy_key
from audit.ledger import read_payload
from audit.models import Entry
from referrals.actions.write_note import write_note
from referrals.models import Draft, Note, NoteReaders, Referral, Referrer
from tests.audit.acts import within
from tests.making import PUBLIC, TEACHER, dispatch_to_authority, draft_with, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def officer(referral: Referral) -> User:
    return officer_of(dispatch_to_authority(referral).agency)


@pytest.fixture
def note(referral: Referral, officer: User) -> Note:
    return write_note(
        dispatch_id=dispatch_to_authority(referral).pk,
        text="Spoke to the school nurse.",
        readers=NoteReaders.AGENCY,
        by=officer,
        now=NOW,
    )


def test_any_json_comes_back_as_it_was():
    draft = draft_with(PUBLIC)

    @settings(max_examples=40, deadline=None)
    @given(JSON.filter(lambda value: value is not None))
    @example({"given_names": "مُحَمَّد", "family_name": "Ó Briain-Łukasik", "أ": ["👩‍👩‍👧", "ŵ ŷ", "O’Shea", "\u202e"]})
    def check(value: Any) -> None:
        within(do=lambda: draft.changed(answers=value), by=Agent.REFERRER, now=NOW)
        assert Draft.objects.get(pk=draft.pk).answers == value

    check()


def test_any_text_comes_back_as_it_was(referral, officer):
    dispatch = dispatch_to_authority(referral)

    @settings(max_examples=20, deadline=None)
    @given(TEXT)
    @example("السلام عليكم 🙂\r\n\ttab  two spaces ")
    def check(text: str) -> None:
        note = Note(
            referral=referral,
            agency=dispatch.agency,
            readers=NoteReaders.AGENCY,
            text=text,
            written_at=NOW,
            written_by=officer,
        )
        within(do=note.save, by=officer, now=NOW)
        assert Note.objects.get(pk=note.pk).text == text

    check()


def sealed_columns() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]


def test_no_sealed_column_holds_a_readable_word(referral, note):
    found = 0
    with connection.cursor() as cursor:
        for table, column in sealed_columns():
            cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
            for (value,) in cursor.fetchall():
                found += 1
                for word in ("Tomasz", "admires", "Ffion", "hollybrook", "nurse", "S70"):
                    assert word.encode() not in bytes(value), (table, column)
    assert found > 10


def test_the_same_words_are_sealed_differently_each_time(referral, officer, note):
    again = Note(
        referral=referral, agency=note.agency, readers=note.readers, text=note.text, written_at=NOW, written_by=officer
    )
    within(do=again.save, by=officer, now=NOW)
    one, two = (Note.objects.get(pk=pk).__dict__["text"] for pk in (note.pk, again.pk))
    assert isinstance(one, Ciphertext)
    assert one != two


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE referrals_referrer SET email = name WHERE referral_id = %(own)s",
        "UPDATE referrals_referrer SET email = (SELECT email FROM referrals_referrer WHERE referral_id = %(other)s)",
        "UPDATE referrals_referrer SET email = set_byte(email, 20, get_byte(email, 20) # 1)",
    ],
    ids=["another column", "another row and subject", "one bit changed"],
)
def test_ciphertext_opens_nowhere_else(referral, moved):
    other = submitted(TEACHER)
    with connection.cursor() as cursor:
        cursor.execute(moved, {"own": referral.pk, "other": other.pk})
    with pytest.raises(InvalidTag):
        _ = Referrer.objects.get(referral=referral).email


def test_ciphertext_does_not_open_under_another_persons_key(referral):
    other = submitted(TEACHER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET person_id = %s WHERE id = %s", [other.person_id, referral.pk])
    with pytest.raises(InvalidTag):
        _ = Referral.objects.get(pk=referral.pk).answers


def test_ciphertext_of_another_row_of_the_same_person_does_not_open(referral, officer, note):
    again = Note(
        referral=referral, agency=note.agency, readers=note.readers, text="Other", written_at=NOW, written_by=officer
    )
    within(do=again.save, by=officer, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_note SET text = (SELECT text FROM referrals_note WHERE id = %s)", [again.pk])
    assert Note.objects.get(pk=again.pk).text == "Other"
    with pytest.raises(InvalidTag):
        _ = Note.objects.get(pk=note.pk).text


def test_when_the_key_is_destroyed_everything_it_sealed_is_gone(referral, note):
    entries = list(Entry.objects.filter(subject=referral.person_id))
    assert entries
    within(do=lambda: destroy_key(referral.person_id), by=Agent.OPERATOR, now=NOW)
    current().keys.clear()
    for open_it in (
        lambda: Referral.objects.get(pk=referral.pk).answers,
        lambda: Note.objects.get(pk=note.pk).text,
        lambda: Referrer.objects.get(referral=referral).name,
        *(lambda entry=entry: read_payload(entry) for entry in entries),
    ):
        with pytest.raises(KeyDestroyed):
            open_it()


@pytest.mark.parametrize("model", [Referral, Referrer, Note], ids=lambda model: model.__name__)
def test_a_row_of_history_opens_as_its_original(model, referral, note):
    original = model.objects.get()
    history = next(each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model)
    copy: Any = history._default_manager.get(pgh_obj_id=original.pk)
    sealed = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)]
    assert sealed
    for name in sealed:
        assert getattr(copy, name) == getattr(original, name)


def test_a_deferred_sealed_field_is_fetched_when_it_is_looked_at(note, django_assert_num_queries):
    deferred = Note.objects.select_related("referral").defer("text").get()
    with django_assert_num_queries(1):
        assert deferred.text == "Spoke to the school nurse."
    with django_assert_num_queries(0):
        assert deferred.text == "Spoke to the school nurse."


def test_a_value_nobody_opened_is_stored_as_it_was_read():
    draft = Draft.objects.get(pk=draft_with(PUBLIC).pk)
    before = draft.__dict__["answers"]
    within(do=draft.save, by=Agent.REFERRER, now=NOW)
    assert Draft.objects.get(pk=draft.pk).__dict__["answers"] == before


def test_an_empty_column_stays_empty():
    draft = Draft.objects.get(pk=draft_with(PUBLIC).pk)
    assert draft.outcome is None


def test_a_sealed_field_is_neither_looked_up_nor_written_by_query():
    with pytest.raises(TypeError, match="sealed"):
        list(Note.objects.filter(text="nurse"))


def test_the_class_shows_the_field_itself():
    assert Note.text.field is Note._meta.get_field("text")

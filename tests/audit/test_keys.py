"""One data key a person, wrapped by a key of the environment that can be changed for another."""

import base64
import os
from uuid import uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from audit.access import looked
from audit.agents import Agent
from audit.context import current
from audit.keys import HOUSE, HouseKeyGone, KeyDestroyed, create_key, create_keys, destroy_key, load_keys, seal, unseal
from audit.models import DataKey, Entry
from audit.refusals import OffTheRecord
from audit.wrapping import unwrap, wrap
from tests.audit.acts import within

NOW = timezone.now()


def wrapping_key(name: str, length: int = 32) -> str:
    return f"{name}:{base64.b64encode(os.urandom(length)).decode()}"


def test_a_new_wrapping_key_in_front_leaves_the_old_ones_working(settings):
    old, new = wrapping_key("2026"), wrapping_key("2027")
    subject, key = uuid4(), os.urandom(32)
    settings.DATA_KEY_WRAPPING_KEYS = old
    wrapped = wrap(key, subject=subject)
    settings.DATA_KEY_WRAPPING_KEYS = f"{new}, {old}"
    assert (wrapped.wrapping_key, unwrap(wrapped)) == ("2026", key)
    assert wrap(key, subject=subject).wrapping_key == "2027"
    settings.DATA_KEY_WRAPPING_KEYS = new
    with pytest.raises(ImproperlyConfigured, match="does not list"):
        unwrap(wrapped)


def test_a_wrapped_key_opens_for_its_own_subject_only(settings):
    settings.DATA_KEY_WRAPPING_KEYS = wrapping_key("2026")
    wrapped = wrap(os.urandom(32), subject=uuid4())
    with pytest.raises(InvalidTag):
        unwrap(wrapped._replace(subject=uuid4()))


@pytest.mark.parametrize(
    "setting",
    [
        "",
        " , ",
        wrapping_key("short", 16),
        wrapping_key("long", 33),
        "kms:",
        "kms:alias/prevent",
        "kms:arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        f"{wrapping_key('good')},{wrapping_key('bad', 31)}",
    ],
    ids=[
        "none",
        "blanks",
        "short",
        "long",
        "no id",
        "an alias",
        "longer than its column",
        "a bad one behind a good one",
    ],
)
def test_wrapping_keys_of_another_length_or_name_are_refused(settings, setting):
    settings.DATA_KEY_WRAPPING_KEYS = setting
    with pytest.raises(ImproperlyConfigured):
        wrap(os.urandom(32), subject=uuid4())


@pytest.mark.parametrize("make", [create_key, destroy_key, lambda subject: create_keys([subject])])
def test_keys_are_made_and_destroyed_in_actions_only(db, on_record, make):
    with pytest.raises(OffTheRecord):
        make(uuid4())


@pytest.mark.usefixtures("db", "on_record")
class TestDataKeys:
    def test_the_key_in_the_database_is_wrapped(self):
        subject = uuid4()
        within(do=lambda: create_key(subject), by=Agent.OPERATOR, now=NOW)
        row = DataKey.objects.get(subject=subject)
        assert current().keys[subject] not in bytes(row.wrapped)
        assert str(row) == str(subject)

    def test_many_keys_are_made_at_once_and_fetched_in_one_query(self, django_assert_num_queries):
        subjects = {uuid4() for _ in range(5)}
        with django_assert_num_queries(2):  # a savepoint and its release; COPY is no statement of Django's
            within(do=lambda: create_keys(subjects), by=Agent.OPERATOR, now=NOW)
        sealed = {subject: seal(subject, b"words", bound_to="a place") for subject in subjects}
        current().keys.clear()
        with django_assert_num_queries(1):
            load_keys(subjects | {uuid4()})
            load_keys(subjects)
            for subject in subjects:
                assert unseal(subject, sealed[subject], bound_to="a place") == b"words"

    def test_a_destroyed_key_neither_seals_nor_opens(self):
        subject = uuid4()
        within(do=lambda: create_key(subject), by=Agent.OPERATOR, now=NOW)
        sealed = seal(subject, b"words", bound_to="a place")
        within(do=lambda: destroy_key(subject), by=Agent.OPERATOR, now=NOW)
        for attempt in (
            lambda: unseal(subject, sealed, bound_to="a place"),
            lambda: seal(subject, b"words", bound_to="a place"),
        ):
            with pytest.raises(KeyDestroyed):
                attempt()

    def test_a_destruction_that_is_rolled_back_destroys_nothing(self):
        subject = uuid4()
        within(do=lambda: create_key(subject), by=Agent.OPERATOR, now=NOW)
        sealed = seal(subject, b"words", bound_to="a place")

        def destroy_and_fail():
            destroy_key(subject)
            raise RuntimeError

        with pytest.raises(RuntimeError):
            within(do=destroy_and_fail, by=Agent.OPERATOR, now=NOW)
        assert unseal(subject, sealed, bound_to="a place") == b"words"

    def test_a_key_that_was_never_made_cannot_be_destroyed(self):
        with pytest.raises(KeyDestroyed):
            within(do=lambda: destroy_key(uuid4()), by=Agent.OPERATOR, now=NOW)


def test_the_houses_key_is_made_by_whoever_first_needs_it_and_never_a_second_time(own_database, on_record):
    with psycopg.connect(own_database.environment["MIGRATION_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("DELETE FROM audit_payload")
        owner.execute("DELETE FROM audit_datakey")
        sealed = seal(None, b"words", bound_to="a place")
        assert DataKey.objects.filter(subject=HOUSE).count() == 1
        assert unseal(HOUSE, sealed, bound_to="a place") == b"words"
        looked(kind=Entry.Kind.LISTED, by=Agent.OPERATOR, now=NOW)
        owner.execute("DELETE FROM audit_datakey")
        current().keys.clear()
        for attempt in (lambda: seal(None, b"words", bound_to="a place"), lambda: unseal(None, sealed, bound_to="")):
            with pytest.raises(HouseKeyGone, match="Restore"):
                attempt()
        assert not DataKey.objects.filter(subject=HOUSE).exists()


def test_outside_any_context_a_key_is_fetched_each_time_and_kept_nowhere(db, django_assert_num_queries):
    sealed = seal(None, b"words", bound_to="a place")
    with django_assert_num_queries(2):
        unseal(None, sealed, bound_to="a place")
        load_keys({HOUSE})
        assert unseal(None, sealed, bound_to="a place") == b"words"

"""Data keys wrapped by a key that never leaves its service."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from uuid import uuid4

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from audit.agents import Agent
from audit.context import current, recording
from audit.keys import HOUSE, create_key, create_keys, load_keys, seal, unseal
from audit.kms import AT_ONCE
from audit.models import DataKey, Entry
from audit.wrapping import unwrap, wrap
from tests.audit.acts import within
from tests.audit.test_keys import wrapping_key
from tests.kms import Service, kms

__all__ = ["kms"]
NOW = timezone.now()


@pytest.fixture
def by_service(kms: Service, settings) -> Service:
    """The service's key wraps, and the environment's opens what it has wrapped."""
    settings.DATA_KEY_WRAPPING_KEYS = f"{kms.make_key()}, {settings.DATA_KEY_WRAPPING_KEYS}"
    return kms


@contextmanager
def slow(service: Service, seconds: float) -> Iterator[list[int]]:
    """Each call takes this much longer; how many others were under way when it began."""
    under_way: list[int] = [0]
    seen: list[int] = []
    lock = Lock()

    def begin(**_) -> None:
        with lock:
            seen.append(under_way[0])
            under_way[0] += 1
        time.sleep(seconds)
        with lock:
            under_way[0] -= 1

    events = service.administrator.meta.events
    events.register("before-send.kms", begin)
    try:
        yield seen
    finally:
        events.unregister("before-send.kms", begin)


def changed(wrapped: bytes) -> bytes:
    """One bit of it is another."""
    return wrapped[:-1] + bytes([wrapped[-1] ^ 1])


def test_a_key_that_the_service_wrapped_opens_for_its_own_subject_only(by_service):
    subject, key = uuid4(), b"k" * 32
    wrapped = wrap(key, subject=subject)
    assert wrapped.wrapping_key.startswith("kms:")
    assert key not in wrapped.wrapped
    assert unwrap(wrapped) == key
    for other in (wrapped._replace(subject=uuid4()), wrapped._replace(wrapped=changed(wrapped.wrapped))):
        with pytest.raises(InvalidTag):
            unwrap(other)


def test_a_key_that_is_not_in_the_list_opens_nothing(by_service):
    wrapped = wrap(b"k" * 32, subject=uuid4())
    other = by_service.make_key()
    with pytest.raises(ImproperlyConfigured, match="does not list"):
        unwrap(wrapped._replace(wrapping_key=other))


def test_nothing_is_wrapped_by_a_key_that_the_service_does_not_know(kms, settings):
    settings.DATA_KEY_WRAPPING_KEYS = f"kms:{uuid4()}"
    with pytest.raises(ClientError):
        wrap(b"k" * 32, subject=uuid4())


@pytest.mark.usefixtures("db", "on_record")
class TestDataKeys:
    def test_what_a_person_said_is_sealed_under_a_key_that_the_service_opens(self, by_service):
        subject = uuid4()
        within(do=lambda: create_key(subject), by=Agent.OPERATOR, now=NOW)
        sealed = seal(subject, b"words", bound_to="a place")
        current().keys.clear()
        assert DataKey.objects.get(subject=subject).wrapping_key.startswith("kms:")
        assert unseal(subject, sealed, bound_to="a place") == b"words"

    def test_a_list_of_fifty_asks_beside_each_other_and_not_one_after_the_other(self, by_service):
        subjects = {uuid4() for _ in range(50)}
        with slow(by_service, 0.05) as making:
            within(do=lambda: create_keys(subjects), by=Agent.OPERATOR, now=NOW)
        current().keys.clear()
        with slow(by_service, 0.05) as reading:
            load_keys(subjects)
        assert current().keys.keys() >= subjects
        for seen in (making, reading):
            assert len(seen) == 50
            assert AT_ONCE / 2 <= max(seen) < AT_ONCE

    def test_one_that_was_changed_takes_no_list_with_it(self, by_service):
        subjects = [uuid4() for _ in range(3)]
        within(do=lambda: create_keys(subjects), by=Agent.OPERATOR, now=NOW)
        bad = DataKey.objects.get(subject=subjects[1])
        bad.wrapped = changed(bytes(bad.wrapped))
        bad.save(update_fields=["wrapped"])
        current().keys.clear()
        load_keys(set(subjects))
        assert current().keys.keys() & set(subjects) == {subjects[0], subjects[2]}
        with pytest.raises(InvalidTag):
            seal(subjects[1], b"words", bound_to="a place")

    def test_the_houses_own_key_is_asked_for_once_a_process(self, by_service):
        DataKey.objects.filter(subject=HOUSE).update(**wrap(os.urandom(32), subject=HOUSE)._asdict())
        sealed = seal(None, b"words", bound_to="a place")
        with slow(by_service, 0) as seen:
            for _ in range(3):
                with recording(by=Agent.OPERATOR):
                    assert unseal(None, sealed, bound_to="a place") == b"words"
        assert seen == []

    def test_while_the_service_is_silent_nothing_is_written_and_nobody_waits_for_long(self, by_service):
        before, subject = Entry.objects.count(), uuid4()
        began = time.monotonic()
        with by_service.silent(), pytest.raises(BotoCoreError):
            within(do=lambda: create_key(subject), by=Agent.OPERATOR, now=NOW)
        assert time.monotonic() - began < 12
        assert not DataKey.objects.filter(subject=subject).exists()
        assert Entry.objects.count() == before


def test_the_environments_keys_open_beside_those_of_the_service(by_service, settings):
    old = wrapping_key("2025")
    service = settings.DATA_KEY_WRAPPING_KEYS
    settings.DATA_KEY_WRAPPING_KEYS = old
    wrapped = wrap(b"k" * 32, subject=uuid4())
    settings.DATA_KEY_WRAPPING_KEYS = f"{service}, {old}"
    assert unwrap(wrapped) == b"k" * 32

"""A new wrapping key takes over what older ones wrapped, while the house runs; then an old one can be taken away."""

import json
import random
from functools import partial
from io import StringIO
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from audit.actions import rotate_wrapping_keys as rotating
from audit.agents import Agent
from audit.context import recording
from audit.keys import HOUSE, KeyDestroyed, count_by_wrapping_key, create_key, create_keys, destroy_key, seal, unseal
from audit.ledger import read_payload
from audit.models import DataKey, Entry
from audit.refusals import Forbidden
from audit.wrapping import wrapping_keys
from tests.at_once import at_once
from tests.audit.acts import within
from tests.audit.test_keys import wrapping_key
from tests.kms import kms

__all__ = ["kms"]
NOW = timezone.now()
PLACE = "a place"


def rotate(*words: str) -> str:
    out = StringIO()
    call_command("rotate_wrapping_keys", *words, stdout=out)
    return out.getvalue()


def made(count: int) -> dict[UUID, bytes]:
    """New subjects, and something sealed for each."""
    with recording(by=Agent.OPERATOR):
        subjects = [uuid4() for _ in range(count)]
        within(do=lambda: create_keys(subjects), by=Agent.OPERATOR, now=NOW)
        return {subject: seal(subject, subject.bytes, bound_to=PLACE) for subject in subjects}


def assert_opens(sealed: dict[UUID, bytes]) -> None:
    """Each as it was sealed, with the keys that the settings list now."""
    for subject, text in sealed.items():
        assert unseal(subject, text, bound_to=PLACE) == subject.bytes


@pytest.fixture
def old(settings) -> str:
    return settings.DATA_KEY_WRAPPING_KEYS


@pytest.fixture
def new(settings, old) -> str:
    """A new key, in front of the old one."""
    key = wrapping_key("2027")
    settings.DATA_KEY_WRAPPING_KEYS = f"{key}, {old}"
    return key


@pytest.mark.usefixtures("db")
class TestWhenNobodyElseIsThere:
    def test_everything_is_wrapped_anew_and_the_old_key_is_no_longer_needed(self, settings, old):
        house = seal(HOUSE, HOUSE.bytes, bound_to=PLACE)
        sealed = made(30) | {HOUSE: house}
        new = wrapping_key("2027")
        settings.DATA_KEY_WRAPPING_KEYS = f"{new}, {old}"
        total = DataKey.objects.count()
        said = rotate()
        assert f"{total} data keys were wrapped anew by 2027." in said
        assert f"{old.partition(':')[0]} wraps nothing any more" in said
        settings.DATA_KEY_WRAPPING_KEYS = new
        assert_opens(sealed)

    def test_it_goes_in_batches_each_on_record_with_how_many_and_from_which(self, old, settings):
        made(15)
        settings.DATA_KEY_WRAPPING_KEYS = f"{wrapping_key('2027')}, {old}"
        total, before = DataKey.objects.count(), Entry.objects.count()
        rotate("--batch=7")
        entries = list(Entry.objects.order_by("id")[before:])
        assert len(entries) == -(-total // 7)
        assert {(each.kind, each.object_type, each.actor, each.verb) for each in entries} == {
            (Entry.Kind.BULK, "audit.datakey", Agent.OPERATOR.pk, "rotate_wrapping_keys")
        }
        said = [read_payload(each) for each in entries]
        assert sum(each["count"] for each in said) == total
        assert said[0]["wrapped_by"] == "2027" and said[0]["before"] == {old.partition(":")[0]: 7}
        assert len({each["sha256_of_ids"] for each in said}) == len(said)

    def test_a_second_run_finds_nothing_to_do_and_writes_nothing(self, old, settings):
        made(3)
        settings.DATA_KEY_WRAPPING_KEYS = f"{wrapping_key('2027')}, {old}"
        rotate()
        before = Entry.objects.count(), list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True))
        assert json.loads(rotate("--json")) == {"rotated": 0, "wrapping_key": "2027", "left": {}}
        assert before == (Entry.objects.count(), list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True)))

    def test_one_that_was_stopped_goes_on_where_it_was(self, old, settings):
        sealed = made(10)
        new = wrapping_key("2027")
        settings.DATA_KEY_WRAPPING_KEYS = f"{new}, {old}"
        total = DataKey.objects.count()
        with recording(by=Agent.OPERATOR):
            batch = rotating.rotate_wrapping_keys(after=None, at_most=4, by=Agent.OPERATOR, now=NOW)
        assert (batch.found, batch.rotated) == (4, 4)
        assert_opens(sealed)
        assert json.loads(rotate("--json"))["rotated"] == total - 4
        settings.DATA_KEY_WRAPPING_KEYS = new
        assert_opens(sealed)

    def test_what_an_unknown_key_has_wrapped_or_does_not_open_is_left_and_said(self, old, settings):
        sealed = made(4)
        lost, bad, *rest = sealed
        DataKey.objects.filter(subject=lost).update(wrapping_key="2019")
        DataKey.objects.filter(subject=bad).update(wrapped=b"x" * 60)
        settings.DATA_KEY_WRAPPING_KEYS = f"{wrapping_key('2027')}, {old}"
        name = old.partition(":")[0]
        out = StringIO()
        with pytest.raises(CommandError, match=rf"1 by 2019 \(not in the list\), 1 by {name}\."):
            call_command("rotate_wrapping_keys", "--json", stdout=out)
        assert json.loads(out.getvalue())["left"] == {"2019": 1, name: 1}
        assert_opens({subject: sealed[subject] for subject in rest})
        assert bytes(DataKey.objects.get(subject=bad).wrapped) == b"x" * 60

    @pytest.mark.parametrize("given", ["", "2026:c2hvcnQ="])
    def test_without_a_usable_key_it_says_what_to_set(self, given, settings):
        settings.DATA_KEY_WRAPPING_KEYS = given
        with pytest.raises(CommandError, match="DATA_KEY_WRAPPING_KEYS"):
            rotate()

    def test_only_an_operator_does_it(self, new, on_record):
        with pytest.raises(Forbidden):
            rotating.rotate_wrapping_keys(after=None, by=Agent.SWEEPER, now=NOW)

    def test_one_goes_from_the_environment_to_a_service_and_back(self, old, kms, settings):
        sealed = made(20)
        service = kms.make_key()
        settings.DATA_KEY_WRAPPING_KEYS = f"{service}, {old}"
        rotate()
        assert set(count_by_wrapping_key()) == {service}
        settings.DATA_KEY_WRAPPING_KEYS = service
        assert_opens(sealed)
        settings.DATA_KEY_WRAPPING_KEYS = f"{old}, {service}"
        rotate()
        settings.DATA_KEY_WRAPPING_KEYS = old
        assert_opens(sealed)


def test_a_key_that_somebody_is_destroying_is_passed_over_and_never_comes_back(own_database, old, settings):
    sealed = made(6)
    dying = sorted(sealed)[2]
    settings.DATA_KEY_WRAPPING_KEYS = f"{wrapping_key('2027')}, {old}"
    with psycopg.connect(own_database.environment["DATABASE_URL"]) as other:
        other.execute("DELETE FROM audit_datakey WHERE subject = %s", [dying])
        with pytest.raises(CommandError, match="Still wrapped by other keys: 1 by"):
            rotate()
        other.commit()
    rotate()
    assert dying not in set(DataKey.objects.values_list("subject", flat=True))
    assert_opens({subject: text for subject, text in sealed.items() if subject != dying})


def test_while_it_runs_the_house_makes_uses_and_destroys_keys(own_database, old, settings):
    standing = made(120)
    new = wrapping_key("2027")
    settings.DATA_KEY_WRAPPING_KEYS = f"{new}, {old}"
    mortal = random.Random(7).sample(sorted(standing), 60)

    def destroy() -> None:
        with recording(by=Agent.OPERATOR):
            for subject in mortal:
                within(do=lambda: destroy_key(subject), by=Agent.OPERATOR, now=NOW)  # noqa: B023

    def make() -> dict[UUID, bytes]:
        with recording(by=Agent.OPERATOR):
            born = {}
            for _ in range(40):
                subject = uuid4()
                within(do=lambda: create_key(subject), by=Agent.OPERATOR, now=NOW)  # noqa: B023
                born[subject] = seal(subject, subject.bytes, bound_to=PLACE)
            return born

    def use() -> None:
        for subject, text in standing.items():
            if subject not in mortal:
                assert unseal(subject, text, bound_to=PLACE) == subject.bytes

    results = at_once(destroy, make, use, *[partial(rotate, "--batch=7")] * 2)
    assert [each for each in results[:3] if isinstance(each, Exception)] == []
    assert [type(each) for each in results[3:] if isinstance(each, Exception)] in ([], [CommandError])
    rotate()
    assert set(count_by_wrapping_key()) == {"2027"}
    settings.DATA_KEY_WRAPPING_KEYS = new
    assert_opens({subject: text for subject, text in standing.items() if subject not in mortal} | results[1])
    for subject in mortal:
        with pytest.raises(KeyDestroyed):
            seal(subject, b"", bound_to=PLACE)
    assert connection.settings_dict["NAME"] == own_database.name


@pytest.mark.usefixtures("db", "on_record")
def test_where_no_key_of_a_batch_opens_nothing_is_written_and_it_goes_on(new):
    subject = uuid4()
    _newest, older = wrapping_keys()
    DataKey.objects.create(subject=subject, wrapping_key=older, wrapped=bytes(60))
    before = Entry.objects.count()
    batch = rotating.rotate_wrapping_keys(after=HOUSE, by=Agent.OPERATOR, now=NOW)
    assert (batch.found, batch.rotated, batch.after) == (1, 0, subject)
    assert Entry.objects.count() == before

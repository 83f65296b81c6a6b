"""A pass over many rows is one entry that says how many and which."""

import hashlib
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from agencies.models import Agency, AgencyKind
from audit.agents import Agent
from audit.bulk import create_in_bulk
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import OffTheRecord
from referrals.models import Draft
from tests.audit.acts import within
from tests.making import PUBLIC, draft_with

NOW = timezone.now()


def agencies(count):
    return [Agency(code=f"x-{number}", kind=AgencyKind.AUTHORITY, name=f"Council {number}") for number in range(count)]


def store(model, rows, **kwargs):
    within(do=lambda: create_in_bulk(model, rows, now=NOW, **kwargs), by=Agent.OPERATOR, now=NOW)


def test_it_happens_in_an_action_only(db, on_record):
    with pytest.raises(OffTheRecord):
        create_in_bulk(Agency, agencies(1), now=NOW)


@pytest.mark.usefixtures("db", "on_record")
class TestBulk:
    def test_many_new_rows_leave_one_entry_with_count_and_digest(self):
        rows = agencies(5)
        store(Agency, rows)
        entry = Entry.objects.latest("id")
        told = read_payload(entry)
        assert (entry.kind, entry.object_type, told["count"]) == (Entry.Kind.BULK, "agencies.agency", 5)
        assert told["sha256_of_ids"] == hashlib.sha256(b"".join(row.pk.bytes for row in rows)).hexdigest()
        assert set(Agency.objects.filter(code__startswith="x-").values_list("name", flat=True)) == {
            row.name for row in rows
        }

    def test_rows_that_exist_are_updated_in_the_named_fields_only(self):
        (row,) = agencies(1)
        store(Agency, [row])
        changed = Agency(id=row.pk, code="x-other", kind=AgencyKind.AUTHORITY, name="Renamed")
        store(Agency, [changed], update=["name"])
        row.refresh_from_db()
        assert (row.code, row.name) == ("x-0", "Renamed")

    def test_history_sees_copied_rows_too(self):
        from django.apps import apps

        rows = agencies(2)
        store(Agency, rows)
        history = apps.get_model("agencies", "AgencyEvent")
        assert history.objects.filter(pgh_obj_id__in=[row.pk for row in rows]).count() == 2

    def test_a_row_the_database_refuses_takes_all_with_it(self):
        one, two = agencies(2)
        two.code = one.code
        with pytest.raises(IntegrityError):
            store(Agency, [one, two])
        assert not Agency.objects.filter(code=one.code).exists()

    def test_sealed_fields_are_sealed_on_the_way(self):
        from audit.keys import create_key

        template = Draft.objects.get(pk=draft_with(PUBLIC).pk)
        row = Draft(
            id=uuid4(), answers={"concern": "أ 🙂"}, form_version=template.form_version, language="en",
            started_at=NOW, touched_at=NOW, expires_at=NOW,
        )  # fmt: skip

        def both():
            create_key(row.pk)
            create_in_bulk(Draft, [row], now=NOW)

        within(do=both, by=Agent.OPERATOR, now=NOW)
        stored = Draft.objects.get(pk=row.pk)
        assert isinstance(stored.__dict__["answers"], bytes)
        assert (stored.answers, stored.outcome) == ({"concern": "أ 🙂"}, None)

"""Every recorded model reports what changed in it, and nothing of a password."""

import json
from functools import partial
from typing import Any

import pytest
from auditlog.diff import model_instance_diff
from auditlog.registry import auditlog
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency, Membership, Notice, Place, User
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry, Recorded
from audit.models.entry import log_created
from audit.registration import mask, register_recorded_models
from documents.models import ExportPiece, Upload
from people.models import Person, SearchRow
from referrals.actions.write_note import write_note
from referrals.models import Dispatch, Draft, Note, NoteReaders, Referral, Referrer, ReferrerVisit, Search
from tests.audit.acts import entries_of, within
from tests.making import PASSWORD, dispatch_to_authority, mail_queued, officer_of, submitted, with_mailboxes

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()

RECORDED = [model for model in apps.get_models() if issubclass(model, Recorded)]
REPORTING = [model for model in RECORDED if getattr(vars(model)["Privacy"], "ledger", True)]
# What nobody has sent yet; lines of an export, of which `write_piece` says who was given what; and what follows from a
# person's own row.
SILENT = {Draft, Upload, ExportPiece, ReferrerVisit, Search, SearchRow}
# A change of each of the models that all others are like. A referral is never edited: its creation is what it reports.
CHANGES: dict[type[Recorded], dict[str, Any]] = {
    Agency: {"name": "Elsewhere"},
    Dispatch: {"alerts_sent": 3},
    Membership: {"ends_on": NOW.date()},
    Note: {"text": "Other words"},
    Notice: {"attempts": 3},
    Person: {"given_names": "Thomas"},
    Place: {"name": "Elsewhere"},
    Referrer: {"organisation": "Elsewhere"},
    User: {"name": "Else Where"},
}


@pytest.fixture
def everything() -> Referral:
    """A row of every model."""
    with_mailboxes(Agency.objects.get(code="E08000038"))
    referral = mail_queued(submitted())
    dispatch = dispatch_to_authority(referral)
    officer = officer_of(dispatch.agency)
    write_note(dispatch_id=dispatch.pk, text="Words", readers=NoteReaders.AGENCY, by=officer, now=NOW)
    return referral


def test_only_what_nobody_has_sent_yet_and_what_is_reported_otherwise_leaves_no_entry():
    assert set(RECORDED) - set(REPORTING) == SILENT


@pytest.mark.parametrize("model", REPORTING, ids=lambda model: model.__name__)
def test_every_field_is_reported(model):
    fields = auditlog.get_model_fields(model)
    assert set(fields["include_fields"]) == {field.name for field in model._meta.concrete_fields}
    assert fields["exclude_fields"] == []


@pytest.mark.parametrize("model", [*CHANGES, Referral], ids=lambda model: model.__name__)
def test_a_new_row_is_reported_as_the_library_would_report_it(everything, model):
    row = model.objects.order_by("pk").last()
    within(do=partial(log_created, row), by=Agent.OPERATOR, now=NOW)
    reported = read_payload(entries_of(row.pk)[-1])["changes"]
    expected = model_instance_diff(None, row, use_json_for_changes=True)
    assert reported == json.loads(json.dumps(expected, cls=DjangoJSONEncoder))


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
def test_each_change_is_reported_without_asking_other_tables(model, everything):
    row = model._default_manager.latest("id")
    fields = CHANGES[model]
    with CaptureQueriesContext(connection) as asked:
        within(do=lambda: row.changed(**fields), by=Agent.OPERATOR, now=NOW)
    entry = entries_of(row.pk)[-1]
    assert (entry.kind, entry.actor, entry.object_type) == (
        Entry.Kind.CHANGED,
        Agent.OPERATOR.pk,
        model._meta.label_lower,
    )
    assert set(read_payload(entry)["changes"]) == set(fields)
    allowed = {model._meta.db_table, "audit_entry", "audit_payload", "audit_datakey"}
    if model in (Dispatch, Note, Referrer):
        allowed.add("referrals_referral")  # the way to the person whose key seals the entry
    if model is Note or model is Referrer:
        allowed.add("people_person")
    for query in asked.captured_queries:
        tables = {table for table in connection.introspection.table_names() if f'"{table}"' in query["sql"]}
        assert tables <= allowed, query["sql"]


@pytest.mark.parametrize("model", [Person, Referral, Referrer, Dispatch, Note, User, Membership, Notice])
def test_a_new_row_reports_all_it_holds_to_the_person_it_concerns(model, everything):
    row = model._default_manager.latest("id")
    entry = next(entry for entry in entries_of(row.pk) if entry.kind == Entry.Kind.CREATED)
    assert "id" in read_payload(entry)["changes"]
    of_nobody = (User, Membership, Notice)  # the notice is to an agency's own mailbox
    assert entry.subject == (None if model in of_nobody else everything.person_id)


def test_a_draft_leaves_no_entry():
    referral = submitted()
    assert entries_of(referral.draft_id) == []


def test_no_payload_holds_a_password_or_any_part_of_its_hash(agency):
    user = officer_of(agency)
    hashes = [user.password]
    user.set_password("another long pass phrase")
    hashes.append(user.password)
    user.save(update_fields=["password"])
    told = [read_payload(entry) for entry in entries_of(user.pk)]
    assert told[-1]["changes"]["password"] == ["masked", "masked"]
    text = json.dumps([read_payload(entry) for entry in Entry.objects.filter(actor=user.pk)] + told)
    for secret in (
        PASSWORD,
        "another long pass phrase",
        *hashes,
        *(part for each in hashes for part in each.split("$")[1:]),
    ):
        assert secret not in text
    assert mask("secret") == "masked"


def test_history_keeps_no_password():
    history = next(each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is User)
    assert "password" not in {field.name for field in history._meta.concrete_fields}


def test_registering_twice_changes_nothing():
    before = {model: auditlog.get_model_fields(model) for model in CHANGES}
    register_recorded_models()
    assert {model: auditlog.get_model_fields(model) for model in CHANGES} == before

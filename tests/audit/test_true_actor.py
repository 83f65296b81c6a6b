"""Whatever a client claims and whoever is deleted later: an entry names who it was, and none tells what was not."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, User
from audit.agents import Agent
from audit.context import current, recording
from audit.ledger import read_payload
from audit.models import Entry
from tests.audit.acts import entries_of, rename, rename_then, within
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.referrals.api.calling import REFERRALS, Caller, agency_key

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
# The first two in one network: a session that comes from another is asked for its factor again.
PEER, REAL, CLAIMED = "127.0.0.1", "127.0.0.9", "6.6.6.6"
CORRELATION = "00000000-0000-4000-8000-000000000001"
SPOOFED: dict[str, Any] = {
    "REMOTE_ADDR": PEER,
    "HTTP_X_REAL_IP": CLAIMED,
    "HTTP_X_CLIENT_IP": CLAIMED,
    "HTTP_TRUE_CLIENT_IP": CLAIMED,
    "HTTP_CF_CONNECTING_IP": CLAIMED,
    "HTTP_FORWARDED": f"for={CLAIMED}",
    "HTTP_X_CORRELATION_ID": CORRELATION,
    "HTTP_X_REQUEST_ID": CORRELATION,
    "HTTP_REMOTE_USER": "somebody@else.example",
}


def raw(statement: str, pk: Any) -> None:
    """Past all models, which delete no user: the tables of rights that they would look through are closed to them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])


@pytest.fixture(params=[(0, PEER), (1, REAL)], ids=["without a proxy", "behind one"])
def address(request, settings) -> str:
    """Where a spoofed request comes from in truth."""
    settings.TRUSTED_PROXY_COUNT, true = request.param
    return true


def test_a_page_opened_with_every_forged_header_is_a_look_by_its_reader_from_where_they_are(address):
    dispatch = dispatch_to_authority(submitted())
    reader, client = officer_of(dispatch.agency), Client()
    client.force_login(reader)
    client.get(
        reverse("desk:referral", args=[dispatch.referral_id]), HTTP_X_FORWARDED_FOR=f"{CLAIMED}, {REAL}", **SPOOFED
    )
    entry = Entry.objects.get(kind=Entry.Kind.VIEWED, object_id=dispatch.referral_id)
    assert (entry.actor, entry.address) == (reader.pk, address)
    assert str(entry.correlation) != CORRELATION


def test_a_call_of_the_api_is_its_systems_whatever_else_it_claims(address, council):
    dispatch, key = dispatch_to_authority(submitted()), agency_key(council)
    client = Caller(key).client
    client.force_login(officer_of(council))
    answer = client.get(
        f"{REFERRALS}/{dispatch.referral_id}", HTTP_X_FORWARDED_FOR=f"{CLAIMED}, {REAL}", **SPOOFED, secure=True
    )
    assert answer.status_code == 200
    entry = Entry.objects.get(kind=Entry.Kind.DISCLOSED, object_id=dispatch.referral_id)
    assert (entry.actor, entry.address) == (key.key.system_id, address)
    assert str(entry.correlation) != CORRELATION


def test_in_nested_contexts_each_entry_has_its_own_actor_address_and_correlation(agency):
    outer = current()
    with recording(by=Agent.SWEEPER, address=REAL) as inner:
        rename(agency_id=agency.pk, name="Inner", by=Agent.SWEEPER, now=NOW)
    rename(agency_id=agency.pk, name="Outer", by=Agent.OPERATOR, now=NOW)
    told = [(each.actor, each.address, each.correlation) for each in entries_of(agency.pk)[-2:]]
    assert told == [
        (Agent.SWEEPER.pk, REAL, inner.correlation),
        (Agent.OPERATOR.pk, None, outer.correlation),
    ]


def test_a_context_that_ends_by_a_fault_hands_nothing_on(agency):
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError), recording(by=Agent.SWEEPER, address=REAL):
        rename_then(agency_id=agency.pk, name="Inner", then=lambda: 1 / 0, by=Agent.SWEEPER, now=NOW)
    assert Entry.objects.count() == before
    rename(agency_id=agency.pk, name="Outer", by=Agent.OPERATOR, now=NOW)
    entry = entries_of(agency.pk)[-1]
    assert (Entry.objects.count(), entry.actor, entry.address) == (before + 1, Agent.OPERATOR.pk, None)


def test_what_a_user_did_stays_theirs_when_the_user_is_deleted(agency):
    user = officer_of(agency)
    rename(agency_id=agency.pk, name="Elsewhere", by=user, now=NOW)
    mine = list(Entry.objects.filter(actor=user.pk).values_list("pk", flat=True))

    raw("DELETE FROM mfa_authenticator WHERE user_id = %s", user.pk)
    raw("DELETE FROM agencies_membership WHERE user_id = %s", user.pk)
    raw("DELETE FROM agencies_user WHERE id = %s", user.pk)
    assert not User.objects.filter(pk=user.pk).exists()
    assert list(Entry.objects.filter(actor=user.pk).values_list("pk", flat=True)) == mine
    renamed = entries_of(agency.pk)[-1]
    assert (renamed.actor, renamed.verb) == (user.pk, "rename")
    assert read_payload(renamed)["changes"]["name"][1] == "Elsewhere"


def test_entries_stay_and_go_on_when_the_librarys_content_types_are_gone(agency):
    rename(agency_id=agency.pk, name="Before", by=Agent.OPERATOR, now=NOW)
    before = [(each.pk, each.object_type) for each in entries_of(agency.pk)]
    known = ContentType.objects.get_for_model(Agency).pk
    raw("DELETE FROM auth_permission WHERE content_type_id = %s", known)
    raw("DELETE FROM django_content_type WHERE id = %s", known)
    ContentType.objects.clear_cache()
    try:
        assert [(each.pk, each.object_type) for each in entries_of(agency.pk)] == before
        rename(agency_id=agency.pk, name="After", by=Agent.OPERATOR, now=NOW)
        entry = entries_of(agency.pk)[-1]
        assert (entry.object_type, read_payload(entry)["changes"]["name"]) == ("agencies.agency", ["Before", "After"])
    finally:
        ContentType.objects.clear_cache()


@pytest.mark.parametrize("new", [True, False], ids=["a new row", "a changed one"])
def test_a_save_that_the_database_refuses_leaves_no_phantom(agency, new):
    taken = Agency.objects.exclude(pk=agency.pk).earliest("code")
    row = Agency(pk=uuid4(), code=taken.code, name="Elsewhere", kind=taken.kind) if new else agency

    def save() -> None:
        Agency.objects.lock(agency.pk).changed(name="Elsewhere")
        row.save(force_insert=True) if new else Agency.objects.lock(agency.pk).changed(code=taken.code)

    before = Entry.objects.count()
    with pytest.raises(IntegrityError):
        within(do=save, by=Agent.OPERATOR, now=NOW)
    assert Entry.objects.count() == before
    rename(agency_id=agency.pk, name="Here", by=Agent.OPERATOR, now=NOW)
    assert Entry.objects.count() == before + 1
    assert read_payload(entries_of(agency.pk)[-1])["changes"]["name"][1] == "Here"

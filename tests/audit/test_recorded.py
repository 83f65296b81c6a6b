"""No path of Django's writes a recorded row off the record."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from agencies.models import Agency, Membership, User
from audit.agents import Agent
from audit.models import Entry, Recorded
from audit.refusals import OffTheRecord
from referrals.models import Referral
from tests.audit.acts import entries_of, within
from tests.making import dispatch_to_authority, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()

MODELS = [model for model in apps.get_models() if issubclass(model, Recorded)]


def a_field(model: type[Recorded]) -> dict[str, Any]:
    """Some column and a value for it: the write must not get as far as looking at either."""
    return {model._meta.concrete_fields[-1].name: None}


async def each(asynchronous: Any) -> None:
    await asynchronous


def awaited(asynchronous: Any) -> None:
    """Run it to its end, also after a test whose browser has left its own loop running in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        async_to_sync(each)(asynchronous)
    finally:
        asyncio._set_running_loop(running)


# One row a path: name -> what it does with a model. Rows are never stored: each must be stopped before.
PATHS: dict[str, Callable[[type[Recorded]], Any]] = {
    "objects.create": lambda model: model._default_manager.create(),
    "objects.acreate": lambda model: awaited(model._default_manager.acreate()),
    "get_or_create": lambda model: model._default_manager.get_or_create(id=uuid4()),
    "aget_or_create": lambda model: awaited(model._default_manager.aget_or_create(id=uuid4())),
    "update_or_create": lambda model: model._default_manager.update_or_create(id=uuid4()),
    "aupdate_or_create": lambda model: awaited(model._default_manager.aupdate_or_create(id=uuid4())),
    "delete": lambda model: model().delete(),
    "adelete": lambda model: awaited(model().adelete()),
    "lock": lambda model: model._default_manager.lock(uuid4()),
}
SAVES: dict[str, Callable[[type[Recorded]], Any]] = {
    "save": lambda model: model().save(),
    "asave": lambda model: awaited(model().asave()),
    "save of some fields": lambda model: model().save(update_fields=list(a_field(model))),
    "changed": lambda model: model().changed(**a_field(model)),
}
# These leave no signal, so they are refused inside actions too.
SETWISE: dict[str, Callable[[type[Recorded]], Any]] = {
    "update": lambda model: model._default_manager.update(**a_field(model)),
    "aupdate": lambda model: awaited(model._default_manager.aupdate(**a_field(model))),
    "update of a filtered set": lambda model: model._default_manager.filter(pk=uuid4()).update(**a_field(model)),
    "bulk_create": lambda model: model._default_manager.bulk_create([model()]),
    "abulk_create": lambda model: awaited(model._default_manager.abulk_create([model()])),
    "bulk_update": lambda model: model._default_manager.bulk_update([model()], list(a_field(model))),
    "abulk_update": lambda model: awaited(model._default_manager.abulk_update([model()], list(a_field(model)))),
    "delete of a set": lambda model: model._default_manager.all().delete(),
    "adelete of a set": lambda model: awaited(model._default_manager.all().adelete()),
    "update through the base manager": lambda model: model._base_manager.update(**a_field(model)),
    "bulk_create through the base manager": lambda model: model._base_manager.bulk_create([model()]),
    "delete through the base manager": lambda model: model._base_manager.all().delete(),
}


def test_the_recorded_models_are_meant_here():
    assert {"Agency", "User", "Membership", "Notice", "Place", "Person", "Referral", "Dispatch", "Note", "Draft"} <= {
        model.__name__ for model in MODELS
    }


@pytest.mark.parametrize("path", [*PATHS, *SAVES, *SETWISE])
def test_no_row_is_written_outside_an_action(path):
    makes_or_saves = path in SAVES or (path in PATHS and "create" in path)
    before = Entry.objects.count()
    for model in MODELS:
        if model is User and makes_or_saves:
            continue  # a user's save() opens an action of its own: the next test but one
        with pytest.raises(OffTheRecord):
            (PATHS | SAVES | SETWISE)[path](model)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("path", SETWISE)
def test_no_set_is_written_even_inside_an_action(path):
    for model in MODELS:
        with pytest.raises(OffTheRecord):
            within(do=partial(SETWISE[path], model), by=Agent.OPERATOR, now=NOW)


def test_a_user_stored_by_the_sign_in_library_is_on_the_record(agency):
    user = officer_of(agency)
    user.set_password("another long pass phrase")
    user.save(update_fields=["password"])
    entry = entries_of(user.pk)[-1]
    assert (entry.kind, entry.verb, entry.actor) == (Entry.Kind.CHANGED, "store_user", user.pk)
    assert User.objects.get(pk=user.pk).check_password("another long pass phrase")


def test_rows_cannot_be_moved_to_another_owner_through_a_relation(agency):
    other = Agency.objects.get(code="E08000032")
    officer_of(other)
    membership = Membership.objects.get(agency=other)
    with pytest.raises(OffTheRecord):
        agency.memberships.add(membership)
    membership.refresh_from_db()
    assert membership.agency_id == other.pk


def test_rows_of_a_relation_are_not_updated_as_a_set(agency):
    officer_of(agency)
    with pytest.raises(OffTheRecord):
        agency.memberships.update(role="ctp_officer")


def test_a_deletion_in_an_action_leaves_its_entry(agency):
    officer_of(agency)
    membership = Membership.objects.get(agency=agency)
    pk = membership.pk
    within(do=membership.delete, by=Agent.OPERATOR, now=NOW)
    assert entries_of(pk)[-1].kind == Entry.Kind.DELETED


def test_a_referral_is_never_edited():
    referral = submitted()
    with pytest.raises(OffTheRecord):
        within(do=lambda: referral.changed(language="cy"), by=Agent.OPERATOR, now=NOW)
    assert Referral.objects.get(pk=referral.pk).language == "en"


def test_changed_stores_just_the_named_fields():
    dispatch = dispatch_to_authority(submitted())
    dispatch.alerts_sent = 9
    within(do=lambda: dispatch.changed(alert_due=NOW), by=Agent.SWEEPER, now=NOW)
    dispatch.refresh_from_db()
    assert (dispatch.alert_due, dispatch.alerts_sent) == (NOW, 0)


def test_rows_of_a_fixture_are_not_stored_past_the_record(agency):
    (found,) = serializers.deserialize("json", serializers.serialize("json", [agency]))
    with pytest.raises(OffTheRecord, match="fixtures"):
        within(do=found.save, by=Agent.OPERATOR, now=NOW)


def test_a_row_that_was_not_read_is_not_changed(agency):
    for how in ({"force_update": True}, {"update_fields": ["name"]}):
        with pytest.raises(OffTheRecord, match="read the row before"):
            within(do=partial(Agency(id=agency.pk, name="Quite another").save, **how), by=Agent.OPERATOR, now=NOW)

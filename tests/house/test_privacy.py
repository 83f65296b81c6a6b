"""Every model says whom a row concerns and what kind of data each field is."""

from functools import reduce

import pytest
from django.db import models

from agencies.models import Session
from audit.fields import SealedField
from audit.models import Entry, Payload, Recorded
from people.models import Person
from tests.house.rooms import our_models

CLASSES = ("personal", "operational", "public")
EACH = pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)

# Rows of rooms below people: the id is a person's (or a draft's, or the house's), without a foreign key.
BY_ID = {
    "agencies.Delivery": "person",
    "agencies.Exclusion": "restriction__person",
    "agencies.Notice": "key_of",
    "agencies.Restriction": "person",
    "audit.DataKey": "subject",
    "audit.Entry": "subject",
    "audit.EventRecord": "subject",
    "audit.Handling": "event__subject",
    "audit.Payload": "key_of",
}
# Words that a field's name must not hold unless it is classed as personal, in a model that concerns somebody.
TELLING = ("name", "email", "phone", "address", "postcode", "birth", "answers", "text", "concern", "description")


def path_of(model):
    return model.Privacy.person


@EACH
def test_every_field_is_in_exactly_one_class(model):
    declared = [name for each in CLASSES for name in getattr(model.Privacy, each)]
    assert sorted(declared) == sorted(field.name for field in model._meta.concrete_fields)


@EACH
def test_the_declaration_has_no_word_of_its_own(model):
    known = {"person", "ledger", "masked", *CLASSES}
    assert {name for name in vars(model.Privacy) if not name.startswith("__")} <= known
    assert "Privacy" in vars(model), "declared by the model itself, not inherited"
    assert set(getattr(model.Privacy, "masked", ())) <= {field.name for field in model._meta.concrete_fields}


@EACH
def test_the_path_to_the_person_leads_to_one(model):
    path = path_of(model)
    if path is None:
        return
    if path == "self":
        assert model is Person
        return
    if model._meta.label in BY_ID:
        assert path == BY_ID[model._meta.label]
        *steps, last = path.split("__")
        holder = reduce(lambda at, step: at._meta.get_field(step).related_model, steps, model)
        assert isinstance(holder._meta.get_field(last), models.UUIDField)
        return
    at = model
    for step in path.split("__"):
        field = at._meta.get_field(step)
        assert isinstance(field, models.ForeignKey), f"{step} can be followed without a query for many rows"
        assert not field.null, "a row concerns somebody or nobody, not sometimes"
        at = field.related_model
    assert at is Person


def leads_to_a_person(model, seen=frozenset()):
    return any(
        field.related_model is Person
        or (field.related_model not in seen and leads_to_a_person(field.related_model, seen | {model}))
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    )


@EACH
def test_a_model_from_which_a_person_can_be_reached_declares_the_path(model):
    if leads_to_a_person(model):
        assert path_of(model), "a foreign key leads to Person, so the rows concern somebody"


@EACH
def test_what_is_sealed_is_personal(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, SealedField):
            assert field.name in model.Privacy.personal


@EACH
def test_a_model_with_personal_fields_is_recorded(model):
    if model.Privacy.personal:
        kept_otherwise = model in {Entry, Payload, Session}
        assert issubclass(model, Recorded) or kept_otherwise, "the ledger is its own record; sessions last for hours"


@EACH
def test_telling_fields_of_rows_about_somebody_are_personal(model):
    if path_of(model) is None:
        return
    for field in model._meta.concrete_fields:
        if any(word in field.name for word in TELLING):
            assert field.name in model.Privacy.personal, field.name

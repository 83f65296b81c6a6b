"""No decision without its when and its who: every `..._at` has its `..._by`, and the database says so."""

import pytest
from django.db import models
from django.db.models import Q

from tests.house.rooms import our_models

# Clocks: times that nobody decided.
CLOCKS = {
    "documents.Export.expires_at": "a deadline",
    "people.Match.again_at": "what began it says by whom: a decision that was undone, or the finding that it is likely",
    "referrals.Flood.started_at": "when the first of it came",
    "referrals.Likeness.seen_at": "the referral says by whom it was submitted",
    "referrals.ReferrerLink.expires_at": "a deadline",
    "referrals.ReferrerVisit.began_at": "the event says that the referrer came",
    "referrals.ReferrerVisit.touched_at": "an idle clock",
    "referrals.NamedAccess.ends_at": "a deadline",
    "referrals.Draft.started_at": "whoever holds the draft is its `browser` or `entered_by`",
    "referrals.Draft.touched_at": "an idle clock",
    "referrals.Draft.expires_at": "a deadline",
    "referrals.Draft.submitted_at": "the referral that comes of it says by whom",
}
# A `..._by` that is no decision of its own, and the time it stands beside.
BESIDE = {
    "referrals.Draft.entered_by": "started_at",
    "referrals.Referral.entered_by": "submitted_at",
}
NOT_A_PERSON = {
    "referrals.Dispatch.acknowledge_by": "a deadline",
    "referrals.Referral.received_by": "the channel: form, telephone, paper",
}

EACH = pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)


def names(model):
    return {field.name for field in model._meta.concrete_fields}


def label(model, name):
    return f"{model._meta.label}.{name}"


def both_or_neither(model, at, by):
    """Whether a check constraint refuses one without the other, judged by trying the four cases on it."""
    conditions = [
        constraint.condition for constraint in model._meta.constraints if isinstance(constraint, models.CheckConstraint)
    ]
    return any(
        {at, by} <= set(mentioned(condition)) and allowed(condition, at, by) == {(True, True), (False, False)}
        for condition in conditions
    )


def mentioned(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from mentioned(child)
        else:
            yield child[0].removesuffix("__isnull")


def allowed(condition, at, by):
    """The pairs (at is set, by is set) that can satisfy the condition, whatever the other fields hold."""
    return {(a, b) for a in (True, False) for b in (True, False) if possible(condition, {at: a, by: b})}


def possible(node, is_set):
    if not isinstance(node, Q):
        lookup, value = node
        name = lookup.removesuffix("__isnull")
        if name not in is_set:
            return True
        must_be_null = value if lookup.endswith("__isnull") else value is None
        return is_set[name] is not must_be_null
    parts = [possible(child, is_set) for child in node.children]
    return all(parts) if node.connector == Q.AND else any(parts)


@EACH
def test_every_time_has_its_who_or_is_a_clock(model):
    for name in names(model):
        if name.endswith("_at") and f"{name.removesuffix('_at')}_by" not in names(model):
            assert CLOCKS.get(label(model, name)), f"{name} has no {name.removesuffix('_at')}_by"


@EACH
def test_every_who_has_its_time_and_the_database_holds_them_together(model):
    for name in names(model):
        if not name.endswith("_by") or label(model, name) in NOT_A_PERSON:
            continue
        beside = BESIDE.get(label(model, name))
        at = beside or f"{name.removesuffix('_by')}_at"
        when, who = model._meta.get_field(at), model._meta.get_field(name)
        assert isinstance(when, models.DateTimeField)
        assert isinstance(who, models.UUIDField) or who.related_model.__name__ == "User"
        if beside:
            assert not when.null
        else:
            assert (not when.null and not who.null) or both_or_neither(model, at, name)


def test_the_lists_of_exceptions_hold_nothing_that_is_gone():
    there = {label(model, name) for model in our_models() for name in names(model)}
    assert {*CLOCKS, *BESIDE, *NOT_A_PERSON} <= there


def test_this_test_can_fail():
    one_way = Q(x_at=None) | Q(x_at__isnull=False, x_by__isnull=False)
    whole = Q(x_at=None, x_by=None) | Q(x_at__isnull=False, x_by__isnull=False)
    assert allowed(whole, "x_at", "x_by") == {(True, True), (False, False)}
    assert (False, True) in allowed(one_way, "x_at", "x_by")

"""Every state is a row of a table that says who must act next."""

import pytest
from django.db import models

from audit.models import Stateful
from audit.states import Owner
from tests.house.rooms import our_models

STATEFUL = [model for model in our_models() if issubclass(model, Stateful)]
EACH = pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model.__name__)


def test_there_are_models_that_move_by_a_table():
    assert STATEFUL


@EACH
def test_every_state_has_a_row_and_every_row_is_a_state(model):
    field = model._meta.get_field("state")
    assert {value for value, _ in field.choices} == set(model.states.stages)


@EACH
def test_every_state_has_an_owner_and_one_that_ends_the_road_is_nobodys(model):
    for state, stage in model.states.stages.items():
        assert stage.owner in Owner
        assert (stage.owner == Owner.NOBODY) is (not stage.to), state


@EACH
def test_every_state_can_be_reached_from_the_first(model):
    field = model._meta.get_field("state")
    reached, waiting = set(), [field.default]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += model.states.stages[state].to
    assert reached == set(model.states.stages)


def test_a_model_with_a_state_moves_by_a_table():
    for model in our_models():
        if "state" in {field.name for field in model._meta.concrete_fields}:
            assert issubclass(model, Stateful), model
            assert any(isinstance(field, models.CharField) for field in model._meta.fields if field.name == "state")

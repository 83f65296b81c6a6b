"""A state machine is a table: moves that are not in it do not happen."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.utils import timezone

from audit.agents import Agent
from audit.models import Stateful
from audit.refusals import NotNow
from audit.states import Owner, Stage, StateTable
from referrals.models import Dispatch
from referrals.states import DispatchState
from tests.audit.acts import within
from tests.making import dispatch_to_authority, officer_of, submitted

NOW = timezone.now()


def test_a_table_whose_moves_lead_outside_it_is_refused_at_start_up():
    with pytest.raises(ValueError, match="closed"):
        StateTable({"open": Stage(owner=Owner.AGENCY, to=frozenset({"closed"}))})


@pytest.mark.parametrize(("current", "target", "allowed"), [("a", "b", True), ("b", "a", False), ("a", "a", False)])
def test_only_moves_of_the_table_are_made(current, target, allowed):
    table = StateTable({"a": Stage(Owner.AGENCY, frozenset({"b"})), "b": Stage(Owner.NOBODY, frozenset())})
    if allowed:
        table.check_move(current, target)
    else:
        with pytest.raises(NotNow, match="moved on"):
            table.check_move(current, target)


@pytest.mark.usefixtures("db", "on_record")
class TestMove:
    def test_a_move_says_who_and_when(self):
        dispatch = dispatch_to_authority(submitted())
        officer = officer_of(dispatch.agency)
        within(do=lambda: dispatch.move(DispatchState.ACKNOWLEDGED, at=NOW, by=officer), by=officer, now=NOW)
        stored = Dispatch.objects.get(pk=dispatch.pk)
        assert (stored.state, stored.acknowledged_at, stored.acknowledged_by) == ("acknowledged", NOW, officer)

    def test_a_state_without_such_columns_moves_too(self):
        table = StateTable({"shut": Stage(Owner.NOBODY, frozenset({"ajar"})), "ajar": Stage(Owner.NOBODY, frozenset())})
        said: dict[str, Any] = {}
        door = SimpleNamespace(states=table, state="shut", _meta=Dispatch._meta, changed=said.update)
        Stateful.move(cast(Stateful, door), "ajar", at=NOW, by=Agent.OPERATOR)
        assert said == {"state": "ajar"}

    def test_a_move_that_is_not_in_the_table_changes_nothing(self):
        dispatch = dispatch_to_authority(submitted())
        officer = officer_of(dispatch.agency)
        with pytest.raises(NotNow):
            within(do=lambda: dispatch.move(DispatchState.SENT, at=NOW, by=officer), by=officer, now=NOW)
        assert Dispatch.objects.get(pk=dispatch.pk).acknowledged_by is None

"""Every entry is one of the operations that the law names, or says what else it is."""

from audit.models import Entry
from audit.operations import OPERATION_OF, Operation, kinds_of


def test_every_kind_of_entry_is_an_operation_and_every_operation_has_a_kind():
    assert set(OPERATION_OF) == set(Entry.Kind)
    assert {kind for operation in Operation for kind in kinds_of(operation)} == set(Entry.Kind)
    assert all(kinds_of(operation) for operation in Operation)

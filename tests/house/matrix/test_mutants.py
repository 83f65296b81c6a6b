"""Every gate of every page is taken away in turn, and each time the matrix must notice."""

import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from agencies import access
from tests.house.matrix.asking import ADDRESSES, SIGNED_IN, House
from tests.house.matrix.judging import faults
from tests.house.matrix.policy import lines_of
from tests.house.matrix.test_matrix import by_turns, let_in, not_fresh

pytestmark = pytest.mark.full


def wide_open(needed: Any, step_up: bool, gives_file: bool, view: Any) -> Any:
    """What `permission` makes of a view, without the question whether somebody may."""

    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())  # type: ignore[name-defined]  # noqa: F821
        request.needed = needed
        if step_up and not is_fresh(request, request.user):  # type: ignore[name-defined]  # noqa: F821
            return ask_to_confirm(request, once_more=gives_file)  # type: ignore[name-defined]  # noqa: F821
        return view(request, *args, **kwargs)

    return guarded


def gate_of(name: str) -> types.FunctionType:
    """The function that asks before the view of an address."""
    found: Any = ADDRESSES[name].func
    while found.__code__.co_qualname != "permission.<locals>.mark.<locals>.guarded":
        found = found.__wrapped__
    assert found.__globals__ is vars(access)
    return found


@contextmanager
def without_gate(name: str) -> Iterator[None]:
    """While it lasts, nobody is asked whether they may open the address."""
    gate = gate_of(name)
    code = gate.__code__
    gate.__code__ = wide_open(None, False, False, None).__code__
    try:
        yield
    finally:
        gate.__code__ = code


@contextmanager
def without_step_up(name: str) -> Iterator[None]:
    """While it lasts, a second factor of any age will do."""
    gate = gate_of(name)
    cell = (gate.__closure__ or ())[gate.__code__.co_freevars.index("step_up")]
    cell.cell_contents = False
    try:
        yield
    finally:
        cell.cell_contents = True


def noticed(house: House, name: str) -> bool:
    """Whether the matrix finds fault with an address."""
    for method in ("GET", "POST"):
        for role in house.world.colleagues:
            if any(faults(house, name, method, role, full=False)):
                return True
    return bool(let_in(house, name, by_turns(name)))


STEPPING_UP = [name for name in SIGNED_IN if any(line.fresh for line in lines_of(name))]


def test_there_are_so_many_gates() -> None:
    assert len(SIGNED_IN) + len(STEPPING_UP) >= 100


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_gate_that_is_gone_is_noticed(house: House, name: str) -> None:
    with without_gate(name):
        assert noticed(house, name)


@pytest.mark.parametrize("name", STEPPING_UP)
def test_a_second_factor_that_is_not_asked_again_is_noticed(house: House, name: str) -> None:
    with without_step_up(name):
        assert not_fresh(house, name)
    assert not not_fresh(house, name)

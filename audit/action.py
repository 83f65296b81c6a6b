"""The frame of every write: one transaction, on the record, refusals included."""

from collections.abc import Callable
from functools import partial, wraps
from inspect import signature
from typing import ParamSpec, TypeVar, cast

from django.db import transaction

from audit.actors import Actor
from audit.context import Recording, current
from audit.ledger import flush, record_refusal
from audit.refusals import Refused
from audit.waking import send_hints_on_commit

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` (keyword-only, with `by=` and `now=`) as one recorded transaction.

    The changes, their ledger entries and the events they cause commit together or not at all.
    An action called by another joins its transaction. A refusal is recorded after the rollback.

    Raises:
        OffTheRecord: there is no audit context.
        Refused: whatever the function refused, after it has been recorded.
    """

    named = signature(function).parameters

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        present = current()
        acting = cast(Actor, kwargs["by"])
        if present.in_action:
            with present.acting(acting, function.__name__):
                return function(*args, **kwargs)
        try:
            with present.acting(acting, function.__name__):
                return _in_one_transaction(present, partial(function, *args, **kwargs))
        except Refused as refusal:
            in_order = {name: kwargs[name] for name in named if name in kwargs} | kwargs
            record = partial(record_refusal, refusal, in_order)
            with present.acting(acting, function.__name__):
                _in_one_transaction(present, record)
            refusal.on_record = True
            raise

    return run


def _in_one_transaction(present: Recording, work: Callable[[], R]) -> R:
    try:
        with transaction.atomic():
            present.begin_action()
            result = work()
            flush(present)
            send_hints_on_commit(present)
    except BaseException:
        # A key made in here went with the rollback: what is sealed next must not use it.
        present.keys.clear()
        raise
    else:
        return result
    finally:
        present.end_action()

"""Work done in other processes beside this one, where one processor is not enough.

Imports nothing of the house at the top: a new process must set Django up before it can.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context


@contextmanager
def processes(at_most: int, *, database: str) -> Iterator[ProcessPoolExecutor]:
    """As many processes as there are processors and no more than `at_most`, each with Django set up for `database`.

    They are started fresh, not forked: a copy of this one would share its connections.
    """
    count = min(at_most, os.cpu_count() or 1)
    with ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin, initargs=(database,)) as pool:
        yield pool


def _begin(database: str) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database

"""Everybody and everything, made once for a file of tests."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.house.matrix.asking import House, everybody


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Whatever a test does is undone."""
    with django_db_blocker.unblock(), everybody() as made:
        yield made

"""The whole house with one of each thing in it, walked once for all these tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from agencies.signin import proof
from audit.agents import Agent
from audit.context import recording
from tests.house.one_of_each import OneOfEach, one_of_each
from tests.house.reading import Found


@dataclass
class Walked:
    """The things, and the pages and forms that lead to them and from them."""

    house: OneOfEach
    found: Found


@pytest.fixture(scope="package")
def walked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walked]:
    """Tests undo each request of theirs. Walking takes longer than a second factor stays fresh: here it stays so."""
    fresh = patch.object(proof, "FRESH", timedelta(days=1))
    with django_db_blocker.unblock(), transaction.atomic(), fresh:
        with recording(by=Agent.OPERATOR), one_of_each() as house:
            found = Found()
            for client, roots in house.browsers():
                client.raise_request_exception = False
                found.walk(client, roots)
            yield Walked(house, found)
        transaction.set_rollback(True)

"""Two administrators, for what takes two."""

import pytest

from tests.agencies.administering import administrator


@pytest.fixture
def first(db, on_record):
    return administrator()


@pytest.fixture
def second(db, on_record):
    return administrator("Thandeka Merriweather")

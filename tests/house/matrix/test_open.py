"""What is open to everybody takes only the methods that its line names, and says so before it looks for anything."""

from importlib import import_module

import pytest
from django.test import Client

from tests.house.addresses import paths
from tests.house.matrix.asking import DECLARED, METHODS
from tests.house.matrix.policy import lines_of
from tests.house.reading import name_of

OPEN = sorted(name for name, access in DECLARED.items() if access == "public")
PATHS = {name_of(path): path for path, _entry in paths(import_module("config.urls.both").urlpatterns)}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN)
def test_an_open_address_takes_the_methods_of_its_lines_only(name: str) -> None:
    taken = {method for line in lines_of(name) for method in line.methods}
    taken |= {"HEAD"} if "GET" in taken and not name.startswith("api:") else set()  # the API knows no HEAD
    browser = Client(raise_request_exception=False)
    answers = {method: getattr(browser, method.lower())(PATHS[name]).status_code for method in METHODS}
    assert {method for method, status in answers.items() if status != 405} == taken

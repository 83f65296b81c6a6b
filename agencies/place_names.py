"""What councils are called in the reader's language: those of Wales have a Welsh name, the others have one name."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from agencies.alphabets import in_order
from agencies.areas import Area

WELSH_NAMES = Path(__file__).parent / "data" / "welsh_names.csv"


def name_of(gss_code: str, name: str) -> str:
    """The name of a council in the language in force; `name` is its English one."""
    return welsh_names().get(gss_code, name) if get_language() == "cy" else name


def named_in_order(areas: Iterable[Area]) -> dict[str, str]:
    """Code and name of councils, in the language in force and in the order of its alphabet."""
    named = [(area.gss_code, name_of(area.gss_code, area.name)) for area in areas]
    return dict(in_order(named, get_language() or "", name=lambda pair: pair[1]))


@cache
def welsh_names() -> dict[str, str]:
    """The Welsh names by GSS code; docs/geography.md says where they come from."""
    with WELSH_NAMES.open(encoding="utf-8", newline="") as file:
        return {row["gss_code"]: row["name"] for row in csv.DictReader(file)}

"""Councils in the reader's language."""

import pytest
from django.utils.translation import override

from agencies.areas import Nation, read_areas
from agencies.place_names import name_of, named_in_order, welsh_names


def test_every_authority_of_wales_has_a_welsh_name_and_no_other_has_one() -> None:
    wales = {area.gss_code for area in read_areas() if area.nation == Nation.WALES and area.valid_to is None}
    assert len(wales) == 22
    assert set(welsh_names()) == wales
    assert len(set(welsh_names().values())) == 22


@pytest.mark.parametrize(("language", "name"), [("cy", "Sir y Fflint"), ("en", "Flintshire")])
def test_a_council_is_called_by_its_name_in_the_language_in_force(language: str, name: str) -> None:
    with override(language):
        assert name_of("W06000005", "Flintshire") == name
        assert name_of("E08000035", "Leeds") == "Leeds"


def test_they_stand_in_the_order_of_the_language_in_force() -> None:
    areas = [area for area in read_areas() if area.nation == Nation.WALES]
    with override("cy"):
        names = list(named_in_order(areas).values())
    assert names[:9] == [
        "Abertawe", "Blaenau Gwent", "Bro Morgannwg", "Caerdydd", "Caerffili", "Casnewydd", "Castell-nedd Port Talbot",
        "Ceredigion", "Conwy",
    ]  # fmt: skip
    assert names[-3:] == ["Torfaen", "Wrecsam", "Ynys Môn"]
    assert names.index("Powys") < names.index("Rhondda Cynon Taf") < names.index("Sir Benfro")
    with override("en"):
        assert list(named_in_order(areas).values())[:2] == ["Blaenau Gwent", "Bridgend"]

"""Postcodes: as people type them, and where they lie."""

import string
import subprocess
import sys
import timeit
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from math import log2
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from agencies.areas import read_areas
from agencies.geography import Gazetteer
from agencies.postcode_file import PackedPostcodes, PostcodesUnavailable, opened, write_packed
from agencies.postcode_source import british_postcodes, source_version
from agencies.postcodes import NotAPostcode, district_of, in_northern_ireland, normalise, postcodes_file
from config.environment import CLONE

TODAY = date(2026, 6, 1)
FEW = [("LS1 3AB", "E08000035"), ("M1 1AE", "E08000003"), ("SW1A 1AA", "E09000033"), ("NPT 0AD", "W06000022")]


@pytest.fixture(scope="module")
def packed() -> PackedPostcodes:
    call_command("pack_postcodes", stdout=StringIO())
    return PackedPostcodes(postcodes_file())


@pytest.fixture
def few(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "made" / "postcodes.bin"
    settings.POSTCODES_FILE = path
    assert write_packed(path, FEW, version="1") == len(FEW)
    return path


outwards = st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?", fullmatch=True).filter(lambda part: part.isascii())
inwards = st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LS1 3AB", "LS1 3AB"),
        ("ls13ab", "LS1 3AB"),
        ("  l s 1 3 a b ", "LS1 3AB"),
        ("LS1\u00a03AB", "LS1 3AB"),
        ("LS1-3AB.", "LS1 3AB"),
        ("\uff2c\uff33\uff11\u3000\uff13\uff21\uff22", "LS1 3AB"),
        ("SW1A OAA", "SW1A 0AA"),
        ("M1 IAE", "M1 1AE"),
        ("M1 lae", "M1 1AE"),
        ("SWIA 1AA", "SW1A 1AA"),
        ("S014 7LY", "SO14 7LY"),
        ("NPT OAD", "NPT 0AD"),
        ("gir 0aa", "GIR 0AA"),
    ],
)
def test_what_people_type_is_put_right(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", " ", "LS1", "3AB", "LS1 3A", "LS1 3ABC", "LS1 3CB", "1LS 3AB", "Leeds", "unknown", "ٱلسَّلَام"]
)
def test_what_is_no_postcode_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(NotAPostcode) as refusal:
        normalise(typed)
    assert str(refusal.value) == "Enter a full UK postcode, like LS1 3AB"


@given(st.text(max_size=20) | st.text(string.ascii_letters + string.digits + " ", max_size=9))
def test_any_text_is_refused_or_gives_a_postcode_that_stays_as_it_is(text: str) -> None:
    try:
        once = normalise(text)
    except NotAPostcode:
        return
    assert normalise(once) == once
    assert 6 <= len(once) <= 8


@given(outwards, inwards, st.randoms(use_true_random=False))
def test_case_and_spaces_do_not_matter(outward: str, inward: str, chance: Random) -> None:
    scattered = "".join(
        chance.choice((character, character.lower())) + " " * chance.randrange(2) for character in outward + inward
    )
    assert normalise(scattered) == normalise(outward + inward)


@given(outwards, st.from_regex(r"[01][ABD-HJLNP-UW-Z]{2}", fullmatch=True))
def test_letters_typed_for_nought_and_one_in_the_inward_part_do_not_matter(outward: str, inward: str) -> None:
    confused = ("O" if inward[0] == "0" else "I") + inward[1:]
    assert normalise(outward + confused) == normalise(outward + inward)


def test_a_postcode_is_found_and_its_neighbours_are_not(few: Path) -> None:
    for postcode, district in FEW:
        assert district_of(postcode.lower()) == district
    for absent in ("LS1 3AA", "LS1 3AD", "A1 1AA", "ZZ99 9ZZ", "M11 1AE"):
        assert district_of(absent) is None


def test_northern_ireland_is_told_by_its_letters() -> None:
    assert in_northern_ireland("bt1 5gs")
    assert not in_northern_ireland("B1 1BB")
    assert not in_northern_ireland("BT")


def test_a_missing_file_names_the_command_that_makes_it(settings: Settings, tmp_path: Path) -> None:
    settings.POSTCODES_FILE = tmp_path / "none.bin"
    with pytest.raises(PostcodesUnavailable, match="pack_postcodes"):
        district_of("LS1 3AB")


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-3], lambda whole: b"", lambda whole: b"{}\n", lambda whole: whole[40:]]
)
def test_a_damaged_file_is_not_believed(few: Path, damage: Callable[[bytes], bytes]) -> None:
    few.write_bytes(damage(few.read_bytes()))
    with pytest.raises(PostcodesUnavailable):
        PackedPostcodes(few)


def test_without_the_file_an_address_is_unknown_and_the_log_says_so(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.POSTCODES_FILE = tmp_path / "none.bin"
    assert Gazetteer(read_areas(), on=TODAY).of_postcode("LS1 3AB") is None
    assert "pack_postcodes" in caplog.text
    assert "LS1 3AB" not in caplog.text


def test_a_running_server_sees_a_new_file_at_its_next_lookup(few: Path) -> None:
    assert district_of("LS1 3AB") == "E08000035"
    write_packed(few, [("LS1 3AB", "E08000038")], version="2")
    assert opened(few).version == "2"
    assert district_of("LS1 3AB") == "E08000038"


def test_an_interrupted_packing_leaves_the_old_file_and_nothing_else(few: Path) -> None:
    before = few.read_bytes()

    def interrupted() -> Iterator[tuple[str, str]]:
        yield FEW[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_packed(few, interrupted(), version="2")
    assert few.read_bytes() == before
    assert [path.name for path in few.parent.iterdir()] == [few.name]


def test_a_disk_that_fails_while_writing_leaves_no_half_file(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_packed(few, FEW[:1], version="2")
    assert PackedPostcodes(few).count == len(FEW)
    assert [path.name for path in few.parent.iterdir()] == [few.name]


def test_more_districts_than_fit_are_refused(tmp_path: Path) -> None:
    too_many = ((f"A{number}", str(number)) for number in range(2049))
    with pytest.raises(ValueError, match="More districts"):
        write_packed(tmp_path / "postcodes.bin", too_many, version="1")


@pytest.mark.no_cover  # reads two million postcodes
def test_postcodes_are_packed_when_missing_or_of_another_version_and_else_left_alone(
    few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("pack_postcodes")
    assert "Packed" in capsys.readouterr().out
    assert PackedPostcodes(few).version == source_version()
    made = few.stat().st_ino
    call_command("pack_postcodes")
    assert "up to date" in capsys.readouterr().out
    assert few.stat().st_ino == made
    few.unlink()
    call_command("pack_postcodes")
    assert PackedPostcodes(few).version == source_version()


def test_every_british_code_of_the_package_has_an_authority(packed: PackedPostcodes) -> None:
    gazetteer = Gazetteer(read_areas(), on=TODAY)
    assert len(packed.districts) > 300
    assert [code for code in packed.districts if gazetteer.responsible_for(code) is None] == []


@pytest.mark.no_cover  # runs the same few lines two million times
def test_every_fiftieth_postcode_of_the_package_is_found_in_the_packed_file(packed: PackedPostcodes) -> None:
    pairs = list(british_postcodes())
    assert len(pairs) == packed.count > 2_000_000
    for postcode, district in pairs[::50]:
        assert packed.district_of(postcode) == district == packed.district_of(normalise(postcode))


def test_a_lookup_costs_little_beside_reading_the_file_once(packed: PackedPostcodes) -> None:
    reading = min(timeit.repeat(postcodes_file().read_bytes, number=1, repeat=20))
    looking = min(timeit.repeat(lambda: district_of("SW1A 1AA"), number=1, repeat=20))
    assert looking < reading


def test_a_lookup_touches_few_records(packed: PackedPostcodes, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[int] = []
    record = PackedPostcodes._record

    def counted(self: PackedPostcodes, place: int) -> int:
        touched.append(place)
        return record(self, place)

    monkeypatch.setattr(PackedPostcodes, "_record", counted)
    assert packed.district_of("SW1A 1AA") == "E09000033"
    assert len(touched) <= log2(packed.count) + 3


def test_the_file_and_what_lookups_allocate_stay_under_20_megabytes(packed: PackedPostcodes) -> None:
    tracemalloc.start()
    try:
        for letters in ("AA", "ZZ"):
            for area in ("LS", "SW", "B", "EH", "CF"):
                district_of(f"{area}1 1{letters}")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    size = postcodes_file().stat().st_size
    assert size < 20_000_000
    assert peak < size / 100


def test_a_process_that_looks_up_all_over_the_country_grows_by_less_than_20_megabytes(
    packed: PackedPostcodes,
) -> None:
    script = (
        "import psutil, random, sys\n"
        "from pathlib import Path\n"
        "from agencies.postcode_file import PackedPostcodes\n"
        "me = psutil.Process()\n"
        "before = me.memory_info().rss\n"
        "packed = PackedPostcodes(Path(sys.argv[1]))\n"
        "chance = random.Random(2)\n"
        "for _ in range(3000):\n"
        "    area = chance.choice(['LS', 'SW', 'B', 'EH', 'CF', 'PL', 'AB', 'TR', 'NE'])\n"
        "    packed.district_of(f'{area}{chance.randrange(1, 30)} {chance.randrange(10)}AA')\n"
        "print(me.memory_info().rss - before)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(postcodes_file())],
        cwd=CLONE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(ran.stdout) < 20_000_000
